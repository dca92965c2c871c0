import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Fewer than this come together in any cluster, when many pods start. */
const LEAST = 100

/** Queries beyond the limit are refused at once (plugin/forward/forward.go ServeDNS; SERVFAIL before 1.8.1). */
export default defineRule({
  id: 'forward-limit-too-low',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.8' },
  fix: 'unsafe',
  fragments: true,
  check({ servers, since, report }) {
    for (const forward of servers.plugins('forward')) {
      const limit = forward.properties('max_concurrent').at(-1)?.args[0]
      if (limit === undefined || !limit.known || !/^\d+$/.test(limit.value)) continue
      const most = Number(limit.value)
      if (most === 0 || most >= LEAST) continue
      const answer = since('1.8.1') ? 'REFUSED' : 'SERVFAIL'
      report({
        at: limit.place,
        message: `with ${most} ${most === 1 ? 'query' : 'queries'} waiting for an upstream the next client gets ${answer} at once: a slow upstream, or a few pods that start, are enough for that (write max_concurrent 1000)`,
        help: 'Each waiting query takes about 2 kB.',
        fix: {
          title: 'let a thousand queries wait',
          safety: 'unsafe',
          edits: [replaceToken(limit.place, '1000')],
        },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A limit on waiting queries that ordinary load reaches',
  why: 'max_concurrent counts queries that wait for an upstream; those beyond it are refused at once. A page with a hundred names, or an upstream that takes a second, brings more than that together, and clients see names fail that resolve a moment later.',
  links: ['coredns/coredns#2593', 'plugin/forward/forward.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.2 {\n        max_concurrent 10\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 {\n        max_concurrent 1000\n    }\n}\n',
    },
  ],
}
