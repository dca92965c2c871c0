import { applyEdits, EditSet, type TextEdit } from '../text/edit.ts'
import type { Diagnostic, Safety } from './diagnostic.ts'
import type { FileResult, FixedFile, LintResult } from './result.ts'
import { type LintOptions, lint } from './run.ts'
import type { InputFile } from './workspace.ts'

/** More rounds than this mean that two rules undo each other. */
const MOST_ROUNDS = 10
/** Rounds that look for a fix which does harm are not among them; there are never more than this in all. */
const MOST_RUNS = 100

/** What fixing came to: the files it would change, and what lint finds in the changed texts. */
export interface FixResult {
  readonly fixed: readonly FixedFile[]
  readonly result: LintResult
}

/**
 * Applies the fixes of what lint finds, safe ones or all, again and again until none is left. Fixes that overlap wait for the next
 * round. A fix with which CoreDNS would refuse a Corefile that it did not refuse before is left out. So are those of the findings that
 * `left` chooses from a result; it is asked about each new one.
 */
export async function fix(
  files: readonly InputFile[],
  options: LintOptions,
  safety: Safety,
  left: (result: LintResult) => ReadonlySet<Diagnostic> = () => new Set(),
): Promise<FixResult> {
  const texts = new Map(files.map((file) => [file.path, file.text]))
  const progress = new Map<string, Progress>()
  const run = () =>
    lint(
      files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text })),
      options,
    )
  let result = await run()
  for (let rounds = 0, runs = 0; rounds < MOST_ROUNDS && runs < MOST_RUNS; runs++) {
    const unwanted = left(result)
    const changes = result.files
      .filter(({ path }) => texts.has(path))
      .map((file) => ({ file, chosen: choose(file, safety, progressOf(progress, file.path), unwanted) }))
      .filter(({ chosen }) => chosen.fixes.length > 0)
    if (changes.length === 0) break
    const before = result
    for (const { file, chosen } of changes) texts.set(file.path, applyEdits(file.text, chosen.edits))
    result = await run()
    let takenBack = false
    for (const { file, chosen } of changes) {
      const isHarmful = isWorse(find(before, file.path), find(result, file.path))
      if (isHarmful) texts.set(file.path, file.text)
      note(progressOf(progress, file.path), chosen, isHarmful)
      takenBack ||= isHarmful
    }
    if (takenBack) result = await run()
    if (!takenBack && changes.every(({ chosen }) => chosen.isAll)) rounds++
  }
  const fixed = files.flatMap(({ path, text }): FixedFile[] => {
    const after = texts.get(path) ?? text
    return after === text ? [] : [{ path, before: text, after, applied: progress.get(path)?.applied ?? [] }]
  })
  return { fixed, result }
}

/** How far fixing one file has come. */
interface Progress {
  /** Titles, in the order in which they were applied. */
  readonly applied: string[]
  /** Fixes that do harm. */
  readonly rejected: Set<string>
  /** The most fixes to apply at once: halved until the one that does harm stands alone. */
  most: number
}

function progressOf(progress: Map<string, Progress>, path: string): Progress {
  let own = progress.get(path)
  if (own === undefined) {
    own = { applied: [], rejected: new Set(), most: Number.POSITIVE_INFINITY }
    progress.set(path, own)
  }
  return own
}

/** Fixes of one file that are applied together. */
interface Chosen {
  readonly edits: readonly TextEdit[]
  /** In the order of their findings. */
  readonly fixes: readonly { readonly id: string; readonly title: string }[]
  /** False when others could have been applied with them. */
  readonly isAll: boolean
}

function choose(
  file: FileResult,
  safety: Safety,
  { rejected, most }: Progress,
  unwanted: ReadonlySet<Diagnostic>,
): Chosen {
  const set = new EditSet()
  const fixes: { id: string; title: string }[] = []
  for (const finding of file.findings) {
    const { fix, ruleId, message } = finding
    if (fix === null || unwanted.has(finding) || !isFixable(finding, safety)) continue
    const id = `${ruleId}\n${message}\n${fix.title}`
    if (rejected.has(id)) continue
    if (fixes.length === most) return { edits: set.edits, fixes, isAll: false }
    if (set.add(fix.edits)) fixes.push({ id, title: fix.title })
  }
  return { edits: set.edits, fixes, isAll: true }
}

/** Notes what became of fixes, and how many to try next. */
function note(progress: Progress, { fixes }: Chosen, isHarmful: boolean): void {
  const [first] = fixes
  if (!isHarmful) {
    for (const { title } of fixes) progress.applied.push(title)
    progress.most *= 2
  } else if (fixes.length === 1 && first !== undefined) {
    progress.rejected.add(first.id)
    progress.most = Number.POSITIVE_INFINITY
  } else progress.most = Math.ceil(fixes.length / 2)
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
