import { causesOf } from '../resolver/causes.ts'
import type { Comparison } from '../resolver/compare.ts'
import { answersOf, type CompareContext, placeText, restartText, subjectOf } from './compare.ts'
import { markdownText } from './markdown-text.ts'
import { reducedText, untriedCount, untriedText } from './unproved.ts'
import { counted } from './words.ts'

/** More causes than this are told by their number. */
const MOST_ROWS = 50

/** Which answers of one server change, as a table for a job summary: a row a cause. */
export function compareMarkdown(
  name: string,
  comparison: Comparison,
  { probes, reduced, untried, restart, placeName, lines, notes }: CompareContext,
): string {
  const { undeclared, declared, unproved } = comparison
  const causes = causesOf(undeclared, lines)
  const rows = causes.slice(0, MOST_ROWS).map((cause) => {
    const answers = answersOf(cause)
    const cells = [
      subjectOf(cause.differences, probes),
      answers.map(({ old }) => old).join('; '),
      answers.map(({ now }) => now).join('; '),
      placeText(cause, placeName),
      String(cause.differences.length),
    ]
    return `| ${cells.map(markdownText).join(' | ')} |`
  })
  const further = causes.length > MOST_ROWS ? [`and ${causes.length - MOST_ROWS} more causes`, ''] : []
  const rest = [
    `${counted(comparison.probes, 'question')}, ${comparison.equal} answered the same`,
    ...(declared.length > 0 ? [`${declared.length} differ as the programs do`] : []),
    ...(unproved.length > 0 ? [`${unproved.length} could not be compared`] : []),
    ...(untried.length > 0 ? [untriedCount(untried)] : []),
  ]
  const more = [
    ...notes.map((note) => `${note}.`),
    ...(reduced === null ? [] : [reducedText(reduced, comparison.probes)]),
    ...untried.slice(0, MOST_ROWS).map((each) => `${untriedText(each)}.`),
  ]
  const said = more.map((text) => ` ${markdownText(text)}`).join('')
  return [
    `**${markdownText(name)}**: ${rest.join(', ')}.${restart === null ? '' : ` ${markdownText(restartText(restart))}.`}${said}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| names | before | now | where | questions |', '|---|---|---|---|---|', ...rows, '', ...further]),
    '',
  ].join('\n')
}
