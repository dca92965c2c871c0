import type { Diagnostic } from '../lint/diagnostic.ts'
import { isSilent, judgedBy, notChecked, outcome } from './closing.ts'
import type { Reporter } from './reporter.ts'
import { placeIn, type Source, Sources } from './source.ts'

/** A line for each finding, `PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE]`, for editors, pipes and grep; then what was not checked, and a summary. */
export const concise: Reporter = (result, { releaseNote, textOf }) => {
  if (isSilent(result)) return ''
  const sources = new Sources(result, textOf)
  const lines: string[] = []
  for (const { path, findings } of result.files) {
    const source = sources.get(path)
    lines.push(...findings.map((finding) => conciseLine(finding, source)))
  }
  lines.push(...notChecked(result, sources).map((line) => `not fully checked: ${line}`))
  lines.push([outcome(result), judgedBy(result, releaseNote)].filter((part) => part !== '').join('. '))
  return `${lines.join('\n')}\n`
}

/** `PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE]`. */
export function conciseLine({ range, severity, message, ruleId }: Diagnostic, source: Source): string {
  return `${placeIn(source, range.start)}: ${severity}: ${source.legible(message)} [${ruleId}]`
}
