import { isSubdomain, normalizeName } from '../../../values/name.ts'
import { ZoneIndex } from '../../../values/zone-index.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { UpstreamOutcome, UpstreamPolicy } from '../../outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { unknown, written } from '../replies.ts'
import { exceptionsOf, policyOf, upstreamsOf } from '../upstreams.ts'
import type { VocabularyBuilder } from '../vocabulary.ts'
import { type Fallthrough, NO_FALLTHROUGH, notItsZone, readFallthrough } from '../zones.ts'

/** plugin/forward/forward.go: each occurrence is a link of its own, in written order. */
export const forward: PluginModel = {
  lenient: true,
  prepare: (occurrences, context) =>
    occurrences.map(
      (occurrence, at) => unclearLink(occurrence) ?? new ForwardLink(occurrence, context, at + 1 < occurrences.length),
    ),
  mention,
}

/** plugin/grpc/grpc.go: as `forward`, without exceptions to what ends the search but `fallthrough`. */
export const grpc: PluginModel = {
  lenient: true,
  prepare: (occurrences, context) =>
    occurrences.slice(0, 1).map((occurrence) => unclearLink(occurrence) ?? new GrpcLink(occurrence, context)),
  mention,
}

/** plugin/proxy/proxy.go (up to 1.4.0): one link for all occurrences, of which the one with the longest zone takes a name. */
export const proxy: PluginModel = {
  prepare: (occurrences, context) => [new ProxyLink(occurrences, context)],
  mention,
}

function mention(occurrences: readonly OccurrenceView[], vocabulary: VocabularyBuilder): void {
  for (const occurrence of occurrences) {
    const { from, except } = scopeOf(occurrence)
    for (const zone of [from, ...except]) vocabulary.domain(zone)
  }
}

/** Upstreams may be unknown words, such as a variable for each; all else decides about the names that they are asked for. */
function unclearLink(occurrence: OccurrenceView): Link | null {
  const lines = [...occurrence.lines()].filter(({ name }) => !name.known || DECIDING.has(name.value))
  const words = [...occurrence.args.slice(0, 1), ...lines.flatMap(({ name, args }) => [name, ...args])]
  const unclear = words.find(({ known }) => !known)
  if (unclear === undefined) return null
  return { occurrence, serve: () => unknown(`${unclear.value} in ${occurrence.plugin} is not filled in`) }
}

const DECIDING: ReadonlySet<string> = new Set(['except', 'failover', 'fallthrough', 'next', 'policy'])

/** Which names it takes. */
interface Scope {
  readonly from: string
  readonly except: readonly string[]
  /** The same by zone; null where there is none. */
  readonly exceptions: ZoneIndex<string> | null
}

function scopeOf(occurrence: OccurrenceView): Scope {
  const [from] = occurrence.args
  // A network that stands for several zones counts with its first one.
  const [zone = '.'] = from === undefined ? [] : occurrence.zones([from])
  const except = exceptionsOf(occurrence)
  const exceptions = except.length === 0 ? null : new ZoneIndex<string>()
  for (const each of except) exceptions?.add(each, each)
  return { from: zone, except, exceptions }
}

/** Why it does not take a name (`match`); null where it does. */
function whyNot({ from, exceptions }: Scope, text: string): string | null {
  const name = normalizeName(text)
  if (!isSubdomain(from, name)) return notItsZone([from])
  if (name === from || exceptions === null) return null
  const [exception] = exceptions.around(name)
  return exception === undefined ? null : `except ${exception.replace(/(.)\.$/, '$1')}`
}

function outcomeOf(
  { name, type }: Request,
  upstreams: readonly string[],
  policy: UpstreamPolicy,
  more: Pick<UpstreamOutcome, 'failover' | 'next'>,
): UpstreamOutcome {
  return { kind: 'upstream', upstreams, policy, asks: { name, type }, changes: [], ...more }
}

function asks(upstreams: readonly string[]): string {
  return `asks ${upstreams.map((each) => each.replace(/^(\[.*\]|[^:]+):53$/, '$1')).join(', ')}`
}

class ForwardLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #scope: Scope
  readonly #upstreams: readonly string[]
  readonly #policy: UpstreamPolicy
  readonly #failover: readonly string[]
  readonly #next: readonly string[]

  constructor(occurrence: OccurrenceView, context: BlockContext, isBeforeForward: boolean) {
    this.occurrence = occurrence
    this.#scope = scopeOf(occurrence)
    this.#upstreams = upstreamsOf(occurrence.args.slice(1), 'forward', context)
    this.#policy = policyOf(occurrence)
    const rcodes = (property: string) =>
      occurrence.properties(property).flatMap(({ args }) => args.map(({ value }) => value.toUpperCase()))
    this.#failover = this.#upstreams.length < 2 ? [] : rcodes('failover')
    // Only another forward counts as the next one.
    this.#next = isBeforeForward ? [...rcodes('next'), ...(occurrence.has('next_on_nodata') ? ['NODATA'] : [])] : []
  }

  serve(request: Request, turn: Turn): Reply {
    const passed = whyNot(this.#scope, request.name)
    if (passed !== null) {
      turn.note(passed)
      return turn.next()
    }
    turn.note(() => asks(this.#upstreams))
    const rcodes = this.#next
    if (rcodes.length > 0) turn.note(`on ${rcodes.join(', ')} the next forward is asked`)
    const next = rcodes.length === 0 ? null : { rcodes, outcome: turn.next().outcome }
    return written(outcomeOf(request, this.#upstreams, this.#policy, { failover: this.#failover, next }))
  }
}

class GrpcLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #scope: Scope
  readonly #upstreams: readonly string[]
  readonly #fallthrough: Fallthrough

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.occurrence = occurrence
    this.#scope = scopeOf(occurrence)
    this.#upstreams = upstreamsOf(occurrence.args.slice(1), 'grpc', context)
    this.#fallthrough = context.since('1.12.3') ? readFallthrough(occurrence) : NO_FALLTHROUGH
  }

  serve(request: Request, turn: Turn): Reply {
    const passed = whyNot(this.#scope, request.name)
    if (passed !== null) {
      turn.note(passed)
      return turn.next()
    }
    turn.note(asks(this.#upstreams))
    const passes = turn.hasNext && this.#fallthrough.passes(normalizeName(request.name))
    if (passes) turn.note('falls through on NXDOMAIN')
    const next = passes ? { rcodes: ['NXDOMAIN'], outcome: turn.next().outcome } : null
    return written(outcomeOf(request, this.#upstreams, policyOf(this.occurrence), { failover: [], next }))
  }
}

class ProxyLink implements Link {
  readonly #proxies: readonly {
    readonly occurrence: OccurrenceView
    readonly scope: Scope
    readonly upstreams: readonly string[]
  }[]

  constructor(occurrences: readonly OccurrenceView[], context: BlockContext) {
    this.#proxies = occurrences.map((occurrence) => ({
      occurrence,
      scope: scopeOf(occurrence),
      upstreams: proxied(occurrence, context),
    }))
  }

  serve(request: Request, turn: Turn): Reply {
    const fitting = this.#proxies.filter(({ scope }) => whyNot(scope, request.name) === null)
    const [first, ...others] = fitting
    if (first === undefined) {
      turn.note('no proxy for the name')
      return turn.next()
    }
    const chosen = others.reduce((best, each) => (each.scope.from.length > best.scope.from.length ? each : best), first)
    turn.note(asks(chosen.upstreams), chosen.occurrence.name.place)
    return written(outcomeOf(request, chosen.upstreams, policyOf(chosen.occurrence), { failover: [], next: null }))
  }
}

/** Whom a `proxy` asks: Google over HTTPS whatever it names, where its protocol says so. */
function proxied(occurrence: OccurrenceView, context: BlockContext): readonly string[] {
  const protocol = occurrence.properties('protocol').at(-1)?.args[0]?.value
  if (protocol === 'https_google') return ['https://dns.google.com']
  return upstreamsOf(occurrence.args.slice(1), protocol === 'grpc' ? 'grpc' : 'forward', context)
}
