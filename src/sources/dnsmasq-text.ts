import type { InnerText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import type { Placed } from './source.ts'

/** The characters that quotes in a file of dnsmasq protect from being read as anything but text (option.c `meta`). */
const protectable: ReadonlySet<string> = new Set('0123456789 \b\t\n\rabcdeABCDE\x1bF:,.')

/** What a protected character looks like to whoever reads before the protection is taken off: nothing that means anything. */
const veiled = '\x01'

/**
 * The text of an option or a part of it, and where each of its units stands. In a file, characters in quotes are protected:
 * they do not separate anything, and are no digits, until `unveiled`.
 */
export class OptionText {
  /** The text without protection. */
  readonly value: string
  readonly #source: InnerText
  /** Where the units start and end, from `#from` on; all in a row from `#base` on when undefined. */
  readonly #starts: readonly number[] | undefined
  readonly #ends: readonly number[] | undefined
  readonly #veils: readonly boolean[] | undefined
  readonly #base: number

  private constructor(
    value: string,
    source: InnerText,
    base: number,
    starts?: readonly number[],
    ends?: readonly number[],
    veils?: readonly boolean[],
  ) {
    this.value = value
    this.#source = source
    this.#base = base
    this.#starts = starts
    this.#ends = ends
    this.#veils = veils
  }

  /** A stretch of a text as it is. */
  static copied(source: InnerText, { start, end }: Range): OptionText {
    return new OptionText(source.text.slice(start, end), source, start)
  }

  /** A text whose units stand one by one from `base` on, some of them written otherwise. */
  static written(value: string, source: InnerText, base: number): OptionText {
    return new OptionText(value, source, base)
  }

  /** Units that each came from somewhere in the text, and which of them are protected. `at` is where it stands when it is empty. */
  static collected(
    source: InnerText,
    at: number,
    units: readonly {
      readonly unit: string
      readonly start: number
      readonly end: number
      readonly isQuoted?: boolean
    }[],
  ): OptionText {
    return new OptionText(
      units.map(({ unit }) => unit).join(''),
      source,
      at,
      units.map(({ start }) => start),
      units.map(({ end }) => end),
      units.some(({ isQuoted }) => isQuoted)
        ? units.map(({ unit, isQuoted }) => isQuoted === true && protectable.has(unit))
        : undefined,
    )
  }

  get length(): number {
    return this.value.length
  }

  /** The text as it is compared and counted before the protection is off. */
  get seen(): string {
    const veils = this.#veils
    if (!veils) return this.value
    let seen = ''
    for (let at = 0; at < this.length; at++) seen += veils[at] ? veiled : this.value.charAt(at)
    return seen
  }

  /** Offset in the source text of the unit at `at`, or of the end. */
  #startOf(at: number): number {
    if (!this.#starts || !this.#ends) return this.#base + at
    return this.#starts[at] ?? this.#ends.at(-1) ?? this.#base
  }

  /** Where it stands in the outermost file. */
  get range(): Range {
    const start = this.#startOf(0)
    const end =
      this.length === 0 ? start : this.#ends ? (this.#ends[this.length - 1] ?? start) : this.#base + this.length
    return this.#source.toOuter({ start, end })
  }

  get placed(): Placed {
    return { value: this.value, range: this.range }
  }

  slice(start: number, end: number = this.length): OptionText {
    return new OptionText(
      this.value.slice(start, end),
      this.#source,
      this.#startOf(start),
      this.#starts?.slice(start, end),
      this.#ends?.slice(start, end),
      this.#veils?.slice(start, end),
    )
  }

  /** The same without protection. */
  get unveiled(): OptionText {
    if (!this.#veils) return this
    return new OptionText(this.value, this.#source, this.#base, this.#starts, this.#ends)
  }

  /** Without blanks at either end. */
  get trimmed(): OptionText {
    const { seen } = this
    let start = 0
    let end = seen.length
    while (start < end && seen[start] === ' ') start++
    while (end > start && seen[end - 1] === ' ') end--
    return start === 0 && end === seen.length ? this : this.slice(start, end)
  }

  /** option.c `split_chr`: the text before the first such character and that behind it, blanks around it gone; nothing behind when it is not there. */
  split(separator: string): [before: OptionText, behind: OptionText | undefined] {
    const { seen } = this
    const at = seen.indexOf(separator)
    if (at === -1) return [this, undefined]
    let behind = at + 1
    while (seen[behind] === ' ') behind++
    let before = at
    while (before > 0 && seen[before - 1] === ' ') before--
    return [this.slice(0, before), this.slice(behind)]
  }

  /** All parts between separators, as `split` makes them one after the other; one pass. */
  parts(separator: string): OptionText[] {
    const { seen } = this
    const parts: OptionText[] = []
    for (let from = 0, isFirst = true; ; isFirst = false) {
      while (!isFirst && seen[from] === ' ') from++
      const at = seen.indexOf(separator, from)
      if (at === -1) {
        parts.push(this.slice(from))
        return parts
      }
      let end = at
      while (end > from && seen[end - 1] === ' ') end--
      parts.push(this.slice(from, end))
      from = at + 1
    }
  }
}
