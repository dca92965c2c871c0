import type { Decider } from '../resolver/decision.ts'
import type { OverlaidName } from '../resolver/overlay.ts'
import type { Placed } from '../sources/source.ts'
import type { Range } from '../text/range.ts'
import type { CachePlan, Conflict, Fact, Fidelity, Item, ItemSource, Plan } from './plan.ts'

/** What one source adds to the plan; what it does not set is null. */
export interface Contribution {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
  readonly cache: CachePlan | null
  /** True where the source says that nothing is to be kept. */
  readonly isCacheOff: boolean
  readonly hostsTtl: number | null
  readonly port: number | null
  readonly bind: readonly string[]
  /** False where the source asks not to rotate. */
  readonly rotates: boolean
  readonly isCluster: boolean
  /** The server that answers today, to hold the result against; null where there is no model of it, or it is no server. */
  readonly server: (() => Decider) | null
  /** Names that clients know today without asking a server. */
  readonly overlay: readonly OverlaidName[]
  /** Names of today that are reported as not translatable, fully qualified and in lower case; `*.` in front: with all below. A `server` that is left out is `server HOST:PORT`. */
  readonly lost: readonly string[]
}

/** A contribution that says nothing. */
export const nothing: Contribution = {
  facts: [],
  items: [],
  conflicts: [],
  cache: null,
  isCacheOff: false,
  hostsTtl: null,
  port: null,
  bind: [],
  rotates: true,
  isCluster: false,
  server: null,
  overlay: [],
  lost: [],
}

/** Seconds that answers are kept where no source says otherwise: what Kubernetes installs. */
const USUAL_CACHE: CachePlan = { seconds: 30, lines: [], items: [], secondsItems: [] }
const USUAL_HOSTS_TTL = 30

/** Joins what several sources say; of single-valued settings the first one counts. */
export function planOf(contributions: readonly Contribution[]): Plan {
  const first = <Value>(pick: (contribution: Contribution) => Value | null): Value | null => {
    for (const contribution of contributions) {
      const value = pick(contribution)
      if (value !== null) return value
    }
    return null
  }
  return {
    facts: contributions.flatMap(({ facts }) => facts),
    items: contributions.flatMap(({ items }) => items),
    conflicts: contributions.flatMap(({ conflicts }) => conflicts),
    cache: contributions.some(({ isCacheOff }) => isCacheOff) ? null : (first(({ cache }) => cache) ?? USUAL_CACHE),
    hostsTtl: first(({ hostsTtl }) => hostsTtl) ?? USUAL_HOSTS_TTL,
    port: first(({ port }) => port),
    bind: [...new Set(contributions.flatMap(({ bind }) => bind))],
    rotates: contributions.every(({ rotates }) => rotates),
    isCluster: contributions.some(({ isCluster }) => isCluster),
  }
}

/** Longer texts of a source are cut in reports. */
const MOST_TEXT = 120

/** A place of a source with its text on one line. */
export function sourceOf(path: string, range: Range, text: string): ItemSource {
  const line = text.replace(/\s+/g, ' ').trim()
  return { path, range, text: line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT - 3)}...` : line }
}

/** A place of a value. */
export function sourceOfValue(path: string, { value, range }: Placed): ItemSource {
  return sourceOf(path, range, value)
}

/** An item that is expressed exactly. */
export function exact(source: ItemSource, note: string, check: string | null = null): Item {
  return { source, fidelity: 'exact', codes: [], note, check }
}

/** An item whose answers differ in a way that the codes name. */
export function differs(source: ItemSource, codes: readonly string[], note: string, check: string | null = null): Item {
  return { source, fidelity: 'differs', codes, note, check }
}

/** An item that a Corefile cannot express. */
export function untranslatable(source: ItemSource, note: string, check: string | null = null): Item {
  return { source, fidelity: 'untranslatable', codes: [], note, check }
}

/** The worst of several: what a report counts. */
export function worst(fidelities: readonly Fidelity[]): Fidelity {
  if (fidelities.includes('untranslatable')) return 'untranslatable'
  return fidelities.includes('differs') ? 'differs' : 'exact'
}
