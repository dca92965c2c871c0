import type { FileResult, LintResult } from '../lint/result.ts'
import { unifiedDiff } from '../text/diff.ts'
import { applyEdits, EditSet, type TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { mask } from './secrets.ts'
import type { Source, Sources } from './source.ts'
import { tellableFix } from './tellable-fix.ts'

/** The fixes of a result as one unified diff. */
export interface FixesDiff {
  /** Safe to show, without line breaks. */
  readonly lines: readonly string[]
  /** How many fixes there are, shown or not. */
  readonly count: number
  /** True when there is more than `lines` show. */
  readonly isCut: boolean
}

/**
 * The fixes of all findings, safe and unsafe ones, in lines of at most `most` units together. Of fixes that overlap the first is taken;
 * secrets are hidden on both sides.
 */
export function fixesDiff({ files }: LintResult, sources: Sources, most: number): FixesDiff {
  const lines: string[] = []
  let left = most
  let count = 0
  for (const file of files) {
    count += file.findings.filter(({ fix }) => fix !== null).length
    if (left < 0) continue
    for (const line of diffOf(file, sources.get(file.path))) {
      left -= line.length + 1
      if (left < 0) break
      lines.push(line)
    }
  }
  return { lines, count, isCut: left < 0 }
}

function diffOf({ path, text, findings }: FileResult, source: Source): string[] {
  const secrets = source.secrets.ranges
  const taken = new EditSet()
  for (const { fix, path: own } of findings) {
    const told = own === path ? tellableFix(fix, source) : null
    if (told?.edits.every((edit) => secrets.every((secret) => leavesWhole(edit, secret)))) taken.add(told.edits)
  }
  if (taken.edits.length === 0) return []
  const masks = secrets.map(({ start, end }): TextEdit => ({ start, end, text: mask }))
  const left = masks.filter((one) => !taken.edits.some((edit) => edit.start < one.end && one.start < edit.end))
  const diff = unifiedDiff(visible(path), applyEdits(text, masks), applyEdits(text, [...taken.edits, ...left]))
  return diff === '' ? [] : diff.replace(/\n$/, '').split('\n').map(shown)
}

/** False for an edit that would leave a part of a secret. */
function leavesWhole(edit: Range, secret: Range): boolean {
  if (edit.end <= secret.start || edit.start >= secret.end) return true
  return edit.start <= secret.start && edit.end >= secret.end
}

function shown(line: string): string {
  return visible(line.endsWith('\r') ? line.slice(0, -1) : line)
}
