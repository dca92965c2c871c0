import { countLabels, fqdn, isSubdomain, normalizeName } from '../values/name.ts'
import type { AddressFact, DenyFact, Item, RecordFact, ResultLine } from './plan.ts'

/** A `template` of the result and its place among those of its block. */
export interface Template {
  readonly rank: number
  readonly lines: readonly ResultLine[]
}

/** Ranks: exact names, then what is known to exist, then domains from the deepest to the widest. */
const RANK = { exact: 0, known: 5, domain: 80 } as const

/** The template of the records of one name and type: it answers these and lets everything else pass. */
export function recordTemplate(name: string, type: string, records: readonly RecordFact[]): Template {
  const absolute = normalizeName(fqdn(name))
  const answers = records.map(({ rdata, ttl }) => `answer "${escaped(`{{ .Name }} ${ttl} IN ${rdata}`)}"`)
  return {
    rank: RANK.exact,
    lines: directive(
      [...new Set(records.flatMap(({ items }) => items))],
      `template IN ${type} ${withoutDot(absolute)}`,
      [`match "${exactly(absolute)}"`, ...new Set(answers), 'fallthrough'],
    ),
  }
}

/** Zones on one line of a template; more go to another one. */
const MOST_ZONES = 50

/** Templates that answer domains of one depth, and all names below, with the same addresses. */
export function addressTemplates(
  { ipv4, ipv6, otherTypes, ttl, items }: AddressFact,
  domains: readonly string[],
): Template[] {
  const rank = RANK.domain - depth(domains[0] ?? '.')
  return chunks(domains).flatMap((zones) => {
    const family = (type: 'A' | 'AAAA', addresses: readonly string[]): Template[] => {
      const answers = addresses.map((address) => `answer "{{ .Name }} ${ttl} IN ${type} ${address}"`)
      return addresses.length === 0 ? [] : [{ rank, lines: directive(items, `template IN ${type} ${zones}`, answers) }]
    }
    const others = directive(items, `template IN ANY ${zones}`, ['rcode NOERROR'])
    return [
      ...family('A', ipv4),
      ...family('AAAA', ipv6),
      ...(otherTypes === 'nodata' ? [{ rank: rank + 0.5, lines: others }] : []),
    ]
  })
}

/** Templates that deny domains of one depth: no data for the names that others know there, NXDOMAIN for the rest. */
export function denyTemplates(
  { hasEmptyNonTerminals, items }: DenyFact,
  domains: readonly string[],
  known: ReadonlySet<string>,
  clusterDomain: string | null,
): Template[] {
  const [first = '.'] = domains
  const zone = normalizeName(fqdn(first))
  const existing = hasEmptyNonTerminals && known.size > 0 ? withAncestors(known, zone) : known
  const matches = [...existing].map((name) => `"${exactly(name)}"`)
  const denial = ['rcode NXDOMAIN']
  // Without an SOA nobody may keep the answer.
  if (clusterDomain !== null) {
    const soa = `SOA ns.dns.${clusterDomain}. hostmaster.${clusterDomain}. 1 7200 1800 86400 30`
    denial.push(`authority "{{ .Zone }} 30 IN ${soa}"`)
  }
  const nodata = directive(items, `template IN ANY ${withoutDot(zone)}`, [
    `match ${matches.join(' ')}`,
    'rcode NOERROR',
    'fallthrough',
  ])
  return [
    ...(matches.length === 0 ? [] : [{ rank: RANK.known, lines: nodata }]),
    ...chunks(domains).map((zones) => ({
      rank: RANK.domain - depth(first),
      lines: directive(items, `template IN ANY ${zones}`, denial),
    })),
  ]
}

function chunks(domains: readonly string[]): string[] {
  const zones = [...new Set(domains.map((domain) => withoutDot(normalizeName(fqdn(domain)))))]
  return Array.from({ length: Math.ceil(zones.length / MOST_ZONES) }, (_, at) =>
    zones.slice(at * MOST_ZONES, (at + 1) * MOST_ZONES).join(' '),
  )
}

/** A directive with braces as lines, its properties indented. */
export function directive(items: readonly Item[], head: string, properties: readonly string[]): ResultLine[] {
  return [`${head} {`, ...properties.map((line) => `    ${line}`), '}'].map((text) => ({ text, items }))
}

/** A regular expression that matches one absolute name in lower case. */
export function exactly(name: string): string {
  return `^${name.replace(/[^a-z0-9_-]/g, '\\$&')}$`
}

/** A text between quotes of a Corefile, whose lexer takes `\"` for a quote and every other backslash as it is. */
export function escaped(text: string): string {
  return text.replaceAll('"', '\\"')
}

function withAncestors(names: ReadonlySet<string>, zone: string): Set<string> {
  const all = new Set(names)
  for (const name of names) {
    for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
      const ancestor = name.slice(dot + 1)
      if (!isSubdomain(zone, ancestor)) break
      all.add(ancestor)
    }
  }
  return all
}

function depth(domain: string): number {
  return Math.min(countLabels(normalizeName(fqdn(domain))), 70)
}

function withoutDot(name: string): string {
  return name === '.' ? name : name.replace(/\.$/, '')
}
