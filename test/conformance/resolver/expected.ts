import type { Decision } from '../../../src/resolver/decision.ts'
import type { Outcome, ReplyChange, ResourceRecord, UpstreamOutcome } from '../../../src/resolver/outcome.ts'
import { foldCase } from '../../../src/values/name.ts'
import { MODEL_PLACES, type Mode, UPSTREAMS } from './configuration.ts'
import type { Reply, ReplyRecord, UpstreamQuestion } from './reply.ts'

/** A reply that an outcome allows. */
export interface Expected {
  readonly rcode: string | null
  readonly answers: readonly ReplyRecord[]
  readonly referral: readonly ReplyRecord[]
  /** What an upstream must have been asked; null where none may be asked, `any` where others were asked before. */
  readonly asked: UpstreamQuestion | 'any' | null
}

/** What the outcome of a model does not tell, though everything was given that decides it. */
export class NotTold extends Error {}

/** All replies that an outcome allows, given how the upstreams answer. Throws `NotTold` for what cannot be compared. */
export function expectedReplies(outcome: Outcome, mode: Mode): readonly Expected[] {
  const local = (rcode: string | null, records: readonly ResourceRecord[] = []): Expected[] => [
    { rcode, answers: records.map(plain), referral: [], asked: null },
  ]
  switch (outcome.kind) {
    case 'records':
      return local('NOERROR', outcome.records)
    case 'rcode':
      return local(outcome.rcode, outcome.records)
    case 'alias': {
      const { records, reached } = outcome
      if (reached === null) return local('NOERROR', records)
      return expectedReplies(reached, mode).map((each) => ({
        ...each,
        answers: [...records.map(plain), ...each.answers],
        referral: [],
      }))
    }
    case 'nodata':
      return local('NOERROR')
    case 'referral':
      return [{ rcode: 'NOERROR', answers: [], referral: outcome.records.map(plain), asked: null }]
    case 'nxdomain':
      return local('NXDOMAIN')
    case 'refused':
      return local('REFUSED')
    case 'servfail':
      return local('SERVFAIL')
    case 'dropped':
      return local(null)
    case 'upstream':
      return upstreamReplies(outcome, mode)
    case 'unknown':
      throw new NotTold(outcome.reason)
    default:
      throw new NotTold(`only a symbol: ${outcome.kind}`)
  }
}

function plain({ name, type, data }: ResourceRecord): ReplyRecord {
  return { name, type, data }
}

const RCODES: Readonly<Record<Mode, string>> = { ok: 'NOERROR', nxdomain: 'NXDOMAIN', servfail: 'SERVFAIL' }

function upstreamReplies(outcome: UpstreamOutcome, mode: Mode): readonly Expected[] {
  const { upstreams, policy, asks, changes, next } = outcome
  const rcode = RCODES[mode]
  const isEmpty = mode === 'ok' && answersOf({ upstream: 1, ...asks }).length === 0
  if (next?.rcodes.includes(isEmpty ? 'NODATA' : rcode) === true) {
    return expectedReplies(next.outcome, mode).map((each) => ({ ...each, asked: each.asked ?? 'any' }))
  }
  const numbers = upstreams.map((upstream) => {
    if (upstream.startsWith('resolv.conf ')) return 1
    const found = Array.from({ length: UPSTREAMS }, (_, at) => at + 1).find((number) =>
      [`${MODEL_PLACES.upstream(number)}:53`, MODEL_PLACES.upstream(number)].includes(upstream),
    )
    if (found === undefined) throw new NotTold(`nobody is at ${upstream}`)
    return found
  })
  // A server that fails may be followed by the others.
  const mayAnswer = policy === 'sequential' && mode !== 'servfail' ? numbers.slice(0, 1) : numbers
  return mayAnswer.map((upstream) => {
    const asked = { upstream, ...asks }
    const reply = { rcode, answers: mode === 'ok' ? answersOf(asked) : [], referral: [], asked }
    return changes.reduce((now, change) => changedReply(now, change, mode), reply as Expected)
  })
}

/** What a fake upstream answers (live/upstreams.ts). */
function answersOf({ upstream, name, type }: UpstreamQuestion): ReplyRecord[] {
  if (type === 'A') return [{ name, type, data: `100.64.0.${upstream}` }]
  if (type === 'AAAA') return [{ name, type, data: `100::${upstream.toString(16)}` }]
  if (type === 'TXT') return [{ name, type, data: `"upstream ${upstream}"` }]
  return []
}

/** A change of a reply, from the words that say it. */
function changedReply(reply: Expected, { when, becomes }: ReplyChange, mode: Mode): Expected {
  if (when !== '*' && when !== reply.rcode) return reply
  const [verb = '', argument = '', ...more] = becomes.split(' ')
  switch (verb) {
    case 'rcode':
      // The upstreams say SERVFAIL without any record.
      return more.length > 0 && mode === 'servfail' ? reply : { ...reply, rcode: argument }
    case 'owner':
      return { ...reply, answers: reply.answers.map((record) => ({ ...record, name: argument })) }
    case 'alias': {
      const other = reply.answers.find(({ name }) => foldCase(name) !== foldCase(argument))
      const alias = other && { name: argument, type: 'CNAME', data: other.name }
      return alias === undefined ? reply : { ...reply, answers: [alias, ...reply.answers] }
    }
    case 'AAAA':
      return withAddresses(reply, more, mode)
    case 'ttl':
    case 'values':
    case 'names':
    case 'cname':
      // Fake upstreams answer without names in their data, and with the owner that they were asked for.
      return reply
    case 'no':
      return { ...reply, answers: reply.answers.filter(({ type }) => type !== argument) }
    default:
      throw new NotTold(`nobody knows what "${becomes}" does`)
  }
}

/** `AAAA of A with PREFIX [always] [of ELSEWHERE]`: what dns64 makes of what an upstream says. The prefix is one of 96 bits. */
function withAddresses(reply: Expected, [, , prefix = '', ...more]: readonly string[], mode: Mode): Expected {
  const { asked } = reply
  if (asked === null || asked === 'any') throw new NotTold('nobody knows what was asked')
  const isAlways = asked.type === 'A' || more.includes('always')
  // The upstreams have an AAAA record for every name, or the name does not exist.
  if (!isAlways && mode !== 'servfail') return reply
  if (mode === 'nxdomain' && asked.type !== 'A') return reply
  if (more.includes('of')) throw new NotTold('the addresses come from elsewhere')
  const made = { ...asked, type: 'A' }
  const answers = (mode === 'ok' ? answersOf(made) : []).map((record) => {
    const owner = reply.answers[0]?.name ?? record.name
    const hex = record.data.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
    const tail = [hex.slice(0, 2), hex.slice(2)]
      .map((pair) => Number.parseInt(pair.join(''), 16).toString(16))
      .join(':')
    return { name: owner, type: 'AAAA', data: prefix.replace(/::\/96$/, `::${tail}`) }
  })
  return { ...reply, answers, asked: made }
}

/** A name and type that an upstream is asked for. */
export type Asks = Pick<UpstreamQuestion, 'name' | 'type'>

/** What upstreams are asked for on the way to a decision, whatever becomes of it. */
export function* askedOnTheWay({ lookups = [] }: Decision): Generator<Asks> {
  for (const lookup of lookups) {
    if (lookup.outcome.kind === 'upstream') yield lookup.outcome.asks
    yield* askedOnTheWay(lookup)
  }
}

/**
 * What differs between what was observed and all that is allowed; null where one of them fits. `remembers`: a cache may have spared the
 * upstream. `onTheWay`: what `askedOnTheWay` gives.
 */
export function difference(
  reply: Reply,
  allowed: readonly Expected[],
  remembers: boolean,
  onTheWay: readonly Asks[] = [],
): string | null {
  const wrong = allowed.map((expected) => differenceFrom(reply, expected, remembers, onTheWay))
  return wrong.includes(null) ? null : (wrong[0] ?? 'nothing is allowed')
}

function differenceFrom(
  reply: Reply,
  expected: Expected,
  remembers: boolean,
  onTheWay: readonly Asks[],
): string | null {
  if (reply.rcode !== expected.rcode) return `rcode ${expected.rcode ?? 'none'} expected`
  const [answers, wanted] = [recordsText(reply.answers), recordsText(expected.answers)]
  if (answers !== wanted) return `answers ${wanted} expected`
  const referral = recordsText(expected.referral)
  if (recordsText(reply.referral) !== referral) return `referral ${referral} expected`
  const { asked } = reply
  // For the additional section targets are looked up.
  const isTarget = (name: string) => reply.answers.some(({ data }) => foldCase(data).endsWith(` ${foldCase(name)}`))
  const isOnTheWay = ({ name, type }: Asks) =>
    onTheWay.some((one) => foldCase(one.name) === foldCase(name) && one.type === type)
  if (expected.asked === null) {
    return asked.every((one) => isTarget(one.name) || isOnTheWay(one)) ? null : 'no upstream expected'
  }
  if (expected.asked === 'any') return null
  if (asked.length === 0) return remembers ? null : `upstream ${expected.asked.upstream} expected`
  const { upstream, name, type } = expected.asked
  // Several may be asked, one after the other or at once.
  const isSame = asked.some(
    (each) => each.upstream === upstream && foldCase(each.name) === foldCase(name) && each.type === type,
  )
  return isSame ? null : `upstream ${upstream} asked ${name} ${type} expected`
}

const NAMES = new Set(['CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV'])

function recordsText(records: readonly ReplyRecord[]): string {
  const texts = records.map(
    ({ name, type, data }) => `${foldCase(name)} ${type} ${NAMES.has(type) ? foldCase(data) : data}`,
  )
  return [...new Set(texts)].sort().join('; ')
}
