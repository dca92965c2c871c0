import { conditionsOf, type Rule, type RuleText } from '../lint/rule.ts'
import { wrapped } from '../report/words.ts'
import type { PageStyle } from './explain.ts'

/** The page of a rule: what it finds, why that matters, an example and what to make of it, and where to read more. */
export function explainRule(rule: Rule, text: RuleText | undefined, { paint, columns }: PageStyle): string[] {
  const { id, severity, effects, fix, group } = rule
  const traits = [effects.join(' or '), ...(group === 'pedantic' ? ['off unless --pedantic'] : []), ...releasesOf(rule)]
  const mends = fix === null ? [] : [`${fix === 'safe' ? '--fix' : '--fix-unsafe'} mends it`]
  const heading = `${paint('path', id)}  ${paint(severity, severity)}, ${[...traits, ...mends].join(', ')}`
  if (text === undefined) return [heading]
  const examples = text.examples.flatMap((example) => {
    const { bad, good } = example
    const where = conditionsOf(example)
    const mended = good === null ? [] : ['', `  ${paint('added', `good${where}`)}`, ...indented(good)]
    return ['', `  ${paint('removed', `bad${where}`)}`, ...indented(bad), ...mended]
  })
  return [
    heading,
    '',
    ...wrapped(`${text.summary}.`, columns),
    '',
    ...wrapped(text.why, columns),
    ...examples,
    ...(text.links.length > 0 ? ['', ...text.links.map(linkOf)] : []),
  ]
}

function releasesOf({ releases }: Rule): string[] {
  if (releases === 'all') return []
  const since = releases.since === undefined ? '' : ` from ${releases.since}`
  const until = releases.until === undefined ? '' : ` before ${releases.until}`
  return [`CoreDNS${since}${until}`]
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
}

/** `coredns/coredns#2370` as an address; what is none stays. */
function linkOf(link: string): string {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(link) ?? []
  return repository === undefined ? link : `https://github.com/${repository}/issues/${number}`
}
