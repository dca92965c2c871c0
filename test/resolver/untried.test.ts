import { describe, expect, it } from 'vitest'
import type { Pattern, Vocabulary } from '../../src/resolver/decision.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { untriedPatterns } from '../../src/resolver/untried.ts'

const strange = '^[#!]+\\.corp\\.$'
const vocabulary = (...patterns: readonly Partial<Pattern>[]): Vocabulary => ({
  names: new Set(),
  domains: new Set(),
  addresses: new Set(),
  clusterDomains: new Set(),
  patterns: patterns.map((each) => ({ source: strange, names: null, zones: ['.'], within: 'rewrite', ...each })),
})
const untried = (old: Vocabulary, later: Vocabulary, asked: string[] = []) =>
  untriedPatterns(
    old,
    later,
    asked.map((name) => ({ query: queryFor(name, 'A'), kind: 'itself', of: name })),
  ).map(({ pattern }) => pattern)

describe('patterns that nothing was asked about', () => {
  it('are those without a name that one side alone has, whichever it is', () => {
    expect(untried(vocabulary(), vocabulary({}))).toEqual([strange])
    expect(untried(vocabulary({}), vocabulary())).toEqual([strange])
    expect(untried(vocabulary({}), vocabulary({}))).toEqual([])
  })

  it('are the same ones only in the same words', () => {
    expect(untried(vocabulary({ within: 'answers 10.0.0.1' }), vocabulary({ within: 'answers 10.0.0.2' }))).toEqual([
      strange,
    ])
  })

  it('are not those that a name is known of, that somebody asks about, or that no name ends like', () => {
    expect(untried(vocabulary(), vocabulary({ source: '^a\\.' }))).toEqual([])
    expect(untried(vocabulary(), vocabulary({}), ['#!.corp.'])).toEqual([])
    expect(untried(vocabulary(), vocabulary({}), ['a.corp.'])).toEqual([strange])
    expect(untried(vocabulary(), vocabulary({ source: '^[#]+$' }))).toEqual([])
  })
})
