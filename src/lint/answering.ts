import { type Argument, valueFor } from '../../grammar/schema.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'
import { isSubdomain } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView, ServersView } from '../verdict/servers-view.ts'
import { countUpTo } from './sorted.ts'

/** What an answerer passes on to the plugins behind it when it has no such name: everything, names of some zones, or nobody knows. */
export type PassedOn = 'everything' | 'unknown' | readonly string[]

const answered = new WeakMap<OccurrenceView, readonly string[] | null>()

/**
 * The zones that an answerer answers for, fully qualified: those of its words as its grammar has them, else the block's. Null where
 * they cannot be told: a word or key is not known, or the plugin writes its zones in a way of its own.
 */
export function zonesAnswered(answerer: OccurrenceView, release: string): readonly string[] | null {
  let zones = answered.get(answerer)
  if (zones === undefined) {
    zones = readZones(answerer, release)
    answered.set(answerer, zones)
  }
  return zones
}

function readZones(answerer: OccurrenceView, release: string): readonly string[] | null {
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

const passing = new WeakMap<OccurrenceView, PassedOn>()

/** What the last `fallthrough` of an answerer passes on, the one that counts; no zones where there is none. Reads each line once. */
export function passedOn(answerer: OccurrenceView): PassedOn {
  let passed = passing.get(answerer)
  if (passed === undefined) {
    passed = readPassedOn(answerer)
    passing.set(answerer, passed)
  }
  return passed
}

function readPassedOn(answerer: OccurrenceView): PassedOn {
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
  return typeof passed === 'string' || covers(passed, zone)
}

/** Whether two lists of zones have a name in common. */
export function zonesMeet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((zone) => covers(others, zone)) || others.some((zone) => covers(some, zone))
}

/** Whether every name of the zones lies in one of the others. */
export function zonesCover(covering: readonly string[], zones: readonly string[]): boolean {
  return zones.every((zone) => covers(covering, zone))
}

/** Longer lists are looked up in an index. */
const FEW_ZONES = 8

const indices = new WeakMap<readonly string[], ZoneIndex<string>>()

/** Whether a zone lies in one of a list, which must not change any more. */
function covers(zones: readonly string[], zone: string): boolean {
  if (zones.length <= FEW_ZONES) return zones.some((each) => isSubdomain(each, zone))
  let index = indices.get(zones)
  if (index === undefined) {
    index = new ZoneIndex()
    for (const each of zones) index.add(each, each)
    indices.set(zones, index)
  }
  return index.covers(zone)
}

/** A zone for people: without the final dot, unless it is the root. */
export function zoneText(zone: string): string {
  return zone.length > 1 && zone.endsWith('.') ? zone.slice(0, -1) : zone
}

/** Of longer lists only the beginning is looked at where each of many lists is compared with others. */
const MOST_ZONES = 200

const beginnings = new WeakMap<readonly string[], readonly string[]>()

/** `zonesAnswered`, of which there may be very many for each of very many answerers: the first of them. */
export function firstZonesAnswered(answerer: OccurrenceView, release: string): readonly string[] | null {
  const zones = zonesAnswered(answerer, release)
  if (zones === null || zones.length <= MOST_ZONES) return zones
  const known = beginnings.get(zones)
  if (known !== undefined) return known
  const first = zones.slice(0, MOST_ZONES)
  beginnings.set(zones, first)
  return first
}

/** Zones for people, each once; long lists say only how they begin. */
export function listZones(zones: readonly string[]): string {
  const texts = [...new Set(zones.map(zoneText))]
  const shown = texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more`] : texts
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** Plugin names for people, each once: `kubernetes, file and forward`. */
export function listPlugins(occurrences: readonly OccurrenceView[]): string {
  const names = [...new Set(occurrences.map(({ plugin }) => plugin))]
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whether all directives of a block are at hand: no import in it is missing, and no directive's name waits to be filled in. */
export function isWhole(servers: ServersView, { block }: BlockView): boolean {
  if (block.occurrences.some(({ known }) => !known)) return false
  const missing = missingPlaces(servers)
  const { open, close } = block
  if (open === null) return missing.size === 0
  const within = missing.get(open.list) ?? []
  const next = within[countUpTo(within, open.index)]
  return next === undefined || (close !== null && next >= close.index)
}

const missingIn = new WeakMap<ServersView, ReadonlyMap<TokenList, readonly number[]>>()

/** Where something to import is missing, and the import lines that brought such a place: ascending indices by their list. */
function missingPlaces(servers: ServersView): ReadonlyMap<TokenList, readonly number[]> {
  const known = missingIn.get(servers)
  if (known !== undefined) return known
  const { unknowns, imports } = servers.configuration
  const places: Place[] = [
    ...unknowns.filter(({ kind }) => kind === 'import').map(({ at }) => at),
    ...imports.map(({ argument }) => argument).filter((argument) => !servers.isKnown(argument)),
  ]
  const found = new Map<TokenList, Set<number>>()
  for (const place of places) {
    for (let at: Place | null = place; at !== null; at = broughtBy(at)) {
      const indices = found.get(at.list)
      if (indices === undefined) found.set(at.list, new Set([at.index]))
      else indices.add(at.index)
    }
  }
  const sorted = new Map([...found].map(([list, indices]) => [list, [...indices].sort((a, b) => a - b)]))
  missingIn.set(servers, sorted)
  return sorted
}

/** The import line that brought a place, null where it stands in the Corefile itself. */
function broughtBy({ site }: Place): Place | null {
  return site === null ? null : { list: site.list, index: site.index, site: site.parent }
}
