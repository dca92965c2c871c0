import { isCovered, type Policy, readPolicies } from '../lint/access.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { PropertyView } from '../verdict/servers-view.ts'

/** Of the policies of one acl the first that fits counts (plugin/acl/acl.go matchWithPolicies). */
export default defineRule({
  id: 'acl-unreachable-policy',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  releases: { since: '1.6.4' },
  fragments: true,
  check({ servers, report }) {
    for (const acl of servers.plugins('acl')) {
      const before: Policy[] = []
      for (const policy of readPolicies(acl) ?? []) {
        const first = before.find((earlier) => isCovered(policy, earlier))
        if (first === undefined) {
          if (before.length < MOST) before.push(policy)
          continue
        }
        const same = first.action === policy.action
        const [above, own] = [first.line, policy.line].map(words)
        report({
          at: { from: policy.line.name.place, to: (policy.line.args.at(-1) ?? policy.line.name).place },
          severity: same ? 'info' : 'warning',
          effect: same ? 'hygiene' : 'misbehaves',
          message: same
            ? `"${own}" adds nothing: "${above}" above it does the same for its queries already`
            : `"${own}" is never used: "${above}" above it takes its queries first (move this line above it)`,
          related: [{ at: first.line.name.place, message: 'takes its queries' }],
        })
      }
    }
  },
})

/** A policy as it is written; a long one says only how it begins. */
function words({ name, args }: PropertyView): string {
  const all = [name, ...args].map(({ value }) => value)
  return (all.length > 6 ? [...all.slice(0, 5), '...'] : all).join(' ')
}

/** So many policies are compared with those behind them. */
const MOST = 20

export const text: RuleText = {
  summary: 'A policy of acl that an earlier one leaves without queries',
  why: 'acl tries its policies in written order and the first that fits decides. Behind `block`, which fits every query, no `allow` is ever looked at, so the clients that were to be let in are refused.',
  links: ['plugin/acl/acl.go matchWithPolicies'],
  examples: [
    {
      bad: '. {\n    acl {\n        block\n        allow net 127.0.0.0/8\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl {\n        allow net 127.0.0.0/8\n        block\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    acl {\n        allow net 127.0.0.0/8\n        filter type AAAA net 127.0.0.1\n        block\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl {\n        filter type AAAA net 127.0.0.1\n        allow net 127.0.0.0/8\n        block\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    acl {\n        block net 10.0.0.0/8\n        block type ANY net 10.1.0.0/16\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl {\n        block net 10.0.0.0/8\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
