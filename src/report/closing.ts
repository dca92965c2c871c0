import type { Diagnostic } from '../lint/diagnostic.ts'
import type { FileResult, LintResult } from '../lint/result.ts'
import { NEEDS_ROOT } from '../lint/results.ts'
import { visible } from '../text/width.ts'
import { joinedUnknowns } from './not-known.ts'
import { placeIn, type Sources } from './source.ts'
import { counted, listed } from './words.ts'

/** More reasons than this are counted, not named. */
const mostGaps = 2

/** True when nothing that was given holds a Corefile and there is nothing to say. */
export function isSilent(result: LintResult): boolean {
  return result.files.every(
    ({ corefiles, findings, unchecked }) => corefiles.length + findings.length + unchecked.length === 0,
  )
}

/** How many problems of which severity, in how many files, and what would mend them: `2 errors in 2 of 14 files; --fix mends both`. */
export function outcome(result: LintResult): string {
  const { summary } = result
  const found = [
    ...(summary.errors > 0 ? [counted(summary.errors, 'error')] : []),
    ...(summary.warnings > 0 ? [counted(summary.warnings, 'warning')] : []),
    ...(summary.infos > 0 ? [`${summary.infos} info`] : []),
  ]
  const findings = result.files.flatMap((file) => file.findings)
  const parts = [
    found.length === 0
      ? `${counted(summary.files, 'file')}, no ${(result.hidden ?? []).length > 0 ? 'new problems' : 'problems'}`
      : listed(found) + whereFound(result),
    ...refusals(result),
    ...fixes(findings),
    ...suppressions(result),
    ...hidden(result),
  ]
  return parts.join('; ')
}

function whereFound({ files, summary }: LintResult): string {
  const withFindings = files.filter(({ findings }) => findings.length > 0).length
  if (summary.files <= 1) return ''
  const total = Math.max(summary.files, withFindings)
  return withFindings === total ? ` in ${total} files` : ` in ${withFindings} of ${total} files`
}

function refusals({ files, summary }: LintResult): string[] {
  if (summary.refused === 0) return []
  const shown = files.some(({ findings }) => findings.some(({ effect }) => effect === 'refused'))
  return [`${counted(summary.refused, 'Corefile')} refused${shown ? '' : ', suppressed'}`]
}

function fixes(findings: readonly Diagnostic[]): string[] {
  const safe = findings.filter(({ fix }) => fix?.safety === 'safe').length
  const unsafe = findings.filter(({ fix }) => fix?.safety === 'unsafe').length
  if (safe + unsafe === 0) return []
  const total = findings.length
  const caution = '(changes answers: see --diff)'
  if (unsafe === 0) return [`--fix mends ${amount(safe, total)}`]
  if (safe === 0) return [`--fix-unsafe mends ${amount(unsafe, total)} ${caution}`]
  return [`--fix mends ${safe}, --fix-unsafe ${unsafe} more ${caution}`]
}

function amount(count: number, total: number): string {
  if (count < total) return String(count)
  return count === 1 ? 'it' : count === 2 ? 'both' : `all ${count}`
}

function suppressions({ files }: LintResult): string[] {
  const count = files.reduce((sum, { suppressed }) => sum + suppressed.length, 0)
  return count === 0 ? [] : [`${count} suppressed`]
}

function hidden({ hidden = [] }: LintResult): string[] {
  return hidden
    .filter(({ count }) => count > 0)
    .map(({ count, by, name }) => `${count} ${by === 'baseline' ? 'in' : 'also in'} ${visible(name)}`)
}

/** What was not fully checked, a line for each file: `cm.yaml:12:1: variable UPSTREAM is not given and 3 more`; unchanged ones are counted. */
export function notChecked({ files }: LintResult, sources: Sources): string[] {
  const told = files.filter(({ isUnchanged }) => isUnchanged !== true).flatMap((file) => gapLines(file, sources))
  const others = files.filter((file) => file.isUnchanged === true && gaps(file).length > 0).length
  return others === 0 ? told : [...told, `${counted(others, 'file')} that did not change`]
}

function gapLines(file: FileResult, sources: Sources): string[] {
  const all = gaps(file)
  const [first] = all
  if (first === undefined) return []
  const source = sources.get(file.path)
  const sentences = joinedUnknowns(all.map(({ message }) => message))
  const told = sentences.slice(0, mostGaps).map((sentence) => source.legible(sentence))
  const rest = sentences.length > mostGaps ? [`${sentences.length - mostGaps} more`] : []
  return [`${placeIn(source, first.place)}: ${listed([told.join('; '), ...rest])}`]
}

/** What of a file could not be checked, each thing once, with the offset of the first such place. */
function gaps({ unchecked, corefiles }: FileResult): { readonly message: string; readonly place: number }[] {
  const found = new Map<string, number>()
  const note = (message: string, place: number) => found.set(message, found.get(message) ?? place)
  for (const { message, range } of unchecked) note(message, range?.start ?? 0)
  for (const { unknown, range } of corefiles) {
    // A fragment never can be judged alone; that is nothing to say each time.
    for (const message of unknown) if (message !== NEEDS_ROOT) note(message, range.start)
  }
  return [...found].map(([message, place]) => ({ message, place }))
}
