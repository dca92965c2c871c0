import type { DnsmasqOption, DnsmasqSynthDomain } from '../../sources/dnsmasq.ts'
import { differs, untranslatable } from '../contribution.ts'
import { line } from '../corefile-line.ts'
import type { Fact, Item } from '../plan.ts'
import { answer, directiveLines, escapedForRegex, exactly, match } from '../templates.ts'
import { whyNoName } from '../writable.ts'
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
  const domain = value.domain.value.toLowerCase().replace(/\.$/, '')
  for (const [text, why] of [
    [domain, whyNoName(domain, context.release)],
    [value.prefix, whyNoPrefix(value.prefix, context)],
  ])
    if (why !== null) return { item: untranslatable(source, `${text} is left out: ${why}`), facts: [] }
  const item = differs(
    source,
    ['D-TTL'],
    'templates that take the address out of the name, and the name out of the address',
  )
  const absolute = exactly(`${domain}.`).slice(1)
  const prefix = escapedForRegex(value.prefix.toLowerCase())
  const groups = octets.map((pattern, at) => `(?P<${'abcd'[at]}>${pattern})`)
  const address = '{{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}'
  const template = (zone: string, type: string, zoneWritten: string, properties: readonly string[]): Fact => ({
    kind: 'template',
    zone,
    covers: zone === domain ? null : 'reverse',
    rank: 6,
    lines: directiveLines(line('template', 'IN', type, zoneWritten), [...properties, 'fallthrough']),
    items: [item],
  })
  const record = (type: string, data: string) => answer(`{{ .Name }} ${ttl} IN ${type} ${data}`)
  // Other types of these names are asked upstream, whose NXDOMAIN dnsmasq makes no data.
  const expression = `^${prefix}${octets.map((pattern) => `(${pattern})`).join('-')}\\.${absolute}`
  const others: Fact = isTarget(context, '1.11.2')
    ? {
        kind: 'directive',
        zone: domain,
        plugin: 'rewrite',
        lines: [line('rewrite', 'rcode', 'regex', expression, 'NXDOMAIN', 'NOERROR')],
        items: [item],
      }
    : template(domain, 'AAAA', domain, [match(expression), 'rcode NOERROR'])
  const facts = [
    others,
    template(domain, 'A', domain, [match(`^${prefix}${groups.join('-')}\\.${absolute}`), record('A', address)]),
    template(reverseZone(value.first), 'PTR', 'in-addr.arpa', [
      match(`^${groups.toReversed().join('\\.')}\\.in-addr\\.arpa\\.$`),
      record('PTR', `${value.prefix}${address.replaceAll('}}.{{', '}}-{{')}.${domain}.`),
    ]),
  ]
  return { item, facts }
}

function whyNoPrefix(prefix: string, { release }: DnsmasqContext): string | null {
  if (prefix.includes('.')) return 'a name is made of one label'
  return prefix === '' ? null : whyNoName(prefix, release)
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
