import { zoneText } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** A network that ends between two labels is several zones, of which forward takes the first (plugin/forward/setup.go parseStanza). */
export default defineRule({
  id: 'forward-cidr-from',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.8.4' },
  fragments: true,
  check({ servers, report }) {
    for (const plugin of ['forward', 'grpc']) {
      for (const occurrence of servers.plugins(plugin)) {
        const [from] = occurrence.args
        if (from === undefined || !from.known) continue
        const zones = occurrence.zones([from])
        const [first, second] = zones
        if (first === undefined || second === undefined) continue
        report({
          at: from.place,
          message: `${from.value} is ${zones.length} reverse zones, and ${plugin} takes only the first, ${zoneText(first)}: addresses of ${zoneText(second)}${zones.length > 2 ? ' and the others' : ''} are not sent on (make it the address of a server block of its own)`,
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'A forward for a network that is more than one reverse zone',
  why: 'Reverse zones end at a dot, so a network such as 10.0.0.0/20 is sixteen zones. As the address of a server block it stands for all of them; forward takes the first and writes a warning to the log.',
  links: ['coredns/coredns#3808', 'plugin/forward/setup.go parseStanza'],
  examples: [
    {
      bad: '.:53 {\n    forward 10.0.0.0/22 10.0.0.53\n    forward . 10.0.0.2\n}\n',
      good: '10.0.0.0/22:53 {\n    forward . 10.0.0.53\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    forward 2001:db8::/33 10.0.0.53\n    forward . 10.0.0.2\n}\n',
      good: '2001:db8::/33 {\n    forward . 10.0.0.53\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
