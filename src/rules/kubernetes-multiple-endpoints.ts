import { removeTokens } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Of several endpoints the first alone is asked (plugin/kubernetes/setup.go ParseStanza). */
export default defineRule({
  id: 'kubernetes-multiple-endpoints',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.4.0' },
  fix: 'safe',
  check({ servers, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      for (const { args } of kubernetes.properties('endpoint')) {
        const [first, second, ...more] = args
        const last = more.at(-1) ?? second
        if (first === undefined || second === undefined || last === undefined) continue
        if (args.some(({ known }) => !known) || last.place.list !== second.place.list) continue
        report({
          at: { from: second.place, to: last.place },
          message: `kubernetes asks ${first.value} alone and never ${[second, ...more].map(({ value }) => value).join(' or ')}: when that API server is away, nothing takes its place (name one address that leads to all of them)`,
          fix: {
            title: 'take out the endpoints that are not used',
            safety: 'safe',
            edits: [removeTokens(second.place, last.place)],
          },
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'Several API servers of which only the first is asked',
  why: 'Up to 1.3.1 kubernetes spread its requests over several endpoints. Since 1.4.0 it takes the first and passes over the others with one line in the log, so what looks like two API servers is one. Put a load balancer or a virtual address in front of them and name that.',
  links: ['notes/coredns-1.4.0.md', 'plugin/kubernetes/setup.go ParseStanza'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        endpoint http://10.0.0.1:8080 http://10.0.0.2:8080\n    }\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    kubernetes cluster.local {\n        endpoint http://10.0.0.1:8080\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
