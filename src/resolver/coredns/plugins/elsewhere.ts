import { isSubdomain, normalizeName } from '../../../values/name.ts'
import type { PluginModel } from '../model.ts'
import { recordsOf, unknown, written } from '../replies.ts'
import { matchZone, notItsZone } from '../zones.ts'

/** plugin/dynupdate: a zone that clients change while the server runs, so that nobody can tell its names from its file. */
export const dynupdate: PluginModel = {
  prepare: ([occurrence]) => {
    const zones = occurrence?.zones(occurrence.args).slice(0, 1) ?? []
    const path = occurrence?.property('file')?.args[0]?.value ?? ''
    return [
      {
        serve({ name, type }, turn) {
          const zone = matchZone(zones, name)
          if (zone === null) {
            turn.note(notItsZone(zones))
            return turn.next()
          }
          turn.note(`${path} and the updates since`)
          return written({ kind: 'file', zone, path, name, type, changes: [], otherwise: { kind: 'nxdomain' } })
        },
      },
    ]
  },
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of occurrence.zones(occurrence.args)) vocabulary.domain(zone)
  },
}

/** plugin/nomad: services of a Nomad cluster, of which nothing is known here. */
export const nomad: PluginModel = {
  prepare: ([occurrence]) => {
    const zone = normalizeName(occurrence?.args[0]?.value ?? 'service.nomad')
    return [
      {
        serve({ name }, turn) {
          if (isSubdomain(zone, name)) return unknown('the services of Nomad are not known')
          turn.note(notItsZone([zone]))
          return turn.next()
        },
      },
    ]
  },
  mention([occurrence], vocabulary) {
    vocabulary.domain(occurrence?.args[0]?.value ?? 'service.nomad')
  },
}

/** plugin/siit: where a name has no A, it makes one of the name's AAAA. What that gives is known only where the name has A, or is not there. */
export const siit: PluginModel = {
  prepare: () => [
    {
      serve({ type, class: classOf }, turn) {
        const reply = turn.next()
        if (type !== 'A' || classOf !== 'IN' || !reply.written) return reply
        const { outcome } = reply
        const hasAddress = recordsOf(outcome).some((record) => record.type === 'A')
        if (hasAddress || ['nxdomain', 'dropped', 'unknown'].includes(outcome.kind)) return reply
        return unknown('siit may make an address of those that the name has in IPv6')
      },
    },
  ],
}
