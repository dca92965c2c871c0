import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { NewAddresses } from '../lint/served-zones.ts'
import { zonesWritten } from '../lint/word-kinds.ts'
import { isTypoOf } from '../text/suggest.ts'

/** Addresses are looked up below in-addr.arpa and ip6.arpa, spelled just so; any other name is a zone that nobody asks for. */
export default defineRule({
  id: 'reverse-zone-typo',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    const addresses = new NewAddresses(servers)
    const reported = new Set<string>()
    for (const { place, value, key } of zonesWritten(servers)) {
      const meant = meantBy(value.toLowerCase())
      const id = `${place.list.file}\n${place.index}`
      if (meant === null || reported.has(id)) continue
      reported.add(id)
      const { list, index } = place
      const raw = list.text.slice(list.start(index), list.end(index))
      const [wrong, right] = meant
      const at = raw.toLowerCase().lastIndexOf(wrong)
      const mended = raw.slice(0, at) + right + raw.slice(at + wrong.length)
      const meantZone = value.toLowerCase().replace(wrong, right)
      const isFree = at !== -1 && (key === null || addresses.give([meantZone], key))
      report({
        at: place,
        message: `no address is looked up below ${wrong}: reverse zones end in ${right} (write ${meantZone})`,
        fix: isFree ? { title: `write ${right}`, safety: 'unsafe', edits: [replaceToken(place, mended)] } : null,
      })
    }
  },
})

const TREES: ReadonlySet<string> = new Set(['in-addr.arpa', 'ip6.arpa'])

/** The last labels of a misspelled reverse zone and what they were to be; null for any other name. */
function meantBy(value: string): readonly [wrong: string, right: string] | null {
  const name = value
    .replace(/^[a-z0-9]+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
  const [tree, top] = name.split('.').slice(-2)
  if (tree === undefined || top === undefined || !/^[\w.-]+$/.test(name)) return null
  const wrong = `${tree}.${top}`
  if (TREES.has(wrong)) return null
  if (/(?:^|\.)in\.addr\.arpa$/.test(name)) return ['in.addr.arpa', 'in-addr.arpa']
  if (/^in-?6$|^ip-?v?6$|^in-?addr6$|^ipv6-?addr$/.test(tree) && isTop(top)) return [wrong, 'ip6.arpa']
  if (/^in[-_]?addr[s]?$|^ip-?v?4$|^ip-?addr$/.test(tree) && isTop(top)) return [wrong, 'in-addr.arpa']
  if (top === 'arpa' && isTypoOf(tree, 'in-addr')) return [wrong, 'in-addr.arpa']
  return null
}

function isTop(top: string): boolean {
  return top === 'arpa' || isTypoOf(top, 'arpa')
}

export const text: RuleText = {
  summary: 'A reverse zone that is spelled otherwise than the tree of addresses',
  why: 'The name of an address is looked up below in-addr.arpa or ip6.arpa. `in6.arpa`, `ipv6.arpa` or `in-addr.apra` is a zone like any other to CoreDNS: it starts, nobody asks for it, and reverse look-ups go elsewhere or fail.',
  links: ['RFC 1035 section 3.5', 'RFC 3596 section 2.5'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local in-addr.arpa in6.arpa {\n        fallthrough in-addr.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      also: ['kubernetes-reverse-no-fallthrough'],
    },
    {
      bad: '10.in-addr.apra {\n    forward . 10.0.0.2\n}\n',
      good: '10.in-addr.arpa {\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '8.b.d.0.1.0.0.2.ipv6.arpa:53 {\n    forward . 10.0.0.2\n}\n',
      good: '8.b.d.0.1.0.0.2.ip6.arpa:53 {\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
