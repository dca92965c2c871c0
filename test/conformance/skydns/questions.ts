import type { Question } from '../resolver/configuration.ts'

const ALL = ['A', 'AAAA', 'TXT', 'SRV', 'MX', 'CNAME']

/** Names below the domain, and what is asked about them. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  web: [...ALL, 'NS', 'SOA', 'HTTPS', 'PTR', 'CAA', 'ANY'],
  web6: ['A', 'AAAA', 'SRV'],
  two: ['A', 'SRV', 'TXT'],
  'a.two': ['A', 'SRV'],
  deep: ['A', 'MX'],
  'down.deep': ['A', 'AAAA'],
  text: ALL,
  mail: ['A', 'MX'],
  post: ['MX'],
  alias: ALL,
  away: ALL,
  short: ['A'],
  nowhere: ['A', 'CNAME'],
  phone: ['SRV', 'A'],
  team: ['A'],
  club: ['A', 'SRV'],
  strip: ['A', 'SRV'],
  brief: ['A'],
  same: ['A', 'SRV'],
  both: ['A', 'SRV'],
  part: ['A'],
  broken: ['A', 'SRV', 'MX'],
  missing: [...ALL, 'NS', 'HTTPS'],
  'x.missing': ['A'],
  'x.web': ['A'],
  '*': ['A'],
  'any.two': ['A'],
  '*.two': ['SRV'],
  dns: ['A'],
  'ns.dns': ['A', 'NS'],
  'a.ns.dns': ['A'],
  'apex.dns': ['A'],
  'local.dns': ['A'],
  'a.team.skydns.local.stub.dns': ['A'],
  'web.default.svc': ['A', 'SRV'],
  'kubernetes.default.svc': ['A', 'AAAA'],
  '_http._tcp.web.default.svc': ['SRV', 'A'],
  'db.default.svc': ['A', 'SRV'],
  'default.svc': ['A'],
}

/** Names outside of the domain and reverse names. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'www.example.org.': ['A', 'AAAA', 'MX', 'ANY'],
  'example.org.': ['A'],
  'web.team.skydns.local.': ['A'],
  'WWW.Example.NET.': ['A'],
  'registry.': ['A', 'AAAA'],
  'local.': ['A', 'NS'],
  '.': ['NS'],
  'arpa.': ['A'],
  'in-addr.arpa.': ['PTR', 'NS', 'SOA'],
  'ip6.arpa.': ['PTR', 'A'],
  '10.in-addr.arpa.': ['PTR', 'SOA'],
  '1.0.1.10.in-addr.arpa.': ['PTR', 'A', 'TXT', 'ANY'],
  '1.0.1.10.IN-ADDR.ARPA.': ['PTR'],
  '2.0.1.10.in-addr.arpa.': ['PTR'],
  '3.0.1.10.in-addr.arpa.': ['PTR'],
  '7.0.1.10.in-addr.arpa.': ['PTR'],
  '*.0.1.10.in-addr.arpa.': ['PTR'],
  '0.1.10.in-addr.arpa.': ['PTR'],
  '9.9.9.10.in-addr.arpa.': ['PTR'],
  'xin-addr.arpa.': ['PTR'],
  [`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`]: ['PTR', 'A', 'SOA'],
  [`2.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`]: ['PTR', 'AAAA'],
}

/** Names that tell about the server, in class CHAOS. */
const CHAOS: readonly (readonly [name: string, type: string])[] = [
  ['version.bind.', 'TXT'],
  ['version.server.', 'TXT'],
  ['authors.bind.', 'TXT'],
  ['hostname.bind.', 'TXT'],
  ['id.server.', 'TXT'],
  ['version.bind.', 'A'],
  ['www.example.org.', 'TXT'],
  ['9.9.9.10.in-addr.arpa.', 'PTR'],
]

/** What a SkyDNS of a domain is asked. */
export function questionsFor(domain: string): Question[] {
  const apex = [`${domain}.`, ['SOA', 'NS', 'A', 'AAAA', 'TXT', 'MX', 'SRV', 'DNSKEY', 'ANY']] as const
  const alike = [`x${domain}.`, ['A', 'SOA']] as const
  const loud = [`WEB.${domain.toUpperCase()}.`, ['A']] as const
  const below = Object.entries(BELOW).map(([name, types]) => [`${name}.${domain}.`, types] as const)
  const names = [...below, apex, alike, loud, ...Object.entries(OTHERS)]
  const known = new Set<string>()
  return [
    ...names.flatMap(([name, types]) => types.map((type) => ({ name, type }))),
    ...[...CHAOS, [`${domain}.`, 'TXT'], [`${domain}.`, 'SOA'], [`web.${domain}.`, 'A']].map(
      ([name = '', type = '']) => ({
        name,
        type,
        class: 'CH' as const,
      }),
    ),
  ].filter((question) => {
    const id = questionText(question)
    return !known.has(id) && known.add(id)
  })
}

/** A question in the words in which it is recorded. */
export function questionText({ name, type, class: asked }: Question): string {
  return asked === undefined ? `${name} ${type}` : `${name} ${asked} ${type}`
}
