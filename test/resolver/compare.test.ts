import { describe, expect, it } from 'vitest'
import { causesOf, scopeOf } from '../../src/resolver/causes.ts'
import { compare } from '../../src/resolver/compare.ts'
import type { Decider, Vocabulary } from '../../src/resolver/decision.ts'
import type { Outcome } from '../../src/resolver/outcome.ts'
import { probesOf } from '../../src/resolver/probes.ts'
import type { Query } from '../../src/resolver/query.ts'

function decider(domains: string[], outcomeOf: (query: Query) => Outcome): Decider {
  const vocabulary: Vocabulary = {
    names: new Set(['registry.']),
    domains: new Set(domains),
    addresses: new Set(),
    clusterDomains: new Set(),
    patterns: [],
  }
  return {
    program: 'a stand-in',
    vocabulary,
    decide: (query) => ({ query, outcome: outcomeOf(query), block: null, listener: null, path: [], assumes: [] }),
  }
}

const upstream = (query: Query): Outcome => ({
  kind: 'upstream',
  upstreams: ['10.0.0.53:53'],
  policy: 'random',
  asks: { name: query.name, type: query.type },
  changes: [],
  failover: [],
  next: null,
})
const failing: Outcome = { kind: 'servfail', reason: 'hosts ends the search' }
const isInside = ({ name }: Query) => name.endsWith('cluster.local.')
const all = decider(['cluster.local.'], upstream)
const broken = decider(['cluster.local.'], (query) => (isInside(query) ? upstream(query) : failing))
const probes = probesOf([all.vocabulary])

describe('compare', () => {
  it('finds nothing between equals', () => {
    expect(compare(all, all, probes)).toMatchObject({ probes: probes.count, equal: probes.count, undeclared: [] })
  })

  it('groups by cause, and names what a cause is about', () => {
    const { undeclared, equal } = compare(all, broken, probes)
    expect(undeclared.length + equal).toBe(probes.count)
    const causes = causesOf(undeclared)
    expect(causes.map((cause) => [cause.old, cause.new])).toEqual([['upstream 10.0.0.53', 'SERVFAIL']])
    expect(scopeOf(causes[0]?.differences ?? [], probes)).toMatchObject({
      everything: true,
      except: ['cluster.local.'],
      types: [],
    })
  })

  it('names single names and types', () => {
    const one = decider([], (query) => (query.name === 'registry.' && query.type === 'A' ? failing : upstream(query)))
    const { undeclared } = compare(all, one, probes)
    expect(scopeOf(undeclared, probes)).toEqual({
      everything: false,
      except: [],
      exceptNames: [],
      below: [],
      names: ['registry.'],
      types: ['A'],
    })
  })

  it('puts aside what is declared, what is meant and what nobody knows', () => {
    const unknown = decider([], (query) =>
      query.type === 'MX' ? { kind: 'unknown', reason: 'a plugin of others' } : failing,
    )
    const result = compare(all, unknown, probes, {
      declare: ({ probe }) => (probe.query.type === 'A' ? { code: 'D-TEST', reason: 'as it is' } : null),
      expect: ({ probe }) =>
        probe.query.name === 'registry.' && probe.query.type === 'A' ? { reason: 'meant' } : null,
    })
    expect(result.expected.map(({ probe }) => probe.query.name)).toEqual(['registry.'])
    expect(result.declared.every(({ probe }) => probe.query.type === 'A')).toBe(true)
    expect(result.unproved.every(({ query }) => query.type === 'MX')).toBe(true)
    expect(result.undeclared.some(({ probe }) => probe.query.type === 'AAAA')).toBe(true)
    const { declared, expected, undeclared, unproved, equal } = result
    expect(declared.length + expected.length + undeclared.length + unproved.length + equal).toBe(result.probes)
  })
})
