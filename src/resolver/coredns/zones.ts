import { isSubdomain } from '../../values/name.ts'
import type { OccurrenceView, WordView } from '../../verdict/servers-view.ts'

/** The longest of the zones in which a name lies, or null (plugin/plugin.go `Zones.Matches`). */
export function matchZone(zones: readonly string[], name: string): string | null {
  let longest: string | null = null
  for (const zone of zones) {
    if ((longest === null || zone.length > longest.length) && isSubdomain(zone, name)) longest = zone
  }
  return longest
}

/** For the path: that none of a plugin's zones has the name. */
export function notItsZone(zones: readonly string[]): string {
  const told = zones.slice(0, 3).map((zone) => (zone === '.' ? zone : zone.replace(/\.$/, '')))
  return `not its zone (${told.join(', ')}${zones.length > 3 ? ` and ${zones.length - 3} more` : ''})`
}

/** What a plugin's `fallthrough` passes on (plugin/pkg/fall). */
export interface Fallthrough {
  /** The names of these zones; none where it stands alone or is missing. */
  readonly zones: readonly string[]
  /** Whether it passes a name on. */
  passes(name: string): boolean
}

/** No `fallthrough` at all. */
export const NO_FALLTHROUGH: Fallthrough = { zones: [], passes: () => false }

/** The last `fallthrough` line of an occurrence. */
export function readFallthrough(occurrence: OccurrenceView): Fallthrough {
  let last: readonly WordView[] | null = null
  for (const line of occurrence.lines()) if (line.name.value === 'fallthrough') last = line.args
  return last === null ? NO_FALLTHROUGH : fallthroughOf(occurrence, last)
}

/** The `fallthrough` that the words behind it make. */
export function fallthroughOf(occurrence: OccurrenceView, words: readonly WordView[]): Fallthrough {
  const zones = words.length === 0 ? ['.'] : occurrence.zones(words)
  return { zones, passes: (name) => matchZone(zones, name) !== null }
}
