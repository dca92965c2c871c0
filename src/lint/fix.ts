import { applyEdits, EditSet } from '../text/edit.ts'
import type { Diagnostic, Safety } from './diagnostic.ts'
import type { FileResult, FixedFile, LintResult } from './result.ts'
import { type LintOptions, lint } from './run.ts'
import type { InputFile } from './workspace.ts'

/** Fixes that overlap wait for the next round; more rounds than this mean that two rules undo each other. */
const MOST_ROUNDS = 10

/** What fixing came to: the files it would change, and what lint finds in the changed texts. */
export interface FixResult {
  readonly fixed: readonly FixedFile[]
  readonly result: LintResult
}

/**
 * Applies the fixes of what lint finds, safe ones or all, again and again until none is left. Fixes that overlap wait for the next
 * round. A round that would make an accepted Corefile refused is taken back for that file, and the file is left as it was before it.
 */
export async function fix(files: readonly InputFile[], options: LintOptions, safety: Safety): Promise<FixResult> {
  const texts = new Map(files.map((file) => [file.path, file.text]))
  const applied = new Map<string, string[]>()
  const closed = new Set<string>()
  const run = () =>
    lint(
      files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text })),
      options,
    )
  let result = await run()
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const changes = result.files
      .filter(({ path }) => texts.has(path) && !closed.has(path))
      .map((file) => ({ file, ...choose(file, safety) }))
      .filter(({ edits }) => edits.length > 0)
    if (changes.length === 0) break
    const before = result
    for (const { file, edits } of changes) texts.set(file.path, applyEdits(file.text, edits))
    result = await run()
    let takenBack = false
    for (const { file, titles } of changes) {
      if (isWorse(find(before, file.path), find(result, file.path))) {
        texts.set(file.path, file.text)
        closed.add(file.path)
        takenBack = true
      } else applied.set(file.path, [...(applied.get(file.path) ?? []), ...titles])
    }
    if (takenBack) result = await run()
  }
  const fixed = files.flatMap(({ path, text }): FixedFile[] => {
    const after = texts.get(path) ?? text
    return after === text ? [] : [{ path, before: text, after, applied: applied.get(path) ?? [] }]
  })
  return { fixed, result }
}

/** The fixes of a file that may be applied together, in the order of their findings. */
function choose(
  file: FileResult,
  safety: Safety,
): { edits: readonly { start: number; end: number; text: string }[]; titles: string[] } {
  const set = new EditSet()
  const titles: string[] = []
  for (const { fix } of file.findings) {
    if (fix === null || (safety === 'safe' && fix.safety === 'unsafe')) continue
    if (set.add(fix.edits)) titles.push(fix.title)
  }
  return { edits: set.edits, titles }
}

function find(result: LintResult, path: string): FileResult | undefined {
  return result.files.find((file) => file.path === path)
}

/** True when a Corefile that was not refused is refused now, or one is gone. */
function isWorse(before: FileResult | undefined, after: FileResult | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after
  if (before.corefiles.length !== after.corefiles.length) return true
  return before.corefiles.some(({ verdict }, at) => verdict !== 'refused' && after.corefiles[at]?.verdict === 'refused')
}

/** Whether a finding would be mended by fixes of this safety. */
export function isFixable({ fix }: Diagnostic, safety: Safety): boolean {
  return fix !== null && (safety === 'unsafe' || fix.safety === 'safe')
}
