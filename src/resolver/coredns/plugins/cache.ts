import { normalizeName } from '../../../values/name.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome, ResourceRecord } from '../../outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { rcodeOfOutcome, recordsOf } from '../replies.ts'
import { unknownWord } from '../unknown-words.ts'
import { matchZone, notItsZone } from '../zones.ts'

const HOUR = 3600
/** What is kept of replies that say nothing of their time. */
const SHORTEST = 5

/** How long a kind of reply is kept, in seconds. */
interface Limits {
  readonly most: number
  readonly least: number
  /** Zones whose replies of the kind are not kept. */
  readonly except: readonly string[]
}

/**
 * plugin/cache: what it keeps it answers again, which changes nothing but the time to live; that of the very first answer too. All
 * records of a reply get the same one.
 */
export const cache: PluginModel = {
  lenient: true,
  prepare: (occurrences, context) =>
    occurrences.slice(0, 1).map((occurrence) => {
      const unclear = unknownWord(context.servers, [occurrence])
      return unclear === null ? new CacheLink(occurrence, context) : unclearLink(occurrence, unclear)
    }),
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of zonesOf(occurrence)) vocabulary.domain(zone)
  },
}

/** Whatever the word stands for, the answers stay. */
function unclearLink(occurrence: OccurrenceView, word: string): Link {
  return {
    occurrence,
    serve(_request, turn) {
      turn.note(`for how long is not known (${word})`)
      return turn.next()
    },
  }
}

const ttlOf = ({ args }: OccurrenceView): number | null => {
  const first = args[0]?.value ?? ''
  return /^[+-]?[0-9]+$/.test(first) ? Number(first) : null
}

function zonesOf(occurrence: OccurrenceView): readonly string[] {
  return occurrence.zones(ttlOf(occurrence) === null ? occurrence.args : occurrence.args.slice(1))
}

class CacheLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #zones: readonly string[]
  readonly #success: Limits
  readonly #denial: Limits
  readonly #longest: number
  readonly #stale: string | null
  readonly #bypassed: readonly string[]
  readonly #isInFrontOfAcl: boolean

  constructor(occurrence: OccurrenceView, { block, program, since }: BlockContext) {
    this.occurrence = occurrence
    this.#zones = zonesOf(occurrence)
    const ttl = ttlOf(occurrence)
    this.#success = limitsOf(occurrence, 'success', ttl ?? HOUR)
    this.#denial = limitsOf(occurrence, 'denial', ttl ?? HOUR / 2)
    this.#longest = since('1.14.4') ? Number.POSITIVE_INFINITY : HOUR
    const stale = occurrence.properties('serve_stale').at(-1)
    this.#stale = stale === undefined ? null : (stale.args[0]?.value ?? '1h')
    // plugin/cache ZoneBypasser: who may change a zone asks for it each time.
    this.#bypassed = block.occurrences('dynupdate').flatMap((each) => each.zones(each.args).slice(0, 1))
    this.#isInFrontOfAcl = block.has('acl') && program.position('acl') > program.position('cache')
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    if (matchZone(this.#zones, name) === null) {
      turn.note(notItsZone(this.#zones))
      return turn.next()
    }
    if (matchZone(this.#bypassed, name) !== null) {
      turn.note('keeps nothing of the zone of dynupdate')
      return turn.next()
    }
    const reply = turn.next()
    if (!reply.written) return reply
    const changed = this.#limit(name, reply, turn)
    if (this.#stale !== null) turn.note(`for ${this.#stale} more where nobody answers (serve_stale)`)
    if (this.#isInFrontOfAcl) turn.note('what is kept is answered before acl is asked')
    return changed
  }

  /** WriteMsg of the plugin's ResponseWriter. */
  #limit(name: string, reply: Reply, turn: Turn): Reply {
    const { outcome } = reply
    const rcode = rcodeOfOutcome(outcome)
    const isNegative = outcome.kind === 'nxdomain' || (outcome.kind === 'nodata' && hasSoa(reply))
    const limits = isNegative ? this.#denial : this.#success
    const isExcept = matchZone(limits.except, name) !== null
    const what = isNegative ? (outcome.kind === 'nxdomain' ? 'NXDOMAIN' : 'the empty answer') : 'the answer'
    if (isExcept) turn.note(`does not keep ${what} (disable ${isNegative ? 'denial' : 'success'})`)
    if (rcode === null) {
      if (!isExcept) turn.note(`would repeat the answer for ${limits.most} s at most`)
      return reply
    }
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return reply
    const ttl = Math.min(Math.max(this.#shortest(reply, limits.most), limits.least), limits.most)
    if (!isExcept) turn.note(`would repeat ${what} for ${ttl} s`)
    const records = [...recordsOf(outcome), ...(reply.authority ?? [])]
    if (records.every((record) => record.ttl === ttl)) return reply
    const { authority } = reply
    const next = { ...reply, outcome: withTtl(outcome, ttl) }
    return authority === undefined ? next : { ...next, authority: authority.map((record) => ({ ...record, ttl })) }
  }

  /** plugin/pkg/dnsutil/ttl.go MinimalTTL: the shortest one of all sections as far as they are known. */
  #shortest({ outcome, authority = [] }: Reply, most: number): number {
    const records = [...recordsOf(outcome), ...authority]
    if (records.length === 0) return SHORTEST
    return Math.min(...records.map(({ ttl }) => ttl), most, this.#longest)
  }
}

const hasSoa = ({ authority = [] }: Reply) => authority.some(({ type }) => type === 'SOA')

function withTtl(outcome: Outcome, ttl: number): Outcome {
  const limited = (records: readonly ResourceRecord[]) => records.map((record) => ({ ...record, ttl }))
  switch (outcome.kind) {
    case 'records':
    case 'rcode':
    case 'referral':
      return { ...outcome, records: limited(outcome.records) }
    case 'alias':
      return {
        ...outcome,
        records: limited(outcome.records),
        reached: outcome.reached && withTtl(outcome.reached, ttl),
      }
    default:
      return outcome
  }
}

/** plugin/cache/setup.go cacheParse: `success|denial CAPACITY [TTL] [MINTTL]` and `disable`. */
function limitsOf(occurrence: OccurrenceView, kind: 'success' | 'denial', ttl: number): Limits {
  const limits = { most: ttl, least: SHORTEST }
  for (const { args } of occurrence.properties(kind)) {
    const [, most, least] = args.map(({ value }) => Number(value))
    if (most !== undefined) limits.most = most
    if (least !== undefined) limits.least = least
  }
  let except: readonly string[] = []
  for (const { args } of occurrence.properties('disable')) {
    const [first, ...zones] = args
    if (first?.value !== kind) continue
    except = zones.length === 0 ? ['.'] : zones.map(({ value }) => normalizeName(value))
  }
  return { ...limits, except }
}
