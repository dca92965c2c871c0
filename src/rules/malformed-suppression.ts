import { defineRule, type RuleText } from '../lint/rule.ts'

/** A `corefile-ignore` comment that cannot be understood. */
export default defineRule({
  id: 'malformed-suppression',
  severity: 'warning',
  effects: ['hygiene'],
  phase: 'suppressions',
  fragments: true,
  check({ suppressions, report }) {
    for (const { malformed, at } of suppressions) {
      if (malformed === null) continue
      report({
        at,
        message: `this comment hides nothing: ${malformed}`,
        help: 'Write `# corefile-ignore RULE -- reason` on the line or the line before it, or `# corefile-ignore-file RULE -- reason` anywhere.',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A corefile-ignore comment that cannot be understood',
  why: 'A comment that names no rule, or in which the reason is not set off by two dashes, hides nothing.',
  links: [],
  examples: [{ bad: '. {\n    # corefile-ignore\n    whoami\n}\n', good: '. {\n    whoami\n}\n' }],
}
