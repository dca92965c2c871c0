import { type Argument, valueFor } from '../../grammar/schema.ts'
import type { Place } from '../expand/token-view.ts'
import { isSubdomain } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import type { BlockView, OccurrenceView, ServersView } from './servers-view.ts'

/** What an answerer passes on to the plugins behind it when it has no such name: everything, names of some zones, or nobody knows. */
export type PassedOn = 'everything' | 'unknown' | readonly string[]

/**
 * The zones that an answerer answers for, fully qualified: those of its words as its grammar has them, else the block's. Null where
 * they cannot be told: a word or key is not known, or the plugin writes its zones in a way of its own.
 */
export function zonesAnswered(answerer: OccurrenceView, release: string): readonly string[] | null {
  const { grammar } = answerer
  if (grammar === null) return null
  const { args } = valueFor(grammar.line, (since) => isSince(release, since))
  const first = args.findIndex(({ value }) => value.kind === 'origin' || value.kind === 'zone')
  if (first === -1 && args.length > 0) return null
  const argument = args[first]
  const words = argument === undefined ? [] : zoneWords(answerer, argument, first)
  if (answerer.args.slice(0, first + words.length).some(({ known }) => !known)) return null
  if (words.length === 0 && answerer.block.keys.some(({ known }) => !known)) return null
  return answerer.zones(words)
}

function zoneWords({ args }: OccurrenceView, { count }: Argument, first: number) {
  return args.slice(first, count === 'one' || count === 'optional' ? first + 1 : undefined)
}

/** What the last `fallthrough` of an answerer passes on, the one that counts; no zones where there is none. Reads each line once. */
export function passedOn(answerer: OccurrenceView): PassedOn {
  let passed: PassedOn = []
  for (const line of answerer.lines()) {
    const { name } = line
    if (!name.known) return 'unknown'
    if (name.value !== 'fallthrough') continue
    const { args } = line
    if (args.some(({ known }) => !known)) return 'unknown'
    passed = args.length === 0 ? 'everything' : answerer.zones(args)
  }
  return passed
}

/** Whether every name of a zone is passed on; what nobody knows may be. */
export function passesZone(passed: PassedOn, zone: string): boolean {
  return typeof passed === 'string' || passed.some((each) => isSubdomain(each, zone))
}

/** Whether two lists of zones have a name in common. */
export function zonesMeet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((zone) => others.some((other) => isSubdomain(zone, other) || isSubdomain(other, zone)))
}

/** Whether every name of the zones lies in one of the others. */
export function zonesCover(covering: readonly string[], zones: readonly string[]): boolean {
  return zones.every((zone) => covering.some((each) => isSubdomain(each, zone)))
}

/** A zone for people: without the final dot, unless it is the root. */
export function zoneText(zone: string): string {
  return zone.length > 1 && zone.endsWith('.') ? zone.slice(0, -1) : zone
}

/** Plugin names for people, each once: `kubernetes, file and forward`. */
export function listPlugins(occurrences: readonly OccurrenceView[]): string {
  const names = [...new Set(occurrences.map(({ plugin }) => plugin))]
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whether all directives of a block are at hand: no import in it is missing, and no directive's name waits to be filled in. */
export function isWhole(servers: ServersView, { block }: BlockView): boolean {
  if (block.occurrences.some(({ known }) => !known)) return false
  const { open, close } = block
  const { unknowns, imports } = servers.configuration
  const missing = [
    ...unknowns.filter(({ kind }) => kind === 'import').map(({ at }) => at),
    ...imports.map(({ argument }) => argument).filter((argument) => !servers.isKnown(argument)),
  ]
  return !missing.some((at) => open === null || isBetween(at, open, close))
}

/** Whether a place lies between two others of one list, itself or by the imports that brought it. */
function isBetween(place: Place, open: Place, close: Place | null): boolean {
  let at: Place | null = place
  while (at !== null) {
    if (at.list === open.list && at.index > open.index && (close === null || at.index < close.index)) return true
    at = at.site === null ? null : { list: at.site.list, index: at.site.index, site: at.site.parent }
  }
  return false
}
