import { displayWidth, visible } from '../text/width.ts'

/** What is shown of a line, and where a span of it stands there, in columns from 0. */
export interface Excerpt {
  readonly shown: string
  readonly column: number
  /** At least 1, so that an empty span has a mark. */
  readonly width: number
}

const ellipsis = '…'

/**
 * A line as it fits into `columns`, cut around the span from `start` to `end` (offsets in the line) where it is longer. Costs no
 * more for a line of a megabyte than for one of a thousand characters.
 */
export function excerpt(line: string, start: number, end: number, columns: number): Excerpt {
  // Every character but a combining one takes a column; more of these than this are not shown.
  const reach = columns * 4
  const low = wholeCharacter(line, Math.max(0, start - reach))
  const high = wholeCharacter(line, Math.min(line.length, start + reach))
  const near = line.slice(0, high)
  // A span behind the last character has its mark there.
  const mark = start === line.length ? 1 : 0
  const fits = low === 0 && high === line.length && displayWidth(near) + mark <= columns
  const from = fits ? 0 : leftCut(near, low, start, Math.min(end, high), columns)
  const lead = from > 0 ? ellipsis : ''
  const to = fits ? high : rightCut(near, from, Math.max(from, start), columns - lead.length, high === line.length)
  const column = lead.length + displayWidth(near.slice(from, start), lead.length)
  const cut = to < line.length ? ellipsis : ''
  const width = displayWidth(near.slice(start, Math.min(end, to)), column) + (end > to ? cut.length : 0)
  return { shown: lead + visible(near.slice(from, to), lead.length) + cut, column, width: Math.max(1, width) }
}

/** Where to begin: at the start of the line where the span is seen from there, else a third of the width before the span. */
function leftCut(line: string, low: number, start: number, end: number, columns: number): number {
  if (low === 0 && displayWidth(line.slice(0, end)) < columns) return 0
  const span = displayWidth(line.slice(start, end))
  const room = Math.max(1, Math.min(Math.floor(columns / 3), columns - span - 2))
  let from = start
  while (from > low) {
    const before = wholeCharacter(line, from - 1)
    if (displayWidth(line.slice(before, start)) > room) break
    from = before
  }
  return from
}

/** Where to end so that what is shown from `from` fits into `columns`, with one to spare for an ellipsis unless nothing follows. */
function rightCut(line: string, from: number, start: number, columns: number, isWhole: boolean): number {
  const column = from > 0 ? 1 : 0
  let width = displayWidth(line.slice(from, start), column)
  if (isWhole && width + displayWidth(line.slice(start), column + width) <= columns) return line.length
  let to = start
  while (to < line.length) {
    const next = to + String.fromCodePoint(line.codePointAt(to) ?? 0).length
    const own = displayWidth(line.slice(to, next), column + width)
    if (width + own > columns - 1) break
    width += own
    to = next
  }
  return to
}

/** The offset itself, or the one before where it would part the halves of a character. */
function wholeCharacter(line: string, offset: number): number {
  const unit = line.charCodeAt(offset)
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
}
