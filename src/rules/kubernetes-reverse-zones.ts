import { zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isReverseZone } from '../values/reverse.ts'

const TREES = ['in-addr.arpa.', 'ip6.arpa.']

/** Without a reverse zone PTR queries for addresses of the cluster go past kubernetes (plugin/kubernetes/handler.go ServeDNS). */
export default defineRule({
  id: 'kubernetes-reverse-zones',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.0.3' },
  check({ servers, release, report }) {
    const all = [...servers.plugins('kubernetes')]
    const answered = all.map((each) => zonesAnswered(each, release))
    // Another kubernetes may well have the addresses.
    if (answered.some((zones) => zones === null || zones.some(isReverseZone))) return
    for (const kubernetes of all) {
      if (!zonesMeet(kubernetes.block.zones, TREES) || kubernetes.block.zones.some((zone) => TREES.includes(zone)))
        continue
      if (zonesAnswered(kubernetes, release)?.includes('.') === true) continue
      const domain = kubernetes.args.at(-1)
      report({
        at: kubernetes.name.place,
        message: `kubernetes has no reverse zone here, so the names of addresses in the cluster are looked up elsewhere and not found (write ${[domain === undefined ? 'kubernetes' : `kubernetes ${zoneText(domain.value)}`, ...TREES.map(zoneText)].join(' ')}, with fallthrough for both)`,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A kubernetes plugin that knows no names of addresses',
  why: 'The name of an address is looked up below in-addr.arpa or ip6.arpa. Where kubernetes does not have these zones, reverse look-ups of services and pods go to the upstream, which does not know the addresses of the cluster.',
  links: ['coredns/coredns#378', 'coredns/deployment#42', 'kubernetes/kubernetes#120585'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
