import { isSpace, type TokenList } from '../../grammar/tokens.ts'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const HASH = 0x23
const BYTE_ORDER_MARK = 0xfeff

/**
 * All that is not white space, in the order of the text: tokens, each with the comment that is glued to it, and comments, each without
 * the blanks at its end. What stands between two of them is white space alone.
 */
export class Atoms {
  readonly list: TokenList
  /** Offset behind the byte order mark, if there is one. */
  readonly origin: number
  /** Offset of something that CoreDNS takes for nothing at the end of a file and that would be a word before more text; -1 without. */
  readonly lost: number
  #count = 0
  #starts: Int32Array
  #ends: Int32Array
  /** The token; for a comment -2 less the token before it. */
  #tokens: Int32Array
  #newlines: Int32Array
  #pending = 0

  constructor(list: TokenList) {
    const { text, count } = list
    const capacity = Math.max(16, count + (count >> 3))
    this.#starts = new Int32Array(capacity)
    this.#ends = new Int32Array(capacity)
    this.#tokens = new Int32Array(capacity)
    this.#newlines = new Int32Array(capacity)
    this.list = list
    this.origin = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
    let at = this.origin
    let lost = -1
    for (let index = 0; index <= count && lost === -1; index++) {
      lost = this.#blanks(at, index < count ? list.start(index) : text.length, index - 1)
      if (index === count) break
      at = endWithComment(list, index)
      this.#add(list.start(index), at, index)
    }
    this.lost = lost
  }

  get count(): number {
    return this.#count
  }

  start(atom: number): number {
    return atom < this.#count ? (this.#starts[atom] ?? 0) : this.list.text.length
  }

  /** Offset behind an atom; where the text begins for the one before the first. */
  end(atom: number): number {
    if (atom < 0) return this.origin
    return atom < this.#count ? (this.#ends[atom] ?? 0) : this.list.text.length
  }

  /** Index of the token that an atom is, -1 for a comment. */
  token(atom: number): number {
    return atom < this.#count ? Math.max(this.#tokens[atom] ?? -1, -1) : -1
  }

  /** Index of the last token before a comment, -1 where there is none. */
  tokenBefore(comment: number): number {
    return -2 - (this.#tokens[comment] ?? -1)
  }

  /** Number of line feeds in the white space before an atom. */
  newlines(atom: number): number {
    return this.#newlines[atom] ?? 0
  }

  /** True for the first atom of a line. */
  startsLine(atom: number): boolean {
    return atom === 0 || this.newlines(atom) > 0
  }

  #add(start: number, end: number, token: number): void {
    const atom = this.#count++
    if (atom === this.#starts.length) {
      this.#starts = grown(this.#starts)
      this.#ends = grown(this.#ends)
      this.#tokens = grown(this.#tokens)
      this.#newlines = grown(this.#newlines)
    }
    this.#starts[atom] = start
    this.#ends[atom] = end
    this.#tokens[atom] = token
    this.#newlines[atom] = this.#pending
    this.#pending = 0
  }

  /** Reads white space and comments; the offset of what is neither, or -1. */
  #blanks(from: number, to: number, before: number): number {
    const { text } = this.list
    for (let at = from; at < to; ) {
      const code = text.charCodeAt(at)
      if (code === HASH) {
        const newline = text.indexOf('\n', at)
        const end = newline === -1 ? text.length : newline
        this.#add(at, withoutBlanks(text, at, end), -2 - before)
        at = end
      } else if (isSpace(code)) {
        if (code === NEWLINE) this.#pending++
        at++
      } else return at
    }
    return -1
  }
}

function grown(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

/** Offset behind a token and the comment that is glued to it (lexer.go:next: it ends at white space, which `\r` is not). */
function endWithComment(list: TokenList, index: number): number {
  const { text } = list
  const end = list.end(index)
  if (!list.isCut(index)) return end
  let at = end
  while (at < text.length && (text.charCodeAt(at) === CARRIAGE_RETURN || !isSpace(text.charCodeAt(at)))) at++
  return withoutBlanks(text, end, at)
}

function withoutBlanks(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--
  return at
}
