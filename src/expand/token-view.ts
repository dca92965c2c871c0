import type { ImportSite } from '../../grammar/token-source.ts'
import { countNewlines, type TokenList } from '../../grammar/tokens.ts'

/** A stretch of one list. */
export interface Segment {
  readonly list: TokenList
  readonly from: number
  to: number
  readonly site: ImportSite | null
  /** The name of a directive: caddy hands it on as written, a reference in it not replaced. */
  readonly isName: boolean
}

/** One token of a view: where it is written, and the import that brought it there. */
export interface Place {
  readonly list: TokenList
  readonly index: number
  readonly site: ImportSite | null
}

/** Resolves a token's text: references replaced, or as written where that is not known. */
export type Resolve = (list: TokenList, index: number) => string

/**
 * A span of tokens, from several files where imports joined them, as caddy hands it to a plugin's setup. Tokens are numbered
 * from 0; nothing is copied, and reading forwards or backwards by one is constant time.
 */
export class TokenView {
  readonly #segments: Segment[]
  readonly #resolve: Resolve
  #count = 0
  /** The segment read last and the number of its first token. */
  #current = 0
  #first = 0

  constructor(resolve: Resolve, segments: Segment[] = []) {
    this.#resolve = resolve
    this.#segments = segments
    for (const segment of segments) this.#count += segment.to - segment.from
  }

  /** Number of tokens. */
  get count(): number {
    return this.#count
  }

  /** The texts that its tokens stand in, in order and some several times. */
  get lists(): TokenList[] {
    return this.#segments.map(({ list }) => list)
  }

  /** Adds the tokens `[from, to)` of a list behind the last one. */
  append(list: TokenList, from: number, to: number, site: ImportSite | null, isName = false): void {
    const last = this.#segments.at(-1)
    // Only a name that holds a reference must be told apart.
    const apart = isName && list.hasReference(from)
    const joins = last !== undefined && last.list === list && last.to === from && last.site === site
    if (joins && !apart && !last.isName) last.to = to
    else this.#segments.push({ list, from, to, site, isName: apart })
    this.#count += to - from
  }

  /** Adds all tokens of another view behind the last one. */
  appendView(view: TokenView): void {
    for (const { list, from, to, site, isName } of view.#segments) this.append(list, from, to, site, isName)
  }

  /** The tokens `[from, to)` of this view as a view of their own. */
  slice(from: number, to: number): TokenView {
    const segments: Segment[] = []
    let first = 0
    for (const { list, from: start, to: end, site, isName } of this.#segments) {
      const low = Math.max(from - first, 0)
      const high = Math.min(to - first, end - start)
      if (low < high) segments.push({ list, from: start + low, to: start + high, site, isName })
      first += end - start
      if (first >= to) break
    }
    return new TokenView(this.#resolve, segments)
  }

  /** The same tokens, each with the text that `standIn` gives for its place, else with its own. */
  withStandIns(standIn: (place: Pick<Place, 'list' | 'index'>) => string | undefined): TokenView {
    const resolve: Resolve = (list, index) => standIn({ list, index }) ?? this.#resolve(list, index)
    return new TokenView(resolve, this.#segments)
  }

  /** Where token `number` is written. Throws a RangeError for a number that is not there. */
  place(number: number): Place {
    const { list, from, site } = this.#seek(number)
    return { list, index: from + number - this.#first, site }
  }

  /** The text as CoreDNS sees it, references replaced. */
  value(number: number): string {
    const { list, from, isName } = this.#seek(number)
    const index = from + number - this.#first
    return isName ? list.value(index) : this.#resolve(list, index)
  }

  /** The name CoreDNS knows the token's file by; empty for the Corefile itself. */
  file(number: number): string {
    return this.#seek(number).list.file
  }

  /** 1-based line on which the token starts, in its own file. */
  line(number: number): number {
    const { list, from } = this.#seek(number)
    return list.line(from + number - this.#first)
  }

  /** True for an opening brace, which may come out of a reference. */
  opensBlock(number: number): boolean {
    const { list, from } = this.#seek(number)
    const index = from + number - this.#first
    return list.hasReference(index) ? this.#resolve(list, index) === '{' : list.kind(index) === 'open'
  }

  /** True for a closing brace, which may come out of a reference. */
  closesBlock(number: number): boolean {
    const { list, from } = this.#seek(number)
    const index = from + number - this.#first
    return list.hasReference(index) ? this.#resolve(list, index) === '}' : list.kind(index) === 'close'
  }

  /** True when token `number + 1` stands on the line on which token `number` ends (Dispenser.NextArg). */
  continuesLine(number: number): boolean {
    if (number + 1 >= this.#count) return false
    const segment = this.#seek(number)
    const index = segment.from + number - this.#first
    if (index + 1 < segment.to && !segment.list.hasReference(index)) return segment.list.sameLine(index)
    const line = segment.list.line(index) + this.#breaks(segment.list, index)
    const next = this.#seek(number + 1)
    return next.list.file === segment.list.file && line === next.list.line(next.from + number + 1 - this.#first)
  }

  /** True when token `number + 1` stands in another file or on a later line (Dispenser.isNewLine). Of two tokens that an import put side by side neither this nor `continuesLine` need hold. */
  endsLine(number: number): boolean {
    if (number + 1 >= this.#count) return false
    const segment = this.#seek(number)
    const index = segment.from + number - this.#first
    const line = segment.list.line(index) + this.#breaks(segment.list, index)
    const next = this.#seek(number + 1)
    return next.list.file !== segment.list.file || line < next.list.line(next.from + number + 1 - this.#first)
  }

  #breaks(list: TokenList, index: number): number {
    return list.hasReference(index) ? countNewlines(this.#resolve(list, index)) : list.lineBreaks(index)
  }

  #seek(number: number): Segment {
    if (number < 0 || number >= this.#count) throw new RangeError(`no token ${number} in a view of ${this.#count}`)
    let segment = this.#segments[this.#current] as Segment
    while (number < this.#first) {
      segment = this.#segments[--this.#current] as Segment
      this.#first -= segment.to - segment.from
    }
    while (number >= this.#first + segment.to - segment.from) {
      this.#first += segment.to - segment.from
      segment = this.#segments[++this.#current] as Segment
    }
    return segment
  }
}
