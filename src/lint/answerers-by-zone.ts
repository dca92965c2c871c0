import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'
import { firstZonesAnswered } from './answering.ts'

/** Answerers by plugin and zone: a block may have as many as it has lines, and each is looked up among the others. */
export class AnswerersByZone {
  readonly #byPlugin = new Map<string, ZoneIndex<OccurrenceView>>()
  /** Whether the zones of one of them are not known. */
  readonly hasUnknown: boolean

  constructor(answerers: Iterable<OccurrenceView>, release: string) {
    let hasUnknown = false
    for (const answerer of answerers) {
      const zones = firstZonesAnswered(answerer, release)
      if (zones === null) {
        hasUnknown = true
        continue
      }
      const own = this.#byPlugin.get(answerer.plugin) ?? new ZoneIndex<OccurrenceView>()
      this.#byPlugin.set(answerer.plugin, own)
      for (const zone of zones) own.add(zone, answerer)
    }
    this.hasUnknown = hasUnknown
  }

  /** Of each plugin one that answers for a name of the zones, in run order: for a whole zone rather than for names below it. */
  meeting(zones: readonly string[]): OccurrenceView[] {
    const found: OccurrenceView[] = []
    for (const index of this.#byPlugin.values()) {
      const first = firstMeeting(index, zones)
      if (first !== undefined) found.push(first)
    }
    return found
  }
}

/** One that was added for a zone which shares a name with one of the list: for a whole zone rather than for names below it. */
export function firstMeeting<Item>(index: ZoneIndex<Item>, zones: readonly string[]): Item | undefined {
  for (const zone of zones) for (const item of index.around(zone)) return item
  for (const zone of zones) for (const item of index.within(zone)) return item
  return undefined
}

const byBlock = new WeakMap<BlockView, Map<string, AnswerersByZone>>()

/** The answerers of a block that run behind a plugin, all of them where none is named; made once. */
export function answerersByZone(block: BlockView, release: string, behind?: string): AnswerersByZone {
  const own = byBlock.get(block) ?? new Map<string, AnswerersByZone>()
  byBlock.set(block, own)
  const key = behind ?? ''
  let answerers = own.get(key)
  if (answerers === undefined) {
    answerers = new AnswerersByZone(behind === undefined ? block.answerers : block.answerersBehind(behind), release)
    own.set(key, answerers)
  }
  return answerers
}
