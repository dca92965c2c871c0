import { listPlugins, passedOn, zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isReverseZone } from '../values/reverse.ts'

/** A bare `fallthrough` also passes on names of the cluster that do not exist (plugin/kubernetes/handler.go ServeDNS). */
export default defineRule({
  id: 'kubernetes-fallthrough-all',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.0.3' },
  check({ servers, release, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      if (passedOn(kubernetes) !== 'everything') continue
      const zones = zonesAnswered(kubernetes, release)?.filter((zone) => !isReverseZone(zone)) ?? []
      const behind = kubernetes.block.answerersBehind('kubernetes').filter((answerer) => {
        const own = zonesAnswered(answerer, release)
        return own !== null && zonesMeet(own, zones)
      })
      if (zones.length === 0 || zones.includes('.') || behind.length === 0) continue
      const line = kubernetes.properties('fallthrough').at(-1)
      report({
        at: (line ?? kubernetes).name.place,
        message: `names of ${zones.map(zoneText).join(' and ')} that do not exist go on to ${listPlugins(behind)}, so every mistyped and search-path name of the cluster leaves it (write fallthrough in-addr.arpa ip6.arpa)`,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A kubernetes plugin that asks others for names of the cluster',
  why: 'A bare fallthrough passes on every name that kubernetes does not know, those of its own domain included. Pods ask for many names that do not exist, by their search path alone; all of these then go to the upstream, and its answer hides a wrong name or a wrong zone.',
  links: ['coredns/coredns#2723', 'coredns/coredns#6088', 'plugin/kubernetes/handler.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
