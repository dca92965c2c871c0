import { absoluteName, normalizeName } from '../../../values/name.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { returned, unknown, written } from '../replies.ts'
import { type Fallthrough, matchZone, notItsZone, readFallthrough } from '../zones.ts'
import { type ZoneSource, ZonesLink } from './file.ts'

/** plugin/secondary: zones that another server sends; nobody has their data here. */
export const secondary: PluginModel = {
  prepare(occurrences, context) {
    const sources = occurrences.flatMap((occurrence) => {
      const from = occurrence.properties('transfer').flatMap(({ args }) => args.slice(1).map(({ value }) => value))
      return occurrence.zones(occurrence.args).map((origin): ZoneSource => {
        return { origin, path: `transfer from ${from.join(' ')}`, occurrence, data: () => null }
      })
    })
    return [new ZonesLink(sources, lastFallthrough(occurrences), context)]
  },
  mention: (occurrences, vocabulary) => {
    for (const occurrence of occurrences) for (const zone of occurrence.zones(occurrence.args)) vocabulary.domain(zone)
  },
}

function lastFallthrough(occurrences: readonly OccurrenceView[]): Fallthrough {
  const last = occurrences.findLast((occurrence) => occurrence.has('fallthrough')) ?? occurrences.at(-1)
  return last === undefined ? { zones: [], passes: () => false } : readFallthrough(last)
}

/** A plugin whose zones lie with a provider: the words that name a zone, and who has it. */
function hosted(provider: string, zoneOf: (word: string) => string): PluginModel {
  const zonesOf = ({ args }: OccurrenceView) => args.map(({ value }) => absoluteName(zoneOf(value)))
  return {
    prepare: (occurrences) =>
      occurrences.map((occurrence): Link => {
        const zones = zonesOf(occurrence)
        const fallthrough = readFallthrough(occurrence)
        return { occurrence, serve: (request, turn) => serveHosted(provider, zones, fallthrough, request, turn) }
      }),
    mention(occurrences, vocabulary) {
      for (const occurrence of occurrences) for (const zone of zonesOf(occurrence)) vocabulary.domain(zone)
    },
  }
}

function serveHosted(
  provider: string,
  zones: readonly string[],
  fallthrough: Fallthrough,
  request: Request,
  turn: Turn,
): Reply {
  const name = normalizeName(request.name)
  const zone = matchZone(zones, name)
  if (zone === null) {
    turn.note(notItsZone(zones))
    return turn.next()
  }
  turn.note(`answers from the zone at ${provider}`)
  const otherwise = fallthrough.passes(name) ? turn.next().outcome : ({ kind: 'nxdomain' } as const)
  return written({ kind: 'file', zone, path: provider, name, type: request.type, changes: [], otherwise })
}

/** plugin/route53: `ZONE:HOSTED_ZONE_ID`. */
export const route53 = hosted('Route 53', (word) => word.slice(0, word.lastIndexOf(':')))

/** plugin/azure: `RESOURCE_GROUP:ZONE`. */
export const azure = hosted('Azure DNS', (word) => word.slice(word.indexOf(':') + 1))

/** plugin/clouddns: `ZONE:PROJECT:HOSTED_ZONE`. */
export const clouddns = hosted('Cloud DNS', (word) => word.split(':')[0] ?? '')

/** plugin/etcd: services out of etcd, which nobody has here. */
export const etcd: PluginModel = {
  prepare(occurrences) {
    const [occurrence] = occurrences
    return occurrence === undefined ? [] : [new EtcdLink(occurrence)]
  },
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of occurrence.zones(occurrence.args)) vocabulary.domain(zone)
  },
}

class EtcdLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #zones: readonly string[]
  readonly #prefix: string
  readonly #fallthrough: Fallthrough

  constructor(occurrence: OccurrenceView) {
    this.occurrence = occurrence
    this.#zones = occurrence.zones(occurrence.args)
    const path = occurrence.properties('path').at(-1)?.args[0]?.value ?? 'skydns'
    this.#prefix = path.startsWith('/') ? path : `/${path}`
    this.#fallthrough = readFallthrough(occurrence)
  }

  serve({ name, type }: Request, turn: Turn): Reply {
    const lower = normalizeName(name)
    const zone = matchZone(this.#zones, lower)
    if (zone === null) {
      turn.note(notItsZone(this.#zones))
      return turn.next()
    }
    turn.note(`answers from ${this.#prefix} in etcd`)
    const otherwise = this.#fallthrough.passes(lower) ? turn.next().outcome : ({ kind: 'nxdomain' } as const)
    return written({ kind: 'etcd', zone, prefix: this.#prefix, name, type, changes: [], otherwise })
  }
}

/** plugin/dnssec: signs answers for clients that ask for that; only keys are its own answers. */
export const dnssec: PluginModel = {
  prepare(occurrences) {
    const occurrence = occurrences.at(-1)
    const zones = occurrence?.zones(occurrence.args) ?? []
    const isKey = ({ type, name }: Request) => type === 'DNSKEY' && zones.includes(normalizeName(name))
    return [{ serve: (request, turn) => (isKey(request) ? unknown('the keys of dnssec are not read') : turn.next()) }]
  },
}

/** plugin/transfer: sends whole zones to those who may have them. */
export const transfer: PluginModel = {
  prepare(occurrences: readonly OccurrenceView[], _context: BlockContext) {
    const zones = occurrences.flatMap((occurrence) => occurrence.zones(occurrence.args))
    return [
      {
        serve(request, turn) {
          if (request.type !== 'AXFR' && request.type !== 'IXFR') return turn.next()
          if (matchZone(zones, normalizeName(request.name)) === null) return turn.next()
          if (request.query.transport === 'udp' && request.type === 'AXFR') return returned({ kind: 'refused' })
          return unknown('who may have the whole zone is not looked at')
        },
      },
    ]
  },
}
