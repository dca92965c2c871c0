import { formatIp, parseIp } from '../values/ip.ts'
import { absoluteName, foldCase, isSubdomain } from '../values/name.ts'
import type { Outcome, ResourceRecord } from './outcome.ts'
import { outcomeSummary } from './outcome-summary.ts'
import type { Query } from './query.ts'

/** The outcomes that an expectation may name. */
export const OUTCOMES = [
  'records',
  'nodata',
  'nxdomain',
  'refused',
  'servfail',
  'rcode',
  'upstream',
  'cluster',
  'file',
  'etcd',
  'referral',
  'dropped',
] as const

/** What somebody expects of an answer; all that is said must hold. */
export interface Expectation {
  readonly outcome?: (typeof OUTCOMES)[number]
  /** One of the upstreams, with or without its port. */
  readonly upstream?: string
  /** The data of all records, in any order: addresses, or as dig prints it. */
  readonly records?: readonly string[]
  readonly rcode?: string
  readonly not?: Expectation
}

/** Names and types that an expectation is about. */
export interface QueryPattern {
  /** A name, `*.DOMAIN` for all names below a domain, or `*` for every name. */
  readonly name: string
  /** Null for every type. */
  readonly type: string | null
}

/** Why an outcome is not what was expected, a sentence without a full stop; null where it is. */
export function mismatch(outcome: Outcome, expected: Expectation): string | null {
  const got = outcomeSummary(outcome)
  if (expected.outcome !== undefined && kindOf(outcome) !== expected.outcome)
    return `expected ${expected.outcome}, got ${got}`
  if (expected.rcode !== undefined && (outcome.kind !== 'rcode' || outcome.rcode !== expected.rcode.toUpperCase())) {
    return `expected ${expected.rcode}, got ${got}`
  }
  if (expected.upstream !== undefined && !asks(outcome, expected.upstream))
    return `expected upstream ${expected.upstream}, got ${got}`
  if (expected.records !== undefined) {
    const have = recordsOf(outcome)
      .map(({ data }) => plain(data))
      .sort()
    const want = expected.records.map(plain).sort()
    if (have.join('\n') !== want.join('\n'))
      return `expected ${expected.records.join(', ') || 'no records'}, got ${got}`
  }
  if (expected.not !== undefined && mismatch(outcome, expected.not) === null)
    return `expected anything but ${expectationText(expected.not)}, got ${got}`
  return null
}

/** What an outcome is, written as an expectation. */
export function expectationOf(outcome: Outcome): Expectation {
  const kind = kindOf(outcome)
  const named = OUTCOMES.find((one) => one === kind)
  if (named === undefined) return {}
  if (outcome.kind === 'upstream') {
    const [first] = outcome.upstreams
    return { outcome: 'upstream', ...(first === undefined ? {} : { upstream: first }) }
  }
  if (outcome.kind === 'rcode') return { outcome: 'rcode', rcode: outcome.rcode }
  const records = recordsOf(outcome)
  return records.length > 0 ? { outcome: named, records: records.map(({ data }) => data) } : { outcome: named }
}

/** Whether a query is among those of a pattern. */
export function isAbout({ name, type }: QueryPattern, query: Query): boolean {
  if (type !== null && type !== query.type) return false
  if (name === '*') return true
  const asked = foldCase(query.name)
  if (!name.startsWith('*.')) return absoluteName(name) === asked
  const domain = absoluteName(name.slice(2))
  return asked !== domain && isSubdomain(domain, asked)
}

function expectationText({ outcome, upstream, records, rcode }: Expectation): string {
  return [outcome, rcode, upstream, records?.join(', ')].filter((part) => part !== undefined).join(' ')
}

/** An alias is records to whoever asked. */
function kindOf({ kind }: Outcome): string {
  return kind === 'alias' ? 'records' : kind
}

function asks(outcome: Outcome, upstream: string): boolean {
  if (outcome.kind === 'alias') return outcome.reached !== null && asks(outcome.reached, upstream)
  if (outcome.kind !== 'upstream') return false
  const wanted = upstream.startsWith('/') ? `resolv.conf ${upstream}` : upstream
  return outcome.upstreams.some((one) => one === wanted || one === `${wanted}:53` || one === `[${wanted}]:53`)
}

function recordsOf(outcome: Outcome): readonly ResourceRecord[] {
  switch (outcome.kind) {
    case 'records':
    case 'referral':
    case 'rcode':
      return outcome.records
    case 'alias':
      return [...outcome.records, ...(outcome.reached === null ? [] : recordsOf(outcome.reached))]
    default:
      return []
  }
}

function plain(data: string): string {
  const ip = parseIp(data)
  return ip === undefined ? foldCase(data) : formatIp(ip)
}
