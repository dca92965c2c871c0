import { fileText } from '../embed/inner-text.ts'
import type { SourceFiles, SourceText } from './source.ts'

/**
 * The files of a call as those of the machine that they came from: `node/etc/dnsmasq.d/a.conf` is /etc/dnsmasq.d/a.conf, and so are
 * `dnsmasq.d/a.conf` and `copy/dnsmasq.d/a.conf` where no file fits better. Of several that fit equally well the first is taken.
 */
export class GivenFiles implements SourceFiles {
  readonly #files: readonly { readonly path: string; readonly text: string }[]
  readonly #others: SourceFiles | undefined

  /** `others` are asked for what is not among the files. */
  constructor(files: readonly { readonly path: string; readonly text: string }[], others: SourceFiles | undefined) {
    this.#files = files
    this.#others = others
  }

  read(path: string): SourceText | undefined {
    const file = bestFit(this.#files, path, (one) => one.path)
    return file === undefined ? this.#others?.read(path) : { path: file.path, text: fileText(file.text) }
  }

  list(directory: string): readonly string[] | undefined {
    const folders = Map.groupBy(this.#files, ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    const found = bestFit([...folders], directory, ([folder]) => folder)
    return found === undefined
      ? this.#others?.list(directory)
      : found[1].map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
  }
}

/** The one whose path has most of the last names of `wanted`; undefined where none has the very last. */
function bestFit<T>(candidates: readonly T[], wanted: string, pathOf: (candidate: T) => string): T | undefined {
  const names = namesOf(wanted)
  let best: T | undefined
  let most = 0
  for (const candidate of candidates) {
    const count = sharedEnd(namesOf(pathOf(candidate)), names)
    if (count > most) {
      most = count
      best = candidate
    }
  }
  return best
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.')
}

function sharedEnd(one: readonly string[], other: readonly string[]): number {
  let count = 0
  while (count < Math.min(one.length, other.length) && one.at(-1 - count) === other.at(-1 - count)) count++
  return count
}
