import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'
import { passedOn, passesZone, zonesAnswered } from './answering.ts'
import { type ForwardView, readForward, takesName } from './forwarding.ts'
import { readNameRewrite } from './rewriting.ts'

/** An answerer that a name may come to; null stands for one of which nobody knows what it does with any name. */
type Candidate = {
  readonly answerer: OccurrenceView
  readonly zone: string
  readonly forward: ForwardView | null
} | null

const asked = new WeakMap<BlockView, Asked>()

/** The forward of a block that is asked for a name; null where another plugin ends the search first, or may. */
export function forwardAskedFor(block: BlockView, name: string, release: string): ForwardView | null {
  let own = asked.get(block)
  if (own === undefined) {
    own = new Asked(block, release)
    asked.set(block, own)
  }
  return own.forwardFor(name)
}

const near = new WeakMap<readonly string[], ZoneIndex<string>>()

/** The first of a block's zones that lies in another zone, or else the first in which that one lies; undefined where neither does. */
export function zoneNear(block: BlockView, other: string): string | undefined {
  const index = zoneIndex(block)
  for (const zone of index.within(other)) return zone
  for (const zone of index.around(other)) return zone
  return undefined
}

function zoneIndex({ zones }: BlockView): ZoneIndex<string> {
  let index = near.get(zones)
  if (index === undefined) {
    index = new ZoneIndex()
    for (const zone of zones) index.add(zone, zone)
    near.set(zones, index)
  }
  return index
}

/** Whether a block serves a zone above a name, fully qualified, and not only the name's own. */
export function servesAbove(block: BlockView, name: string): boolean {
  for (const zone of zoneIndex(block).around(name)) if (zone !== name) return true
  return false
}

/** The answerers of a block by the zones whose names come to them: a block may have as many as it has lines. */
class Asked {
  readonly #candidates = new ZoneIndex<Candidate>()
  readonly #rewriting: Rewriting

  constructor(block: BlockView, release: string) {
    this.#rewriting = rewritingOf(block.occurrences('rewrite'))
    for (const answerer of block.answerers) {
      const forward = answerer.plugin === 'forward' ? readForward(answerer) : null
      const zones =
        answerer.plugin === 'forward' ? (forward === null ? null : [forward.from]) : zonesAnswered(answerer, release)
      if (zones === null) this.#candidates.add('.', null)
      else if (forward !== null || !isOfOneType(answerer))
        for (const zone of zones) this.#candidates.add(zone, { answerer, zone, forward })
    }
  }

  forwardFor(name: string): ForwardView | null {
    if (mayRewrite(this.#rewriting, name)) return null
    let last: OccurrenceView | null = null
    for (const candidate of this.#candidates.around(name)) {
      if (candidate === null) return null
      const { answerer, zone, forward } = candidate
      // Of the zones of one answerer the first that fits counts.
      if (answerer === last) continue
      last = answerer
      if (forward !== null && takesName(forward, name)) return forward
      if (forward === null && !passesZone(passedOn(answerer), zone)) return null
    }
    return null
  }
}

/** What the rewrites of a block may change. */
interface Rewriting {
  /** Whether nobody can tell which names. */
  readonly any: boolean
  readonly suffixes: ReadonlySet<string>
  readonly substrings: ReadonlySet<string>
}

function rewritingOf(rewrites: readonly OccurrenceView[]): Rewriting {
  const suffixes = new Set<string>()
  const substrings = new Set<string>()
  let any = false
  for (const rewrite of rewrites) {
    const rule = readNameRewrite(rewrite)
    if (rule === null) any ||= rewrite.args.some(({ value, known }) => !known || value.toLowerCase() === 'name')
    else if (rule.match === 'regex') any = true
    const from = rule?.from.value.toLowerCase() ?? ''
    if (rule?.match === 'suffix') suffixes.add(from.endsWith('.') ? from : `${from}.`)
    else if (rule?.match === 'substring') substrings.add(from)
  }
  return { any, suffixes, substrings }
}

function mayRewrite({ any, suffixes, substrings }: Rewriting, name: string): boolean {
  if (any) return true
  if (suffixes.size > 0) for (let at = 0; at < name.length; at++) if (suffixes.has(name.slice(at))) return true
  for (const substring of substrings) if (name.includes(substring)) return true
  return false
}

/** A template for one type leaves the others to the plugins behind it. */
function isOfOneType({ plugin, args }: OccurrenceView): boolean {
  return plugin === 'template' && args[1]?.value.toUpperCase() !== 'ANY'
}
