import { type Upstream, upstreamOf } from '../lint/forwarding.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isInvalid } from '../values/invalid.ts'
import { contains, type Ip, type Network, parseCidr, parseIp } from '../values/ip.ts'

/** Another upstream is asked when one does not answer, never because of what it answers (plugin/forward/forward.go ServeDNS). */
export default defineRule({
  id: 'forward-policy-not-failover',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fragments: true,
  check({ servers, release, since, report }) {
    for (const forward of servers.plugins('forward')) {
      const upstreams = forward.args.slice(1).flatMap((word) => upstreamOf(word, release) ?? [])
      if (upstreams.length < 2 || forward.has('failover') || forward.has('next')) continue
      const inside = upstreams.find(isPrivate)
      const outside = upstreams.find((upstream) => !isPrivate(upstream))
      const policy = forward.properties('policy').at(-1)
      const isSequential = policy?.args[0]?.value === 'sequential'
      const help = since('1.13.0')
        ? 'failover RCODE asks the next upstream after such an answer; next RCODE hands it to the next forward.'
        : since('1.11.4')
          ? 'next RCODE hands such an answer to the next forward of the block.'
          : undefined
      if (inside !== undefined && outside !== undefined) {
        report({
          at: outside.word.place,
          message: `${inside.word.value} and ${outside.word.value} share the queries, ${isSequential ? 'the first as long as it answers' : 'by chance'}: names that only one of them knows ${isSequential ? 'are not found by the other' : 'are found now and then'} (give private names a block of their own)`,
          related: [{ at: inside.word.place, message: 'a private address' }],
          ...(help === undefined ? {} : { help }),
        })
      } else if (isSequential && policy !== undefined) {
        report({
          at: policy.name.place,
          message: `policy sequential asks the second upstream only when the first does not answer at all: its NXDOMAIN is final (fine for a spare of the same kind)`,
          ...(help === undefined ? {} : { help }),
        })
      }
    }
  },
})

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
]

let networks: readonly Network[] | undefined

function readNetworks(): readonly Network[] {
  return PRIVATE.flatMap((text) => {
    const read = parseCidr(text)
    return isInvalid(read) ? [] : [read.network]
  })
}

function isPrivate({ host }: Upstream): boolean {
  const ip: Ip | undefined = parseIp(host.replace(/%.*$/, ''))
  networks ??= readNetworks()
  return ip === undefined || networks.some((network) => contains(network, ip))
}

export const text: RuleText = {
  summary: 'Upstreams that know different names, in one forward',
  why: 'All upstreams of a forward are taken to know the same names. Another one is asked only after a network error; an NXDOMAIN is an answer, and final. A private and a public resolver in one forward therefore answer private names by chance, or, with policy sequential, public names as the private one has them.',
  links: ['coredns/coredns#6449', 'coredns/coredns#7118', 'coredns/coredns#2000', 'plugin/forward/forward.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.53 8.8.8.8\n}\n',
      good: 'corp.example:53 {\n    forward . 10.0.0.53\n}\n.:53 {\n    forward . 8.8.8.8\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.53 10.0.0.54 {\n        policy sequential\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 10.0.0.54 {\n        policy sequential\n        failover SERVFAIL\n    }\n}\n',
    },
  ],
}
