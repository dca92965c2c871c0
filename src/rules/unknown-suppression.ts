import { defineRule, type RuleText } from '../lint/rule.ts'
import { didYouMean } from '../text/suggest.ts'

/** A `corefile-ignore` comment that names a rule nobody knows. */
export default defineRule({
  id: 'unknown-suppression',
  severity: 'warning',
  effects: ['hygiene'],
  phase: 'suppressions',
  fragments: true,
  check({ suppressions, ruleIds, report }) {
    for (const { rules, at, malformed } of suppressions) {
      if (malformed !== null) continue
      for (const id of rules.filter((rule) => !ruleIds.includes(rule))) {
        report({ at, message: `this comment names the rule "${id}", which does not exist${didYouMean(id, ruleIds)}` })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'A comment that names a rule which does not exist',
  why: 'A misspelled rule id hides nothing, and the finding it was meant for is shown all the same.',
  links: [],
  examples: [
    { bad: '. {\n    # corefile-ignore hosts-missing-falltrough\n    whoami\n}\n', good: '. {\n    whoami\n}\n' },
  ],
}
