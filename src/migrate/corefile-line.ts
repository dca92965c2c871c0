import { isSpace, TokenList } from '../../grammar/tokens.ts'

/** Words as a line of a Corefile, in quotes where CoreDNS would read something else without them; `whyNoLine` tells what no quotes help. */
export function line(...words: readonly string[]): string {
  return words.map((word) => (isPlain(word) ? word : inQuotes(word))).join(' ')
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
  const odd = controlCharacter(text)
  if (odd !== null) return `it holds the control character ${odd}`
  const tokens = new TokenList(text)
  const broken = 'a backslash in front of a quote cannot be written'
  // A quote that nothing follows is no token.
  if (
    tokens.count > 0 &&
    text
      .slice(tokens.end(tokens.count - 1))
      .trim()
      .startsWith('"')
  )
    return broken
  for (let index = 0; index < tokens.count; index++) {
    const value = tokens.value(index)
    const isTorn = tokens.isQuoted(index) && index + 1 < tokens.count && tokens.end(index) === tokens.start(index + 1)
    if (tokens.hasReference(index)) return `CoreDNS takes ${value} for a variable of its environment`
    if (isTorn || tokens.isUnterminated(index)) return broken
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
