/**
 * Bundles the program and the library into `dist/`, which is committed and needs no node_modules.
 *
 *     npm run build               writes dist/
 *     npm run build -- --check    builds elsewhere and fails with the files of dist/ that differ
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { type BuildOptions, build, type Plugin, type RolldownOutput } from 'rolldown'
import { publicDeclarations } from './build/declarations.ts'
import { thirdPartyLicenses } from './build/licenses.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

/** Lets the program evaluate the files of plugins when their functions in the index are called, and not when it starts. */
const plugInLazily: Plugin = {
  name: 'plug-in-lazily',
  transform: {
    filter: { id: /[\\/]grammar[\\/]plugin-index\.ts$/ },
    handler(code) {
      const paths = new Map<string, string>()
      const rest = code.replace(/^import \* as (\w+) from ('.*')\n/gm, (_, name: string, path: string) => {
        paths.set(name, path)
        return ''
      })
      const lazy = rest.replace(/\(\) => (\w+)\b/g, (_, name: string) => `() => require(${paths.get(name)})`)
      if (paths.size === 0 || lazy.includes('undefined')) throw new Error('grammar/plugin-index.ts is not as expected')
      return lazy
    },
  },
}

/** V8 keeps a text with a single character beyond Latin-1 in twice the memory, and reads it more slowly. */
const asAscii: Plugin = {
  name: 'as-ascii',
  generateBundle(_options, output) {
    for (const chunk of Object.values(output)) {
      if (chunk.type !== 'chunk') continue
      chunk.code = chunk.code.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
}

/**
 * Puts the few functions of the bundler into the chunk that every start loads, in place of a chunk of their own. The others go on sharing
 * that one: the functions keep no state.
 */
function withRuntimeIn(core: string): Plugin {
  return {
    name: 'with-runtime-in-core',
    generateBundle(_options, output) {
      const chunks = Object.values(output).filter((file) => file.type === 'chunk')
      const runtime = chunks.find(({ fileName }) => fileName.endsWith('-rolldown-runtime.cjs'))
      const chunk = chunks.find(({ name }) => name === core)
      const asked = 'require("./-rolldown-runtime.cjs")'
      if (runtime === undefined || chunk?.code.split(asked).length !== 2)
        throw new Error('the runtime of the bundler is not where it was')
      chunk.code = chunk.code.replace(asked, () => `(exports=>{${runtime.code};return exports})({})`)
    },
  }
}

interface Bundle {
  /** Bundle name -> source file; a source that does not exist is left out. */
  readonly input: Readonly<Record<string, string>>
  readonly format: 'esm' | 'cjs'
  readonly platform: 'node' | 'neutral'
  readonly target: string
  readonly entryFileNames: string
  /** Folder of the chunks that load when they are needed. */
  readonly chunks: string
  /** The modules that nearly every run needs, and their imports, as one chunk: one file is read faster than ten. */
  readonly core?: { readonly name: string; readonly test: RegExp }
  readonly banner?: string
}

const bundles: readonly Bundle[] = [
  {
    input: { main: 'src/cli/main.ts' },
    format: 'cjs',
    platform: 'neutral',
    target: 'node22.12',
    entryFileNames: 'chunks/cli/[name].cjs',
    chunks: 'chunks/cli',
    core: {
      name: 'program',
      test: /[\\/]src[\\/](?:cli[\\/]main|report[\\/](?:concise|pretty))\.ts$|rolldown[\\/]runtime/,
    },
  },
  {
    input: { cli: 'src/cli/bin.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node16',
    entryFileNames: '[name].mjs',
    chunks: 'chunks/cli',
    banner: '#!/usr/bin/env node',
  },
  {
    input: { index: 'src/index.ts', node: 'src/node/index.ts' },
    format: 'esm',
    platform: 'neutral',
    target: 'es2024',
    entryFileNames: '[name].mjs',
    chunks: 'chunks/library',
  },
  {
    input: { action: 'src/action/main.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node24',
    entryFileNames: '[name].mjs',
    chunks: 'chunks/action',
  },
]

/** A chunk is named after its last module, the one that the others are there for: `yaml`, `report-sarif`. */
function chunkName(chunk: { readonly name: string; readonly moduleIds: readonly string[] }): string {
  const path = chunk.moduleIds.at(-1)
  // Nothing but the exports of another chunk.
  if (path === undefined) return `${chunk.name}-exports`
  const [, scope, name] = /.*[\\/]node_modules[\\/](?:(@[^\\/]+)[\\/])?([^\\/]+)/.exec(path) ?? []
  if (name !== undefined) return scope === undefined ? name : `${scope.slice(1)}-${name}`
  const source = relative(root, path)
    .replace(/^src[\\/]/, '')
    .replace(/\.\w+$/, '')
  return source.replaceAll(/\W+/g, '-')
}

/** Removes the entry that only exports what the core does: the core itself is loaded. Throws if there is more to it. */
function removeEmptyEntry(output: RolldownOutput['output'], core: string, directory: string): void {
  const [entry] = output
  const chunk = output.find((file) => file.type === 'chunk' && file.name === core)
  const lost = entry.exports.filter((name) => chunk?.type !== 'chunk' || !chunk.exports.includes(name))
  if (entry.moduleIds.length > 0 || lost.length > 0) throw new Error(`${entry.fileName} is no empty entry`)
  rmSync(join(directory, entry.fileName))
}

/** A name for exactly these files. */
function nameOf(output: RolldownOutput['output']): string {
  const hash = createHash('sha256')
  for (const file of output) hash.update(`${file.fileName}\0${file.type === 'chunk' ? file.code : file.source}\0`)
  return hash.digest('hex').slice(0, 16)
}

function options(bundle: Bundle, input: Record<string, string>, directory: string, program: string): BuildOptions {
  const extension = bundle.format === 'cjs' ? 'cjs' : 'mjs'
  return {
    cwd: root,
    input,
    platform: bundle.platform,
    external: isBuiltin,
    plugins: bundle.core === undefined ? [] : [plugInLazily, withRuntimeIn(bundle.core.name), asAscii],
    logLevel: 'warn',
    // Libraries in their ES module form, which is shaken; never in the form that asks for the Node it runs on.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    transform: {
      target: bundle.target,
      define: { 'process.env.NODE_ENV': '"production"', BUILD: JSON.stringify(program) },
    },
    output: {
      dir: directory,
      format: bundle.format,
      entryFileNames: bundle.entryFileNames,
      // Names without a hash: a change shows as a change of the same file.
      chunkFileNames: (chunk) =>
        `${bundle.chunks}/${chunk.name === bundle.core?.name ? chunk.name : chunkName(chunk)}.${extension}`,
      minifyInternalExports: false,
      minify: true,
      comments: { legal: false },
      ...(bundle.banner === undefined ? {} : { banner: bundle.banner }),
      ...(bundle.core === undefined ? {} : { codeSplitting: { groups: [bundle.core] } }),
    },
  }
}

/** Throws if what the browser-safe entry can reach needs Node, or a bundle needs a package that is not in it. */
function proveSelfContained(output: RolldownOutput['output']): void {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  for (const chunk of chunks.values()) {
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
      if (!chunks.has(name) && !isBuiltin(name))
        throw new Error(`${chunk.fileName} needs ${name}, which is not bundled`)
    }
  }
  const reached = new Set(['index.mjs'])
  for (const fileName of reached) {
    const chunk = chunks.get(fileName)
    for (const name of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) {
      if (isBuiltin(name)) throw new Error(`index.mjs is for browsers too, but ${fileName} needs ${name}`)
      reached.add(name)
    }
  }
}

async function buildInto(directory: string): Promise<void> {
  const modules = new Set<string>()
  let program = ''
  for (const bundle of bundles) {
    const sources = Object.entries(bundle.input).filter(([, source]) => existsSync(join(root, source)))
    if (sources.length === 0) continue
    const { output } = await build(options(bundle, Object.fromEntries(sources), directory, program))
    proveSelfContained(output)
    if (bundle.core !== undefined) {
      program = nameOf(output)
      removeEmptyEntry(output, bundle.core.name, directory)
    }
    for (const file of output) {
      if (file.type === 'chunk') for (const module of file.moduleIds) modules.add(module)
    }
  }
  chmodSync(join(directory, 'cli.mjs'), 0o755)
  writeFileSync(join(directory, 'THIRD_PARTY_LICENSES'), thirdPartyLicenses(modules))
  for (const [path, text] of publicDeclarations(root, ['src/index.ts', 'src/node/index.ts'])) {
    const file = join(directory, 'types', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** Path below `directory`, with forward slashes -> content. */
function filesOf(directory: string): Map<string, Buffer> {
  if (!existsSync(directory)) return new Map()
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map((path) => [relative(directory, path).split(sep).join('/'), readFileSync(path)]))
}

/** Lines that name every file which differs between what is committed and what was built. */
function differences(committed: Map<string, Buffer>, built: Map<string, Buffer>): string[] {
  const paths = [...new Set([...committed.keys(), ...built.keys()])].sort()
  return paths.flatMap((path) => {
    const before = committed.get(path)
    const after = built.get(path)
    if (after === undefined) return [`dist/${path} is no longer built`]
    if (before === undefined) return [`dist/${path} is missing`]
    return before.equals(after) ? [] : [`dist/${path} differs`]
  })
}

const directory = mkdtempSync(join(tmpdir(), 'corefile-build-'))
try {
  await buildInto(directory)
  if (process.argv.includes('--check')) {
    const found = differences(filesOf(dist), filesOf(directory))
    for (const line of found) console.error(line)
    if (found.length > 0) console.error('dist/ is not what its sources build: npm run build')
    process.exitCode = found.length > 0 ? 1 : 0
  } else {
    rmSync(dist, { recursive: true, force: true })
    cpSync(directory, dist, { recursive: true })
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
