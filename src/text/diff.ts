import type { StructuredPatchHunk } from 'diff'
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'

/** Lines of context around a change, as `diff -u` and git write them. */
const context = 3

/**
 * Most lines that may differ before the shortest difference is no longer looked for: the search costs the square of it.
 * Beyond it changes are found by looking a little ahead, which is linear and finds the same unless whole sections moved.
 */
const longestSearch = 500

/** How many lines ahead the two texts may meet again when looking a little ahead. */
const lookAhead = 200

/**
 * The difference between two versions of a file as a unified diff with `a/` and `b/` before the name, which `patch -p1` and
 * `git apply` accept, byte for byte: line endings, a missing last line break and empty files included. `name` is the path
 * as it should stand in the headers, with `/`; an absolute one applies from the root, `patch -p1 -d /`, as git writes it too. Empty
 * when the texts are equal.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  const shortest = structuredPatch('', '', before, after, '', '', { context, maxEditLength: longestSearch })
  const patch = {
    oldFileName: `a/${name.replace(/^\/+/, '')}`,
    newFileName: `b/${name.replace(/^\/+/, '')}`,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: shortest ? shortest.hunks : hunksByLookingAhead(linesOf(before), linesOf(after)),
  }
  const text = formatPatch(patch, FILE_HEADERS_ONLY)
  // Without the tab GNU patch ends the name at its first blank; git writes one for the same reason.
  return name.includes(' ') ? text.replace(/^(---|\+\+\+) ([^"].*)$/gm, headerTab(2)) : text
}

/** A replacer that puts a tab behind the first `count` matches. */
function headerTab(count: number): (line: string) => string {
  let left = count
  return (line) => (left-- > 0 ? `${line}\t` : line)
}

/** The lines of a text with their line breaks. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Lines `oldStart` to `oldEnd` (0-based, exclusive) were replaced by lines `newStart` to `newEnd` of the other text. */
interface Change {
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

function hunksByLookingAhead(before: readonly string[], after: readonly string[]): StructuredPatchHunk[] {
  const hunks: StructuredPatchHunk[] = []
  let group: Change[] = []
  for (const change of changesByLookingAhead(before, after)) {
    const last = group.at(-1)
    if (last && change.oldStart - last.oldEnd > 2 * context) {
      hunks.push(hunkOf(group, before, after))
      group = []
    }
    group.push(change)
  }
  if (group.length > 0) hunks.push(hunkOf(group, before, after))
  return hunks
}

function changesByLookingAhead(before: readonly string[], after: readonly string[]): Change[] {
  let oldLength = before.length
  let newLength = after.length
  while (oldLength > 0 && newLength > 0 && before[oldLength - 1] === after[newLength - 1]) {
    oldLength--
    newLength--
  }
  const changes: Change[] = []
  let old = 0
  let now = 0
  while (old < oldLength || now < newLength) {
    if (old < oldLength && now < newLength && before[old] === after[now]) {
      old++
      now++
      continue
    }
    const [oldEnd, newEnd] = meetingPoint(before, after, old, now, oldLength, newLength)
    changes.push({ oldStart: old, oldEnd, newStart: now, newEnd })
    old = oldEnd
    now = newEnd
  }
  return changes
}

/** The nearest pair of places behind `old` and `now` from which the texts agree for two lines; the ends given when there is none near. */
function meetingPoint(
  before: readonly string[],
  after: readonly string[],
  old: number,
  now: number,
  oldLength: number,
  newLength: number,
): [number, number] {
  for (let steps = 1; steps <= lookAhead; steps++) {
    for (let skipped = 0; skipped <= steps; skipped++) {
      const oldAt = old + steps - skipped
      const newAt = now + skipped
      if (oldAt > oldLength || newAt > newLength) continue
      if (before[oldAt] === after[newAt] && before[oldAt + 1] === after[newAt + 1]) return [oldAt, newAt]
    }
  }
  return [oldLength, newLength]
}

function hunkOf(group: readonly Change[], before: readonly string[], after: readonly string[]): StructuredPatchHunk {
  const first = group[0]
  const last = group.at(-1)
  if (!first || !last) throw new RangeError('a hunk needs a change')
  const leading = Math.min(context, first.oldStart)
  const trailing = Math.min(context, before.length - last.oldEnd)
  const lines: string[] = []
  let old = first.oldStart - leading
  for (const change of group) {
    pushLines(lines, ' ', before, old, change.oldStart)
    pushLines(lines, '-', before, change.oldStart, change.oldEnd)
    pushLines(lines, '+', after, change.newStart, change.newEnd)
    old = change.oldEnd
  }
  pushLines(lines, ' ', before, old, old + trailing)
  return {
    oldStart: first.oldStart - leading + 1,
    oldLines: last.oldEnd - first.oldStart + leading + trailing,
    newStart: first.newStart - leading + 1,
    newLines: last.newEnd - first.newStart + leading + trailing,
    lines,
  }
}

/** Adds lines `start` to `end` of a text in the form of a hunk: a sign, no line break, and a note where there was none. */
function pushLines(lines: string[], sign: string, text: readonly string[], start: number, end: number): void {
  for (let index = start; index < end; index++) {
    const line = text[index] ?? ''
    if (line.endsWith('\n')) lines.push(sign + line.slice(0, -1))
    else lines.push(sign + line, '\\ No newline at end of file')
  }
}
