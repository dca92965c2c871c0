import type { CST, Document, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, visit } from 'yaml'
import type { Range } from '../text/range.ts'
import { blocksByLines, mentionsKey } from './block-by-lines.ts'
import { readBlockHeader } from './block-scalar.ts'
import { documentRanges, holdsConfigMap, kindOfKey } from './configmap.ts'
import type { Embedded, EmbeddingDocument, EmbeddingProblem } from './embedded.ts'
import type { FlowStyle } from './flow-scalar.ts'
import type { FoundValue } from './found-value.ts'
import { embeddedValue } from './found-value.ts'
import type { HostText, ScalarPlace } from './inner-text.ts'
import { scalarText } from './inner-text.ts'

/** How deep strings are searched that hold YAML which holds strings. */
const deepest = 4

/** How deep merge keys (`<<`) are followed. */
const deepestMerge = 8

/** Kubernetes keeps what was last applied here: a copy of the object itself, not another one. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** What was found so far in a file, and what problems call its format. */
export interface Found {
  readonly embedded: Embedded[]
  readonly problems: EmbeddingProblem[]
  readonly format: 'YAML' | 'JSON'
}

/** Finds the texts for CoreDNS in one document of a text that is YAML, JSON or a template of either. */
export function searchDocument(host: HostText, range: Range, found: Found, depth = 0): void {
  new DocumentSearch(host, range.start, host.text.slice(range.start, range.end), found, depth).run()
}

/** What the parser says first, at offsets of the document. */
interface YamlError {
  readonly message: string
  readonly start: number
  readonly end: number
}

/** What the parser calls the styles. */
const flowStyles: Readonly<Partial<Record<CST.Token['type'], FlowStyle>>> = {
  'double-quoted-scalar': 'double-quoted',
  'single-quoted-scalar': 'single-quoted',
  scalar: 'plain',
}

/** The pairs of a map by their keys. */
type Entries = Map<string, { readonly keyNode: Node; readonly value: Node | undefined }>

/** Looks through one document that stands at `base` of the host. */
class DocumentSearch {
  readonly #host: HostText
  readonly #base: number
  readonly #text: string
  readonly #found: Found
  readonly #depth: number
  /** Values that were taken as texts for CoreDNS. */
  readonly #taken = new Set<Node>()
  #anchors: Map<string, Node[]> | undefined
  #isBroken = false
  #documents: Document.Parsed<ParsedNode>[] = []

  constructor(host: HostText, base: number, text: string, found: Found, depth: number) {
    this.#host = host
    this.#base = base
    this.#text = text
    this.#found = found
    this.#depth = depth
  }

  run(): void {
    const error = this.#parse()
    const known = this.#found.embedded.length
    let isTemplate = false
    if (error) {
      const blocks = blocksByLines(this.#host, this.#base, this.#base + this.#text.length)
      this.#found.embedded.push(...blocks.embedded)
      isTemplate = blocks.isTemplate
      this.#isBroken = true
    }
    if (this.#found.embedded.length === known) {
      for (const { contents } of this.#documents) this.#walk(contents, undefined)
    }
    if (error) this.#report(error, isTemplate, this.#found.embedded.length > known)
  }

  /** Reads the document; the first error, if any. */
  #parse(): YamlError | undefined {
    try {
      this.#documents = [
        ...parseAllDocuments<ParsedNode>(this.#text, {
          keepSourceTokens: true,
          prettyErrors: false,
          // Looking for equal keys takes the square of their number; it is done where it matters.
          uniqueKeys: false,
          logLevel: 'silent',
        }),
      ]
    } catch (error) {
      // The parser is recursive.
      if (!(error instanceof RangeError)) throw error
      return { message: error.message, start: 0, end: 0 }
    }
    const [first] = this.#documents.flatMap((document) => document.errors)
    return first && { message: first.message, start: first.pos[0], end: first.pos[1] }
  }

  /** Says what is wrong where a text for CoreDNS was found or should have been, unless all this only happens to stand in a value. */
  #report(error: YamlError, isTemplate: boolean, isFound: boolean): void {
    if (this.#depth > 0 || (!isFound && !mentionsKey(this.#text))) return
    const tooDeep = /call stack/i.test(error.message)
    const reason = tooDeep ? 'nested too deeply' : error.message.charAt(0).toLowerCase() + error.message.slice(1)
    const outcome = isFound
      ? 'its Corefile was found all the same, and checked in part'
      : 'its Corefile was not checked'
    this.#found.problems.push({
      code: isTemplate ? 'template' : 'not-yaml',
      message: isTemplate ? `a template; ${outcome}` : `not ${this.#found.format} (${reason}); ${outcome}`,
      range: this.#outer(Math.min(error.start, this.#text.length), Math.min(error.end, this.#text.length)),
    })
  }

  #outer(start: number, end: number): Range {
    return this.#host.toOuter({ start: this.#base + start, end: this.#base + Math.max(start, end) })
  }

  #walk(node: Node | null, implied: string | undefined): void {
    if (isMap(node)) {
      const kind = this.#string(this.#get(node, 'kind')) ?? implied
      if (kind === 'ConfigMap') this.#takeConfigMap(node)
      const items = kind?.endsWith('List') ? kind.slice(0, -'List'.length) : undefined
      for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
        if (this.#string(key) === lastApplied) continue
        this.#walk(value, this.#string(key) === 'items' && items ? `${items}[]` : undefined)
      }
    } else if (isSeq(node)) {
      const item = implied?.endsWith('[]') ? implied.slice(0, -2) : undefined
      for (const element of node.items) this.#walk(element as Node, item)
    } else if (isScalar(node)) {
      this.#searchString(node)
    }
  }

  /** A string may hold YAML that holds a ConfigMap. */
  #searchString(node: Scalar): void {
    if (this.#depth >= deepest || this.#taken.has(node)) return
    if (typeof node.value !== 'string' || !holdsConfigMap(node.value)) return
    const inner = this.#inner(node)
    if (!inner) return
    for (const range of documentRanges(inner.text)) searchDocument(inner, range, this.#found, this.#depth + 1)
  }

  #takeConfigMap(map: YAMLMap): void {
    const data = this.#resolve(this.#get(map, 'data'))
    if (!isMap(data)) return
    const metadata = this.#resolve(this.#get(map, 'metadata'))
    const inMetadata = (key: string) => (isMap(metadata) ? this.#string(this.#get(metadata, key)) : undefined)
    const name = inMetadata('name')
    const entries = this.#entries(data, (key) => kindOfKey(name, key) !== undefined)
    const document = {
      apiVersion: this.#string(this.#get(map, 'apiVersion')),
      kind: this.#string(this.#get(map, 'kind')) ?? 'ConfigMap',
      name,
      namespace: inMetadata('namespace'),
      entries: this.#texts(entries),
    } satisfies EmbeddingDocument
    for (const [key, { keyNode, value }] of entries) {
      if (!kindOfKey(document.name, key) || (value && this.#taken.has(value))) continue
      const inner = document.entries.get(key)
      if (!value || !inner) {
        this.#problem('not-a-string', `${key} is not a string: Kubernetes refuses this ConfigMap`, keyNode)
        continue
      }
      this.#taken.add(value)
      const { start, end } = rangeOf(value)
      const one: FoundValue = {
        key,
        keyStart: this.#base + rangeOf(keyNode).start,
        floor: this.#base,
        inner,
        start: this.#base + start,
        end: this.#base + end,
        comment: this.#commentBeside(value),
      }
      const embedded = embeddedValue(this.#host, document, one, this.#isBroken ? 'recovered' : 'parsed')
      if (embedded) this.#found.embedded.push(embedded)
    }
  }

  /** The pairs of a map by key, those merged into it included; of equal keys the last, as Kubernetes reads it. */
  #entries(map: YAMLMap, matters: (key: string) => boolean, merges = 0): Entries {
    const entries: Entries = new Map()
    for (const { key: keyNode, value: node } of map.items as Pair<Node, Node | null>[]) {
      const key = this.#string(keyNode)
      const value = this.#resolve(node)
      if (key === undefined) continue
      const before = entries.get(key)
      if (before && matters(key)) {
        this.#problem('duplicate-key', `${key} is written twice: only the last one counts`, before.keyNode)
      }
      entries.set(key, { keyNode, value })
    }
    const merged = entries.get('<<')?.value
    if (!merged || merges >= deepestMerge) return entries
    for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
      const from = this.#resolve(source)
      if (!isMap(from)) continue
      for (const [key, entry] of this.#entries(from, matters, merges + 1)) {
        if (!entries.has(key)) entries.set(key, entry)
      }
    }
    return entries
  }

  #texts(entries: Entries): Map<string, HostText> {
    const texts = new Map<string, HostText>()
    for (const [key, { value }] of entries) {
      const text = isScalar(value) ? this.#inner(value) : undefined
      if (text) texts.set(key, text)
    }
    return texts
  }

  /** The value of a scalar as a text of its own, undefined when it is not a string. */
  #inner(node: Scalar): HostText | undefined {
    const place = typeof node.value === 'string' ? this.#placeOf(node) : undefined
    return place && scalarText(this.#host, place, node.value as string)
  }

  #placeOf(node: Scalar): ScalarPlace | undefined {
    const token = node.srcToken
    if (!token) return undefined
    const start = this.#base + token.offset
    if (token.type === 'block-scalar') {
      const sources = token.props.map((prop) => (prop as CST.SourceToken).source)
      const content = start + sources.join('').length
      const lines = { start: content, end: content + token.source.length }
      return { style: 'block', start, lines, header: readBlockHeader(sources[0] ?? ''), parentIndent: token.indent }
    }
    const style = flowStyles[token.type]
    return style && 'source' in token ? { style, start, end: start + token.source.length } : undefined
  }

  /** Where the comment behind a block's `|` stands in the host. */
  #commentBeside(value: Node): Range | undefined {
    if (!isScalar(value) || value.srcToken?.type !== 'block-scalar') return undefined
    const token = value.srcToken.props.find(({ type }) => type === 'comment') as CST.SourceToken | undefined
    const start = this.#base + (token?.offset ?? 0)
    return token && { start, end: start + token.source.length }
  }

  #problem(code: EmbeddingProblem['code'], message: string, at: Node): void {
    if (this.#isBroken) return
    const { start, end } = rangeOf(at)
    this.#found.problems.push({ code, message, range: this.#outer(start, end) })
  }

  #get(map: YAMLMap, key: string): Node | null | undefined {
    const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    return pair?.value as Node | null | undefined
  }

  #string(node: Node | null | undefined): string | undefined {
    const scalar = this.#resolve(node)
    return isScalar(scalar) && typeof scalar.value === 'string' ? scalar.value : undefined
  }

  /** What an alias stands for: the last node before it with its anchor. Nothing is expanded. */
  #resolve(node: Node | null | undefined): Node | undefined {
    if (!isAlias(node)) return node ?? undefined
    this.#anchors ??= anchorsOf(this.#documents)
    return lastBefore(this.#anchors.get(node.source) ?? [], rangeOf(node).start)
  }
}

function anchorsOf(documents: readonly Document.Parsed<ParsedNode>[]): Map<string, Node[]> {
  const anchors = new Map<string, Node[]>()
  for (const document of documents) {
    visit(document, {
      Node: (_, node) => {
        if (isAlias(node) || !('anchor' in node) || !node.anchor) return
        const same = anchors.get(node.anchor)
        if (same) same.push(node as Node)
        else anchors.set(node.anchor, [node as Node])
      },
    })
  }
  return anchors
}

/** The last of the nodes, which are in order, that starts before an offset. */
function lastBefore(nodes: readonly Node[], offset: number): Node | undefined {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const node = nodes[middle]
    if (node && rangeOf(node).start < offset) low = middle + 1
    else high = middle
  }
  return nodes[low - 1]
}

/** Where a node stands in the text that was parsed. */
function rangeOf(node: Node): Range {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}
