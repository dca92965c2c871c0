import { parseDuration, toSeconds } from '../values/duration.ts'
import { isInvalid } from '../values/invalid.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** How long a `health` lets its server wait before it ends, in seconds; `word` is null where nothing is written. */
export interface Lameduck {
  readonly seconds: number
  readonly word: WordView | null
}

/** The last `lameduck` of a `health` (plugin/health/setup.go parse); null where it is not known or is no duration. */
export function lameduckOf(health: OccurrenceView): Lameduck | null {
  let word: WordView | null = null
  for (const { name, args } of health.lines()) {
    if (!name.known) return null
    if (name.value === 'lameduck') word = args[0] ?? null
  }
  if (word === null) return { seconds: 0, word }
  const duration = word.known ? parseDuration(word.value) : null
  return duration === null || isInvalid(duration) ? null : { seconds: toSeconds(duration), word }
}
