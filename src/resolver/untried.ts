import { foldCase } from '../values/name.ts'
import type { Pattern, Vocabulary } from './decision.ts'
import { isTriedBy, namesOf, neverMatches } from './pattern-samples.ts'
import type { Probe } from './probes.ts'

/** A pattern of one configuration alone that no question was asked about: what it does is not compared. */
export interface Untried {
  readonly pattern: string
  /** One sentence without a full stop. */
  readonly reason: string
}

/** The patterns that only one of two configurations has and for which neither a name was found nor one of `more` was asked. */
export function untriedPatterns(old: Vocabulary, later: Vocabulary, more: readonly Probe[] = []): Untried[] {
  const own = [...alone(old.patterns, later.patterns), ...alone(later.patterns, old.patterns)]
  const untried = own.filter(
    (pattern) =>
      namesOf(pattern).length === 0 &&
      !neverMatches(pattern) &&
      !more.some(({ query }) => isTriedBy(pattern, foldCase(query.name))),
  )
  const sources = new Set(untried.map(({ source }) => source))
  return [...sources].map((pattern) => ({ pattern, reason: 'no name was found that it matches' }))
}

/** Patterns that stand in other words in the other configuration, or not at all. */
function alone(patterns: readonly Pattern[], others: readonly Pattern[]): Pattern[] {
  const keyOf = ({ source, within, zones }: Pattern) => `${source}\n${within}\n${zones.join(' ')}`
  const known = new Set(others.map(keyOf))
  return patterns.filter((pattern) => !known.has(keyOf(pattern)))
}
