import type { Range } from '../text/range.ts'
import { displayWidth } from '../text/width.ts'
import { excerpt } from './excerpt.ts'
import type { Paint, Role } from './paint.ts'
import type { Source } from './source.ts'
import { wrapped } from './words.ts'

/** A stretch of a file to point at. */
export interface Span {
  readonly range: Range
  /** What it has to do with the finding; null for the finding itself. */
  readonly label: string | null
  readonly role: Role
}

/** Lines of a frame begin with this many blanks. */
export const indent = '   '

/** A span over more lines than this is shown by its first and its last. */
const mostLines = 4

/** More places than this explain nothing more. */
const mostSpans = 12

/** The part of a span that stands on one line, in offsets of the file. */
interface Piece extends Range {
  readonly span: Span
  readonly line: number
  readonly label: string | null
}

/** What the lines of a frame have in common. */
export interface Layout {
  readonly columns: number
  /** Width of the largest line number. */
  readonly digits: number
  readonly paint: Paint
}

/** The layout of frames whose largest line number is `line`. */
export function layoutFor(line: number, columns: number, paint: Paint): Layout {
  return { columns, digits: Math.max(2, String(line).length), paint }
}

/** The largest line number that a frame with these spans shows. */
export function lastLineOf({ lines }: Source, spans: readonly Span[]): number {
  const last = Math.max(...spans.map(({ range }) => lines.positionAt(range.end).line))
  return Math.min(last + 1, lines.lineCount)
}

/** The lines of the file that hold the spans, each with its number and marks under it, and the line behind the first span. */
export function frame(source: Source, spans: readonly Span[], layout: Layout): string[] {
  const pieces = spans.slice(0, mostSpans).flatMap((span) => piecesOf(source, span))
  const byLine = Map.groupBy(pieces, ({ line }) => line)
  const shown = linesToShow(source, byLine, spans[0])
  const rows: string[] = []
  let last: number | undefined
  for (const line of shown) {
    if (last !== undefined && line > last + 1) rows.push(`${gutter(layout, null)}${layout.paint('frame', '·')}`)
    rows.push(...lineRows(source, line, byLine.get(line) ?? [], layout))
    last = line
  }
  return rows
}

/** A row of the frame without a line of the file: the bar alone. */
export function emptyRow(layout: Layout): string {
  return `${gutter(layout, null)}${layout.paint('frame', '│')}`
}

/** A row that says something about the whole finding; `continued` for its further lines. */
export function noteRow(text: string, layout: Layout, continued = false): string {
  return `${gutter(layout, null)}${continued ? ' ' : layout.paint('frame', '=')} ${text}`
}

/** What stands before the bar, one blank included. */
export function gutter({ digits, paint }: Layout, line: number | null): string {
  const number = line === null ? ' '.repeat(digits) : paint('frame', String(line).padStart(digits))
  return `${indent}${number} `
}

/** Columns for the text behind the bar. */
export function roomFor({ columns, digits }: Layout): number {
  return Math.max(20, columns - indent.length - digits - 3)
}

function piecesOf({ lines }: Source, span: Span): Piece[] {
  const { start, end } = span.range
  const first = lines.positionAt(start).line
  const endLine = lines.positionAt(end)
  // A span that ends with a line break does not reach into the next line.
  const last = endLine.column === 1 && endLine.line > first ? endLine.line - 1 : endLine.line
  if (first === last) return [{ span, line: first, start, end: Math.min(end, lines.lineEnd(first)), label: span.label }]
  const numbers =
    last - first < mostLines ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [first, last]
  return numbers.flatMap((line) => {
    const text = lines.lineText(line)
    const own = lines.lineStart(line)
    const from = line === first ? start : own + text.length - text.trimStart().length
    const to = line === last ? Math.min(end, own + text.length) : own + text.length
    return from < to || line === first
      ? [{ span, line, start: from, end: to, label: line === first ? span.label : null }]
      : []
  })
}

/** The lines with spans, single lines between two of them, and the one behind the first span. */
function linesToShow(
  { lines }: Source,
  byLine: ReadonlyMap<number, readonly Piece[]>,
  primary: Span | undefined,
): number[] {
  const shown = new Set(byLine.keys())
  const behind =
    Math.max(0, ...[...byLine].filter(([, own]) => own.some(({ span }) => span === primary)).map(([line]) => line)) + 1
  if (primary?.label === null && behind <= lines.lineCount && lines.lineText(behind).trim() !== '') shown.add(behind)
  for (const line of byLine.keys()) {
    if (shown.has(line + 2)) shown.add(line + 1)
  }
  return [...shown].sort((a, b) => a - b)
}

function lineRows(source: Source, line: number, pieces: readonly Piece[], layout: Layout): string[] {
  const { lines, secrets } = source
  const { paint } = layout
  const range = { start: lines.lineStart(line), end: lines.lineEnd(line) }
  const { text, at } = secrets.inRange(range)
  const room = roomFor(layout)
  const bar = paint('frame', '│')
  const lineRow = (shown: string) => `${gutter(layout, line)}${bar}${shown === '' ? '' : ` ${shown}`}`
  if (pieces.length === 0) return [lineRow(excerpt(text, 0, 0, room).shown)]
  const rows: string[] = []
  let before: string | undefined
  for (const piece of pieces.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const { shown, column, width } = excerpt(text, at(piece.start), at(piece.end), room)
    // Where the line is too long for all marks it is shown again, cut around the next one.
    if (shown !== before) rows.push(lineRow(shown))
    before = shown
    rows.push(...markRows(piece, column, Math.min(width, Math.max(1, room - column)), source, layout))
  }
  return rows
}

/** The mark under a span, and its label behind it, or below where there is no room. */
function markRows(piece: Piece, column: number, width: number, source: Source, layout: Layout): string[] {
  const { paint } = layout
  const { role } = piece.span
  const start = `${gutter(layout, null)}${paint('frame', '│')} `
  const mark = `${' '.repeat(column)}${paint(role, (piece.span.label === null ? '━' : '─').repeat(width))}`
  if (piece.label === null) return [start + mark]
  const label = source.legible(piece.label)
  const room = roomFor(layout)
  const behind = room - column - width - 1
  if (displayWidth(label) <= behind) return [`${start}${mark} ${paint(role, label)}`]
  const below = room - column >= room / 2 ? column : 0
  const rows = wrapped(label, room - below).map((line) => `${start}${' '.repeat(below)}${paint(role, line)}`)
  return [start + mark, ...rows]
}
