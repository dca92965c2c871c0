import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'

/** A module named by `from '...'`, `import '...'` or `import('...')` in what tsc printed. */
const SPECIFIER = /(\bfrom\s+|\bimport\s+|\bimport\()(['"])([^'"]+)\2/g

/**
 * The declarations of the public entries and of everything they refer to: path from the root (`src/index.d.ts`) -> text.
 * Throws if tsc cannot emit them, or if they refer to a package, which those who install corefile do not have.
 */
export function publicDeclarations(root: string, entries: readonly string[]): Map<string, string> {
  const sources = entries.filter((entry) => existsSync(join(root, entry)))
  const declarations = new Map<string, string>()
  if (sources.length === 0) return declarations
  const directory = mkdtempSync(join(tmpdir(), 'corefile-types-'))
  try {
    emit(root, sources, directory)
    const pending = sources.map((source) => source.replace(/\.ts$/, '.d.ts'))
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (declarations.has(path)) continue
      const from = path
      const text = readFileSync(join(directory, path), 'utf8').replace(SPECIFIER, (whole, keyword, quote, name) => {
        if (name.startsWith('node:')) return whole
        if (!name.startsWith('.'))
          throw new Error(`${from} refers to the types of ${name}, which is bundled and not installed`)
        pending.push(posix.join(posix.dirname(from), name).replace(/\.[jt]s$/, '.d.ts'))
        return `${keyword}${quote}${name.replace(/\.ts$/, '.js')}${quote}`
      })
      declarations.set(path, text)
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  return declarations
}

function emit(root: string, sources: readonly string[], directory: string): void {
  const config = join(directory, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    // Whether the types are right is what `npm run check` says.
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: directory,
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const files = sources.map((source) => join(root, source))
  writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files }))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', config], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tsc emits no declarations for ${dirname(config)}:\n${stdout}${stderr}`)
}
