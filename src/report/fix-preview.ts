import type { Fix } from '../lint/diagnostic.ts'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import { excerpt } from './excerpt.ts'
import { gutter, type Layout, roomFor } from './frame.ts'
import type { Source } from './source.ts'

/** Most changed lines that a preview shows; `--diff` shows all. */
const mostLines = 12

/** Lines `first` to `last` of the file, and what they become. */
interface Change {
  readonly first: number
  readonly last: number
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** The lines that a fix changes, removed ones with `-`, new ones with `+` and the number they get, and a line around each change. */
export function fixPreview(source: Source, fix: Fix, layout: Layout): string[] {
  const rows: string[] = []
  let shift = 0
  let behind = 0
  let left = mostLines
  for (const { first, last, before, after } of changesOf(source, fix.edits)) {
    const around = (line: number) => {
      if (line > behind && line >= 1 && line <= source.lines.lineCount)
        rows.push(row(source, ' ', line, source.lines.lineText(line), layout))
    }
    if (behind > 0 && first - 1 > behind + 1) rows.push(`${gutter(layout, null)}  ${' '.repeat(layout.digits + 3)}·`)
    around(first - 1)
    const lines = [
      ...before.map((text, index) => row(source, '-', first + index, text, layout)),
      ...after.map((text, index) => row(source, '+', first + shift + index, text, layout)),
    ]
    rows.push(...lines.slice(0, Math.max(0, left)))
    if (lines.length > left) return [...rows, `${gutter(layout, null)}     … more of it with --diff`]
    left -= lines.length
    shift += after.length - before.length
    behind = last
    around(last + 1)
    behind = last + 1
  }
  return rows
}

function changesOf({ lines }: Source, edits: readonly TextEdit[]): Change[] {
  const groups: TextEdit[][] = []
  let reached = 0
  for (const edit of edits) {
    const first = lines.positionAt(edit.start).line
    const group = groups.at(-1)
    if (group && first <= reached) group.push(edit)
    else groups.push([edit])
    reached = Math.max(reached, lines.positionAt(edit.end).line)
  }
  return groups.map((group) => changeOf(lines, group))
}

function changeOf(lines: Source['lines'], edits: readonly TextEdit[]): Change {
  const start = Math.min(...edits.map((edit) => edit.start))
  const end = Math.max(...edits.map((edit) => edit.end))
  let first = lines.positionAt(start).line
  let last = lines.positionAt(end).line
  const from = lines.lineStart(first)
  const moved = edits.map((edit) => ({ start: edit.start - from, end: edit.end - from, text: edit.text }))
  const old = lines.text.slice(from, lines.lineEnd(last))
  const before = splitLines(old)
  const after = splitLines(applyEdits(old, moved))
  while (before.length > 0 && before[0] === after[0] && after.length > 0) {
    before.shift()
    after.shift()
    first++
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    before.pop()
    after.pop()
    last--
  }
  return { first, last, before, after }
}

function splitLines(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}

function row({ secrets }: Source, sign: ' ' | '+' | '-', line: number, text: string, layout: Layout): string {
  const { paint, digits } = layout
  const shown = excerpt(secrets.inText(text), 0, 0, roomFor(layout) - 4).shown
  const body = `${sign} ${String(line).padStart(digits)} │${shown === '' ? '' : ` ${shown}`}`
  const role = sign === '+' ? 'added' : sign === '-' ? 'removed' : 'frame'
  return `${gutter(layout, null)}  ${paint(role, body)}`
}
