import type { Decider, Decision, Step } from '../../src/resolver/decision.ts'
import type { Outcome, UpstreamOutcome } from '../../src/resolver/outcome.ts'
import { type Query, queryFor } from '../../src/resolver/query.ts'

/** An upstream asked for the name itself. */
export function upstreamOf(query: Query, upstreams: readonly string[], more: Partial<UpstreamOutcome> = {}): Outcome {
  const asks = { name: query.name, type: query.type }
  return { kind: 'upstream', upstreams, policy: 'random', asks, changes: [], failover: [], next: null, ...more }
}

/** Records of one type at one name. */
export function recordsOf(name: string, type: string, data: readonly string[]): Outcome {
  return { kind: 'records', records: data.map((each) => ({ name, ttl: 30, type, data: each })) }
}

/** A decision with one step that answered. */
export function decisionOf(query: Query, outcome: Outcome, plugin: string | null = null): Decision {
  const path: Step[] = plugin === null ? [] : [{ plugin, at: null, role: 'answered', did: '' }]
  return { query, outcome, block: null, listener: ':53', path, assumes: [] }
}

/** A server of which only the answers are known. */
export function serverOf(outcomeOf: (query: Query) => Outcome, plugin: string | null = null): Decider {
  return {
    program: 'a stand-in',
    vocabulary: { names: new Set(), domains: new Set(), addresses: new Set(), clusterDomains: new Set(), patterns: [] },
    decide: (query) => decisionOf(query, outcomeOf(query), plugin),
  }
}

/** What a server answers to a name. */
export function answerOf(server: Decider, name: string, type = 'A'): Outcome {
  return server.decide(queryFor(name, type)).outcome
}
