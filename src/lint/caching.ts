import { zonesOf } from '../values/zone.ts'
import type { BlockView, OccurrenceView, PropertyView } from '../verdict/servers-view.ts'
import { zonesCover } from './answering.ts'

/** The `cache` of a block as it counts. */
export interface CacheView {
  readonly occurrence: OccurrenceView
  /** The zones whose answers it keeps. */
  readonly zones: readonly string[]
  /** The last `serve_stale`, null where there is none. */
  readonly stale: PropertyView | null
  /** Whether answers (`success`) or denials of all names in the zones are kept out. */
  leavesOut(kind: 'success' | 'denial', zones: readonly string[]): boolean
}

/** Reads the `cache` of a block; null where there is none or a word of it is not known. */
export function readCache(block: BlockView, release: string): CacheView | null {
  const [occurrence] = block.occurrences('cache')
  if (occurrence === undefined || occurrence.args.some(({ known }) => !known)) return null
  const words = /^[+-]?\d+$/.test(occurrence.args[0]?.value ?? '') ? occurrence.args.slice(1) : occurrence.args
  if (words.length === 0 && block.keys.some(({ known }) => !known)) return null
  const zones = occurrence.zones(words)
  const disabled: { kind: string; zones: readonly string[] }[] = []
  let stale: PropertyView | null = null
  for (const line of occurrence.lines()) {
    const { name, args } = line
    if (!name.known || args.some(({ known }) => !known)) return null
    if (name.value === 'serve_stale') stale = line
    const [kind, ...named] = args
    if (name.value !== 'disable' || kind === undefined) continue
    const own = named.length === 0 ? zones : named.flatMap(({ value }) => zonesOf(value, release))
    disabled.push({ kind: kind.value, zones: own })
  }
  return {
    occurrence,
    zones,
    stale,
    leavesOut: (kind, of) => disabled.some((each) => each.kind === kind && zonesCover(each.zones, of)),
  }
}
