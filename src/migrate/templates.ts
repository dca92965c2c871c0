import { absoluteName, countLabels, fqdn, isSubdomain, withoutDot } from '../values/name.ts'
import { utf8Bytes } from '../values/text.ts'
import { inQuotes, line } from './corefile-line.ts'
import type { AddressFact, DenyFact, Item, RdataPart, RecordFact, ResultLine } from './plan.ts'

/** A `template` of the result and its place among those of its block. */
export interface Template {
  readonly rank: number
  readonly lines: readonly ResultLine[]
}

/** Ranks: exact names, then what is known to exist, then domains from the deepest to the widest. */
const RANK = { exact: 0, known: 5, domain: 80 } as const

/** The template of the records of one name and type: it answers these and lets everything else pass. */
export function recordTemplate(name: string, type: string, records: readonly RecordFact[]): Template {
  const absolute = absoluteName(name)
  const answers = records.map(({ rdata, ttl }) => answer(`{{ .Name }} ${ttl} IN ${presentation(rdata)}`))
  return {
    rank: RANK.exact,
    lines: directive(
      [...new Set(records.flatMap(({ items }) => items))],
      line('template', 'IN', type, withoutDot(absolute)),
      [match(exactly(absolute)), ...new Set(answers), 'fallthrough'],
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
      const answers = addresses.map((address) => answer(`{{ .Name }} ${ttl} IN ${type} ${address}`))
      return addresses.length === 0
        ? []
        : [{ rank, lines: directive(items, line('template', 'IN', type, ...zones), answers) }]
    }
    const others = directive(items, line('template', 'IN', 'ANY', ...zones), ['rcode NOERROR'])
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
  const zone = absoluteName(first)
  const existing = hasEmptyNonTerminals && known.size > 0 ? withAncestors(known, zone) : known
  const matches = [...existing].map(exactly)
  const denial = ['rcode NXDOMAIN']
  // Without an SOA nobody may keep the answer.
  if (clusterDomain !== null) {
    const soa = `SOA ns.dns.${clusterDomain}. hostmaster.${clusterDomain}. 1 7200 1800 86400 30`
    denial.push(`authority ${inQuotes(`{{ .Zone }} 30 IN ${soa}`)}`)
  }
  const nodata = directive(items, line('template', 'IN', 'ANY', withoutDot(zone)), [
    match(...matches),
    'rcode NOERROR',
    'fallthrough',
  ])
  return [
    ...(matches.length === 0 ? [] : [{ rank: RANK.known, lines: nodata }]),
    ...chunks(domains).map((zones) => ({
      rank: RANK.domain - depth(first),
      lines: directive(items, line('template', 'IN', 'ANY', ...zones), denial),
    })),
  ]
}

function chunks(domains: readonly string[]): string[][] {
  const zones = [...new Set(domains.map((domain) => withoutDot(absoluteName(domain))))]
  return Array.from({ length: Math.ceil(zones.length / MOST_ZONES) }, (_, at) =>
    zones.slice(at * MOST_ZONES, (at + 1) * MOST_ZONES),
  )
}

/** A directive with braces as lines, its properties indented. */
export function directive(items: readonly Item[], head: string, properties: readonly string[]): ResultLine[] {
  return directiveLines(head, properties).map((text) => ({ text, items }))
}

/** The lines of a directive with braces. */
export function directiveLines(head: string, properties: readonly string[]): string[] {
  return [`${head} {`, ...properties.map((property) => `    ${property}`), '}']
}

/** A regular expression that matches one absolute name in lower case. */
export function exactly(name: string): string {
  return `^${escapedForRegex(name)}$`
}

/** A text in lower case as a regular expression that matches it alone. */
export function escapedForRegex(text: string): string {
  return text.replace(/[^a-z0-9_-]/g, '\\$&')
}

/** The property `match` of a template, whose expressions stand in quotes whatever is in them. */
export function match(...expressions: readonly string[]): string {
  return ['match', ...expressions.map(inQuotes)].join(' ')
}

/** The property `answer` of a template. */
export function answer(record: string): string {
  return `answer ${inQuotes(record)}`
}

/** What stands behind the class of a record. */
export function presentation(rdata: readonly RdataPart[]): string {
  const words = rdata.map((part) => {
    if (typeof part === 'string') return part
    return 'name' in part ? fqdn(part.name) : characterString(part.text)
  })
  return words.join(' ')
}

/**
 * A string of a record, such as one of TXT. What means something to a zone file, to a Corefile or to the template that the answer is stands
 * there by its number: `\034` for a quote.
 */
function characterString(text: string): string {
  const bytes = utf8Bytes(text).map((byte) => {
    const character = String.fromCharCode(byte)
    return /[ -~]/.test(character) && !/["\\{]/.test(character) ? character : `\\${String(byte).padStart(3, '0')}`
  })
  return `"${bytes.join('')}"`
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
  return Math.min(countLabels(absoluteName(domain)), 70)
}
