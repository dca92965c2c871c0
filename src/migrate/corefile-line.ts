import { isSpace, TokenList } from '../../grammar/tokens.ts'

/** Words as a line of a Corefile, in quotes where CoreDNS would read something else without them; `whyNoLine` tells what no quotes help. */
export function line(...words: readonly string[]): string {
  return words.map((word) => (isPlain(word) ? word : isQuotable(word) ? inQuotes(word) : UNWRITABLE)).join(' ')
}

/** Stands for a word that no quotes can hold; `whyNoLine` finds it. */
const UNWRITABLE = '\0'

/** In quotes two backslashes stay two, so that an odd number of them in front of a quote cannot be told from its escape. */
function isQuotable(word: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\(?:"|$)/.test(word)
}

/** A word in quotes, of which the lexer takes `\"` for a quote and every other backslash as it is. */
export function inQuotes(word: string): string {
  return `"${word.replaceAll('"', '\\"')}"`
}

/** Whether the lexer reads a word as it is written: blanks end one, a quote at its beginning opens one, and `#` is a comment anywhere. */
function isPlain(word: string): boolean {
  if (word === '' || word === '{' || word === '}' || word.startsWith('"') || word.includes('#')) return false
  for (let at = 0; at < word.length; at++) if (isSpace(word.charCodeAt(at))) return false
  return true
}

/**
 * Why CoreDNS would not read a line of a directive as its words, as a sentence without a full stop; null where it does: `{$NAME}` is
 * replaced by a variable wherever it stands, and a brace that is a word is structure in quotes as well.
 */
export function whyNoLine(text: string): string | null {
  if (text.includes(UNWRITABLE)) return 'a backslash in front of a quote cannot be written'
  const odd = controlCharacter(text)
  if (odd !== null) return `it holds the control character ${odd}`
  const tokens = new TokenList(text)
  for (let index = 0; index < tokens.count; index++) {
    const value = tokens.value(index)
    if (tokens.hasReference(index)) return 'CoreDNS takes what stands in braces there for a variable'
    if (tokens.isCut(index)) return 'CoreDNS takes what follows # for a comment'
    if (tokens.kind(index) === 'import' && index === 0) return 'CoreDNS takes the word import for the directive'
    const opens = index === tokens.count - 1 && !tokens.isQuoted(index) && index > 0
    const closes = tokens.count === 1 && !tokens.isQuoted(index)
    const kind = tokens.kind(index)
    if ((kind === 'open' && !opens) || (kind === 'close' && !closes)) return `CoreDNS takes ${value} for a brace`
  }
  return null
}

/** The first control character or line break of a text by its number, `U+000A`; null where it has none. */
export function controlCharacter(text: string): string | null {
  const found = /[\p{Cc}\p{Zl}\p{Zp}]/u.exec(text)?.[0]
  return found === undefined ? null : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
