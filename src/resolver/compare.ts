import type { Decider, Decision, Step } from './decision.ts'
import { outcomeSummary } from './outcome-summary.ts'
import type { Probe } from './probes.ts'
import type { Query } from './query.ts'
import { isUnknown, sameOutcome } from './same-outcome.ts'

/** One question that two configurations answer differently. */
export interface Difference {
  readonly probe: Probe
  readonly old: Decision
  readonly new: Decision
}

/** A difference that lies in the nature of the two programs, by its code: `D-POLICY`. */
export interface DeclaredDifference extends Difference {
  readonly code: string
  /** What differs, one sentence without a full stop. */
  readonly reason: string
}

/** A difference that somebody wrote down as meant. */
export interface ExpectedDifference extends Difference {
  /** Why, in their words; empty where they gave none. */
  readonly reason: string
}

/** A question that nobody can compare, as one of the answers is not known. */
export interface Unproved {
  readonly probe: Probe
  readonly query: Query
  readonly reason: string
}

/** What comparing two configurations gave. */
export interface Comparison {
  readonly probes: number
  readonly equal: number
  readonly declared: readonly DeclaredDifference[]
  readonly expected: readonly ExpectedDifference[]
  readonly undeclared: readonly Difference[]
  readonly unproved: readonly Unproved[]
}

/** What counts as no surprise. */
export interface CompareOptions {
  /** The code of a difference that lies in the nature of the two programs; null for every other one. */
  readonly declare?: (difference: Difference) => { readonly code: string; readonly reason: string } | null
  /** Why a difference is meant; null for one that is not. */
  readonly expect?: (difference: Difference) => { readonly reason: string } | null
  /** Whether two decisions about one query come out of equal text, so that their answers are equal even where nobody knows them. */
  readonly isSameText?: (old: Decision, later: Decision) => boolean
}

/** Whole paths are kept of so many differences; of further ones only the steps that made the answer, for a hundred thousand names differ at once. */
const MOST_WHOLE = 2_000

/** Asks both the same questions and sorts what they answer. Keeps only what differs. */
export function compare(
  old: Decider,
  later: Decider,
  probes: Iterable<Probe>,
  { declare, expect, isSameText }: CompareOptions = {},
): Comparison {
  const declared: DeclaredDifference[] = []
  const expected: ExpectedDifference[] = []
  const undeclared: Difference[] = []
  const unproved: Unproved[] = []
  let count = 0
  let equal = 0
  for (const probe of probes) {
    count++
    const [was, now] = [old.decide(probe.query), later.decide(probe.query)]
    if (sameOutcome(was.outcome, now.outcome)) {
      equal++
      continue
    }
    const isOpen = isUnknown(was.outcome) || isUnknown(now.outcome)
    if (isOpen && isSameText?.(was, now)) {
      equal++
      continue
    }
    const isKept = count - equal <= MOST_WHOLE
    const difference: Difference = isKept ? { probe, old: was, new: now } : withoutPaths(probe, was, now)
    const meant = expect?.(difference)
    const natural = meant ? null : declare?.(difference)
    if (meant) expected.push({ ...difference, ...meant })
    else if (natural) declared.push({ ...difference, ...natural })
    else if (isOpen) {
      unproved.push({ probe, query: probe.query, reason: whyUnknown(difference) })
    } else undeclared.push(difference)
  }
  return { probes: count, equal, declared, expected, undeclared, unproved }
}

function withoutPaths(probe: Probe, old: Decision, later: Decision): Difference {
  const plugins = new Set([answering(old)?.plugin, answering(later)?.plugin])
  const slim = (decision: Decision) => ({
    ...decision,
    path: decision.path.filter(({ role, plugin }) => role === 'answered' || role === 'changed' || plugins.has(plugin)),
  })
  return { probe, old: slim(old), new: slim(later) }
}

function whyUnknown({ old, new: later }: Difference): string {
  const unknown = isUnknown(old.outcome) ? old : later
  return outcomeSummary(unknown.outcome)
}

/** The step that answered; null where none did. */
export function answering({ path }: Decision): Step | null {
  return path.find(({ role }) => role === 'answered') ?? null
}
