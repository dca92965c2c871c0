import type { ManifestValue } from '../../embed/manifest-value.ts'
import type { FilePlace } from '../../text/range.ts'

/** What a manifest says, and where it says so. */
export interface Stated<T> extends FilePlace {
  readonly value: T
}

/** Reads the values of one file as what they say. */
export class StatedReader {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  place({ range }: ManifestValue): FilePlace {
    return { path: this.#path, range }
  }

  /** A string, or a number or boolean as it is written; null where nothing is said. */
  text(value: ManifestValue | undefined): Stated<string> | null {
    return value?.text === undefined ? null : { value: value.text, ...this.place(value) }
  }

  number(value: ManifestValue | undefined): Stated<number> | null {
    return value?.number === undefined ? null : { value: value.number, ...this.place(value) }
  }

  boolean(value: ManifestValue | undefined): Stated<boolean> | null {
    return value?.boolean === undefined ? null : { value: value.boolean, ...this.place(value) }
  }

  /** The strings of a list. */
  texts(value: ManifestValue | undefined): readonly Stated<string>[] {
    return (value?.items() ?? []).flatMap((item) => this.text(item) ?? [])
  }

  /** The pairs of a map whose values are strings, or numbers or booleans as they are written. */
  map(value: ManifestValue | undefined): ReadonlyMap<string, Stated<string>> {
    const stated = new Map<string, Stated<string>>()
    for (const entry of value?.entries() ?? []) {
      const text = this.text(entry.value)
      if (text !== null) stated.set(entry.key, text)
    }
    return stated
  }
}
