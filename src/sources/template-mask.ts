import type { Range } from '../text/range.ts'

/** What actions of Go's templates and Jinja, its statements and comments begin and end with. */
const closers: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
])

/** An action where no YAML could stand: alone on a line, or as a value without quotes. */
const sign = /^[ \t]*(?:- +)?(?:["']?[\w./-]+["']?:[ \t]+)?(?:\{\{|\{%|\{#)/m

/** A text of the same length without template actions, and where they stood. */
export interface MaskedTemplate {
  readonly text: string
  /** In order; a value that touches one is not known. */
  readonly holes: readonly Range[]
}

/** True for a text that only a template engine makes YAML of. */
export function looksLikeTemplate(text: string): boolean {
  return (text.includes('{{') || text.includes('{%') || text.includes('{#')) && sign.test(text)
}

/**
 * A template as YAML: lines that hold nothing but actions become blank, other actions words of the same length, so that every
 * offset stays. Both sides of a condition are then there.
 */
export function maskTemplate(text: string): MaskedTemplate {
  const holes = holesIn(text)
  const parts: string[] = []
  let at = 0
  for (const { start, end } of holes) {
    parts.push(text.slice(at, start))
    parts.push(text.slice(start, end).replace(/[^\n]/g, 'x'))
    at = end
  }
  parts.push(text.slice(at))
  const lines = parts.join('').split('\n')
  const masked: string[] = []
  let start = 0
  let hole = 0
  for (const line of lines) {
    while (hole > 0 && (holes[hole - 1]?.end ?? 0) > start) hole--
    while ((holes[hole]?.end ?? Number.POSITIVE_INFINITY) <= start) hole++
    masked.push(isOnlyHoles(line, start, holes, hole) ? ' '.repeat(line.length) : line)
    start += line.length + 1
  }
  return { text: masked.join('\n'), holes }
}

/** Where actions stand, also over several lines; one pass. */
function holesIn(text: string): Range[] {
  const holes: Range[] = []
  const missing = new Set<string>()
  const opener = /\{[{%#]/g
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const closer = closers.get(match[0]) ?? ''
    if (missing.has(closer)) continue
    const close = text.indexOf(closer, opener.lastIndex)
    if (close === -1) {
      missing.add(closer)
      if (missing.size === closers.size) break
      continue
    }
    holes.push({ start: match.index, end: close + 2 })
    opener.lastIndex = close + 2
  }
  return holes
}

/** True when a line that starts at an offset has actions, from the one with a number on, and nothing else. */
function isOnlyHoles(line: string, start: number, holes: readonly Range[], first: number): boolean {
  let at = start
  const end = start + line.length
  let isAny = false
  for (let index = first; index < holes.length; index++) {
    const hole = holes[index] as Range
    if (hole.start >= end && hole.start > at) break
    if (line.slice(Math.max(at, start) - start, Math.max(hole.start, start) - start).trim() !== '') return false
    isAny ||= hole.start < end && hole.end > start
    at = Math.min(hole.end, end)
    if (hole.end >= end) break
  }
  return isAny && line.slice(at - start).trim() === ''
}
