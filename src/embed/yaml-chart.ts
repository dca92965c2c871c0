import type { Node } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { ChartEntry, ChartValue } from './chart-servers.ts'
import type { HostText, InnerText } from './inner-text.ts'
import { sliceText } from './inner-text.ts'
import type { YamlReader } from './yaml-reader.ts'
import { rangeOf } from './yaml-reader.ts'

/** Lists and maps of servers are nested no deeper. */
const deepest = 4

/** Reads values of a chart out of a document that begins at `base` of the host; `inner` gives the text of a string. */
export class YamlChart {
  readonly #host: HostText
  readonly #base: number
  readonly #reader: YamlReader
  readonly #inner: (node: Node) => HostText | undefined

  constructor(host: HostText, base: number, reader: YamlReader, inner: (node: Node) => HostText | undefined) {
    this.#host = host
    this.#base = base
    this.#reader = reader
    this.#inner = inner
  }

  value(node: Node | null | undefined, depth = 0): ChartValue {
    const found = this.#reader.resolve(node)
    if (!found || depth > deepest) return { kind: 'unknown' }
    if (isScalar(found)) return this.#scalar(found, found.value)
    if (isSeq(found)) {
      const items = (found.items as Node[]).map((item) => this.value(item, depth + 1))
      return { kind: 'list', place: this.#slice(found), items }
    }
    if (!isMap(found)) return { kind: 'unknown' }
    const entries = new Map<string, ChartEntry>()
    for (const [key, { keyNode, value }] of this.#reader.entries(found)) {
      const written = this.#inner(keyNode)
      if (written) entries.set(key, { key: written, value: this.value(value, depth + 1) })
    }
    return { kind: 'map', place: this.#slice(found), entries }
  }

  #scalar(node: Node, value: unknown): ChartValue {
    if (typeof value === 'string') {
      const written = this.#inner(node)
      return written ? { kind: 'scalar', written, isEmpty: value === '' } : { kind: 'unknown' }
    }
    const written = this.#slice(node)
    if (value === null || value === false || value === 0) return { kind: 'scalar', written, isEmpty: true }
    // Helm writes large numbers and fractions in ways of its own.
    const isPlain = value === true || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e6)
    return isPlain && written.text === String(value) ? { kind: 'scalar', written, isEmpty: false } : { kind: 'unknown' }
  }

  #slice(node: Node): InnerText {
    const { start, end } = rangeOf(node)
    return sliceText(this.#host, { start: this.#base + start, end: this.#base + end })
  }
}
