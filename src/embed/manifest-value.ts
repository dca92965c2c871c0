import type { Node, Pair } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { Range } from '../text/range.ts'
import { YamlReader } from './yaml-reader.ts'

/**
 * A value of a YAML or JSON document with its place in the file. Aliases and merge keys are followed. Nothing is read before it is
 * asked for, and of one document no more values are read than it has characters: behind that everything is missing, so that aliases
 * cannot make a small file large.
 */
export interface ManifestValue {
  /** Of the value itself; of an alias the place of what it stands for. */
  readonly range: Range
  /** The text of a string, or how a number or boolean is written; undefined for null, maps and lists. */
  readonly text: string | undefined
  /** Undefined for what is no number. */
  readonly number: number | undefined
  /** Undefined for what is neither true nor false. */
  readonly boolean: boolean | undefined
  /** The value under a key of a map; undefined where there is none, or null. */
  get(key: string): ManifestValue | undefined
  /** The pairs of a map in the order of the file, of equal keys the last; none for what is no map. */
  entries(): readonly ManifestEntry[]
  /** The items of a list; none for what is no list. */
  items(): readonly ManifestValue[]
}

/** A pair of a map. */
export interface ManifestEntry {
  readonly key: string
  /** Where the key stands. */
  readonly keyRange: Range
  readonly value: ManifestValue
}

/** The values of the documents in a stretch of a text that are not null; none where the stretch is not YAML, as a template is not. */
export function manifestValues(text: string, { start, end }: Range): readonly ManifestValue[] {
  const reader = new YamlReader(text.slice(start, end), { keepsTokens: false })
  if (reader.error !== undefined) return []
  const reading: Reading = { reader, base: start, left: end - start + 1 }
  return reader.documents.flatMap(({ contents }) => readValue(contents, reading) ?? [])
}

/** What the values of one text share. */
interface Reading {
  readonly reader: YamlReader
  /** Where the text begins in the file. */
  readonly base: number
  /** How many values may still be read. */
  left: number
}

function readValue(node: Node | null | undefined, reading: Reading): ManifestValue | undefined {
  const found = reading.reader.resolve(node)
  if (found === undefined || reading.left <= 0) return undefined
  reading.left--
  return isScalar(found) && found.value === null ? undefined : new YamlValue(found, reading)
}

class YamlValue implements ManifestValue {
  readonly #node: Node
  readonly #reading: Reading
  #entries: readonly ManifestEntry[] | undefined
  #items: readonly ManifestValue[] | undefined

  constructor(node: Node, reading: Reading) {
    this.#node = node
    this.#reading = reading
  }

  get range(): Range {
    return this.#rangeOf(this.#node)
  }

  get text(): string | undefined {
    if (!isScalar(this.#node)) return undefined
    const { value, source } = this.#node
    return typeof value === 'string' ? value : (source ?? String(value))
  }

  get number(): number | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'number' ? this.#node.value : undefined
  }

  get boolean(): boolean | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'boolean' ? this.#node.value : undefined
  }

  get(key: string): ManifestValue | undefined {
    return this.entries().find((entry) => entry.key === key)?.value
  }

  entries(): readonly ManifestEntry[] {
    this.#entries ??= this.#readEntries()
    return this.#entries
  }

  items(): readonly ManifestValue[] {
    this.#items ??= isSeq(this.#node)
      ? (this.#node.items as Node[]).flatMap((item) => readValue(item, this.#reading) ?? [])
      : []
    return this.#items
  }

  #readEntries(): ManifestEntry[] {
    if (!isMap(this.#node)) return []
    const all = this.#node.items as Pair<Node, Node | null>[]
    if (this.#reading.left < all.length) return []
    const entries: ManifestEntry[] = []
    for (const [key, { keyNode, value }] of this.#reading.reader.entries(this.#node)) {
      const read = readValue(value, this.#reading)
      if (read !== undefined) entries.push({ key, keyRange: this.#rangeOf(keyNode), value: read })
    }
    return entries
  }

  #rangeOf(node: Node): Range {
    const [start, end] = node.range ?? [0, 0]
    return { start: this.#reading.base + start, end: this.#reading.base + end }
  }
}
