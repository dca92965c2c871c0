import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GoPackage, readGoPackage } from './go-source.ts'

/** A folder with the source of one CoreDNS release: a checkout, or the module in Go's cache. */
export interface SourceTree {
  /** What the program calls itself (coremain), null where it does not say. */
  readonly release: string | null
  /** The plugins in the order in which they run (core/dnsserver/zdirectives.go). */
  readonly order: readonly string[]
  /** What `plugin.cfg` lists, in its order: the directive, and its folder below plugin/ or a module's path. */
  readonly listed: ReadonlyMap<string, string>
  /** The package of a listed plugin; null for a package of another module. */
  package(plugin: string): GoPackage | null
}

/** Reads a source tree. Throws an Error that names the missing file if the folder is none. */
export function openSourceTree(folder: string): SourceTree {
  const coremain = join(folder, 'coremain')
  const main = existsSync(coremain) ? Object.values(goFiles(coremain)).join('\n') : ''
  const listed = new Map(
    read(folder, 'plugin.cfg')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
  return {
    release: /\bCoreVersion\s*=\s*"([^"]+)"/i.exec(main)?.[1] ?? null,
    order: [...read(folder, 'core/dnsserver/zdirectives.go').matchAll(/^\s*"([^"]+)",$/gm)].map(
      ([, name]) => name as string,
    ),
    listed,
    package(plugin) {
      const path = join(folder, 'plugin', listed.get(plugin) ?? plugin)
      return existsSync(path) ? readGoPackage(goFiles(path)) : null
    },
  }
}

function goFiles(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

function read(folder: string, path: string): string {
  const file = join(folder, path)
  if (!existsSync(file)) throw new Error(`${folder} is no CoreDNS source tree: it has no ${path}`)
  return readFileSync(file, 'utf8')
}
