import type { CST, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, visit } from 'yaml'
import type { Range } from '../text/range.ts'
import { blockNodes } from './block-nodes.ts'
import { readBlockHeader } from './block-scalar.ts'
import type { FlowStyle } from './flow-scalar.ts'
import type { ScalarPlace } from './inner-text.ts'
import { jsonNodes } from './json-nodes.ts'

/** How deep merge keys (`<<`) are followed. */
const deepestMerge = 8

/** How many pairs are merged into others in one text: merges of merges can be many times as long as what is written. */
const mostMerged = 1_000_000

/** What the parser calls the styles. */
const flowStyles: Readonly<Partial<Record<CST.Token['type'], FlowStyle>>> = {
  'double-quoted-scalar': 'double-quoted',
  'single-quoted-scalar': 'single-quoted',
  scalar: 'plain',
}

/** What the parser says first, at offsets of the text. */
export interface YamlError {
  readonly message: string
  readonly start: number
  readonly end: number
}

/** A pair of a map; an alias is replaced by what it stands for. */
export interface Entry {
  readonly keyNode: Node
  readonly value: Node | undefined
}

/** The pairs of a map by their keys. */
export type Entries = Map<string, Entry>

/** A document as far as it is used here. */
export interface YamlDocument {
  readonly contents: Node | null
  readonly errors: readonly unknown[]
}

/** A YAML or JSON text with its documents, and what aliases in them stand for. Nothing is expanded. */
export class YamlReader {
  readonly documents: readonly YamlDocument[]
  /** The first error, if any. */
  readonly error: YamlError | undefined
  #anchors: Map<string, Node[]> | undefined
  #merged = 0

  /**
   * `keepsTokens`: what the places of scalars are read from is kept; it costs memory. `blocks`: that of block scalars alone, and whoever
   * asks does without the comments that the parser puts beside nodes.
   */
  constructor(text: string, keepsTokens: boolean | 'blocks' = true) {
    const quick = jsonNodes(text) ?? (keepsTokens === 'blocks' ? blockNodes(text) : undefined)
    if (quick !== undefined) {
      this.documents = [{ contents: quick, errors: [] }]
      return
    }
    try {
      const documents = [
        ...parseAllDocuments<ParsedNode>(text, {
          // Where there surely is no block, reading goes faster without them.
          keepSourceTokens: keepsTokens === 'blocks' ? /[|>]/.test(text) : keepsTokens,
          prettyErrors: false,
          // Looking for equal keys takes the square of their number; it is done where it matters.
          uniqueKeys: false,
          logLevel: 'silent',
        }),
      ]
      this.documents = documents
      const [first] = documents.flatMap((document) => document.errors)
      this.error = first && { message: first.message, start: first.pos[0], end: first.pos[1] }
    } catch (error) {
      // The parser is recursive.
      if (!(error instanceof RangeError)) throw error
      this.documents = []
      this.error = { message: error.message, start: 0, end: 0 }
    }
  }

  /** The value under a key as it is written. */
  get(map: YAMLMap, key: string): Node | undefined {
    const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    return (pair?.value as Node | null | undefined) ?? undefined
  }

  string(node: Node | null | undefined): string | undefined {
    const scalar = this.resolve(node)
    return isScalar(scalar) && typeof scalar.value === 'string' ? scalar.value : undefined
  }

  /** A node, or what an alias stands for: the last node before it with its anchor. */
  resolve(node: Node | null | undefined): Node | undefined {
    if (!isAlias(node)) return node ?? undefined
    this.#anchors ??= anchorsOf(this.documents)
    return lastBefore(this.#anchors.get(node.source) ?? [], rangeOf(node).start)
  }

  /** The pairs of a map by key, those merged into it included; of equal keys the last, as Kubernetes reads it. The others are told: those `repeated` in one map, those `merged` that another one hides. */
  entries(
    map: YAMLMap,
    onHidden: (key: string, entry: Entry, how: 'repeated' | 'merged') => void = () => {},
    merges = 0,
  ): Entries {
    const entries: Entries = new Map()
    for (const { key: keyNode, value } of map.items as Pair<Node, Node | null>[]) {
      const key = this.string(keyNode)
      if (key === undefined) continue
      const before = entries.get(key)
      if (before) onHidden(key, before, 'repeated')
      entries.set(key, { keyNode, value: this.resolve(value) })
    }
    const merged = entries.get('<<')?.value
    if (!merged || merges >= deepestMerge) return entries
    for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
      const from = this.resolve(source)
      if (!isMap(from)) continue
      this.#merged += from.items.length + 1
      if (this.#merged > mostMerged) break
      for (const [key, entry] of this.entries(from, onHidden, merges + 1)) {
        if (entries.has(key)) onHidden(key, entry, 'merged')
        else entries.set(key, entry)
      }
    }
    return entries
  }
}

/** Where a node stands in the text that was parsed. */
export function rangeOf(node: Node): Range {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}

/** Where a scalar stands in the text around the one that was parsed, which begins there at `base`; undefined when the parser made it up. */
export function placeOf(node: Scalar, base: number): ScalarPlace | undefined {
  const token = node.srcToken
  if (!token) return undefined
  const start = base + token.offset
  if (token.type === 'block-scalar') {
    const sources = token.props.map((prop) => (prop as CST.SourceToken).source)
    const content = start + sources.join('').length
    const lines = { start: content, end: content + token.source.length }
    return { style: 'block', start, lines, header: readBlockHeader(sources[0] ?? ''), parentIndent: token.indent }
  }
  const style = flowStyles[token.type]
  return style && 'source' in token ? { style, start, end: start + token.source.length } : undefined
}

/** Where the comment behind a block's `|` stands in the text around. */
export function commentBeside(node: Node, base: number): Range | undefined {
  if (!isScalar(node) || node.srcToken?.type !== 'block-scalar') return undefined
  const token = node.srcToken.props.find(({ type }) => type === 'comment') as CST.SourceToken | undefined
  const start = base + (token?.offset ?? 0)
  return token && { start, end: start + token.source.length }
}

function anchorsOf(documents: readonly YamlDocument[]): Map<string, Node[]> {
  const anchors = new Map<string, Node[]>()
  for (const document of documents) {
    visit(document.contents, {
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
