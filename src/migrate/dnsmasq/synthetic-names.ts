import type { DnsmasqOption, DnsmasqSynthDomain } from '../../sources/dnsmasq.ts'
import { differs, untranslatable } from '../contribution.ts'
import type { Fact, Item } from '../plan.ts'
import { escaped } from '../templates.ts'
import { type DnsmasqContext, isTarget, sourceOfOption } from './context.ts'

/** What a `--synth-domain` comes to: templates that take the address out of the name, and the name out of the address. */
export function translateSynthetic(
  option: DnsmasqOption,
  value: DnsmasqSynthDomain,
  ttl: number,
  context: DnsmasqContext,
): { readonly item: Item; readonly facts: readonly Fact[] } {
  const source = sourceOfOption(option)
  const octets = value.isSequential ? null : octetPatterns(value.first, value.last)
  if (octets === null) {
    const item = untranslatable(
      source,
      value.isSequential
        ? 'names that are numbered cannot be computed by a template'
        : 'this range of addresses cannot be written as a regular expression per part',
    )
    return { item, facts: [] }
  }
  const item = differs(
    source,
    ['D-TTL'],
    'templates that take the address out of the name, and the name out of the address',
  )
  const domain = value.domain.value.toLowerCase().replace(/\.$/, '')
  const zone = domain.replaceAll('.', '\\.')
  const prefix = value.prefix.toLowerCase().replace(/[^a-z0-9_-]/g, '\\$&')
  const groups = octets.map((pattern, at) => `(?P<${'abcd'[at]}>${pattern})`)
  const answer = (owner: string, type: string, data: string) =>
    `    answer "${escaped(`${owner} ${ttl} IN ${type} ${data}`)}"`
  const address = '{{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}'
  const template = (zoneOf: string, lines: readonly string[]): Fact => ({
    kind: 'template',
    zone: zoneOf,
    covers: zoneOf === domain ? null : 'reverse',
    rank: 6,
    lines,
    items: [item],
  })
  // Other types of these names are asked upstream, whose NXDOMAIN dnsmasq makes no data.
  const expression = `^${prefix}${octets.map((pattern) => `(${pattern})`).join('-')}\\.${zone}\\.$`
  const others: Fact = isTarget(context, '1.11.2')
    ? {
        kind: 'directive',
        zone: domain,
        plugin: 'rewrite',
        lines: [`rewrite rcode regex ${expression} NXDOMAIN NOERROR`],
        items: [item],
      }
    : template(domain, [
        `template IN AAAA ${domain} {`,
        `    match "${expression}"`,
        '    rcode NOERROR',
        '    fallthrough',
        '}',
      ])
  const facts = [
    others,
    template(domain, [
      `template IN A ${domain} {`,
      `    match "^${prefix}${groups.join('-')}\\.${zone}\\.$"`,
      answer('{{ .Name }}', 'A', address),
      '    fallthrough',
      '}',
    ]),
    template(reverseZone(value.first), [
      'template IN PTR in-addr.arpa {',
      `    match "^${groups.toReversed().join('\\.')}\\.in-addr\\.arpa\\.$"`,
      answer('{{ .Name }}', 'PTR', `${value.prefix}${address.replaceAll('}}.{{', '}}-{{')}.${domain}.`),
      '    fallthrough',
      '}',
    ]),
  ]
  return { item, facts }
}

/** Any octet without leading zeros. */
const ANY_OCTET = '25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]'

/** A pattern for each octet of a range of IPv4 addresses, null where the octets depend on each other or it is no such range. */
function octetPatterns(first: string, last: string): string[] | null {
  const [from, to] = [first, last].map((text) => text.split('.').map(Number))
  if (from?.length !== 4 || to?.length !== 4) return null
  const differing = from.findIndex((octet, at) => octet !== to[at])
  const isWhole = (at: number) => from[at] === 0 && to[at] === 255
  const behind = [0, 1, 2, 3].filter((at) => differing !== -1 && at > differing)
  if (!behind.every(isWhole)) return null
  return from.map((octet, at) => {
    const end = to[at] ?? octet
    if (octet === end) return String(octet)
    if (isWhole(at)) return ANY_OCTET
    return Array.from({ length: end - octet + 1 }, (_, step) => octet + step).join('|')
  })
}

function reverseZone(address: string): string {
  const [first = '0'] = address.split('.')
  return `${first}.in-addr.arpa`
}
