import { foldCase } from '../values/name.ts'
import type { Outcome, ReplyChange, ResourceRecord, UpstreamOutcome } from './outcome.ts'

/** Types whose data is one or several names, which are the same in any case. */
const TYPES_OF_NAMES: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV'])

/**
 * Whether a client gets the same from both: the same set of records whatever their order and TTL, the same upstreams asked the same
 * question, the same symbol otherwise. What is unknown is the same as nothing, not even as itself.
 */
export function sameOutcome(one: Outcome, other: Outcome): boolean {
  // The text of an outcome begins with its kind; most outcomes are so plain that nobody need write it.
  if (one.kind !== other.kind) return false
  if (one.kind === 'records' && other.kind === 'records') {
    const [[own, ...more], [theirs, ...others]] = [one.records, other.records]
    if (own && theirs && more.length + others.length === 0 && isSameRecord(own, theirs)) return true
  }
  return !isUnknown(one) && !isUnknown(other) && outcomeKey(one) === outcomeKey(other)
}

function isSameRecord(one: ResourceRecord, other: ResourceRecord): boolean {
  return one.type === other.type && one.data === other.data && one.name === other.name
}

/** Whether some part of what a client gets is not known. */
export function isUnknown(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'unknown':
      return true
    case 'alias':
      return outcome.reached !== null && isUnknown(outcome.reached)
    case 'cluster':
    case 'file':
    case 'etcd':
      return isUnknown(outcome.otherwise)
    case 'upstream':
      return outcome.next !== null && isUnknown(outcome.next.outcome)
    default:
      return false
  }
}

/** A text that is equal for outcomes that a client cannot tell apart. */
export function outcomeKey(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'records':
      return recordsKey(outcome.records)
    case 'alias': {
      const then = outcome.reached === null ? 'nothing' : outcomeKey(outcome.reached)
      return `alias ${foldCase(outcome.target)} (${recordsKey(outcome.records)}) then ${then}`
    }
    case 'referral':
      return `referral ${recordsKey(outcome.records)}`
    case 'rcode':
      return `rcode ${outcome.rcode} ${recordsKey(outcome.records)}`
    case 'upstream':
      return upstreamKey(outcome)
    case 'cluster':
      return `cluster ${foldCase(outcome.name)} ${outcome.type} in ${foldCase(outcome.zone)}${elsewhereKey(outcome)}`
    case 'file':
      return `file ${outcome.path} of ${foldCase(outcome.zone)} asked ${questionKey(outcome)}${elsewhereKey(outcome)}`
    case 'etcd':
      return `etcd ${outcome.prefix} of ${foldCase(outcome.zone)} asked ${questionKey(outcome)}${elsewhereKey(outcome)}`
    default:
      // Why it is so makes no difference to the client.
      return outcome.kind
  }
}

function questionKey({ name, type }: { readonly name: string; readonly type: string }): string {
  return `${foldCase(name)} ${type}`
}

/** What is done to data that lies elsewhere, and what happens where it is missing. */
function elsewhereKey({
  changes,
  otherwise,
}: {
  readonly changes: readonly ReplyChange[]
  readonly otherwise: Outcome
}) {
  return `${changesKey(changes)} else ${outcomeKey(otherwise)}`
}

function recordsKey(records: readonly ResourceRecord[]): string {
  const keys = records.map(({ name, type, data }) => {
    return `${foldCase(name)} ${type} ${dataKey(type, data)}`
  })
  return `records ${[...new Set(keys)].sort().join('; ')}`
}

/** Names in data are the same in any case, the texts beside them are not. */
function dataKey(type: string, data: string): string {
  if (type === 'NAPTR') return data.replace(/\S+$/, foldCase)
  return TYPES_OF_NAMES.has(type) ? foldCase(data) : data
}

function upstreamKey({ upstreams, policy, asks, changes, failover, next }: UpstreamOutcome): string {
  const others = failover.length === 0 ? '' : ` else the others on ${[...failover].sort().join(' ')}`
  const then = next === null ? '' : ` then on ${[...next.rcodes].sort().join(' ')}: ${outcomeKey(next.outcome)}`
  return `upstream ${upstreamsKey(upstreams, policy)} asked ${foldCase(asks.name)} ${asks.type}${changesKey(changes)}${others}${then}`
}

/** The order counts only where the first one is asked first. */
export function upstreamsKey(upstreams: readonly string[], policy: UpstreamOutcome['policy']): string {
  if (new Set(upstreams).size <= 1) return upstreams[0] ?? ''
  if (policy === 'sequential') return `sequential ${upstreams.join(' ')}`
  return `${policy === 'all' ? 'all' : 'any'} ${[...new Set(upstreams)].sort().join(' ')}`
}

function changesKey(changes: readonly ReplyChange[]): string {
  if (changes.length === 0) return ''
  return ` changed ${changes.map(({ when, becomes }) => `${when}: ${becomes}`).join('; ')}`
}
