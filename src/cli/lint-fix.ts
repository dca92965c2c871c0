import { resolve } from 'node:path'
import type { Safety } from '../lint/diagnostic.ts'
import { fix } from '../lint/fix.ts'
import type { FixedFile, LintResult } from '../lint/result.ts'
import { lint } from '../lint/run.ts'
import type { EarlierFindings } from '../node/earlier.ts'
import { NotWritten, replaceFiles } from '../node/files.ts'
import type { LintFilesOptions, Prepared } from '../node/prepare.ts'
import { outcome as outcomeText } from '../report/closing.ts'
import { counted } from '../report/words.ts'
import { visible } from '../text/width.ts'
import type { Io } from './io.ts'
import { shownDiff, type Version } from './shown-diff.ts'

/** What was found, and what was done about it. */
export interface Outcome {
  /** What is reported: after fixes that were made, before those that were only shown. */
  readonly result: LintResult
  /** Standard output carries a diff or a fixed text. */
  readonly isStdoutTaken: boolean
  readonly isFinished: boolean
}

/** What to fix. */
export interface Fixing {
  readonly prepared: Prepared
  readonly options: LintFilesOptions
  readonly safety: Safety
  /** Findings that were there before and stay as they are; null where all are fixed. */
  readonly earlier: EarlierFindings | null
}

/** Writes the fixed files, all or none, says what was done to each, and reports what is left. */
export async function fixFiles(fixing: Fixing, io: Io): Promise<Outcome> {
  const { prepared } = fixing
  const { fixed, result, isFinished } = await fixWritable(fixing, io)
  try {
    replaceFiles(fixed.map(({ path, before, after }) => ({ path: resolve(io.cwd, path), before, after })))
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    const which = fixed.find(({ path }) => resolve(io.cwd, path) === error.path)?.path ?? error.path
    tell(io, `cannot write ${which}: ${error.message}; no file was changed`)
    return { result: await lint(prepared.files, prepared.options), isStdoutTaken: false, isFinished: false }
  }
  for (const { path, applied } of fixed) io.stderr.write(`fixed ${visible(path)}: ${visible(summaryOf(applied))}\n`)
  return { result, isStdoutTaken: false, isFinished }
}

/** Writes the fixed text of standard input to standard output, as it came where there is nothing to fix. */
export async function fixInput(fixing: Fixing, io: Io): Promise<Outcome> {
  const { fixed, result, isFinished } = await fixWritable(fixing, io)
  const [input] = fixing.prepared.files
  if (input !== undefined && isFinished) io.stdout.write(fixed[0]?.after ?? input.text)
  return { result, isStdoutTaken: true, isFinished }
}

/** Writes what fixes would change as a unified diff; nothing else is changed, and the result is that of the files as they are. */
export async function showDiff(fixing: Fixing, io: Io): Promise<Outcome> {
  const { prepared, safety, earlier } = fixing
  const { files, options } = prepared
  const before = await lint(files, options)
  const { fixed, result, isFinished } = await fixWritable(fixing, io)
  const version = (text: string, path: string, { files: results }: LintResult): Version => ({
    text,
    secrets: results.find((candidate) => candidate.path === path)?.secrets ?? [],
  })
  for (const { path, ...texts } of fixed) {
    io.stdout.write(shownDiff(path, version(texts.before, path, before), version(texts.after, path, result), io))
  }
  if (safety === 'unsafe') await tellEffects(fixed, fixing, io)
  const edits = fixed.reduce((sum, { applied }) => sum + applied.length, 0)
  const none = safety === 'safe' ? 'no safe fixes' : 'no fixes'
  const changes = edits === 0 ? none : `${counted(edits, 'fix', 'fixes')} in ${counted(fixed.length, 'file')}`
  io.stderr.write(`${changes}; as it is: ${outcomeText(earlier?.takeFrom(before).result ?? before)}\n`)
  return { result: before, isStdoutTaken: true, isFinished }
}

/** What the answers of the fixed texts would be otherwise; what compares them loads only here. */
async function tellEffects(fixed: readonly FixedFile[], { prepared, options }: Fixing, io: Io): Promise<void> {
  const { TextEffects } = await import('../node/fix-effects.ts')
  const texts = new Map(prepared.files.map(({ path, text }) => [path, text]))
  const effects = new TextEffects(texts, prepared, options)
  for (const { path, after } of fixed) {
    for (const effect of await effects.between(path, after)) io.stderr.write(`${visible(path)}: ${visible(effect)}\n`)
  }
}

/** The fixes of all files whose bytes can be written back; the others are reported as they are. */
async function fixWritable(
  { prepared: { files, options, unwritable }, safety, earlier }: Fixing,
  io: Io,
): Promise<{ fixed: readonly FixedFile[]; result: LintResult; isFinished: boolean }> {
  const { fixed, result } = await fix(files, options, safety, (found) => earlier?.known(found) ?? new Set())
  const kept = fixed.filter(({ path }) => !unwritable.has(path))
  if (kept.length === fixed.length) return { fixed, result, isFinished: true }
  for (const { path } of fixed) {
    if (unwritable.has(path)) tell(io, `${path} is not valid UTF-8: it was not changed`)
  }
  const after = new Map(kept.map((file) => [file.path, file.after]))
  const texts = files.map((file) => ({ ...file, text: after.get(file.path) ?? file.text }))
  return { fixed: kept, result: await lint(texts, options), isFinished: false }
}

/** `pass other names on (2), put a space before the brace`. */
function summaryOf(titles: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1)
  return [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`)).join(', ')
}

function tell(io: Io, message: string): void {
  io.stderr.write(`${io.program}: ${visible(message)}\n`)
}
