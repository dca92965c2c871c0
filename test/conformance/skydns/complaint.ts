import type { Outcome, UpstreamOutcome } from '../../../src/resolver/outcome.ts'
import type { Question } from '../resolver/configuration.ts'
import { parseReply, type Reply, type ReplyRecord } from '../resolver/reply.ts'
import type { SkyDnsConfiguration } from './configurations.ts'
import type { SkyDnsMode } from './record.ts'

/** What was observed of a question. */
export interface Observed {
  readonly question: Question
  readonly mode: SkyDnsMode
  /** As recorded: one reply, or two with ` | ` in between. */
  readonly said: string
}

const RCODES = { ok: 'NOERROR', nxdomain: 'NXDOMAIN', servfail: 'SERVFAIL', refused: 'REFUSED' } as const

/** What speaks against a model's outcome in what SkyDNS answered, in words; null for nothing. */
export function complaint(outcome: Outcome, observed: Observed, configuration: SkyDnsConfiguration): string | null {
  const { question, mode, said } = observed
  const replies = said.split(' | ').map((text) => parseReply(text, question))
  const wrong = replies.map((reply) => wrongIn(outcome, reply, { question, mode, configuration }))
  const first = wrong.find((one) => one !== null) ?? null
  if (first !== null || outcome.kind !== 'upstream' || isStub(question, configuration)) return first
  return wrongPolicy(outcome, replies)
}

interface Situation {
  readonly question: Question
  readonly mode: SkyDnsMode
  readonly configuration: SkyDnsConfiguration
}

function wrongIn(outcome: Outcome, reply: Reply, situation: Situation): string | null {
  const { question, configuration } = situation
  const isPassedOn = reply.asked.some(({ name, type }) => isSame(name, question.name) && type === question.type)
  if (isStub(question, configuration))
    return reply.asked.every(({ upstream }) => upstream === 2) ? null : 'the server of the stub zone expected'
  if (outcome.kind === 'upstream') return isPassedOn ? wrongUpstream(outcome, reply, situation) : 'an upstream expected'
  if (outcome.kind === 'etcd') {
    if (!isPassedOn) return wrongFromKeys(outcome, reply, situation)
    return outcome.otherwise.kind === 'upstream'
      ? wrongUpstream(outcome.otherwise, reply, situation)
      : 'no upstream expected'
  }
  if (isPassedOn) return 'no upstream expected'
  const expected = {
    nodata: 'NOERROR',
    records: 'NOERROR',
    nxdomain: 'NXDOMAIN',
    refused: 'REFUSED',
    servfail: 'SERVFAIL',
  }
  const rcode = expected[outcome.kind as keyof typeof expected]
  if (reply.rcode !== rcode) return `${rcode ?? outcome.kind} expected`
  const wanted = outcome.kind === 'records' ? outcome.records : []
  return textOf(reply.answers) === textOf(wanted) ? null : `${textOf(wanted) || 'no records'} expected`
}

/** Whether only the keys say who is asked. */
function isStub({ name }: Question, { stubs }: SkyDnsConfiguration): boolean {
  return stubs.some((zone) => `.${name.toLowerCase()}`.endsWith(`.${zone}`))
}

function textOf(records: readonly ReplyRecord[]): string {
  return records.map(({ name, type, data }) => `${name} ${type} ${data}`).join('; ')
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase()
}

/** A reply of one of the servers is handed on as it is. */
function wrongUpstream({ upstreams }: UpstreamOutcome, reply: Reply, { question, mode }: Situation): string | null {
  const asked = [...new Set(reply.asked.map(({ upstream }) => upstream))]
  const [server] = asked
  if (asked.length !== 1 || !upstreams.includes(`192.0.2.${server}:53`))
    return `one of ${upstreams.join(', ')} expected`
  if (reply.rcode !== RCODES[mode]) return `${RCODES[mode]} expected`
  const data = { A: `100.64.0.${server}`, AAAA: `100::${server}`, TXT: `"upstream ${server}"` }[question.type]
  const wanted = mode === 'ok' && data !== undefined ? [data] : []
  return reply.answers.map((record) => record.data).join() === wanted.join() ? null : `${wanted.join()} expected`
}

function wrongPolicy({ policy, upstreams }: UpstreamOutcome, replies: readonly Reply[]): string | null {
  const asked = new Set(replies.flatMap((reply) => reply.asked.map(({ upstream }) => `192.0.2.${upstream}:53`)))
  // Two messages in a row have an odd and an even number.
  const wanted = policy === 'random' ? upstreams : upstreams.slice(0, 1)
  return asked.size === wanted.length && wanted.every((one) => asked.has(one)) ? null : `${policy} expected`
}

/** No upstream was asked for the name itself: the records are those of the keys, or there is nothing. */
function wrongFromKeys(
  outcome: Extract<Outcome, { kind: 'etcd' }>,
  reply: Reply,
  { question, configuration }: Situation,
): string | null {
  const { otherwise } = outcome
  const { keys, store } = configuration
  const path = pathOf(outcome, question, configuration)
  const values = Object.entries(keys).filter(([key]) => key === path || key.startsWith(`${path}/`))
  if (reply.answers.length > 0) {
    const known = Object.values(keys).join(' ')
    const looked = /^(?:100\.64\.0\.|100::)/
    const strange = reply.answers.find(
      ({ type, data }) => ['A', 'AAAA'].includes(type) && !known.includes(`"${data}"`) && !looked.test(data),
    )
    return strange === undefined && reply.rcode === 'NOERROR' ? null : 'records of the keys expected'
  }
  if (reply.rcode === 'SERVFAIL') {
    const isBroken = question.type === 'SRV' && values.some(([, value]) => !value.startsWith('{'))
    return isBroken || otherwise.kind === 'servfail' ? null : 'no failure expected'
  }
  if (otherwise.kind === 'upstream' || otherwise.kind === 'servfail') return 'the records of a key expected'
  // What is below a key with a value is no path of the second store, which is another failure than a path without anything.
  const isBelow = store === 2 && Object.keys(keys).some((key) => path.startsWith(`${key}/`))
  if (values.length > 0 || isBelow) return reply.rcode === 'NOERROR' ? null : 'no data expected'
  return reply.rcode === (otherwise.kind === 'nodata' ? 'NOERROR' : 'NXDOMAIN') ? null : `${otherwise.kind} expected`
}

/** Where it looks: above the first wildcard from the right; for the name servers of its domain at a place of their own. */
function pathOf(
  { prefix }: Extract<Outcome, { kind: 'etcd' }>,
  { name, type }: Question,
  { domain }: SkyDnsConfiguration,
): string {
  const isApex = isSame(name, `${domain}.`)
  const labels = `${isApex && type === 'NS' ? 'ns.dns.' : ''}${name.toLowerCase()}`.split('.').slice(0, -1).toReversed()
  const wildcard = labels.findIndex((label) => label === '*' || label === 'any')
  return [prefix, ...labels.slice(0, wildcard === -1 ? labels.length : wildcard)].join('/')
}
