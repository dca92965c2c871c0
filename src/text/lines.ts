/** A place for people: 1-based line, 1-based column in UTF-16 code units (or in UTF-8 bytes where a function says so). */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Lines and columns of one text. Nothing is computed before the first question, which costs one pass over the text; every
 * later one is a binary search. Only `\n` ends a line, as for Go's lexers; a `\r` before it belongs to the line break, a lone
 * one to the line. A text that ends with a line break has an empty last line.
 */
export class LineIndex {
  readonly text: string
  #starts: Uint32Array | undefined
  /** Where the last UTF-8 column was counted: questions in ascending order stay linear even within one huge line. */
  #counted = { line: 0, offset: 0, bytes: 0 }

  constructor(text: string) {
    this.text = text
  }

  /** Number of lines, at least 1. */
  get lineCount(): number {
    return this.#lineStarts().length
  }

  /** Line and UTF-16 column of `offset`, which may be the end of the text. RangeError outside of the text. */
  positionAt(offset: number): Position {
    const line = this.#lineAt(offset)
    return { line, column: offset - this.lineStart(line) + 1 }
  }

  /** Line and UTF-8 byte column of `offset`, as rdjson wants it. RangeError outside of the text. */
  bytePositionAt(offset: number): Position {
    const line = this.#lineAt(offset)
    const start = this.lineStart(line)
    const from = this.#counted
    const resumes = from.line === line && from.offset <= offset
    const bytes = resumes
      ? from.bytes + utf8Length(this.text, from.offset, offset)
      : utf8Length(this.text, start, offset)
    this.#counted = { line, offset, bytes }
    return { line, column: bytes + 1 }
  }

  /** Offset of the first unit of a line (1-based). RangeError when there is no such line. */
  lineStart(line: number): number {
    const start = this.#lineStarts()[line - 1]
    if (start === undefined) throw new RangeError(`no line ${line}: the text has ${this.lineCount}`)
    return start
  }

  /** Offset behind the last unit of a line (1-based), before its line break. RangeError when there is no such line. */
  lineEnd(line: number): number {
    const start = this.lineStart(line)
    const next = this.#lineStarts()[line]
    if (next === undefined) return this.text.length
    return next - 2 >= start && this.text.charCodeAt(next - 2) === carriageReturn ? next - 2 : next - 1
  }

  /** A line (1-based) without its line break. RangeError when there is no such line. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line))
  }

  /** Offset of a line and UTF-16 column (both 1-based); a column behind the end of its line means that end. RangeError when there is no such line. */
  offsetAt(line: number, column: number): number {
    return Math.min(this.lineStart(line) + Math.max(column, 1) - 1, this.lineEnd(line))
  }

  #lineAt(offset: number): number {
    if (!(offset >= 0 && offset <= this.text.length)) {
      throw new RangeError(`no offset ${offset}: the text has ${this.text.length} units`)
    }
    const starts = this.#lineStarts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  #lineStarts(): Uint32Array {
    if (this.#starts) return this.#starts
    let starts = new Uint32Array(Math.max(16, this.text.length >>> 5))
    let count = 1
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
      if (count === starts.length) {
        const larger = new Uint32Array(count * 2)
        larger.set(starts)
        starts = larger
      }
      starts[count++] = at + 1
    }
    this.#starts = starts.subarray(0, count)
    return this.#starts
  }
}

const carriageReturn = 13

/** Bytes of `text` from `start` to `end` in UTF-8; a lone surrogate counts as the three bytes of U+FFFD. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else {
      bytes += 3
      // The second half of a pair: together four bytes.
      if (unit >= 0xdc00 && unit <= 0xdfff && at > start) {
        const before = text.charCodeAt(at - 1)
        if (before >= 0xd800 && before <= 0xdbff) bytes -= 2
      }
    }
  }
  return bytes
}
