import { quote } from './text.ts'

/** The kinds of token in a Go template; a keyword is its own kind. */
export type TokenKind =
  | 'error'
  | 'end of text'
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'boolean'
  | 'character'
  | 'complex'
  | 'number'
  | 'string'
  | 'raw string'
  | 'field'
  | 'identifier'
  | 'variable'
  | 'sign'
  | 'declare'
  | 'assign'
  | 'pipe'
  | '('
  | ')'
  | Keyword

/** The words that a template cannot use as names of functions, and the dot. */
type Keyword = (typeof KEYWORDS)[number]

const KEYWORDS = [
  ...(['.', 'block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'] as const),
] as const

const isKeyword = (word: string): word is Keyword => (KEYWORDS as readonly string[]).includes(word)

/** A piece of a template; the text of an `error` is its message. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** 1-based. */
  readonly line: number
}

const isWord = (character: string): boolean => /[\p{L}\p{Nd}_]/u.test(character)
const BLANKS = /[ \t\r\n]*/y

/**
 * The tokens of a Go template (text/template/parse/lex.go), one pass. The last one is the end of the text; when the text cannot be read
 * further, an `error` with Go's message comes before it.
 */
export function templateTokens(text: string): Token[] {
  return new Lexer(text).read()
}

class Lexer {
  private readonly text: string
  private readonly tokens: Token[] = []
  private at = 0
  private line = 1
  /** How far lines have been counted. */
  private counted = 0
  private parens = 0

  constructor(text: string) {
    this.text = text
  }

  read(): Token[] {
    let healthy = true
    while (healthy && this.at < this.text.length) healthy = this.readText()
    this.tokens.push({ kind: 'end of text', text: 'EOF', line: this.lineAt(this.at) })
    return this.tokens
  }

  private lineAt(offset: number): number {
    for (; this.counted < offset; this.counted++) if (this.text[this.counted] === '\n') this.line++
    return this.line
  }

  /** Adds the token from `from` to `at`. */
  private add(kind: TokenKind, from: number): true {
    this.tokens.push({ kind, text: this.text.slice(from, this.at), line: this.lineAt(from) })
    return true
  }

  private fail(message: string, from: number): false {
    this.tokens.push({ kind: 'error', text: message, line: this.lineAt(from) })
    return false
  }

  /** Text up to the next action, then that action or comment. */
  private readText(): boolean {
    const { text, at } = this
    const open = text.indexOf('{{', at)
    const stop = open < 0 ? text.length : open
    const trims = open >= 0 && /[ \t\r\n]/.test(text[open + 3] ?? '') && text[open + 2] === '-'
    this.at = stop
    while (trims && this.at > at && isBlank(text[this.at - 1])) this.at--
    if (this.at > at) this.add('text', at)
    this.at = stop
    if (open < 0) return true
    const body = open + 2 + (trims ? 2 : 0)
    if (text.startsWith('/*', body)) return this.readComment(body)
    this.at = open + 2
    this.add('left', open)
    this.at = body
    this.parens = 0
    return this.readAction()
  }

  private readComment(from: number): boolean {
    const end = this.text.indexOf('*/', from + 2)
    if (end < 0) return this.fail('unclosed comment', from)
    this.at = end + 2
    const width = this.closingWidth()
    if (width === 0) return this.fail('comment ends before closing delimiter', from)
    this.at += width
    if (width > 2) this.skipBlanks()
    return true
  }

  /** The length of `}}` or ` -}}` at `at`, otherwise 0. */
  private closingWidth(): number {
    const { text, at } = this
    if (isBlank(text[at]) && text.startsWith('-}}', at + 1)) return 4
    return text.startsWith('}}', at) ? 2 : 0
  }

  private skipBlanks(): void {
    BLANKS.lastIndex = this.at
    this.at += BLANKS.exec(this.text)?.[0].length ?? 0
  }

  private readAction(): boolean {
    for (;;) {
      const width = this.closingWidth()
      if (width > 0) {
        if (this.parens > 0) return this.fail('unclosed left paren', this.at)
        return this.readClosing(width)
      }
      if (isBlank(this.text[this.at])) {
        if (this.readBlanks()) return true
      } else if (!this.readToken()) return false
    }
  }

  private readClosing(width: number): true {
    this.at += width
    this.add('right', this.at - 2)
    if (width > 2) this.skipBlanks()
    return true
  }

  /** White space; the blank of a ` -}}` is left to it. A row of exactly that one closes the action even inside of parentheses. */
  private readBlanks(): boolean {
    const from = this.at
    this.skipBlanks()
    if (this.text.startsWith('-}}', this.at)) this.at--
    if (this.at === from) return this.readClosing(4)
    this.add('space', from)
    return false
  }

  private readToken(): boolean {
    const { text, at } = this
    const code = text.codePointAt(at)
    if (code === undefined) return this.fail('unclosed action', at)
    const character = String.fromCodePoint(code)
    this.at += character.length
    switch (character) {
      case '=':
        return this.add('assign', at)
      case ':':
        if (text[this.at] !== '=') return this.fail('expected :=', at)
        this.at++
        return this.add('declare', at)
      case '|':
        return this.add('pipe', at)
      case '"':
        return this.readQuoted('string', /"(?:[^"\\\n]|\\[^\n])*"/y, 'unterminated quoted string')
      case '`':
        return this.readQuoted('raw string', /`[^`]*`/y, 'unterminated raw quoted string')
      case "'":
        return this.readQuoted('character', /'(?:[^'\\\n]|\\[^\n])*'/y, 'unterminated character constant')
      case '$':
        return this.readName('variable', at)
      case '(':
        this.parens++
        return this.add('(', at)
      case ')':
        this.parens--
        return this.parens < 0 ? this.fail('unexpected right paren', at) : this.add(')', at)
    }
    if (character === '.' && this.at < text.length && !/[0-9]/.test(text[this.at] ?? ''))
      return this.readName('field', at)
    if (/[-+.0-9]/.test(character)) return this.readNumber(at)
    if (isWord(character)) return this.readName('identifier', at)
    if (character > ' ' && character <= '~') return this.add('sign', at)
    return this.fail(`unrecognized character in action: ${unicodeName(character)}`, at)
  }

  private readQuoted(kind: TokenKind, pattern: RegExp, message: string): boolean {
    const from = this.at - 1
    pattern.lastIndex = from
    const read = pattern.exec(this.text)
    if (read === null) return this.fail(message, from)
    this.at = from + read[0].length
    return this.add(kind, from)
  }

  /** The rest of a name; what may follow it is limited. */
  private readName(kind: 'variable' | 'field' | 'identifier', from: number): boolean {
    const word = /[\p{L}\p{Nd}_]*/uy
    word.lastIndex = this.at
    this.at += word.exec(this.text)?.[0].length ?? 0
    const next = this.text.codePointAt(this.at)
    const ended =
      next === undefined || /[ \t\r\n.,|:()]/.test(String.fromCodePoint(next)) || this.text.startsWith('}}', this.at)
    if (!ended) return this.fail(`bad character ${unicodeName(String.fromCodePoint(next))}`, from)
    const name = this.text.slice(from, this.at)
    if (isKeyword(name)) return this.add(name, from)
    return this.add(name === 'true' || name === 'false' ? 'boolean' : kind, from)
  }

  private readNumber(from: number): boolean {
    this.at = from
    let healthy = this.scanNumber()
    const sign = this.text[this.at]
    const complex = healthy && (sign === '+' || sign === '-')
    if (complex) healthy = this.scanNumber() && this.text[this.at - 1] === 'i'
    if (!healthy) return this.fail(`bad number syntax: ${quote(this.text.slice(from, this.at))}`, from)
    return this.add(complex ? 'complex' : 'number', from)
  }

  /** Takes what looks like a number, wrong or not; false when a letter or digit follows, which is then taken too. */
  private scanNumber(): boolean {
    const number =
      /[-+]?(?:0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9_]*)?)i?/y
    number.lastIndex = this.at
    this.at += number.exec(this.text)?.[0].length ?? 0
    const next = this.text.codePointAt(this.at)
    if (next === undefined || !isWord(String.fromCodePoint(next))) return true
    this.at += next > 0xffff ? 2 : 1
    return false
  }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n'
}

/** The `%#U` of Go's messages: `U+002F '/'`. */
function unicodeName(character: string): string {
  const code = character.codePointAt(0) as number
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character) ? `${name} '${character}'` : name
}
