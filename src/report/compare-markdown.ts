import { type Comparison, causesOf } from '../resolver/compare.ts'
import { type CompareContext, restartText, subjectOf } from './compare.ts'
import { markdownText } from './markdown-text.ts'
import { counted } from './words.ts'

/** More causes than this are told by their number. */
const MOST_ROWS = 50

/** Which answers of one server change, as a table for a job summary: a row a cause. */
export function compareMarkdown(
  name: string,
  comparison: Comparison,
  { probes, restart, placeName }: CompareContext,
): string {
  const { undeclared, declared, unproved } = comparison
  const causes = causesOf(undeclared)
  const rows = causes.slice(0, MOST_ROWS).map((cause) => {
    const place = cause.step?.at == null ? '' : placeName(cause.step.at)
    const cells = [subjectOf(cause.differences, probes), cause.old, cause.new, place, String(cause.differences.length)]
    return `| ${cells.map(markdownText).join(' | ')} |`
  })
  const more = causes.length > MOST_ROWS ? [`and ${causes.length - MOST_ROWS} more causes`, ''] : []
  const rest = [
    `${counted(comparison.probes, 'question')}, ${comparison.equal} answered the same`,
    ...(declared.length > 0 ? [`${declared.length} differ as the programs do`] : []),
    ...(unproved.length > 0 ? [`${unproved.length} could not be compared`] : []),
  ]
  return [
    `**${markdownText(name)}**: ${rest.join(', ')}.${restart === null ? '' : ` ${markdownText(restartText(restart))}.`}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| names | before | now | where | questions |', '|---|---|---|---|---|', ...rows, '', ...more]),
    '',
  ].join('\n')
}
