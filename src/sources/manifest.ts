import type { Node, Pair, Scalar, YAMLMap } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { FlowStyle } from '../embed/flow-scalar.ts'
import type { HostText, ScalarPlace } from '../embed/inner-text.ts'
import { scalarText, sliceText } from '../embed/inner-text.ts'
import { placeOf, rangeOf, YamlReader } from '../embed/yaml-reader.ts'
import type { Range } from '../text/range.ts'
import type { ObjectIdentity, Placed, SourceProblem } from './source.ts'
import { looksLikeTemplate, maskTemplate } from './template-mask.ts'

/** The documents of a YAML text. No value can hold a line that starts with `---` and a blank, so they can be told apart without parsing. */
export function documentsOf(text: string): Range[] {
  const ranges: Range[] = []
  let start = 0
  for (const { index } of text.matchAll(/\n---(?=[ \t\r\n]|$)/g)) {
    ranges.push({ start, end: index + 1 })
    start = index + 1
  }
  ranges.push({ start, end: text.length })
  return ranges
}

/** A document of a YAML or JSON text, or of a template of one. */
export class ManifestDocument {
  readonly host: HostText
  readonly reader: YamlReader
  /** Where the document stands in the text of `host`. */
  readonly base: number
  /** True where a template engine would have to make YAML of it first: what the engine writes is not known. */
  readonly isTemplate: boolean
  /** Why it is not YAML, and where; what could be read is there all the same. */
  readonly error: { readonly message: string; readonly range: Range } | undefined
  /** The text of the document alone. */
  readonly text: string
  readonly #holes: readonly Range[]
  /** How many values may still be read: aliases cannot make a small file large. */
  left: number

  constructor(host: HostText, range: Range) {
    const text = host.text.slice(range.start, range.end)
    let reader = looksLikeTemplate(text) ? undefined : readYaml(text)
    let holes: readonly Range[] = []
    if (!reader || (reader.error && (text.includes('{{') || text.includes('{%')))) {
      const masked = maskTemplate(text)
      holes = masked.holes
      reader = readYaml(masked.text)
    }
    this.host = host
    this.text = text
    this.base = range.start
    this.reader = reader
    this.isTemplate = holes.length > 0
    this.#holes = holes
    this.left = text.length + 100
    this.error = reader.error && {
      message: reader.error.message,
      range: host.toOuter({
        start: this.base + Math.min(reader.error.start, text.length),
        end: this.base + Math.min(Math.max(reader.error.start, reader.error.end), text.length),
      }),
    }
  }

  /** The values of the documents in it. */
  roots(): ManifestNode[] {
    return this.reader.documents.flatMap(({ contents }) => (contents ? [new ManifestNode(this, contents)] : []))
  }

  /** True when a template writes something of a range of the document. */
  isWritten({ start, end }: Range): boolean {
    const holes = this.#holes
    let low = 0
    let high = holes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((holes[middle]?.end ?? 0) <= start) low = middle + 1
      else high = middle
    }
    const hole = holes[low]
    return hole !== undefined && hole.start < Math.max(end, start + 1)
  }

  /** A range of the document in the outermost file. */
  outer({ start, end }: Range): Range {
    return this.host.toOuter({ start: this.base + start, end: this.base + end })
  }
}

function readYaml(text: string): YamlReader {
  return new YamlReader(text, 'blocks')
}

const flowStyles: Readonly<Record<string, FlowStyle>> = {
  PLAIN: 'plain',
  QUOTE_DOUBLE: 'double-quoted',
  QUOTE_SINGLE: 'single-quoted',
}

/** Where a scalar without tokens stands. */
function flowPlace(node: Scalar, base: number): ScalarPlace | undefined {
  const style = flowStyles[node.type ?? '']
  const { start, end } = rangeOf(node)
  return style && { style, start: base + start, end: base + end }
}

/** A pair of a map. */
export interface ManifestPair {
  readonly key: string
  /** Where the key stands in the outermost file. */
  readonly keyRange: Range
  readonly keyNode: Node
  readonly value: ManifestNode | undefined
}

/** A value of a manifest with its place; aliases and merge keys are followed. */
export class ManifestNode {
  readonly document: ManifestDocument
  readonly node: Node
  /** Where it is used: an alias, or itself. */
  readonly written: Node
  #pairs: readonly ManifestPair[] | undefined

  constructor(document: ManifestDocument, node: Node, written: Node = node) {
    this.document = document
    this.node = node
    this.written = written
  }

  /** In the outermost file, quotes included. */
  get range(): Range {
    return this.document.outer(rangeOf(this.node))
  }

  /** True when a template writes it or a part of it. */
  get isWritten(): boolean {
    return this.document.isWritten(rangeOf(this.node))
  }

  get isMap(): boolean {
    return isMap(this.node)
  }

  get isList(): boolean {
    return isSeq(this.node)
  }

  /** The string that it is, as a text of its own; undefined for everything else. */
  get text(): HostText | undefined {
    const { node, document } = this
    if (!isScalar(node) || typeof node.value !== 'string') return undefined
    const place = placeOf(node as Scalar, document.base) ?? flowPlace(node as Scalar, document.base)
    return place && scalarText(document.host, place, document.isTemplate ? undefined : node.value)
  }

  /** A number or boolean as a text of its own, as it is written. */
  get asText(): HostText | undefined {
    const { node, document } = this
    if (!isScalar(node) || node.value === null) return undefined
    const { start, end } = rangeOf(node)
    return sliceText(document.host, { start: document.base + start, end: document.base + end })
  }

  /** A string, or how a number or boolean is written; undefined for null, maps and lists. */
  get placed(): Placed | undefined {
    const { node, document } = this
    if (!isScalar(node) || node.value === null) return undefined
    const { start, end } = rangeOf(node)
    const written = document.host.text.slice(document.base + start, document.base + end)
    if (typeof node.value !== 'string') return { value: written, range: document.outer({ start, end }) }
    if (written === node.value || document.isTemplate) {
      if (!/^["'|>]/.test(written)) return { value: written, range: document.outer({ start, end }) }
    }
    if (/^["']/.test(written) && written.slice(1, -1) === node.value) {
      return { value: node.value, range: document.outer({ start: start + 1, end: end - 1 }) }
    }
    const { text } = this
    return text && { value: text.text, range: text.toOuter({ start: 0, end: text.text.length }) }
  }

  /** A string that is nothing but that; undefined for numbers and booleans too. */
  get string(): Placed | undefined {
    return isScalar(this.node) && typeof this.node.value === 'string' ? this.placed : undefined
  }

  /** True and false as Kubernetes reads them. */
  get boolean(): boolean | undefined {
    const word = this.placed?.value
    if (word === undefined || !isScalar(this.node)) return undefined
    if (typeof this.node.value === 'boolean') return this.node.value
    const isPlain = this.node.type === 'PLAIN'
    if (isPlain && /^(?:yes|on|y|true)$/i.test(word)) return true
    return isPlain && /^(?:no|off|n|false)$/i.test(word) ? false : undefined
  }

  get number(): number | undefined {
    return isScalar(this.node) && typeof this.node.value === 'number' ? this.node.value : undefined
  }

  /** The pairs of a map in the order of the file, of equal keys the last. */
  get pairs(): readonly ManifestPair[] {
    this.#pairs ??= this.#readPairs()
    return this.#pairs
  }

  /** The value under a key of a map, or under several, one in the other; undefined where there is none, or null. */
  get(...path: readonly string[]): ManifestNode | undefined {
    let node: ManifestNode | undefined = this
    for (const key of path) node = node?.pairs.find((pair) => pair.key === key)?.value
    return node
  }

  /** The items of a list that are not null. */
  get items(): readonly ManifestNode[] {
    const { node, document } = this
    if (!isSeq(node)) return []
    return (node.items as Node[]).flatMap((item) => this.#child(document.reader.resolve(item), item) ?? [])
  }

  /** The strings of a list, numbers and booleans as they are written. */
  get words(): readonly Placed[] {
    return this.items.flatMap((item) => item.placed ?? [])
  }

  /** apiVersion, kind, name and namespace of an object; what a template writes is not known. */
  get identity(): ObjectIdentity {
    const word = (...path: readonly string[]) => {
      const node = this.get(...path)
      return node?.isWritten ? undefined : node?.placed?.value
    }
    return {
      apiVersion: word('apiVersion'),
      kind: word('kind'),
      name: word('metadata', 'name'),
      namespace: word('metadata', 'namespace'),
    }
  }

  #readPairs(): ManifestPair[] {
    if (!isMap(this.node)) return []
    const { document } = this
    const all = (this.node as YAMLMap).items as Pair<Node, Node | null>[]
    if (document.left < all.length) return []
    document.left -= all.length
    const pairs: ManifestPair[] = []
    for (const [key, { keyNode, value }] of document.reader.entries(this.node as YAMLMap)) {
      pairs.push({ key, keyRange: document.outer(rangeOf(keyNode)), keyNode, value: this.#child(value) })
    }
    return pairs
  }

  #child(node: Node | undefined, written: Node | undefined = node): ManifestNode | undefined {
    const { document } = this
    if (!node || document.left <= 0 || (isScalar(node) && node.value === null)) return undefined
    document.left--
    return new ManifestNode(document, node, written)
  }
}

/** The objects of a value: itself, or those of the list that it is, which may say the kind for them. */
export function objectsIn(
  value: ManifestNode,
  implied?: string,
): { readonly object: ManifestNode; readonly kind: string }[] {
  const kind = value.get('kind')?.placed?.value ?? implied
  if (kind === undefined) return []
  const items = value.get('items')
  if (!kind.endsWith('List') || !items?.isList) return [{ object: value, kind }]
  const item = kind === 'List' ? undefined : kind.slice(0, -'List'.length)
  // A list in a list is nothing that Kubernetes knows.
  return items.items.flatMap((one) => (one.get('kind')?.placed?.value.endsWith('List') ? [] : objectsIn(one, item)))
}

/** What keeps a value from being read whole: the document is a template, or broken. */
export function documentProblems(path: string, { document, range }: ManifestNode): SourceProblem[] {
  if (document.isTemplate) {
    return [{ severity: 'warning', message: 'a template: what its actions write is not known', path, range }]
  }
  if (!document.error) return []
  const reason = document.error.message.charAt(0).toLowerCase() + document.error.message.slice(1)
  return [{ severity: 'unread', message: `not YAML (${reason}): read in part`, path, range: document.error.range }]
}

/** For people: `kube-system/kube-dns`, or the kind where the object has no name. */
export function nameOfObject({ kind, name, namespace }: ObjectIdentity): string {
  const named = name === undefined ? '' : `${namespace === undefined ? '' : `${namespace}/`}${name}`
  return named === '' ? (kind ?? 'object') : `${kind === undefined ? '' : `${kind} `}${named}`
}
