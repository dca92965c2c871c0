import { NEWEST } from '../../grammar/releases.ts'
import { zoneText } from '../lint/answering.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { NewAddresses } from '../lint/served-zones.ts'
import { isInvalid } from '../values/invalid.ts'
import { splitTransport } from '../values/transport.ts'
import { parseZoneKey, splitZonePort } from '../values/zone.ts'

/** A fix with more zones than this is no help. */
const MOST_ZONES = 16

/** Before 1.8.4 a network was rounded to one reverse zone (plugin/normalize.go SplitHostPort), since then it is as many as it needs. */
export default defineRule({
  id: 'cidr-not-octet',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { until: '1.8.4' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    const addresses = new NewAddresses(servers)
    for (const { keys } of servers.blocks) {
      for (const key of keys) {
        const { at, value, known } = key
        const { transport, address } = splitTransport(value, release)
        const own = splitZonePort(address, release)
        const meant = parseZoneKey(value, NEWEST)
        if (!known || isInvalid(own) || isInvalid(meant) || meant.zones.length < 2) continue
        const zone = zoneText(own.zones[0] ?? '')
        const network = address.replace(/:\d+$/, '')
        const wider = meant.zones.every((each) => each.endsWith(`.${zone}.`))
        const suffix = own.port === '' ? '' : `:${own.port}`
        const prefix = value.slice(0, value.length - address.length)
        const zones = meant.zones.map((each) => `${prefix}${zoneText(each)}${suffix}`)
        const comma = at.list.value(at.index).endsWith(',') ? ',' : ''
        report({
          at,
          message: `${network} is ${zones.length} reverse zones, and CoreDNS ${release} makes one of it, ${zone}, which has ${wider ? 'more addresses than that' : 'only a part of its addresses'} (write the zones out)`,
          help: 'From 1.8.4 on CoreDNS does so itself.',
          fix:
            zones.length > MOST_ZONES || transport === 'unix' || !addresses.give(zones, key)
              ? null
              : {
                  title: 'write the zones out',
                  safety: 'unsafe',
                  edits: [replaceToken(at, zones.join(' ') + comma)],
                },
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'A network that older releases round to one reverse zone',
  why: 'Reverse zones end at a dot, so a network such as 172.28.224.0/22 is four of them. Before 1.8.4 CoreDNS made one zone of it, which has too few addresses or too many; two neighbours could become the same zone, with which it does not start.',
  links: [
    'coredns/coredns#3808',
    'coredns/coredns#3123',
    'coredns/coredns#2779',
    'coredns/coredns#4538',
    'plugin/normalize.go SplitHostPort',
  ],
  examples: [
    {
      bad: '172.28.224.0/22 {\n    forward . 10.0.0.2\n}\n',
      good: '224.28.172.in-addr.arpa 225.28.172.in-addr.arpa 226.28.172.in-addr.arpa 227.28.172.in-addr.arpa {\n    forward . 10.0.0.2\n}\n',
      release: '1.8.0',
    },
    {
      bad: '10.4.0.0/15:53 {\n    forward . 10.0.0.2\n}\n',
      good: '4.10.in-addr.arpa:53 5.10.in-addr.arpa:53 {\n    forward . 10.0.0.2\n}\n',
      release: '1.6.9',
    },
  ],
}
