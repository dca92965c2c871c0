import { normalizeName } from '../../../values/name.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import { trimZone } from '../kubernetes-backend.ts'
import type { Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { changed, isKnownOutcome, rcodeOfOutcome, unknown } from '../replies.ts'
import { matchZone, notItsZone } from '../zones.ts'

/** plugin/federation/federation.go (up to 1.6.9): names with the label of a federation stand for those without it. */
export const federation: PluginModel = {
  prepare: ([occurrence]) => (occurrence === undefined ? [] : [new FederationLink(occurrence)]),
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of occurrence.zones(occurrence.args)) vocabulary.domain(zone)
  },
}

class FederationLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #zones: readonly string[]
  readonly #names: ReadonlySet<string>

  constructor(occurrence: OccurrenceView) {
    this.occurrence = occurrence
    this.#zones = occurrence.zones(occurrence.args)
    const lines = [...occurrence.lines()].map(({ name }) => name.value)
    this.#names = new Set(lines.filter((name) => name !== 'upstream'))
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    const zone = matchZone(this.#zones, name)
    if (zone === null) {
      turn.note(notItsZone(this.#zones))
      return turn.next()
    }
    const labels = trimZone(name, zone).split('.')
    const label = labels.at(-2)
    if (label === undefined || !this.#names.has(label)) {
      turn.note('no label of a federation in the name')
      return turn.next()
    }
    const without = [...labels.slice(0, -2), ...labels.slice(-1), zone].join('.')
    turn.note(`asks for ${without} first`)
    const reply = turn.next({ ...request, name: without })
    if (!reply.written) return reply
    const { outcome } = reply
    if (!isKnownOutcome(outcome) || rcodeOfOutcome(outcome) === 'NXDOMAIN') {
      return unknown('what a federation answers depends on the labels of the node')
    }
    const renamed = changed(outcome, {
      known(known) {
        if (known.kind !== 'records') return known
        return { kind: 'records', records: known.records.map((record) => ({ ...record, name: request.name })) }
      },
      elsewhere: null,
    })
    return { ...reply, outcome: renamed }
  }
}
