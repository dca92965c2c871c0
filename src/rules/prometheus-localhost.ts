import { insertBehind } from '../lint/edits.ts'
import { defaultAddress } from '../lint/endpoints.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without an address prometheus listens on localhost alone (plugin/metrics/setup.go defaultAddr). */
export default defineRule({
  id: 'prometheus-localhost',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fix: 'unsafe',
  check({ servers, release, report }) {
    const own = defaultAddress('prometheus', release)
    if (own === null || !own.startsWith('localhost:')) return
    const port = own.slice('localhost'.length)
    for (const { name, args } of servers.plugins('prometheus')) {
      if (args.length > 0) continue
      report({
        at: name.place,
        message: `prometheus listens on ${own} alone, where nobody outside of the container can read the metrics (write prometheus ${port})`,
        fix: {
          title: `listen on ${port}`,
          safety: 'unsafe',
          edits: [insertBehind(name.place, ` ${port}`)],
          list: name.place.list,
        },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'Metrics that nobody outside of the container can read',
  why: 'prometheus without an address listens on localhost:9153. In a pod that is the loopback of the pod: a Prometheus that scrapes the pod by its address finds the port closed.',
  links: ['coredns/coredns#3943', 'coredns/coredns#5763', 'coredns/coredns#2051', 'plugin/metrics/setup.go'],
  examples: [
    {
      bad: '.:53 {\n    prometheus\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    prometheus :9153\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
