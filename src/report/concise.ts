import { isSilent, notChecked, outcome } from './closing.ts'
import { conciseLine } from './concise-line.ts'
import { judgedBy } from './judged-by.ts'
import type { Reporter } from './reporter.ts'
import { Sources } from './source.ts'

/** A line for each finding, `PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE]`, for editors, pipes and grep; then what was not checked, and a summary. */
export const concise: Reporter = (result, { releaseNote, textOf }) => {
  if (isSilent(result)) return ''
  const sources = new Sources(result, textOf)
  const lines: string[] = []
  for (const { path, findings } of result.files) {
    const source = sources.get(path)
    for (const finding of findings) lines.push(conciseLine(finding, source))
  }
  for (const line of notChecked(result, sources)) lines.push(`not fully checked: ${line}`)
  lines.push([outcome(result), judgedBy(result, releaseNote)].filter((part) => part !== '').join('. '))
  return `${lines.join('\n')}\n`
}
