import { foldCase, isSubdomain } from '../../values/name.ts'
import type { OccurrenceView, WordView } from '../../verdict/servers-view.ts'

/** The longest of the zones in which a name lies, or null (plugin/plugin.go `Zones.Matches`). */
export function matchZone(zones: readonly string[], name: string): string | null {
  let longest: string | null = null
  for (const zone of zones) {
    if ((longest === null || zone.length > longest.length) && isSubdomain(zone, name)) longest = zone
  }
  return longest
}

/** Many lists of zones, of which those that have a name are found without asking each. */
export class ZoneIndex {
  readonly #lists: readonly (readonly string[])[]
  readonly #byZone = new Map<string, number[]>()

  constructor(lists: readonly (readonly string[])[]) {
    this.#lists = lists
    for (const [at, zones] of lists.entries()) {
      for (const zone of new Set(zones.map(foldCase))) {
        const known = this.#byZone.get(zone)
        if (known === undefined) this.#byZone.set(zone, [at])
        else known.push(at)
      }
    }
  }

  /** The numbers of the lists that have a zone in which the name lies, in order. */
  listsOf(name: string): readonly number[] {
    // With escapes the ends of a name need not be the zones that it lies in.
    if (name.includes('\\'))
      return [...this.#lists.keys()].filter((at) => matchZone(this.#lists[at] ?? [], name) !== null)
    const folded = foldCase(name)
    const found = new Set(this.#byZone.get('.'))
    for (let at = 0; at < folded.length; at = folded.indexOf('.', at) + 1 || folded.length) {
      for (const list of this.#byZone.get(folded.slice(at)) ?? []) found.add(list)
    }
    return [...found].sort((a, b) => a - b)
  }
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
