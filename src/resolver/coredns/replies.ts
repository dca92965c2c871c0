import type { OtherRcode, Outcome, ReplyChange, ResourceRecord } from '../outcome.ts'
import { outcomeKey } from '../same-outcome.ts'
import type { Reply } from './model.ts'

/** A reply that a plugin writes. */
export function written(outcome: Outcome, authority?: readonly ResourceRecord[]): Reply {
  return authority === undefined ? { outcome, written: true } : { outcome, written: true, authority }
}

/** An rcode that a plugin returns without writing a reply. */
export function returned(outcome: Outcome): Reply {
  return { outcome, written: false }
}

/** Nobody can say; a sentence without a full stop. */
export function unknown(reason: string): Reply {
  return { outcome: { kind: 'unknown', reason }, written: true }
}

/** The outcome of an rcode without records; `reason` is for SERVFAIL. */
export function ofRcode(rcode: OtherRcode, reason: string): Outcome {
  switch (rcode) {
    case 'NOERROR':
      return { kind: 'nodata' }
    case 'NXDOMAIN':
      return { kind: 'nxdomain' }
    case 'REFUSED':
      return { kind: 'refused' }
    case 'SERVFAIL':
      return { kind: 'servfail', reason }
    default:
      return { kind: 'rcode', rcode, records: [] }
  }
}

/** The rcode of an outcome; null where it is not known from the configuration, or where there is no reply. */
export function rcodeOfOutcome(outcome: Outcome): OtherRcode | null {
  switch (outcome.kind) {
    case 'records':
    case 'nodata':
    case 'referral':
      return 'NOERROR'
    case 'nxdomain':
      return 'NXDOMAIN'
    case 'refused':
      return 'REFUSED'
    case 'servfail':
      return 'SERVFAIL'
    case 'rcode':
      return outcome.rcode
    case 'alias':
      return outcome.reached === null ? 'NOERROR' : rcodeOfOutcome(outcome.reached)
    default:
      return null
  }
}

/** The records of the answer section that are known from the configuration, those of aliases first. */
export function recordsOf(outcome: Outcome): readonly ResourceRecord[] {
  switch (outcome.kind) {
    case 'records':
    case 'rcode':
      return outcome.records
    case 'alias':
      return outcome.reached === null ? outcome.records : [...outcome.records, ...recordsOf(outcome.reached)]
    default:
      return []
  }
}

/** How a plugin changes replies on their way back. */
export interface Change {
  /** For what is known: replies whose rcode and records stand in the configuration. */
  known(outcome: Outcome): Outcome
  /** For what lies elsewhere: the upstream's reply, the cluster's data. Null where it changes nothing there. */
  readonly elsewhere: ReplyChange | null
}

/**
 * Applies a change to every reply that an outcome may stand for: to the known ones, and as a note to those whose data lies elsewhere,
 * what happens `otherwise` and on `next` included. What is unknown or dropped stays so.
 */
export function changed(outcome: Outcome, change: Change): Outcome {
  const { elsewhere } = change
  const noted = (changes: readonly ReplyChange[]) => (elsewhere === null ? changes : [...changes, elsewhere])
  switch (outcome.kind) {
    case 'unknown':
    case 'dropped':
      return outcome
    case 'upstream': {
      const next = outcome.next && { ...outcome.next, outcome: changed(outcome.next.outcome, change) }
      return { ...outcome, changes: noted(outcome.changes), next }
    }
    case 'cluster':
    case 'file':
    case 'etcd':
      return { ...outcome, changes: noted(outcome.changes), otherwise: changed(outcome.otherwise, change) }
    case 'alias': {
      if (outcome.reached === null || isKnownOutcome(outcome.reached)) return change.known(outcome)
      const records = recordsOf(change.known({ kind: 'records', records: outcome.records }))
      return { ...outcome, records, reached: changed(outcome.reached, change) }
    }
    default:
      return change.known(outcome)
  }
}

/** Whether all of a reply stands in the configuration. */
export function isKnownOutcome(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'unknown':
    case 'dropped':
    case 'upstream':
    case 'cluster':
    case 'file':
    case 'etcd':
      return false
    case 'alias':
      return outcome.reached === null || isKnownOutcome(outcome.reached)
    default:
      return true
  }
}

/** What is left where a plugin takes over the records of another reply and answers NOERROR with them, whatever that reply's rcode was. */
export function answerOnly(outcome: Outcome): Outcome {
  return changed(outcome, {
    known: (known) => {
      const records = recordsOf(known)
      if (known.kind === 'alias') return known
      return records.length === 0 ? { kind: 'nodata' } : { kind: 'records', records }
    },
    elsewhere: { when: '*', becomes: 'rcode NOERROR' },
  })
}

/** A reply of the same kind with another outcome. */
export function withOutcome(reply: Reply, outcome: Outcome): Reply {
  return outcome === reply.outcome ? reply : { ...reply, outcome }
}

/** The reply that all of several possible ones agree on, else unknown for the given reason. There must be one at least. */
export function agreed(replies: readonly Reply[], reason: string): Reply {
  const [first, ...others] = replies
  if (first === undefined) return unknown(reason)
  if (others.length === 0) return first
  const key = outcomeKey(first.outcome)
  const agree = others.every(({ outcome }) => outcomeKey(outcome) === key)
  return agree ? first : unknown(reason)
}
