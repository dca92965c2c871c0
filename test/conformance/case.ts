import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A Corefile, with all that surrounds it, that a real CoreDNS is asked about. */
export interface Case {
  /** Unique in its suite; the case of a row of the language tables starts with the row: `L6-hash-inside-token`. */
  readonly id: string
  /** The Corefile. */
  readonly text: string
  /** The bytes of the Corefile in hexadecimal where it is not UTF-8; `text` is then what CoreDNS reads. */
  readonly hex?: string
  /** Where the Corefile lies in the working directory of the server; `Corefile` if not given. */
  readonly path?: string
  /** The other files in that directory, by relative path. */
  readonly files?: Readonly<Record<string, string>>
  /** The whole environment, but for some names that clouds and Kubernetes use. */
  readonly env?: Readonly<Record<string, string>>
}

/** A named list of cases; its verdicts are recorded in a file of the same name. */
export interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
  /** `all`: what CoreDNS makes of a case is recorded in full. `verdicts`: its verdicts alone. */
  readonly records: 'all' | 'verdicts'
}

/** Eight hexadecimal digits that change whenever anything about a case changes but its id. */
export function fingerprint({ text, hex, path, files, env }: Case): string {
  const sorted = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(byName)
  const content = JSON.stringify([text, hex ?? null, path ?? null, sorted(files), sorted(env)])
  return createHash('sha256').update(content).digest('hex').slice(0, 8)
}

/** The names of the suites in `cases/`, sorted: one a module. */
export function suiteNames(): string[] {
  return readdirSync(join(import.meta.dirname, 'cases'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort()
}

/**
 * Loads a suite by its name or, where the name ends in `.ts`, from any module that exports `cases`,
 * and `records` where that is not `all`. Throws if there is none, or if an id occurs twice.
 */
export async function loadSuite(name: string): Promise<Suite> {
  const file = name.endsWith('.ts') ? resolve(name) : join(import.meta.dirname, 'cases', `${name}.ts`)
  const module: { cases?: readonly Case[]; records?: Suite['records'] } = await import(pathToFileURL(file).href)
  if (module.cases === undefined) throw new Error(`${file} exports no cases`)
  const seen = new Set<string>()
  for (const { id } of module.cases) {
    if (seen.has(id)) throw new Error(`two cases of ${file} are called ${id}`)
    seen.add(id)
  }
  return { name: basename(file, '.ts'), cases: module.cases, records: module.records ?? 'all' }
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
