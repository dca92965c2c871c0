import type { MappedText } from './offset-map.ts'
import { MappedTextBuilder } from './offset-map.ts'

/** The YAML styles that end at a quote or at what follows. */
export type FlowStyle = 'double-quoted' | 'single-quoted' | 'plain'

/**
 * The value of a flow scalar that stands in `source` from `start` to `end`, quotes included, with its map. It is what the
 * yaml package reads: line breaks fold, in double quotes escapes are resolved.
 */
export function readFlowScalar(source: string, start: number, end: number, style: FlowStyle): MappedText {
  if (style === 'plain') return readFolded(source, start, end, /\n/g)
  if (style === 'single-quoted') return readFolded(source, start + 1, end - 1, /['\n]/g)
  return readDoubleQuoted(source, start + 1, end - 1)
}

/** Plain and single-quoted scalars: folded, and `''` is the only escape. */
function readFolded(source: string, start: number, end: number, special: RegExp): MappedText {
  const builder = new MappedTextBuilder(source, start)
  let at = start
  while (at < end) {
    const next = nextSpecial(special, source, at, end)
    if (source[next] === '\n' && next < end) {
      at = foldAt(builder, source, at, next)
    } else {
      builder.copy(at, next)
      if (next < end) builder.write("'", next, next + 2)
      at = next + 2
    }
  }
  return builder.build()
}

function readDoubleQuoted(source: string, start: number, end: number): MappedText {
  const builder = new MappedTextBuilder(source, start)
  const special = /[\\\n]/g
  let at = start
  while (at < end) {
    const next = nextSpecial(special, source, at, end)
    if (source[next] === '\n' && next < end) {
      at = foldAt(builder, source, at, next)
    } else {
      builder.copy(at, next)
      at = next < end ? escapeAt(builder, source, next) : end
    }
  }
  return builder.build()
}

/** Where the next unit that is not simply copied stands, at most `end`. */
function nextSpecial(special: RegExp, source: string, at: number, end: number): number {
  special.lastIndex = at
  const found = special.exec(source)
  return found && found.index < end ? found.index : end
}

/** What follows the first line break of a fold. */
const restOfFold = /[ \t]*(?:\r?\n[ \t]*)*/y

/** Copies what stands from `at` up to the line break, folds all line breaks there with the blanks around them, and says where that ends. */
function foldAt(builder: MappedTextBuilder, source: string, at: number, lineBreak: number): number {
  let start = lineBreak
  if (start > at && source[start - 1] === '\r') start--
  while (start > at && (source[start - 1] === ' ' || source[start - 1] === '\t')) start--
  builder.copy(at, start)
  restOfFold.lastIndex = lineBreak + 1
  const rest = restOfFold.exec(source)?.[0] ?? ''
  const further = rest.split('\n').length - 1
  const end = lineBreak + 1 + rest.length
  builder.fold(further === 0 ? ' ' : '\n'.repeat(further), start, end)
  return end
}

/** YAML 1.2, 5.7: what follows a backslash, and what it means. JSON's escapes are among them. */
const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

const escapedLineBreak = /\\\r?\n[ \t]*/y
const codePoint = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y

function escapeAt(builder: MappedTextBuilder, source: string, at: number): number {
  const simple = escapes[source[at + 1] ?? '']
  if (simple !== undefined) {
    builder.write(simple, at, at + 2)
    return at + 2
  }
  escapedLineBreak.lastIndex = at
  const lineBreak = escapedLineBreak.exec(source)
  if (lineBreak) return at + lineBreak[0].length
  codePoint.lastIndex = at
  const match = codePoint.exec(source)
  const code = match ? Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16) : Number.NaN
  if (match && code <= 0x10ffff) {
    builder.write(String.fromCodePoint(code), at, at + match[0].length)
    return at + match[0].length
  }
  // Not YAML; the parser has said so, and the two units stay what they are.
  builder.copy(at, at + 2)
  return at + 2
}
