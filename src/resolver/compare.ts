import type { Decider, Decision, Step } from './decision.ts'
import type { Outcome } from './outcome.ts'
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
  /** Called with the number of questions asked, for long work. */
  readonly onProgress?: (asked: number) => void
}

/** Questions between two times that progress is told. */
const STRIDE = 1_000

/** Asks both the same questions and sorts what they answer. Keeps only what differs. */
export function compare(
  old: Decider,
  later: Decider,
  probes: Iterable<Probe>,
  { declare, expect, isSameText, onProgress }: CompareOptions = {},
): Comparison {
  const declared: DeclaredDifference[] = []
  const expected: ExpectedDifference[] = []
  const undeclared: Difference[] = []
  const unproved: Unproved[] = []
  let count = 0
  let equal = 0
  for (const probe of probes) {
    if (++count % STRIDE === 0) onProgress?.(count)
    const { query } = probe
    const [was, now] = [outcomeOf(old, query), outcomeOf(later, query)]
    if (sameOutcome(was, now)) {
      equal++
      continue
    }
    const difference = new Remembered(probe, old, later)
    const isOpen = isUnknown(was) || isUnknown(now)
    if (isOpen && isSameText?.(difference.old, difference.new)) {
      equal++
      continue
    }
    const kept = new Reopened(probe, old, later)
    const meant = expect?.(difference)
    const natural = meant ? null : declare?.(difference)
    if (meant) expected.push(withMore(kept, meant))
    else if (natural) declared.push(withMore(kept, natural))
    else if (isOpen) unproved.push({ probe, query, reason: whyUnknown(was, now) })
    else undeclared.push(kept)
  }
  return { probes: count, equal, declared, expected, undeclared, unproved }
}

/** The outcome of a query alone, which many servers have for less than the whole decision. */
export function outcomeOf(decider: Decider, query: Query): Outcome {
  return decider.outcomeOf?.(query) ?? decider.decide(query).outcome
}

/** A difference that keeps the question alone, for a hundred thousand names differ at once: the same question is decided in the same way again. */
class Reopened implements Difference {
  readonly probe: Probe
  readonly #old: Decider
  readonly #new: Decider

  constructor(probe: Probe, old: Decider, later: Decider) {
    this.probe = probe
    this.#old = old
    this.#new = later
  }

  get old(): Decision {
    return this.#old.decide(this.probe.query)
  }

  get new(): Decision {
    return this.#new.decide(this.probe.query)
  }

  /** As a plain object would be written. */
  toJSON(): Difference {
    return { ...this, old: this.old, new: this.new }
  }
}

/** One that is decided when somebody looks for the first time. */
class Remembered extends Reopened {
  #before: Decision | undefined
  #after: Decision | undefined

  override get old(): Decision {
    this.#before ??= super.old
    return this.#before
  }

  override get new(): Decision {
    this.#after ??= super.new
    return this.#after
  }
}

/** A difference with more said of it; it stays as it is, for one may make its decisions when asked. */
function withMore<More extends { readonly reason: string }>(difference: Difference, more: More): Difference & More {
  return Object.assign(difference, more)
}

function whyUnknown(old: Outcome, later: Outcome): string {
  return outcomeSummary(isUnknown(old) ? old : later)
}

/** The step that answered; null where none did. */
export function answering({ path }: Decision): Step | null {
  return path.find(({ role }) => role === 'answered') ?? null
}
