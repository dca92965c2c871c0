import type { TextEdit } from '../text/edit.ts'
import type { BlockScalar } from './block-scalar.ts'
import { breaksCharacter, isPlainlyWritable } from './writable.ts'

/**
 * The edits of the outer text that make the block scalar read `applyEdits(text, edits)`, or null where its header cannot
 * say that: another indentation, other line breaks at the end, nothing left. New lines get the block's indentation and
 * `lineEnding`; lines that are not edited keep every byte. The edits come ordered.
 */
export function editBlockScalar(
  scalar: BlockScalar,
  edits: readonly TextEdit[],
  lineEnding: '\n' | '\r\n',
): TextEdit[] | null {
  const { text } = scalar
  const wanted = joinedByLine(text, edits)
  for (const edit of wanted) {
    if (!isPlainlyWritable(edit.text) || breaksCharacter(text, edit)) return null
    // A carriage return would become a part of the line break that follows.
    if (text[edit.start - 1] === '\r') return null
  }
  if (wanted.length === 0) return []
  // Without any content it is a matter of luck which indentation readers see.
  if (!/[^ \n]/.test(text) || !keepsIndentation(scalar, wanted) || !keepsEnd(scalar, wanted)) return null
  if (scalar.header.style === 'folded') return editFolded(scalar, wanted)
  return wanted.map((edit) => editLiteral(scalar, edit, lineEnding))
}

/** The edits, which are in order, those on the same line made one. */
export function joinedByLine(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = []
  for (const edit of edits) {
    const last = joined.at(-1)
    const between = last ? text.slice(last.end, edit.start) : '\n'
    if (last && !between.includes('\n')) {
      joined[joined.length - 1] = { start: last.start, end: edit.end, text: last.text + between + edit.text }
    } else {
      joined.push({ start: edit.start, end: edit.end, text: edit.text })
    }
  }
  return joined
}

function editLiteral(scalar: BlockScalar, edit: TextEdit, lineEnding: string): TextEdit {
  const { text, indent } = scalar
  const atLineStart = isLineStart(text, edit.start)
  const endsAtLineStart = isLineStart(text, edit.end)
  const indentation = ' '.repeat(indent)
  const lines = edit.text.split('\n')

  // Whole lines for whole lines: the line that follows keeps its own indentation.
  const wholeLines = endsAtLineStart && (edit.text === '' ? atLineStart : edit.text.endsWith('\n'))
  const lastContent = wholeLines ? '' : restOfLine(text, edit.end)

  let start = atLineStart ? lineStart(scalar, edit.start) : scalar.map.endOf(edit.start - 1)
  const end = wholeLines ? lineStart(scalar, edit.end) : contentStart(scalar, edit.end)
  let written = ''
  for (const [index, line] of lines.entries()) {
    const hasContent = line !== '' || (index === lines.length - 1 && lastContent !== '')
    if (index > 0) written += lineEnding
    if ((index > 0 || atLineStart) && hasContent) written += indentation
    written += line
  }

  const contentAt = atLineStart ? contentStart(scalar, edit.start) : start
  if (!wholeLines && contentAt - start === indent && written.startsWith(indentation)) {
    // The indentation is there already.
    start = contentAt
    written = written.slice(indent)
  }
  if (atLineStart && edit.start === text.length && scalar.ending !== '\n') {
    // The line before has no line break of its own yet.
    written = (scalar.ending === '\r' ? '\n' : lineEnding) + written
  }
  return { start, end, text: written }
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n'
}

/** What stands on the line behind `offset`. */
function restOfLine(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(offset, end === -1 ? text.length : end)
}

/** Outer offset of the first column of the line that starts at `offset`. */
function lineStart(scalar: BlockScalar, offset: number): number {
  return offset === 0 ? scalar.start : scalar.map.endOf(offset - 1)
}

/** Outer offset at which what follows `offset` on its line begins, behind the indentation. */
function contentStart(scalar: BlockScalar, offset: number): number {
  return scalar.map.toOuter({ start: offset, end: offset }).start
}

/** Edits within lines of a folded scalar that leave alone whether a line is empty and whether it starts with a blank, and so how it folds. */
function editFolded(scalar: BlockScalar, edits: readonly TextEdit[]): TextEdit[] | null {
  const { text, map } = scalar
  const outer: TextEdit[] = []
  for (const edit of edits) {
    if (edit.text.includes('\n')) return null
    for (let at = edit.start; at < edit.end; at++) {
      if (!map.isCopied(at) || text[at] === '\n') return null
    }
    const startsLine = edit.start === 0 || !map.isCopied(edit.start - 1) || text[edit.start - 1] === '\n'
    if (startsLine) {
      const first = text[edit.start]
      const isOnLine = edit.start < text.length && map.isCopied(edit.start) && first !== '\n'
      if (!isOnLine || edit.text === '' || isBlank(first) !== isBlank(edit.text[0])) return null
    }
    const start = startsLine ? contentStart(scalar, edit.start) : map.endOf(edit.start - 1)
    outer.push({ start, end: edit.end > edit.start ? map.endOf(edit.end - 1) : start, text: edit.text })
  }
  return outer
}

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t'
}

/** True when there still is a line with content, and the first one shows the indentation; where the header says it, when the first line keeps its blanks, because readers look at these for the end of the block. */
function keepsIndentation({ text, header }: BlockScalar, edits: readonly TextEdit[]): boolean {
  if (header.indicator > 0) {
    const place = /[^ \n]/.exec(text)?.index ?? 0
    return edits.every(({ start, text: now }) => start > place || (start === place && /^[^\s]/.test(now)))
  }
  const firstContent = /[^\n]/.exec(text)?.index ?? text.length
  const [first] = edits
  if (!first || first.start > firstContent) return true
  for (const piece of pieces(text, edits)) {
    const unit = /[^\n]/.exec(piece)?.[0]
    if (unit !== undefined) return unit !== ' ' && unit !== '\t' && unit !== '\r'
  }
  return false
}

/** True when the text still ends as the header says: in one line break, in none, or in any number but none; and not in a line of blanks, which readers take for no line at all. */
function keepsEnd({ text, header, ending }: BlockScalar, edits: readonly TextEdit[]): boolean {
  if (header.chomping === 'keep' && ending !== '\n') {
    // The last line break is only there because there must be one.
    const lastLine = text.lastIndexOf('\n', text.length - 2) + 1
    if (edits.some(({ end }) => end >= lastLine)) return false
  }
  let lineBreaks = 0
  let blanks = 0
  for (const piece of [...pieces(text, edits)].reverse()) {
    for (let at = piece.length - 1; at >= 0; at--) {
      const unit = piece[at]
      if (unit === ' ') {
        blanks++
      } else if (unit !== '\n') {
        if (header.chomping === 'keep') return lineBreaks > 0
        return lineBreaks === (header.chomping === 'clip' ? 1 : 0)
      } else if (blanks > 0) {
        return false
      } else {
        lineBreaks++
      }
    }
  }
  return false
}

/** The text after the edits, piece by piece. */
function* pieces(text: string, edits: readonly TextEdit[]): Generator<string> {
  let done = 0
  for (const edit of edits) {
    yield text.slice(done, edit.start)
    yield edit.text
    done = edit.end
  }
  yield text.slice(done)
}
