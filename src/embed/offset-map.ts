import type { Range } from '../text/range.ts'

/** How the units of one segment came about: `copied` one by one, `written` in another way (an escape, `\r\n` for a line break), or `folded` from line breaks. */
type SegmentKind = typeof copied | typeof written | typeof folded

const copied = 0
const written = 1
const folded = 2

/**
 * Which units of a text (inner) came from which units of the text around it (outer). Segments stand in the order of both
 * texts; between two of them the outer text may have a gap that means nothing: indentation, an escaped line break.
 * Typed arrays, four numbers a segment: a value of megabytes is fine.
 */
export class OffsetMap {
  /** Number of units of the inner text. */
  readonly length: number
  readonly #origin: number
  readonly #inner: Int32Array
  readonly #outer: Int32Array
  readonly #outerEnd: Int32Array
  readonly #kind: Uint8Array

  constructor(
    length: number,
    origin: number,
    inner: Int32Array,
    outer: Int32Array,
    outerEnd: Int32Array,
    kind: Uint8Array,
  ) {
    this.length = length
    this.#origin = origin
    this.#inner = inner
    this.#outer = outer
    this.#outerEnd = outerEnd
    this.#kind = kind
  }

  /** The outer range that an inner range came from; a unit that stands for several is taken whole. An empty range is the place before the unit that follows, at the end of the text behind the last one. RangeError outside of the text. */
  toOuter(range: Range): Range {
    if (!(range.start >= 0 && range.start <= range.end && range.end <= this.length)) {
      throw new RangeError(`no range from ${range.start} to ${range.end}: the text has ${this.length} units`)
    }
    if (range.start < range.end) return { start: this.#startOf(range.start), end: this.endOf(range.end - 1) }
    const place = range.start < this.length ? this.#startOf(range.start) : this.endOf(range.start - 1)
    return { start: place, end: place }
  }

  /** Outer offset behind the unit at `inner`; where the content begins when `inner` is before the first. */
  endOf(inner: number): number {
    if (inner < 0) return this.#origin
    const segment = this.#segmentAt(inner)
    if (this.#kind[segment] !== copied) return this.#outerEnd[segment] ?? 0
    return this.#startOf(inner) + 1
  }

  /** The inner units that belong together with the one at `inner`: itself, or all that one escape or fold stands for. */
  unitAt(inner: number): Range {
    const segment = this.#segmentAt(inner)
    if (this.#kind[segment] === copied) return { start: inner, end: inner + 1 }
    return { start: this.#inner[segment] ?? 0, end: this.#inner[segment + 1] ?? this.length }
  }

  /** True when the unit at `inner` stands in the outer text as it is. */
  isCopied(inner: number): boolean {
    return this.#kind[this.#segmentAt(inner)] === copied
  }

  /** True when the unit at `inner` came from folded line breaks. */
  isFolded(inner: number): boolean {
    return this.#kind[this.#segmentAt(inner)] === folded
  }

  #startOf(inner: number): number {
    const segment = this.#segmentAt(inner)
    const start = this.#outer[segment] ?? 0
    return this.#kind[segment] === copied ? start + inner - (this.#inner[segment] ?? 0) : start
  }

  #segmentAt(inner: number): number {
    let low = 0
    let high = this.#inner.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#inner[middle] ?? 0) <= inner) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** A text read out of another one, with the map between their offsets. */
export interface MappedText {
  readonly text: string
  readonly map: OffsetMap
}

/** Builds a text and its map from left to right out of an outer text. */
export class MappedTextBuilder {
  readonly #source: string
  readonly #origin: number
  readonly #parts: string[] = []
  #length = 0
  #count = 0
  #inner = new Int32Array(32)
  #outer = new Int32Array(32)
  #outerEnd = new Int32Array(32)
  #kind = new Uint8Array(32)

  /** `origin` is the outer offset at which content begins, also when there is none. */
  constructor(source: string, origin: number) {
    this.#source = source
    this.#origin = origin
  }

  /** Outer units that mean themselves. */
  copy(outerStart: number, outerEnd: number): void {
    if (outerEnd <= outerStart) return
    const last = this.#count - 1
    if (last >= 0 && this.#kind[last] === copied && this.#outerEnd[last] === outerStart) {
      this.#outerEnd[last] = outerEnd
      this.#parts.push(this.#source.slice(outerStart, outerEnd))
      this.#length += outerEnd - outerStart
    } else {
      this.#add(this.#source.slice(outerStart, outerEnd), outerStart, outerEnd, copied)
    }
  }

  /** Outer units that are another way of writing `text`, which is not empty. */
  write(text: string, outerStart: number, outerEnd: number): void {
    this.#add(text, outerStart, outerEnd, written)
  }

  /** Outer line breaks, with the blanks around them, that fold to `text`, which is not empty. */
  fold(text: string, outerStart: number, outerEnd: number): void {
    this.#add(text, outerStart, outerEnd, folded)
  }

  build(): MappedText {
    const end = this.#count
    const map = new OffsetMap(
      this.#length,
      this.#origin,
      this.#inner.subarray(0, end),
      this.#outer.subarray(0, end),
      this.#outerEnd.subarray(0, end),
      this.#kind.subarray(0, end),
    )
    return { text: this.#parts.join(''), map }
  }

  #add(text: string, outerStart: number, outerEnd: number, kind: SegmentKind): void {
    const at = this.#count++
    if (at === this.#inner.length) {
      this.#inner = grown(this.#inner)
      this.#outer = grown(this.#outer)
      this.#outerEnd = grown(this.#outerEnd)
      const kinds = new Uint8Array(at * 2)
      kinds.set(this.#kind)
      this.#kind = kinds
    }
    this.#inner[at] = this.#length
    this.#outer[at] = outerStart
    this.#outerEnd[at] = outerEnd
    this.#kind[at] = kind
    this.#parts.push(text)
    this.#length += text.length
  }
}

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
