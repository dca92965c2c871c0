import type { Range } from '../text/range.ts'
import type { InnerText } from './inner-text.ts'

/** A piece of a rendered text: a stretch of a value, or what the template writes itself on behalf of one. */
interface Piece {
  readonly start: number
  readonly text: string
  readonly from: InnerText
  /** The stretch of `from`; for what the template writes, the whole that it is there for. */
  readonly at: Range
  readonly isCopied: boolean
}

/** Builds a text that a template writes out of values, from left to right. */
export class RenderedTextBuilder {
  readonly #pieces: Piece[] = []
  #length = 0

  /** A stretch of a value, the whole when none is given. */
  copy(from: InnerText, at: Range = { start: 0, end: from.text.length }): void {
    this.#add(from.text.slice(at.start, at.end), from, at, true)
  }

  /** What the template writes because of a value. */
  write(text: string, because: InnerText): void {
    this.#add(text, because, { start: 0, end: because.text.length }, false)
  }

  /** The text, which maps every word to the value it came from. By itself it cannot be edited: what of it the template would write is not known here. */
  build(): InnerText {
    const pieces = this.#pieces
    const length = this.#length
    return {
      text: pieces.map(({ text }) => text).join(''),
      toOuter: (inner) => toOuter(pieces, length, inner),
      toOuterEdits: () => null,
    }
  }

  #add(text: string, from: InnerText, at: Range, isCopied: boolean): void {
    if (text === '') return
    this.#pieces.push({ start: this.#length, text, from, at, isCopied })
    this.#length += text.length
  }
}

/** From the first to the last place that the copied pieces of a range came from; of what the template writes, where there is nothing else. */
function toOuter(pieces: readonly Piece[], length: number, { start, end }: Range): Range {
  if (!(start >= 0 && start <= end && end <= length)) {
    throw new RangeError(`no range from ${start} to ${end}: the text has ${length} units`)
  }
  if (pieces.length === 0) throw new RangeError('a text that was rendered from nothing is nowhere')
  const first = pieceAt(pieces, start)
  const touched = pieces.slice(first, start === end ? first + 1 : pieceAt(pieces, end - 1) + 1)
  const copied = touched.filter(({ isCopied }) => isCopied)
  const ranges = (copied.length > 0 ? copied : touched).map((piece) => {
    if (!piece.isCopied) return piece.from.toOuter(piece.at)
    const from = Math.max(start - piece.start, 0)
    const to = Math.min(end - piece.start, piece.text.length)
    return piece.from.toOuter({ start: piece.at.start + from, end: piece.at.start + Math.max(from, to) })
  })
  // Values may stand in the file in another order than in what is made of them.
  return {
    start: Math.min(...ranges.map((range) => range.start)),
    end: Math.max(...ranges.map((range) => range.end)),
  }
}

/** The number of the piece that has an offset, of the last one for the end of the text. */
function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
