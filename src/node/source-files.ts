import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decode, isDirectory, readText, reasonOf } from './files.ts'
import { walk } from './walk.ts'
import { withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** Where files are, and whom to tell of them. */
export interface SourceFilesOptions {
  readonly cwd: string
  readonly stdin?: Uint8Array
  /** Called with the number of files read, for long work; how many there are is not known. */
  readonly onProgress?: (done: number, all: number | null) => void
}

/** Names of files that hold sources and are no YAML or JSON. */
const sourceName =
  /\.(?:conf|hosts|sh|service)$|^(?:hosts|resolv\.conf|stubDomains|upstreamNameservers|federations)$|^(?:Dockerfile|Containerfile)\b|dnsmasq/i
/** Names of files that can hold aliases or settings. */
const manifestName = /\.(?:ya?ml|json|tf|tofu)$/i

/** Files that may hold sources, as paths on a command line name them: files, directories and `-`. */
export class SourceFilesGiven {
  readonly files: { path: string; text: string }[] = []
  readonly unreadable: { path: string; message: string }[] = []
  /** Those that were named themselves, not found in a directory. */
  readonly named = new Set<string>()
  readonly #options: SourceFilesOptions
  readonly #known = new Set<string>()

  constructor(options: SourceFilesOptions) {
    this.#options = options
  }

  /** Throws a WrongUsage for `-` without standard input. */
  async add(path: string): Promise<void> {
    const { cwd, stdin } = this.#options
    if (path === '-') {
      if (stdin === undefined) throw new WrongUsage('- means standard input, of which there is none')
      try {
        this.#push('-', decode(stdin).text)
        this.named.add('-')
      } catch (error) {
        this.unreadable.push({ path, message: reasonOf(error) })
      }
    } else if (isDirectory(resolve(cwd, path))) await this.#addDirectory(path)
    else {
      this.named.add(withSlashes(path))
      this.#read(withSlashes(path))
    }
  }

  async #addDirectory(path: string): Promise<void> {
    const { paths, unreadable } = await walk(
      path,
      this.#options.cwd,
      (name) => sourceName.test(name) || manifestName.test(name),
    )
    this.unreadable.push(...unreadable)
    for (const found of paths.length > 0 ? paths : plainFiles(path, this.#options.cwd)) this.#read(found)
  }

  #read(path: string): void {
    const full = resolve(this.#options.cwd, path)
    if (this.#known.has(full)) return
    this.#known.add(full)
    const read = readText(full)
    if ('error' in read) this.unreadable.push({ path, message: read.error })
    else this.#push(path, read.text)
  }

  #push(path: string, text: string): void {
    this.files.push({ path, text })
    this.#options.onProgress?.(this.files.length, null)
  }
}

/** A directory such as dnsmasq.d, whose files have any names. */
function plainFiles(path: string, cwd: string): string[] {
  const names = readdirSync(resolve(cwd, path)).filter((name) => !/^\.|~$|^#.*#$/.test(name))
  return names
    .sort()
    .map((name) => withSlashes(join(path, name)))
    .filter((one) => !isDirectory(resolve(cwd, one)))
}
