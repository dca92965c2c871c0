import { countNewlines, type TokenKind, type TokenList } from './tokens.ts'

/** Where a stretch of tokens was imported: the `import` line, and the import that brought that line, outermost last. */
export interface ImportSite {
  readonly list: TokenList
  /** Index of the word `import` in `list`. */
  readonly index: number
  readonly parent: ImportSite | null
}

/** One token of the stream. */
export interface ReadToken {
  readonly list: TokenList
  readonly index: number
  /** The import that brought it, null where it stands in the Corefile itself. */
  readonly site: ImportSite | null
}

interface Frame {
  readonly list: TokenList
  next: number
  readonly end: number
  readonly site: ImportSite | null
}

/** Replaces environment references in a value; called only for tokens that may hold one. */
export type ReplaceReferences = (value: string) => string

/**
 * The stream of tokens that the parser reads: one list, and whatever imports splice into it, as caddyfile/parse.go:doImport
 * splices tokens. Reading is linear and needs no copy; the chain of imports is kept for each stretch, not for each token.
 */
export class TokenSource {
  readonly #frames: Frame[] = []
  readonly #replace: ReplaceReferences
  #last: ReadToken | null = null
  #position = 0

  constructor(list: TokenList, from: number, to: number, replace: ReplaceReferences = (value) => value) {
    this.#replace = replace
    this.#frames.push({ list, next: from, end: to, site: null })
  }

  /** Grows with every token consumed and every import; what the parser measures progress by. */
  get position(): number {
    return this.#position
  }

  /** The innermost stretch with a token left, or null at the end of everything. */
  #frame(): Frame | null {
    for (let top = this.#frames.length - 1; top >= 0; top--) {
      const frame = this.#frames[top] as Frame
      if (frame.next < frame.end) return frame
      this.#frames.pop()
    }
    return null
  }

  /** Kind of the next token, null at the end. */
  get kind(): TokenKind | null {
    const frame = this.#frame()
    return frame === null ? null : frame.list.kind(frame.next)
  }

  /** The next token, null at the end. */
  get next(): ReadToken | null {
    const frame = this.#frame()
    return frame === null ? null : { list: frame.list, index: frame.next, site: frame.site }
  }

  /** The token consumed last, null before the first. */
  get last(): ReadToken | null {
    return this.#last
  }

  /** The next token's text with its references replaced, null at the end. */
  get value(): string | null {
    const frame = this.#frame()
    return frame === null ? null : this.valueOf(frame.list, frame.next)
  }

  /** A token's text with its references replaced. */
  valueOf(list: TokenList, index: number): string {
    const value = list.value(index)
    return list.hasReference(index) ? this.#replace(value) : value
  }

  /** Consumes the next token. */
  advance(): void {
    const frame = this.#frame()
    if (frame === null) return
    this.#last = { list: frame.list, index: frame.next++, site: frame.site }
    this.#position++
  }

  /** Consumes the tokens up to and including `index` of the list that holds the next one. */
  advanceThrough(index: number): void {
    const frame = this.#frame() as Frame
    this.#position += index + 1 - frame.next
    this.#last = { list: frame.list, index, site: frame.site }
    frame.next = index + 1
  }

  /** Lets the stretch `[from, to)` of `list` follow next, and the token before the import be the last one (doImport rewinds there). */
  splice(list: TokenList, from: number, to: number, site: ImportSite | null, last: ReadToken | null): void {
    this.#frames.push({ list, next: from, end: to, site })
    this.#position++
    this.#last = last
  }

  /** True when the next token stands on another line than the last one, or there is no last one (Dispenser.isNewLine). */
  get startsLine(): boolean {
    const last = this.#last
    if (last === null) return true
    const frame = this.#frame()
    if (frame === null) return false
    return last.list.file !== frame.list.file || this.#lineBehind(last) < frame.list.line(frame.next)
  }

  /** True when the next token stands on the line of the last one (Dispenser.NextArg). */
  get continuesLine(): boolean {
    const last = this.#last
    const frame = this.#frame()
    if (last === null || frame === null) return false
    return last.list.file === frame.list.file && this.#lineBehind(last) === frame.list.line(frame.next)
  }

  #lineBehind({ list, index }: ReadToken): number {
    const breaks = list.hasReference(index) ? countNewlines(this.valueOf(list, index)) : list.lineBreaks(index)
    return list.line(index) + breaks
  }
}
