import { isInvalid } from '../../../values/invalid.ts'
import { fqdn } from '../../../values/name.ts'
import { compileRegexp, type Groups, type Regexp } from '../../../values/re2.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { BlockContext, PluginModel } from '../model.ts'
import { unknown, written } from '../replies.ts'
import { matchZone, NO_FALLTHROUGH } from '../zones.ts'
import { type ZoneSource, ZonesLink, zoneSource } from './file.ts'

/** plugin/auto/auto.go: zones out of the files of a directory whose names fit a pattern. */
export const auto: PluginModel = {
  prepare(occurrences, context) {
    const within = zonesOf(occurrences)
    const sources = autoZones(occurrences, context)
    if (sources !== null) return [new ZonesLink(sources, NO_FALLTHROUGH, context, within)]
    const path = occurrences.at(-1)?.property('directory')?.args[0]?.value ?? ''
    return [
      {
        serve(request, turn) {
          const zone = matchZone(within, request.name.toLowerCase())
          if (zone === null) return turn.next()
          if (path === '') return unknown('the directory of auto is not known')
          turn.note(`answers from the zone files in ${path}, which were not given`)
          const { name, type } = request
          return written({ kind: 'file', zone, path, name, type, changes: [], otherwise: turn.next().outcome })
        },
      },
    ]
  },
  mention(occurrences, vocabulary, context) {
    for (const zone of zonesOf(occurrences)) vocabulary.domain(zone)
    for (const { origin, data } of autoZones(occurrences, context) ?? []) {
      vocabulary.domain(origin)
      const zone = data()
      if (zone !== null && typeof zone === 'object')
        for (const name of zone.names) vocabulary.name(name, zone.find(name)?.types)
    }
  },
}

/** Only the last `auto` counts for the directory, all of them for the zones (autoParse). */
function zonesOf(occurrences: readonly OccurrenceView[]): readonly string[] {
  const last = occurrences.at(-1)
  return last === undefined ? [] : last.zones(last.args)
}

function autoZones(occurrences: readonly OccurrenceView[], context: BlockContext): ZoneSource[] | null {
  const occurrence = occurrences.at(-1)
  const [directory, pattern, template] = occurrence?.property('directory')?.args.map(({ value }) => value) ?? []
  if (occurrence === undefined || directory === undefined) return null
  const expression = compileRegexp(pattern ?? 'db\\.(.*)')
  const paths = context.filesIn(directory, { rooted: true })
  if (paths === undefined || isInvalid(expression)) return null
  const sources = new Map<string, ZoneSource>()
  for (const path of [...paths].sort()) {
    const origin = originOf(path.slice(path.lastIndexOf('/') + 1), expression, template ?? '{1}')
    if (origin === null || sources.has(origin)) continue
    const source = zoneSource(origin, path, context.fileText(path), occurrence, context)
    const zone = source.data()
    // A file that holds no zone is left out.
    if (zone !== null && typeof zone === 'object' && zone.soa === null) continue
    sources.set(origin, source)
  }
  return [...sources.values()]
}

/** plugin/auto/walk.go matches: what the groups of the pattern make of the template. */
function originOf(base: string, expression: Regexp, template: string): string | null {
  const groups = expression.find(base)
  if (groups === null) return null
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => groupOf(groups, expression, name))
  return text === '' ? null : fqdn(text)
}

function groupOf(groups: Groups, { names }: Regexp, name: string): string {
  if (/^\d+$/.test(name)) return groups[Number(name)] ?? ''
  return groups[names.indexOf(name) + 1] ?? ''
}
