import { endOfLine, startOfLine } from '../lint/edits.ts'
import { defineRule, type JudgedSuppression, type ProposedFix, type RuleText } from '../lint/rule.ts'

/** A `corefile-ignore` comment whose rules find nothing at its place. */
export default defineRule({
  id: 'unused-suppression',
  severity: 'info',
  effects: ['hygiene'],
  fix: 'safe',
  phase: 'suppressions',
  fragments: true,
  check({ suppressions, report }) {
    for (const suppression of suppressions) {
      const { idle, rules, at, malformed } = suppression
      if (malformed !== null || idle.length === 0) continue
      report({
        at,
        message: `nothing is left for this comment to hide: ${idle.join(', ')} find${idle.length === 1 ? 's' : ''} nothing here`,
        fix: idle.length === rules.length ? removal(suppression) : null,
      })
    }
  },
})

function removal({ at, range }: JudgedSuppression): ProposedFix | null {
  if (!('list' in at)) return null
  const { text } = at.list
  const lineStart = startOfLine(text, range.start)
  const alone = text.slice(lineStart, range.start).trim() === ''
  const lineEnd = endOfLine(text, range.end)
  let start = range.start
  while (!alone && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--
  const edit = alone
    ? { start: lineStart, end: Math.min(lineEnd + 1, text.length), text: '' }
    : { start, end: range.end, text: '' }
  return { title: 'remove the comment', safety: 'safe', edits: [edit] }
}

export const text: RuleText = {
  summary: 'A comment that hides nothing',
  why: 'A comment that was once needed and now hides nothing will hide the next real finding of that rule at its place.',
  links: [],
  examples: [],
}
