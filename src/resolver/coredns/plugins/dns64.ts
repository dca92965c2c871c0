import { isInvalid } from '../../../values/invalid.ts'
import { formatIp, type Network, parseCidr, parseIp } from '../../../values/ip.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome, ReplyChange, ResourceRecord } from '../../outcome.ts'
import { outcomeKey } from '../../same-outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { agreed, changed, isKnownOutcome, rcodeOfOutcome, recordsOf, returned, unknown, written } from '../replies.ts'

const DEFAULT_PREFIX = '64:ff9b::/96'

/** plugin/dns64/dns64.go: who has no AAAA record gets one made of the A record, which the whole server is asked for. */
export const dns64: PluginModel = {
  prepare(occurrences, context) {
    const last = occurrences.at(-1)
    return last === undefined ? [] : [new Dns64Link(last, context)]
  },
}

class Dns64Link implements Link {
  readonly #prefix: Network | null
  readonly #prefixText: string
  readonly #always: boolean
  readonly #forIpv4: boolean
  readonly #context: BlockContext

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.#context = context
    const written = occurrence.properties('prefix').at(-1)?.args[0]?.value
    this.#prefixText = occurrence.args[0]?.value ?? written ?? DEFAULT_PREFIX
    const read = parseCidr(this.#prefixText)
    this.#prefix = isInvalid(read) ? null : read.network
    this.#always = occurrence.has('translate_all')
    this.#forIpv4 = occurrence.has('allow_ipv4')
  }

  serve(request: Request, turn: Turn): Reply {
    if (request.type !== 'AAAA' || request.class !== 'IN') return turn.next()
    const { client } = request.query
    if (!this.#forIpv4 && client !== null && !client.includes(':')) {
      turn.note('only for clients with IPv6 (no allow_ipv4)')
      return turn.next()
    }
    const reply = turn.next()
    const made = this.#translate(request, reply, turn)
    if (this.#forIpv4 || client !== null || made === reply) return made
    return agreed([reply, made], 'dns64 decides by the address family of the client, and nobody said which it is')
  }

  #translate(request: Request, first: Reply, turn: Turn): Reply {
    const { outcome } = first
    if (!first.written || outcome.kind === 'unknown' || outcome.kind === 'dropped') return first
    if (this.#prefix === null) return unknown(`${this.#prefixText} is no prefix`)
    if (isKnownOutcome(outcome)) {
      if (rcodeOfOutcome(outcome) === 'NXDOMAIN') return first
      if (!this.#always && recordsOf(outcome).some(({ type }) => type === 'AAAA')) return first
    }
    const second = this.#context.lookup(request, first.leftWith ?? request.name, 'A')
    turn.note(`AAAA records are made of A records with ${this.#prefixText}`)
    if (second.outcome.kind === 'unknown') return second
    if (second.outcome.kind === 'dropped') return returned({ kind: 'servfail', reason: 'dns64 got no A records' })
    if (isKnownOutcome(outcome)) return written(this.#made(second.outcome), second.authority)
    const place = samePlace(outcome, second.outcome) ? '' : ` of ${outcomeKey(second.outcome)}`
    const becomes = `AAAA of A with ${this.#prefixText}${this.#always ? ' always' : ''}${place}`
    return { ...first, outcome: noted(outcome, { when: '*', becomes }) }
  }

  /** The records of an answer to A as AAAA records. */
  #made(outcome: Outcome): Outcome {
    return changed(outcome, {
      known: (known) => this.#withAddresses(known),
      elsewhere: { when: '*', becomes: `AAAA of A with ${this.#prefixText}` },
    })
  }

  #withAddresses(outcome: Outcome): Outcome {
    const made = (records: readonly ResourceRecord[]) => records.map((record) => this.#address(record))
    switch (outcome.kind) {
      case 'records':
      case 'rcode':
        return { ...outcome, records: made(outcome.records) }
      case 'alias':
        return {
          ...outcome,
          records: made(outcome.records),
          reached: outcome.reached && this.#withAddresses(outcome.reached),
        }
      default:
        return outcome
    }
  }

  /** RFC 6052: the bytes of the address behind the prefix, byte 8 being left out. */
  #address(record: ResourceRecord): ResourceRecord {
    const ip = record.type === 'A' ? parseIp(record.data) : undefined
    if (ip === undefined || this.#prefix === null) return record
    const bytes: number[] = this.#prefix.address.slice(0, this.#prefix.prefix >> 3)
    for (const byte of ip) {
      if (bytes.length === 8) bytes.push(0)
      bytes.push(byte)
    }
    while (bytes.length < 16) bytes.push(0)
    const address = parseIp(formatIp(bytes))
    return { ...record, type: 'AAAA', data: address === undefined ? record.data : formatIp(address) }
  }
}

/** Whether an upstream is asked for A that would be asked for AAAA. */
function samePlace(one: Outcome, other: Outcome): boolean {
  if (one.kind !== 'upstream' || other.kind !== 'upstream') return false
  return outcomeKey({ ...one, asks: { ...one.asks, type: 'A' } }) === outcomeKey(other)
}

/** Notes a change of what lies elsewhere; what is known behind it was looked at as the reply of its own. */
function noted(outcome: Outcome, elsewhere: ReplyChange): Outcome {
  return changed(outcome, { known: (known) => known, elsewhere })
}
