import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'
import { dominantLineEnding, type TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import type { BlockView, OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** Replaces one token as written by other text. */
export function replaceToken({ list, index }: Place, text: string): TextEdit {
  return { start: list.start(index), end: list.end(index), text }
}

/** Puts text directly in front of a token. */
export function insertBefore({ list, index }: Place, text: string): TextEdit {
  const start = list.start(index)
  return { start, end: start, text }
}

/** Puts text directly behind a token. */
export function insertBehind({ list, index }: Place, text: string): TextEdit {
  const end = list.end(index)
  return { start: end, end, text }
}

/** Removes the tokens from one through another with the blanks in front; with the whole of their lines where nothing else stands on them. */
export function removeTokens(from: Place, to: Place): TextEdit {
  const { text } = from.list
  const start = from.list.start(from.index)
  const end = to.list.end(to.index)
  const lineStart = startOfLine(text, start)
  const lineEnd = endOfLine(text, end)
  if (text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '') {
    return { start: lineStart, end: Math.min(lineEnd + 1, text.length), text: '' }
  }
  let blank = start
  while (blank > lineStart && (text[blank - 1] === ' ' || text[blank - 1] === '\t')) blank--
  return { start: blank, end, text: '' }
}

/**
 * Adds a line at the end of a directive's block, indented as the last line there; gives the directive a block where it has none.
 * Null where its block stands on one line or is not closed.
 */
export function insertProperty(occurrence: OccurrenceView, property: string): TextEdit | null {
  const { tokens, open, close } = occurrence
  const list = occurrence.name.place.list
  const { text } = list
  const newline = newlineOf(list)
  const own = indentation(text, list.start(occurrence.name.place.index))
  if (open === null) {
    const last = tokens.place(tokens.count - 1)
    if (last.list !== list) return null
    const block = `${newline}${own}${unit(list)}${property}${newline}${own}}`
    return insertBehind(last, ` {${block}`)
  }
  if (close === null || close.list !== list || open.list !== list) return null
  const closeStart = list.start(close.index)
  const lineStart = startOfLine(text, closeStart)
  if (text.slice(lineStart, closeStart).trim() !== '') return null
  const before = close.index - 1
  const lastLine = before > open.index ? indentation(text, list.start(before)) : `${own}${unit(list)}`
  return { start: lineStart, end: lineStart, text: `${lastLine}${property}${newline}` }
}

/** Takes out a directive with its block. Null where imports are in the way, or it shares a line with a brace of the server block. */
export function removeDirective(occurrence: OccurrenceView): TextEdit | null {
  const { tokens, name, block } = occurrence
  const { list, site } = name.place
  const last = tokens.place(tokens.count - 1)
  if (last.list !== list || last.site !== site) return null
  const { open, close } = block.block
  const { text } = list
  const isOn = (brace: Place | null) =>
    brace?.list === list &&
    startOfLine(text, list.start(brace.index)) <= list.end(last.index) &&
    endOfLine(text, list.end(brace.index)) >= list.start(name.place.index)
  return isOn(open) || isOn(close) ? null : removeTokens(name.place, last)
}

/** Adds a directive at the beginning of a server block. Null where the block has no braces, or something stands behind the first. */
export function insertDirective({ block, plugins }: BlockView, directive: string): TextEdit | null {
  const { open } = block
  if (open === null) return null
  const { list, index } = open
  const { text } = list
  const end = endOfLine(text, list.end(index))
  if (end === text.length || !/^\s*(?:#.*)?$/.test(text.slice(list.end(index), end))) return null
  const first = [...plugins.values()].flat().find(({ name }) => name.place.list === list)?.name.place
  const blanks =
    first === undefined ? indentation(text, list.start(index)) + unit(list) : indentation(text, list.start(first.index))
  return { start: end + 1, end: end + 1, text: `${blanks}${directive}${newlineOf(list)}` }
}

/** Takes out a line of a directive's block, and the braces with it where nothing else stands in them. Null where imports are in the way. */
export function removeProperty(occurrence: OccurrenceView, { name, args }: PropertyView): TextEdit | null {
  const { open, close } = occurrence
  const { list } = occurrence.name.place
  const last = args.at(-1) ?? name
  if (open?.list !== list || close?.list !== list || name.place.list !== list || last.place.list !== list) return null
  const isOnly = name.place.index === open.index + 1 && last.place.index === close.index - 1
  if (!isOnly || list.text.slice(list.start(open.index), list.end(close.index)).includes('#'))
    return removeTokens(name.place, last.place)
  return { start: list.end(open.index - 1), end: list.end(close.index), text: '' }
}

/** The blanks at the start of the line that holds the offset. */
export function indentation(text: string, offset: number): string {
  const start = startOfLine(text, offset)
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

interface Habits {
  readonly newline: '\n' | '\r\n'
  readonly unit: string
}

const habits = new WeakMap<TokenList, Habits>()

/** How a text is written; fixes may be many, so it is looked through once. */
function habitsOf(list: TokenList): Habits {
  let own = habits.get(list)
  if (own === undefined) {
    const { text } = list
    own = { newline: dominantLineEnding(text), unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? '    ' }
    habits.set(list, own)
  }
  return own
}

/** The line break that most lines of the text end with. */
export function newlineOf(list: TokenList): '\n' | '\r\n' {
  return habitsOf(list).newline
}

/** One step of indentation as the text has it: what its first indented line begins with, else four blanks. */
export function unit(list: TokenList): string {
  return habitsOf(list).unit
}

/** Offset of the first character of the line that holds the offset. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Offset of the line feed, or the end of the text, that ends the line which holds the offset. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

/**
 * Moves the lines of a directive, with the comment lines right above them, in front of those of another. Null where they are not
 * written in one text at one level, or share a line with something else.
 */
export function moveLinesBefore(moved: OccurrenceView, target: OccurrenceView): readonly TextEdit[] | null {
  const own = linesOf(moved)
  const other = linesOf(target)
  const { list, site } = target.name.place
  if (own === null || other === null || moved.name.place.list !== list || moved.name.place.site !== site) return null
  const lines = list.text.slice(own.start, own.end)
  return [
    { start: other.start, end: other.start, text: lines },
    { start: own.start, end: own.end, text: '' },
  ]
}

/** The whole lines of a directive with the comment lines right above, null where something else stands on them. */
function linesOf({ name, tokens }: OccurrenceView): Range | null {
  const { list, index, site } = name.place
  const last = tokens.place(tokens.count - 1)
  if (last.list !== list || last.site !== site || list.sameLine(last.index)) return null
  const { text } = list
  let start = startOfLine(text, list.start(index))
  const end = endOfLine(text, list.end(last.index)) + 1
  if (end > text.length || text.slice(start, list.start(index)).trim() !== '') return null
  while (start > 0) {
    const above = startOfLine(text, start - 1)
    if (!text.slice(above, start).trimStart().startsWith('#')) break
    start = above
  }
  return { start, end }
}
