/** What a token is to the parser: a brace or `import` is structure only as a whole token (coredns/caddy caddyfile/parse.go). */
export type TokenKind = 'word' | 'open' | 'close' | 'import'

const QUOTED = 1
const UNCLEAN = 2
const REFERENCE = 4
const OPEN = 8
const CLOSE = 16
const IMPORT = 32
const CUT = 64
const UNTERMINATED = 128
const STRUCTURE = OPEN | CLOSE | IMPORT

/** A carriage return between the brace and its sign is dropped before references are looked for. */
const REFERENCE_MARK = /\{\r*[$%]/

const BYTE_ORDER_MARK = 0xfeff
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const QUOTE = 0x22
const HASH = 0x23
const BACKSLASH = 0x5c

/** True for the code units Go's `unicode.IsSpace` accepts; all of them lie in the basic plane. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code < 0x1680) return code === 0x85 || code === 0xa0
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/**
 * The tokens of one text in typed arrays: offsets in UTF-16 units, 1-based lines, no object per token.
 * A text of a million lines costs 13 bytes a token until somebody asks for one.
 */
export class TokenList {
  readonly text: string
  /** The name CoreDNS knows the text by: empty for the Corefile itself, the path for an imported file. */
  readonly file: string
  #count = 0
  #starts: Uint32Array
  #ends: Uint32Array
  #lines: Uint32Array
  #flags: Uint8Array
  /** Index of the closing brace of every opening brace that has one. */
  readonly #matches = new Map<number, number>()
  /** The same by the closing brace, once somebody asks. */
  #partners: Map<number, number> | undefined
  /** Indices of the words `import` and of the words that hold an environment reference, in order. */
  readonly #special: number[] = []

  constructor(text: string, file = '') {
    this.text = text
    this.file = file
    const capacity = Math.max(16, text.length >> 3)
    this.#starts = new Uint32Array(capacity)
    this.#ends = new Uint32Array(capacity)
    this.#lines = new Uint32Array(capacity)
    this.#flags = new Uint8Array(capacity)
    this.#scan()
    // Whoever asks for a token behind the last one must not get a zero that was never written.
    this.#starts = this.#starts.subarray(0, this.#count)
    this.#ends = this.#ends.subarray(0, this.#count)
    this.#lines = this.#lines.subarray(0, this.#count)
    this.#flags = this.#flags.subarray(0, this.#count)
  }

  /** Number of tokens. */
  get count(): number {
    return this.#count
  }

  /** Offset of the token's first character, the quote included. */
  start(index: number): number {
    return this.#starts[index] ?? this.text.length
  }

  /** Offset behind the token's last character, the closing quote included, a comment glued to it not. */
  end(index: number): number {
    return this.#ends[index] ?? this.text.length
  }

  /** 1-based line on which the token starts, counted as CoreDNS counts: by `\n` alone. */
  line(index: number): number {
    return this.#lines[index] ?? 0
  }

  kind(index: number): TokenKind {
    const flags = (this.#flags[index] ?? 0) & STRUCTURE
    if (flags === 0) return 'word'
    return flags === OPEN ? 'open' : flags === CLOSE ? 'close' : 'import'
  }

  /** The characters as written, quotes and escapes included. */
  raw(index: number): string {
    return this.text.slice(this.start(index), this.end(index))
  }

  /** The text CoreDNS sees: without quotes, `\"` unescaped, carriage returns outside quotes dropped; references not yet replaced. */
  value(index: number): string {
    const flags = this.#flags[index] ?? 0
    const start = this.start(index)
    const end = this.end(index)
    if ((flags & QUOTED) === 0) {
      const raw = this.text.slice(start, end)
      return (flags & UNCLEAN) === 0 ? raw : raw.replaceAll('\r', '')
    }
    const closed = (flags & UNTERMINATED) === 0
    const inner = this.text.slice(start + 1, closed ? end - 1 : end)
    if ((flags & UNCLEAN) === 0) return inner
    return unescapeQuotes(inner)
  }

  /** True when the token is written in quotes. */
  isQuoted(index: number): boolean {
    return ((this.#flags[index] ?? 0) & QUOTED) !== 0
  }

  /** True when the token's opening quote has no partner, so that it runs to the end of the text. */
  isUnterminated(index: number): boolean {
    return ((this.#flags[index] ?? 0) & UNTERMINATED) !== 0
  }

  /** True when a `#` glued to the token begins a comment there. */
  isCut(index: number): boolean {
    return ((this.#flags[index] ?? 0) & CUT) !== 0
  }

  /** True when the token may hold an environment reference (`{$NAME}` or `{%NAME%}`). */
  hasReference(index: number): boolean {
    return ((this.#flags[index] ?? 0) & REFERENCE) !== 0
  }

  /** Number of newlines inside the token (Dispenser.numLineBreaks). */
  lineBreaks(index: number): number {
    return this.isQuoted(index) ? countNewlines(this.raw(index)) : 0
  }

  /** Index of the brace that closes the opening brace at `index`, or -1. */
  closing(index: number): number {
    return this.#matches.get(index) ?? -1
  }

  /** Index of the brace that the closing brace at `index` closes, or -1. */
  opening(index: number): number {
    this.#partners ??= new Map([...this.#matches].map(([open, close]) => [close, open]))
    return this.#partners.get(index) ?? -1
  }

  /** True when no token in `[from, to)` is the word `import` or holds an environment reference. */
  isPlain(from: number, to: number): boolean {
    const special = this.#special
    let low = 0
    let high = special.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((special[middle] as number) < from) low = middle + 1
      else high = middle
    }
    const next = special[low]
    return next === undefined || next >= to
  }

  /** True when the tokens at `index` and `index + 1` stand on one line (Dispenser.NextArg). */
  sameLine(index: number): boolean {
    return index + 1 < this.#count && this.line(index) + this.lineBreaks(index) === this.line(index + 1)
  }

  /** Index of the first token that starts at or behind `offset`; `count` when there is none. */
  indexAt(offset: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.start(middle) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  #add(start: number, end: number, line: number, flags: number): void {
    const index = this.#count
    if (index === this.#starts.length) this.#grow()
    this.#starts[index] = start
    this.#ends[index] = end
    this.#lines[index] = line
    this.#flags[index] = flags
    if ((flags & (REFERENCE | IMPORT)) !== 0) this.#special.push(index)
    this.#count = index + 1
  }

  #grow(): void {
    const capacity = this.#starts.length * 2
    const widen = (old: Uint32Array): Uint32Array => {
      const wide = new Uint32Array(capacity)
      wide.set(old)
      return wide
    }
    this.#starts = widen(this.#starts)
    this.#ends = widen(this.#ends)
    this.#lines = widen(this.#lines)
    const flags = new Uint8Array(capacity)
    flags.set(this.#flags)
    this.#flags = flags
  }

  /** coredns/caddy caddyfile/lexer.go:next, over the whole text. */
  #scan(): void {
    const text = this.text
    const length = text.length
    const open: number[] = []
    let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
    let line = 1
    while (at < length) {
      const code = text.charCodeAt(at)
      if (isSpace(code)) {
        if (code === NEWLINE) line++
        at++
        continue
      }
      if (code === HASH) {
        const newline = text.indexOf('\n', at)
        at = newline === -1 ? length : newline
        continue
      }
      if (code === QUOTE) {
        const startLine = line
        const start = at++
        let flags = QUOTED | UNTERMINATED
        let closedAt = -1
        while (at < length) {
          const inner = text.charCodeAt(at++)
          if (inner === BACKSLASH) {
            flags |= UNCLEAN
            if (text.charCodeAt(at) === NEWLINE) line++
            at++
          } else if (inner === QUOTE) {
            closedAt = at
            break
          } else if (inner === NEWLINE) line++
        }
        if (closedAt !== -1) flags &= ~UNTERMINATED
        else at = length
        // Nothing read before the end of the file is no token (lexer.go: `len(val) > 0`).
        if (closedAt === -1 && unescapeQuotes(text.slice(start + 1)) === '') break
        this.#add(start, at, startLine, flags | this.#quotedFlags(start, at, flags, open))
        continue
      }
      at = this.#word(at, line, open)
      // A comment glued to the word ends at the next white space, which ends the word as well.
      if (text.charCodeAt(at) === HASH) while (at < length && !endsWord(text.charCodeAt(at))) at++
    }
  }

  /** Reads the unquoted token at `start`, adds it, and returns the offset behind it. */
  #word(start: number, line: number, open: number[]): number {
    const text = this.text
    const length = text.length
    let at = start
    let flags = 0
    let brace = false
    let end = start
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code === CARRIAGE_RETURN) {
        flags |= UNCLEAN
        continue
      }
      if (code > 0x20 && code < 0x85) {
        if (code === HASH) break
        if (code === 0x7b) brace = true
      } else if (isSpace(code)) break
      end = at + 1
    }
    // Carriage returns behind the last character belong to the line ending, not to the token.
    if ((flags & UNCLEAN) !== 0 && !text.slice(start, end).includes('\r')) flags &= ~UNCLEAN
    const size = end - start
    if (at < length && text.charCodeAt(at) === HASH) flags |= CUT
    const first = text.charCodeAt(start)
    if (size === 1 || (flags & UNCLEAN) !== 0) {
      const value = (flags & UNCLEAN) === 0 ? first : soleCharacter(text.slice(start, end))
      flags |= this.#brace(value, open)
    }
    const mayBeImport = first === 0x69 && (size === 6 || (flags & UNCLEAN) !== 0)
    if (mayBeImport && text.slice(start, end).replaceAll('\r', '') === 'import') flags |= IMPORT
    if (brace && REFERENCE_MARK.test(text.slice(start, end))) flags |= REFERENCE
    this.#add(start, end, line, flags)
    return at
  }

  /** The parser compares texts alone, so a quoted brace or `import` is structure as well. */
  #quotedFlags(start: number, end: number, flags: number, open: number[]): number {
    const inner = end - start - ((flags & UNTERMINATED) === 0 ? 2 : 1)
    if (inner === 1) return this.#brace(this.text.charCodeAt(start + 1), open)
    let extra = 0
    if (inner === 6 && this.text.startsWith('import', start + 1)) extra |= IMPORT
    if (REFERENCE_MARK.test(this.text.slice(start, end))) extra |= REFERENCE
    return extra
  }

  #brace(code: number, open: number[]): number {
    if (code === 0x7b) {
      open.push(this.#count)
      return OPEN
    }
    if (code !== 0x7d) return 0
    const partner = open.pop()
    if (partner !== undefined) this.#matches.set(partner, this.#count)
    return CLOSE
  }
}

function endsWord(code: number): boolean {
  return code !== CARRIAGE_RETURN && isSpace(code)
}

/** The code of a text that is one character once its carriage returns are dropped, else NaN. */
function soleCharacter(raw: string): number {
  const clean = raw.replaceAll('\r', '')
  return clean.length === 1 ? clean.charCodeAt(0) : Number.NaN
}

/** Counts `\n`, the only line break CoreDNS knows. */
export function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Only `\"` is an escape; a backslash before anything else stays, one at the very end is dropped (lexer.go:next). */
function unescapeQuotes(inner: string): string {
  return inner.replace(/\\(["\s\S]?)/g, (_, next: string) => (next === '"' ? '"' : next === '' ? '' : `\\${next}`))
}
