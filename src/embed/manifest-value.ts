import type { Node, Pair, Scalar } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { Range } from '../text/range.ts'
import { allDocuments } from './configmap.ts'
import type { HostText } from './inner-text.ts'
import { fileText, scalarText } from './inner-text.ts'
import { placeOf, YamlReader } from './yaml-reader.ts'

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
  /** The values of the documents in a string that is YAML itself, as in Talos' `inlineManifests`; none for others. */
  documents(): readonly ManifestValue[]
}

/** A pair of a map. */
export interface ManifestEntry {
  readonly key: string
  /** Where the key stands. */
  readonly keyRange: Range
  readonly value: ManifestValue
}

/** The values of the documents in a stretch of a text that are not null; none where the stretch is not YAML, as a template is not. */
export function manifestValues(text: string, range: Range): readonly ManifestValue[] {
  return valuesIn(fileText(text), range, { left: range.end - range.start + 1 })
}

/** Only where strings hold manifests somebody asks where they stand. */
const holdsManifests = /\binlineManifests\b/

function valuesIn(host: HostText, { start, end }: Range, budget: Reading['budget']): readonly ManifestValue[] {
  const text = host.text.slice(start, end)
  const reader = new YamlReader(text, holdsManifests.test(text))
  if (reader.error !== undefined) return []
  const reading: Reading = { reader, host, base: start, budget }
  return reader.documents.flatMap(({ contents }) => readValue(contents, reading) ?? [])
}

/** What the values of one text share. */
interface Reading {
  readonly reader: YamlReader
  readonly host: HostText
  /** Where the text begins in the host. */
  readonly base: number
  /** How many values may still be read. */
  readonly budget: { left: number }
}

function readValue(node: Node | null | undefined, reading: Reading): ManifestValue | undefined {
  const found = reading.reader.resolve(node)
  if (found === undefined || reading.budget.left <= 0) return undefined
  reading.budget.left--
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

  documents(): readonly ManifestValue[] {
    const { host, base, budget } = this.#reading
    const place = isScalar(this.#node) && typeof this.#node.value === 'string' ? placeOf(this.#node, base) : undefined
    if (place === undefined) return []
    const inner = scalarText(host, place, (this.#node as Scalar<string>).value)
    return allDocuments(inner.text).flatMap((range) => valuesIn(inner, range, budget))
  }

  #readEntries(): ManifestEntry[] {
    if (!isMap(this.#node)) return []
    const all = this.#node.items as Pair<Node, Node | null>[]
    if (this.#reading.budget.left < all.length) return []
    const entries: ManifestEntry[] = []
    for (const [key, { keyNode, value }] of this.#reading.reader.entries(this.#node)) {
      const read = readValue(value, this.#reading)
      if (read !== undefined) entries.push({ key, keyRange: this.#rangeOf(keyNode), value: read })
    }
    return entries
  }

  #rangeOf(node: Node): Range {
    const [start, end] = node.range ?? [0, 0]
    const { host, base } = this.#reading
    return host.toOuter({ start: base + start, end: base + end })
  }
}
