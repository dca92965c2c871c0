import { isInvalid } from './invalid.ts'
import { parseFloating, parseSigned, parseUnsigned } from './number.ts'
import { quote } from './text.ts'

const ESCAPE = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y

/** Go's `strconv.Unquote` for `"..."` and `` `...` ``; nothing when an escape is wrong. */
export function unquote(quoted: string): string | undefined {
  const inside = quoted.slice(1, -1)
  return quoted.startsWith('`') ? inside.replaceAll('\r', '') : interpretEscapes(inside, '"')?.text
}

/** The characters that the escapes stand for (bytes beyond ASCII as U+0080 to U+00FF), and how many there are. */
function interpretEscapes(inside: string, delimiter: '"' | "'"): { text: string; count: number } | undefined {
  let text = ''
  let count = 0
  for (let at = 0; at < inside.length; count++) {
    if (inside[at] !== '\\') {
      const character = String.fromCodePoint(inside.codePointAt(at) as number)
      text += character
      at += character.length
      continue
    }
    ESCAPE.lastIndex = at
    const read = ESCAPE.exec(inside)
    if (read === null) return undefined
    const [written, sign, byte, short, long, octal] = read
    const otherQuote = delimiter === '"' ? "'" : '"'
    if (sign === otherQuote) return undefined
    const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '0', 16) : Number.parseInt(octal, 8)
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
    text += sign ?? String.fromCodePoint(code)
    at += written.length
  }
  return { text, count }
}

/** Go's error text when a character constant of a template (`'x'`) is wrong, otherwise null. */
export function characterError(text: string): string | null {
  const inside = interpretEscapes(text.slice(1, -1), "'")
  if (inside?.count === 1) return null
  // Only the first character is read before the closing quote is looked for.
  const first = /^'(?:[^\\']|\\.[0-9a-fA-F]*)/su.exec(text)?.[0]
  if (first === undefined || interpretEscapes(first.slice(1), "'") === undefined) return 'invalid syntax'
  return `malformed character constant: ${text}`
}

/** Go's error text when a number of a template is wrong or out of range, otherwise null. */
export function numberError(text: string, complex: boolean): string | null {
  if (complex) {
    const [, real = '', imaginary = ''] = /^(.[^-+]*(?:[eEpP][-+][^-+]*)?)([-+].*)i$/.exec(text) ?? []
    const parts = [real, imaginary].map((part) => parseFloating(part, 64))
    if (!/[0-9]/.test(imaginary)) return 'syntax error scanning complex number'
    return parts.find(isInvalid)?.error ?? null
  }
  if (text.endsWith('i') && !isInvalid(parseFloating(text.slice(0, -1), 64))) return null
  if (!isInvalid(parseUnsigned(text, 0, 64)) || !isInvalid(parseSigned(text, 0, 64))) return null
  if (isInvalid(parseFloating(text, 64))) return `illegal number syntax: ${quote(text)}`
  return /[.eEpP]/.test(text) ? null : `integer overflow: ${quote(text)}`
}
