import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without a limit every query that waits for an upstream takes memory (plugin/forward/forward.go ServeDNS). */
export default defineRule({
  id: 'forward-unlimited',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.6.8' },
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const forward of servers.plugins('forward')) {
      const line = forward.properties('max_concurrent').at(-1)
      const limit = line?.args[0]
      if ([...forward.lines()].some(({ name }) => !name.known)) continue
      if (line !== undefined && (limit === undefined || !limit.known || !/^0+$/.test(limit.value))) continue
      const edit = line === undefined ? insertProperty(forward, 'max_concurrent 1000') : null
      const { place } = (line ?? forward).name
      report({
        at: place,
        message:
          'forward has no limit on queries that wait for an upstream: when it is slow they fill the memory until CoreDNS is killed (add max_concurrent 1000)',
        help: 'Each waiting query takes about 2 kB; kubeadm writes max_concurrent 1000.',
        fix: edit && {
          title: 'refuse queries beyond a thousand that wait',
          safety: 'unsafe',
          edits: [edit],
          list: place.list,
        },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A forward without a limit on waiting queries',
  why: 'Each query that waits for an upstream takes memory. When the upstream is slow or away they pile up, and CoreDNS is killed for its memory just when it is needed. With max_concurrent the queries beyond the limit are refused instead.',
  links: ['coredns/coredns#2593', 'coredns/coredns#3635', 'plugin/forward/README.md'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 {\n        max_concurrent 1000\n    }\n}\n',
    },
  ],
}
