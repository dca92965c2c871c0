import type { TextEdit } from '../text/edit.ts'
import { applyEdits } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import type { FlowStyle } from './flow-scalar.ts'
import type { MappedText, OffsetMap } from './offset-map.ts'
import { breaksCharacter, isPlainlyWritable } from './writable.ts'

/**
 * The edits of `source` that make the flow scalar in it read `applyEdits(text, edits)`, or null where its style cannot say
 * that: only double quotes can hold a new line break. An edit next to folded line breaks takes these with it and writes
 * what they stand for on one line, because whatever stands beside a fold is trimmed. The edits come ordered.
 */
export function editFlowScalar(
  source: string,
  { text, map }: MappedText,
  style: FlowStyle,
  edits: readonly TextEdit[],
): TextEdit[] | null {
  const outer: TextEdit[] = []
  for (const edit of widened(text, map, edits)) {
    if (breaksCharacter(text, edit)) return null
    const start = map.endOf(edit.start - 1)
    const end = edit.end > edit.start ? map.endOf(edit.end - 1) : start
    const written =
      style === 'double-quoted' ? escaped(edit.text) : style === 'single-quoted' ? quoted(edit.text) : edit.text
    if (written === null) return null
    if (style === 'plain' && !staysPlain(source, text, edit, { start, end })) return null
    outer.push({ start, end, text: written })
  }
  return style === 'plain' && !isPlainString(text, edits) ? null : outer
}

/** The edits, each widened over the folds beside it or around its ends; those that then touch are one. */
function widened(text: string, map: OffsetMap, edits: readonly TextEdit[]): TextEdit[] {
  const result: TextEdit[] = []
  for (const edit of edits) {
    let { start, end } = edit
    while (start > 0 && map.isFolded(start - 1)) start = map.unitAt(start - 1).start
    while (end < text.length && map.isFolded(end)) end = map.unitAt(end).end
    const last = result.at(-1)
    if (last && start <= last.end) {
      // What the last one took along behind its own end is already in its text.
      const taken = edit.start >= last.end ? last.text + text.slice(last.end, edit.start) : cutBack(last, edit.start)
      result[result.length - 1] = {
        start: Math.min(last.start, start),
        end: Math.max(last.end, end),
        text: taken + edit.text + text.slice(edit.end, Math.max(last.end, end)),
      }
    } else {
      result.push({ start, end, text: text.slice(start, edit.start) + edit.text + text.slice(edit.end, end) })
    }
  }
  return result
}

/** The text of an edit without the kept text at its end that starts at `from`. */
function cutBack(edit: TextEdit, from: number): string {
  return edit.text.slice(0, edit.text.length - (edit.end - from))
}

/** What JSON.stringify leaves as it is but some YAML readers take for a line break or refuse. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A text between double quotes, for YAML and JSON alike. */
function escaped(text: string): string {
  const json = JSON.stringify(text).slice(1, -1)
  return json.replace(unprintable, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A text between single quotes, null when it has what only an escape could write. */
function quoted(text: string): string | null {
  return isPlainlyWritable(text) && !text.includes('\n') ? text.replaceAll("'", "''") : null
}

/** True when a plain scalar with this edit is still one plain scalar, in block and flow collections alike. */
function staysPlain(source: string, text: string, edit: TextEdit, outer: Range): boolean {
  if (!isPlainlyWritable(edit.text) || /[\n,[\]{}]/.test(edit.text)) return false
  const before = edit.start > 0 ? (source[outer.start - 1] ?? '') : ''
  const after = edit.end < text.length ? (source[outer.end] ?? '') : ''
  const around = before + edit.text + after
  if (/:(?:[\s,[\]{}]|$)|\s#/.test(around)) return false
  if (edit.start === 0 && !/^[\w./($]/.test(around)) return false
  return edit.end < text.length || /\S$/.test(around)
}

/** Longest plain scalar that is edited: whether the result is still a string takes a look at all of it. */
const longestPlain = 65_536

/** True when the edited plain scalar is a string: nothing with a blank inside is anything else, except a date with its time. */
function isPlainString(text: string, edits: readonly TextEdit[]): boolean {
  if (text.length > longestPlain) return false
  const result = applyEdits(text, edits)
  return /\S\s+\S/.test(result) && !/^\d{4}-/.test(result)
}
