import { normalizeName } from '../../../values/name.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome } from '../../outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { returned, unknown, written } from '../replies.ts'
import { emptyZone, type ZoneData, zoneOfText } from '../zone-data.ts'
import { lookUpInZone, type ZoneAnswer } from '../zone-lookup.ts'
import { type Fallthrough, matchZone, NO_FALLTHROUGH, readFallthrough } from '../zones.ts'

/** plugin/file/file.go: zones out of files. */
export const file: PluginModel = {
  prepare: (occurrences, context) => [
    new ZonesLink(fileZones(occurrences, context), lastFallthrough(occurrences), context),
  ],
  mention(occurrences, vocabulary, context) {
    for (const { origin, data } of fileZones(occurrences, context)) {
      vocabulary.domain(origin)
      const zone = data()
      if (zone !== null && typeof zone === 'object')
        for (const name of zone.names) vocabulary.name(name, zone.find(name)?.types)
    }
  },
}

/** Where a zone comes from. */
export interface ZoneSource {
  readonly origin: string
  /** The file, or where a transferred zone comes from. */
  readonly path: string
  readonly occurrence: OccurrenceView
  /** The zone; null where nobody gave its text, a sentence without a full stop where it cannot be known. */
  data(): ZoneData | string | null
}

/** One `fallthrough` counts for all: the last one. */
function lastFallthrough(occurrences: readonly OccurrenceView[]): Fallthrough {
  const last = occurrences.findLast((occurrence) => occurrence.has('fallthrough'))
  return last === undefined ? NO_FALLTHROUGH : readFallthrough(last)
}

function fileZones(occurrences: readonly OccurrenceView[], context: BlockContext): ZoneSource[] {
  let isBehindMissing = false
  return occurrences.flatMap((occurrence) => {
    const [path, ...zones] = occurrence.args
    if (path === undefined) return []
    // A file that cannot be opened keeps those behind it from being read (fileParse).
    const text = context.fileText(path.value, { rooted: true })
    if (text === null) isBehindMissing = true
    const isMissing = isBehindMissing
    return occurrence
      .zones(zones)
      .map((origin) => zoneSource(origin, path.value, isMissing ? null : text, occurrence, context))
  })
}

/** A zone whose text is read when it is asked for: null where there is no file, undefined where nobody gave it. */
export function zoneSource(
  origin: string,
  path: string,
  text: string | null | undefined,
  occurrence: OccurrenceView,
  { program }: BlockContext,
): ZoneSource {
  let read: ZoneData | string | null | undefined
  const make = () => {
    if (text === undefined) return null
    return text === null ? emptyZone(origin) : (zoneOfText(text, origin, program.release) ?? emptyZone(origin))
  }
  return {
    origin,
    path,
    occurrence,
    data() {
      if (read === undefined) read = make()
      return read
    },
  }
}

/** Answers from the zone that lies closest to the name, as `file`, `auto` and `secondary` do. */
export class ZonesLink implements Link {
  readonly #sources: ReadonlyMap<string, ZoneSource>
  readonly #origins: readonly string[]
  readonly #fallthrough: Fallthrough
  readonly #context: BlockContext
  /** Names outside of these are not looked at; null for all. */
  readonly #within: readonly string[] | null

  constructor(
    sources: readonly ZoneSource[],
    fallthrough: Fallthrough,
    context: BlockContext,
    within: readonly string[] | null = null,
  ) {
    this.#sources = new Map(sources.map((source) => [source.origin, source]))
    this.#origins = [...this.#sources.keys()]
    this.#fallthrough = fallthrough
    this.#context = context
    this.#within = within
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    if (this.#within !== null && matchZone(this.#within, name) === null) {
      turn.note('not its zone')
      return turn.next()
    }
    const origin = matchZone(this.#origins, name)
    const source = origin === null ? undefined : this.#sources.get(origin)
    if (source === undefined) return this.#outside(turn)
    const zone = source.data()
    const passes = this.#fallthrough.passes(name)
    if (typeof zone === 'string') return unknown(zone)
    if (request.type === 'AXFR' || request.type === 'IXFR') return returned({ kind: 'refused' })
    if (zone === null)
      return this.#elsewhere(source, name, request, passes ? turn.next().outcome : { kind: 'nxdomain' }, turn)
    const answer = lookUpInZone(zone, name, request, this.#context)
    if (passes && (answer.kind === 'denied' || answer.kind === 'empty')) {
      turn.note(`fell through: ${answer.did}`)
      return turn.next()
    }
    turn.note(`${answer.did} (${source.path})`, source.occurrence.name.place)
    return replyOf(answer)
  }

  #outside(turn: Turn): Reply {
    turn.note('no zone for the name')
    // Since 1.12.3 the last plugin refuses names outside of its zones.
    if (!turn.hasNext && this.#context.since('1.12.3')) return returned({ kind: 'refused' })
    return turn.next()
  }

  #elsewhere({ origin, path }: ZoneSource, name: string, { type }: Request, otherwise: Outcome, turn: Turn): Reply {
    turn.note(`answers from ${path}, which was not given`)
    return written({ kind: 'file', zone: origin, path, name, type, changes: [], otherwise })
  }
}

function replyOf({ kind, outcome, authority }: ZoneAnswer): Reply {
  return kind === 'failed' ? returned(outcome) : written(outcome, authority)
}
