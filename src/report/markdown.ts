import { type Diagnostic, SEVERITIES } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { isSilent, notChecked, outcome } from './closing.ts'
import { fixesDiff } from './fixes-diff.ts'
import { judgedBy } from './judged-by.ts'
import { codeBlock, markdownText } from './markdown-text.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import { legiblePath, positionIn, Sources } from './source.ts'

/** Findings in the table; more than these nobody reads there. */
const mostRows = 100

/** Files named that could not be checked fully. */
const mostGaps = 20

/** Units of the table, the diff and the list of gaps; a job summary holds 1 MiB, and a unit is at most three bytes. */
const longestTable = 100_000
const longestDiff = 120_000
const longestGaps = 40_000

/** A job summary: the outcome, a table of the findings, their fixes as one diff, what was not checked, and the release. Below 1 MiB. */
export const markdown: Reporter = (result, context) => {
  if (isSilent(result)) return ''
  const sources = new Sources(result, context.textOf)
  const gaps = notChecked(result, sources)
  const told = within(
    gaps.slice(0, mostGaps).map((line) => `- ${markdownText(line)}`),
    longestGaps,
  )
  const parts = [
    `### corefile: ${markdownText(outcome(result))}`,
    ...table(result, sources, context),
    ...fixes(result, sources),
    ...(told.length === 0
      ? []
      : [['Not fully checked:', '', ...told, ...more(gaps.length - told.length, '- ')].join('\n')]),
    ...[judgedBy(result, context.releaseNote)].filter((release) => release !== '').map(markdownText),
  ]
  return `${parts.join('\n\n')}\n`
}

function table(result: LintResult, sources: Sources, context: ReportContext): string[] {
  const findings = result.files.flatMap((file) => file.findings)
  if (findings.length === 0) return []
  const sorted = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  const rows = within(
    sorted.slice(0, mostRows).map((finding) => row(finding, sources, context)),
    longestTable,
  )
  const rest = more(sorted.length - rows.length, '')
  return [['| | where | rule | finding |', '|---|---|---|---|', ...rows].join('\n'), ...rest]
}

function row(finding: Diagnostic, sources: Sources, { placeUrl }: ReportContext): string {
  const { path, range, severity, ruleId, url, message } = finding
  const source = sources.get(path)
  const { line } = positionIn(source, range.start)
  const place = link(`${legiblePath(path)}:${line}`, placeUrl?.(path, line))
  return `| ${severity} | ${place} | ${link(ruleId, url)} | ${markdownText(source.legible(message))} |`
}

/** The addresses come from the rules and from the edge, which encodes what comes from a file. */
function link(text: string, url: string | undefined): string {
  return url === undefined ? markdownText(text) : `[${markdownText(text)}](${url})`
}

function fixes(result: LintResult, sources: Sources): string[] {
  const { lines, count, isCut } = fixesDiff(result, sources, longestDiff)
  if (lines.length === 0) return []
  const rest = isCut ? ['', '… more of it with corefile lint --diff'] : []
  const title = count === 1 ? 'The fix as a diff' : `The ${count} fixes as a diff`
  const block = codeBlock([...lines, ...rest], 'diff')
  return [['<details>', `<summary>${title}</summary>`, '', block, '', '</details>'].join('\n')]
}

/** The first lines, as many as have room. */
function within(lines: readonly string[], most: number): string[] {
  let length = 0
  const end = lines.findIndex((line) => {
    length += line.length + 1
    return length > most
  })
  return lines.slice(0, end === -1 ? lines.length : end)
}

function more(count: number, lead: string): string[] {
  return count > 0 ? [`${lead}… and ${count} more; the log has them all`] : []
}
