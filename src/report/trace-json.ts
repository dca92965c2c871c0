import type { Decision } from '../resolver/decision.ts'
import type { Outcome, ReplyChange } from '../resolver/outcome.ts'
import type { FileLines } from '../text/file-lines.ts'
import type { FilePlace } from '../text/range.ts'
import { recordText } from './trace.ts'

/** Who answers, as `trace --format json` says it. */
export function traceShape(decision: Decision, lines: FileLines): Record<string, unknown> {
  const { query, outcome, path, block, listener, assumes } = decision
  return {
    version: 1,
    query: { name: query.name, type: query.type },
    outcome: outcomeShape(outcome),
    listener,
    block: block === null ? null : { key: block.key, at: placeShape(block.at, lines) },
    path: path.map(({ plugin, at, role, did }) => ({
      plugin,
      at: at === null ? null : placeShape(at, lines),
      role,
      did,
    })),
    assumes,
  }
}

/** A place with its path, and its line and column, both 1-based. */
export function placeShape(place: FilePlace, lines: FileLines): Record<string, unknown> {
  return { path: place.path, ...lines.positionOf(place) }
}

/** An outcome with the fields that its kind has. */
export function outcomeShape(outcome: Outcome): Record<string, unknown> {
  switch (outcome.kind) {
    case 'records':
    case 'referral':
      return { kind: outcome.kind, records: outcome.records.map(recordText) }
    case 'alias': {
      const { records, target, reached } = outcome
      return {
        kind: 'records',
        records: records.map(recordText),
        // The published shape has this name.
        // biome-ignore lint/suspicious/noThenProperty: it is data for JSON and never awaited
        alias: { target, then: reached === null ? null : outcomeShape(reached) },
      }
    }
    case 'rcode':
      return { kind: 'rcode', rcode: outcome.rcode, records: outcome.records.map(recordText) }
    case 'upstream': {
      const { upstreams, policy, asks, changes, failover, next } = outcome
      return {
        kind: 'upstream',
        upstreams,
        policy,
        asks,
        ...changesShape(changes),
        ...(failover.length === 0 ? {} : { failover }),
        ...(next === null ? {} : { next: { rcodes: next.rcodes, outcome: outcomeShape(next.outcome) } }),
      }
    }
    case 'cluster':
    case 'file':
    case 'etcd':
      return {
        kind: outcome.kind,
        zone: outcome.zone,
        ...(outcome.kind === 'file' ? { path: outcome.path } : {}),
        ...(outcome.kind === 'etcd' ? { prefix: outcome.prefix } : {}),
        name: outcome.name,
        type: outcome.type,
        ...changesShape(outcome.changes),
        otherwise: outcomeShape(outcome.otherwise),
      }
    case 'servfail':
    case 'dropped':
    case 'unknown':
      return { kind: outcome.kind, reason: outcome.reason }
    default:
      return { kind: outcome.kind }
  }
}

function changesShape(changes: readonly ReplyChange[]): { readonly changes?: readonly ReplyChange[] } {
  return changes.length === 0 ? {} : { changes }
}
