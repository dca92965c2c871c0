import type { Release } from './release.ts'
import { isSince } from './release.ts'

/** What the library's error says. */
export class ExpressionError extends Error {}

const WORD_OPERATORS = new Set(['not', 'in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith'])

/** A token of an expression: its text, of a literal its value. */
export interface Token {
  readonly kind: 'operator' | 'bracket' | 'name' | 'number' | 'string' | 'bytes' | 'end'
  readonly text: string
}

const SPACE = /^[\s\x85]+/u
const WORD = /^[\p{L}\p{Nd}_$]+/u

/** The tokens of an expression, the end as the last one (parser/lexer of the library). Throws an ExpressionError. */
export function scanExpression(text: string, release: Release): Token[] {
  const tokens: Token[] = []
  const keywords = new Set(WORD_OPERATORS)
  if (isSince(release, '1.11.3')) keywords.add('let')
  if (isSince(release, '1.12.1')) for (const word of ['if', 'else']) keywords.add(word)
  let rest = text
  const take = (kind: Token['kind'], length: number, value = rest.slice(0, length)): void => {
    tokens.push({ kind, text: value })
    rest = rest.slice(length)
  }
  while (rest !== '') {
    const space = SPACE.exec(rest)?.[0]
    const character = rest[0] as string
    if (space !== undefined) rest = rest.slice(space.length)
    else if (character === "'" || character === '"') {
      const length = quotedLength(rest)
      take('string', length, resolveEscapes(rest.slice(1, length - 1)))
    } else if (character === '`' && isSince(release, '1.11.3')) {
      const raw = /^`((?:[^`]|``)*)`(?!`)/.exec(rest)
      if (raw === null) throw new ExpressionError('literal not terminated')
      take('string', raw[0].length, (raw[1] as string).replaceAll('``', '`'))
    } else if (/^[bB]['"]/.test(rest) && isSince(release, '1.14.0')) take('bytes', 1 + quotedLength(rest.slice(1)))
    else if (/^\.?[0-9]/.test(rest)) take('number', numberLength(rest))
    else if (rest.startsWith('//')) rest = rest.slice(rest.indexOf('\n') + 1 || rest.length)
    else if (rest.startsWith('/*')) {
      const end = rest.indexOf('*/', 2)
      if (end < 0) throw new ExpressionError('unclosed comment')
      rest = rest.slice(end + 2)
    } else if ('([{)]}'.includes(character)) take('bracket', 1)
    else if (character === '#') {
      take('operator', rest[1] === '#' ? 2 : 1)
      const word = WORD.exec(rest)?.[0]
      if (word !== undefined) take('name', word.length)
    } else {
      const operator = /^(?:\?[.?]?|\|\|?|::?|\.\.?|[&!=*<>][&=*]?|[,;%+\-^/])/.exec(rest)?.[0]
      const word = WORD.exec(rest)?.[0]
      if (operator !== undefined) take('operator', operator.length)
      else if (word !== undefined) take(keywords.has(word) ? 'operator' : 'name', word.length)
      else throw new ExpressionError(`unrecognized character: ${character}`)
    }
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

/** The length of a literal in quotes with its quotes. */
function quotedLength(text: string): number {
  const quote = text[0]
  for (let at = 1; at < text.length; at++) {
    const character = text[at]
    if (character === quote) return at + 1
    if (character === '\n') break
    if (character !== '\\') continue
    const sequence = /^(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-f]{2}|u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|U[0-9a-f]{8})/i.exec(
      text.slice(at + 1, at + 12),
    )?.[0]
    if (text[at + 1] === quote) at++
    else if (sequence === undefined) throw new ExpressionError('invalid char escape')
    else at += sequence.length
  }
  throw new ExpressionError('literal not terminated')
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function resolveEscapes(text: string): string {
  return text.replace(
    /\\(?:([0-7]{3})|x([0-9a-fA-F]{2})|[uU]\{?([0-9a-fA-F]+)\}?|(.))/gsu,
    (
      _,
      octal: string | undefined,
      hex: string | undefined,
      code: string | undefined,
      character: string | undefined,
    ) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff))
      return ESCAPES[character ?? ''] ?? character ?? ''
    },
  )
}

function numberLength(text: string): number {
  const digits = /^0[xX]/.test(text)
    ? '[0-9a-fA-F_]'
    : /^0[oO]/.test(text)
      ? '[0-7_]'
      : /^0[bB]/.test(text)
        ? '[01_]'
        : '[0-9_]'
  const prefix = /^0[xXoObB]/.test(text) ? 2 : 0
  const whole = new RegExp(`^${digits}*`).exec(text.slice(prefix))?.[0].length ?? 0
  let length = prefix + whole
  if (text.startsWith('..', length)) return length
  const rest = new RegExp(`^(?:\\.${digits}*)?(?:[eE][+-]?${digits}*)?`).exec(text.slice(length))?.[0] ?? ''
  length += rest.length
  if (WORD.test(text.slice(length))) throw new ExpressionError(`bad number syntax: "${text.slice(0, length + 1)}"`)
  return length
}
