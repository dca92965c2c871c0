import { zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isReverseZone } from '../values/reverse.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** A plugin thinks of falling through only for names of its own zones (plugin/pkg/fall/fall.go Through, kubernetes/handler.go ServeDNS). */
export default defineRule({
  id: 'fallthrough-zone-unused',
  severity: 'info',
  effects: ['hygiene'],
  releases: { since: '1.0.3' },
  fragments: true,
  check({ servers, release, report }) {
    for (const block of servers.blocks) {
      for (const answerer of block.answerers) {
        const last = lastFallthrough(answerer)
        if (last === null || last.args.some(({ known }) => !known)) continue
        const own = zonesAnswered(answerer, release)
        if (own === null || own.length === 0) continue
        const hasReverse = own.some(isReverseZone)
        const unused = last.args.filter((word) => {
          const zones = answerer.zones([word])
          if (zones.length === 0 || zonesMeet(own, zones)) return false
          // Both trees are often written for whatever networks a cluster has.
          return !(hasReverse && zones.every(isReverseZone))
        })
        const [first] = unused
        if (first === undefined) continue
        const words = unused.map(({ value }) => value).join(' and ')
        const { plugin } = answerer
        report({
          at: first.place,
          message: `${words} ${unused.length > 1 ? 'do' : 'does'} nothing here: ${plugin} is asked only for names of ${own.map(zoneText).join(', ')}, and all others go past it anyway`,
          help: `If ${plugin} was meant to answer for ${words}, add ${unused.length > 1 ? 'them' : 'it'} to its zones.`,
        })
      }
    }
  },
})

function lastFallthrough(answerer: OccurrenceView): PropertyView | null {
  if (answerer.open === null) return null
  let last: PropertyView | null = null
  for (const line of answerer.lines()) if (line.name.value === 'fallthrough') last = line
  return last
}

export const text: RuleText = {
  summary: 'A fallthrough for names that the plugin is never asked for',
  why: 'The zones behind fallthrough are a choice among the zones of the plugin. One that lies outside of them changes nothing. Mostly the zone was meant to be on the line of the plugin as well: `kubernetes cluster.local` with `fallthrough in-addr.arpa` answers no reverse look-ups.',
  links: ['plugin/pkg/fall/fall.go Through', 'plugin/kubernetes/handler.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    hosts /etc/coredns/hosts corp.example {\n        fallthrough corp.example lab.example\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    hosts /etc/coredns/hosts corp.example {\n        fallthrough corp.example\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
