import type { Range } from '../text/range.ts'
import { readBlockHeader } from './block-scalar.ts'
import type { Embedded, EmbeddingDocument } from './embedded.ts'
import { embeddedValue } from './found-value.ts'
import type { HostText, ScalarPlace } from './inner-text.ts'
import { scalarText } from './inner-text.ts'
import { mayMatter } from './signs.ts'

/**
 * The texts for CoreDNS of a document that is written as nearly every ConfigMap is: block maps of plain keys, one-line
 * values without escapes, literal blocks. Exactly what the YAML parser would find, without loading it. Undefined when
 * anything in the document is not that plain, right or wrong: then the parser has to look.
 */
export function embeddedInPlainManifest(host: HostText, range: Range): Embedded[] | undefined {
  // A second one could be a ConfigMap inside of a string.
  const named = host.text.indexOf('ConfigMap', range.start)
  if (host.text.lastIndexOf('ConfigMap', range.end) !== named) return undefined
  // A carriage return that nothing follows counts for different things in different values.
  if (host.text[range.end - 1] === '\r') return undefined
  const pairs = readPairs(host.text, range)
  if (pairs?.get('kind')?.plain !== 'ConfigMap') return undefined
  const about = ['apiVersion', 'metadata name', 'metadata namespace'].map((path) => pairs.get(path))
  if (about.some((pair) => pair && !pair.place)) return undefined
  const [apiVersion, name, namespace] = about.map((pair) => pair?.place && scalarText(host, pair.place).text)
  const entries = new Map<string, HostText>()
  const document: EmbeddingDocument = { apiVersion, kind: 'ConfigMap', name, namespace, entries }
  const embedded: Embedded[] = []
  for (const { path, key, keyStart, place, comment } of pairs.values()) {
    if (path !== `data ${key}`) {
      if (place && mayMatter(key, scalarText(host, place).text)) return undefined
      continue
    }
    if (!place) return undefined
    const end = place.style === 'block' ? place.lines.end : place.end
    const inner = scalarText(host, place)
    entries.set(key, inner)
    const value = { key, keyStart, floor: range.start, inner, start: place.start, end, comment }
    const one = embeddedValue(host, document, value, 'parsed')
    if (one) embedded.push(one)
    else if (mayMatter(key, inner.text)) return undefined
  }
  return embedded
}

/** A key with its value. */
interface PlainPair {
  /** The keys down to it, with a blank between them. */
  readonly path: string
  readonly key: string
  readonly keyStart: number
  /** Where its value stands when that surely is a string. */
  readonly place: ScalarPlace | undefined
  /** True when a map may follow as its value. */
  readonly isOpen: boolean
  /** The value where it is a plain word. */
  readonly plain: string | undefined
  readonly comment: { readonly start: number; readonly end: number } | undefined
}

/** A plain key and what stands behind its colon: nothing, a word, a text in quotes on one line, the header of a literal block, or something simple that may not be a string. */
const pairLine =
  /^(?<blanks> *)(?<key>[A-Za-z][\w./-]*):(?: +(?:(?<plain>[A-Za-z][\w./-]*)|(?<double>"[^"\\\t]*")|(?<single>'[^'\t]*')|(?<block>\|-?)|(?<other>\w[\w./-]*|~|\{\}|\[\])))?(?<end> *| +(?<comment>#.*))\r?$/d

const longestLine = 1000

/** Maps are nested no deeper, so that paths stay short. */
const deepest = 16

/** Words that YAML readers take for something else than text. */
const notText = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** All pairs of a document by their paths, undefined when the document is not plain. */
function readPairs(text: string, range: Range): Map<string, PlainPair> | undefined {
  const pairs = new Map<string, PlainPair>()
  const parents: { indent: number; path: string }[] = []
  let mayNest = true
  let at = range.start + (text[range.start] === '\ufeff' && range.start === 0 ? 1 : 0)
  if (/^---[ \t]*(?:#.*)?\r?$/.test(lineOf(text, at, range.end))) at = nextLine(text, at, range.end)
  while (at < range.end) {
    const line = lineOf(text, at, range.end)
    const next = nextLine(text, at, range.end)
    if (/^ *(?:#.*)?\r?$/.test(line)) {
      at = next
      continue
    }
    const match = line.length <= longestLine ? pairLine.exec(line) : null
    const { blanks = '', key = '', block } = match?.groups ?? {}
    if (!match || notText.test(key)) return undefined
    const indent = blanks.length
    while ((parents.at(-1)?.indent ?? -1) > indent) {
      parents.pop()
      mayNest = false
    }
    const sibling = parents.at(-1)
    if (sibling?.indent === indent) parents.pop()
    else if (!mayNest || (!sibling && indent > 0)) return undefined
    const above = parents.at(-1)?.path
    const path = above === undefined ? key : `${above} ${key}`
    if (pairs.has(path)) return undefined
    if (parents.push({ indent, path }) > deepest) return undefined
    const pair = pairOf(match, at, path)
    if (block) {
      const end = endOfLiteral(text, next, range.end, indent)
      if (end === undefined) return undefined
      const lines = { start: next, end }
      const header = readBlockHeader(block)
      const start = pair.valueStart
      pairs.set(path, { ...pair, place: { style: 'block', start, lines, header, parentIndent: indent } })
      at = end
    } else {
      pairs.set(path, pair)
      at = next
    }
    mayNest = pair.isOpen
  }
  return pairs
}

function pairOf(match: RegExpExecArray, at: number, path: string): PlainPair & { readonly valueStart: number } {
  const { groups = {} } = match
  const places = match.indices?.groups ?? {}
  const word = groups.plain && !notText.test(groups.plain) ? places.plain : undefined
  const scalar = word ?? places.double ?? places.single
  const style = groups.plain ? 'plain' : groups.double ? 'double-quoted' : 'single-quoted'
  const comment = groups.block && places.comment
  return {
    path,
    key: groups.key ?? '',
    keyStart: at + (groups.blanks?.length ?? 0),
    plain: groups.plain,
    isOpen: !(scalar ?? places.plain ?? places.block ?? places.other),
    place: scalar && { style, start: at + scalar[0], end: at + scalar[1] },
    comment: comment ? { start: at + comment[0], end: at + comment[1] } : undefined,
    valueStart: at + (places.block?.[0] ?? 0),
  }
}

/** Where the lines of a literal block end, without the empty lines behind it; undefined when its indentation is not plain to see. */
function endOfLiteral(text: string, start: number, limit: number, parentIndent: number): number | undefined {
  let indent: number | undefined
  let widest = 0
  let end = start
  for (let at = start; at < limit; ) {
    const next = nextLine(text, at, limit)
    let content = at
    while (text[content] === ' ') content++
    const blanks = content - at
    if (content >= next || text[content] === '\n' || text.startsWith('\r\n', content)) {
      widest = Math.max(widest, blanks)
    } else if (indent === undefined && blanks > parentIndent) {
      if (widest > blanks) return undefined
      indent = blanks
      end = next
    } else if (indent !== undefined && blanks >= indent) {
      end = next
    } else {
      break
    }
    at = next
  }
  // Empty lines at the end may be content when they are wide; and a block may be nothing but them.
  return indent === undefined || isAnyWider(text, end, limit, parentIndent) ? undefined : end
}

/** True when one of the empty lines from `start` on has more than `indent` blanks. */
function isAnyWider(text: string, start: number, limit: number, indent: number): boolean {
  for (let at = start; at < limit; at = nextLine(text, at, limit)) {
    const line = lineOf(text, at, limit)
    if (line.trim() !== '') return false
    if (line.length > indent) return true
  }
  return false
}

function nextLine(text: string, at: number, limit: number): number {
  const lineBreak = text.indexOf('\n', at)
  return lineBreak === -1 || lineBreak >= limit ? limit : lineBreak + 1
}

/** A line without its `\n`. */
function lineOf(text: string, at: number, limit: number): string {
  const next = nextLine(text, at, limit)
  return text.slice(at, next > at && text[next - 1] === '\n' ? next - 1 : next)
}
