import { describe, expect, it } from 'vitest'
import type { Outcome, ResourceRecord, UpstreamOutcome } from '../../src/resolver/outcome.ts'
import { sameOutcome } from '../../src/resolver/same-outcome.ts'

const a = (data: string, name = 'a.example.', ttl = 3600): ResourceRecord => ({ name, ttl, type: 'A', data })
const records = (...list: ResourceRecord[]): Outcome => ({ kind: 'records', records: list })
const asks = { name: 'a.example.', type: 'A' }
const upstream = (more: Partial<UpstreamOutcome> = {}): Outcome => ({
  kind: 'upstream',
  upstreams: ['10.0.0.1:53', '10.0.0.2:53'],
  policy: 'random',
  asks,
  changes: [],
  failover: [],
  next: null,
  ...more,
})
const cluster = (otherwise: Outcome): Outcome => ({
  kind: 'cluster',
  zone: 'cluster.local.',
  name: 'a.cluster.local.',
  type: 'A',
  changes: [],
  otherwise,
})

describe('two outcomes', () => {
  it.each<[string, Outcome, Outcome]>([
    [
      'records in another order, with other TTLs',
      records(a('10.0.0.1'), a('10.0.0.2')),
      records(a('10.0.0.2', 'A.example.', 5), a('10.0.0.1')),
    ],
    ['a record twice and once', records(a('10.0.0.1'), a('10.0.0.1')), records(a('10.0.0.1'))],
    ['random upstreams in another order', upstream(), upstream({ upstreams: ['10.0.0.2:53', '10.0.0.1:53'] })],
    ['policies that spread', upstream(), upstream({ policy: 'round_robin' })],
    [
      'one upstream, whatever the policy',
      upstream({ upstreams: ['10.0.0.1:53'] }),
      upstream({ upstreams: ['10.0.0.1:53'], policy: 'sequential' }),
    ],
    ['failures for other reasons', { kind: 'servfail', reason: 'one' }, { kind: 'servfail', reason: 'other' }],
  ])('are the same: %s', (_, one, other) => {
    expect(sameOutcome(one, other)).toBe(true)
  })

  it.each<[string, Outcome, Outcome]>([
    ['another address', records(a('10.0.0.1')), records(a('10.0.0.2'))],
    ['another owner', records(a('10.0.0.1')), records(a('10.0.0.1', 'b.example.'))],
    ['NODATA and NXDOMAIN', { kind: 'nodata' }, { kind: 'nxdomain' }],
    [
      'sequential upstreams in another order',
      upstream({ policy: 'sequential' }),
      upstream({ policy: 'sequential', upstreams: ['10.0.0.2:53', '10.0.0.1:53'] }),
    ],
    ['all upstreams and one of them', upstream(), upstream({ policy: 'all' })],
    ['another question to the upstream', upstream(), upstream({ asks: { name: 'b.example.', type: 'A' } })],
    ['a reply that is changed', upstream(), upstream({ changes: [{ when: 'NXDOMAIN', becomes: 'rcode NOERROR' }] })],
    ['what comes behind the cluster', cluster({ kind: 'nxdomain' }), cluster(upstream())],
    ['what nobody knows', { kind: 'unknown', reason: 'same' }, { kind: 'unknown', reason: 'same' }],
    [
      'what nobody knows behind the cluster',
      cluster({ kind: 'unknown', reason: 'x' }),
      cluster({ kind: 'unknown', reason: 'x' }),
    ],
  ])('differ: %s', (_, one, other) => {
    expect(sameOutcome(one, other)).toBe(false)
  })
})
