import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { NewAddresses } from '../lint/served-zones.ts'
import { beginsWithPlugin } from '../lint/zone-keys.ts'
import { isInvalid } from '../values/invalid.ts'
import { toLower } from '../values/text.ts'
import { parseZoneKey } from '../values/zone.ts'

/** Before 1.14.7 zones stay as written while names of queries are in lower case (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'uppercase-zone',
  severity: 'error',
  effects: ['misbehaves'],
  releases: { until: '1.14.7' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    const addresses = new NewAddresses(servers)
    for (const block of servers.blocks) {
      if (beginsWithPlugin(block)) continue
      for (const key of block.keys) {
        const { at, value, known } = key
        const read = parseZoneKey(value, release)
        if (!known || isInvalid(read) || !read.zones.some((zone) => /^[a-z0-9._-]*[A-Z][\w.-]*$/.test(zone))) continue
        const lower = lowered(value)
        const raw = at.list.text.slice(at.list.start(at.index), at.list.end(at.index))
        report({
          at,
          message: `${value} has capital letters, and CoreDNS ${release} compares it with names in lower case: this block never answers (write ${lower})`,
          help: 'From 1.14.7 on CoreDNS puts zones in lower case itself.',
          fix:
            !raw.includes(value) || !addresses.give([lower], key)
              ? null
              : {
                  title: `write ${lower}`,
                  safety: 'unsafe',
                  edits: [
                    replaceToken(
                      at,
                      raw.replace(value, () => lower),
                    ),
                  ],
                },
        })
      }
    }
  },
})

/** A scheme in capitals is no scheme, and somebody else's matter. */
function lowered(key: string): string {
  const at = key.indexOf('://')
  return at === -1 ? toLower(key) : key.slice(0, at) + toLower(key.slice(at))
}

export const text: RuleText = {
  summary: 'A zone with capital letters, which older releases never match',
  why: 'Names in DNS are the same in capitals and small letters, and CoreDNS puts those of queries in lower case. Before 1.14.7 it did not do that with the addresses of server blocks: a block for Example.ORG starts, says nothing, and is never asked.',
  links: ['coredns/coredns#8320', 'core/dnsserver/server.go ServeDNS'],
  examples: [
    {
      bad: 'Example.ORG {\n    file db.example.org\n}\n',
      good: 'example.org {\n    file db.example.org\n}\n',
      release: '1.14.3',
    },
    {
      bad: 'Example.ORG:5353 {\n    file db.example.org\n}\n',
      good: 'example.org:5353 {\n    file db.example.org\n}\n',
      release: '1.11.1',
    },
  ],
}
