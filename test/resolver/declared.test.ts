import { describe, expect, it } from 'vitest'
import { DECLARED, declare } from '../../src/resolver/declared.ts'
import type { Outcome } from '../../src/resolver/outcome.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { decisionOf, recordsOf, upstreamOf } from './stand-in.ts'

const query = queryFor('a.example', 'A')
const upstream = upstreamOf(query, ['10.0.0.53:53'])
const cluster: Outcome = {
  kind: 'cluster',
  zone: 'cluster.local.',
  name: 'a.',
  type: 'A',
  changes: [],
  otherwise: upstream,
}
const etcdOr = (otherwise: Outcome): Outcome => ({
  kind: 'etcd',
  zone: 'skydns.local.',
  prefix: '/skydns',
  name: 'a.skydns.local.',
  type: 'A',
  changes: [],
  otherwise,
})
const failing: Outcome = { kind: 'servfail', reason: 'nobody answers' }
const PTR = '1.0.0.10.in-addr.arpa'

function codeOf(name: string, type: string, [old, by]: [Outcome, string?], [later, plugin]: [Outcome, string?]) {
  const asked = queryFor(name, type)
  const difference = {
    probe: { query: asked, kind: 'itself', of: asked.name } as const,
    old: decisionOf(asked, old, by ?? null),
    new: decisionOf(asked, later, plugin ?? null),
  }
  return declare(difference)?.code ?? null
}

describe('declared differences', () => {
  it('say what differs', () => {
    const [old, later] = [decisionOf(query, { kind: 'refused' }), decisionOf(query, failing)]
    const probe = { query, kind: 'itself', of: query.name } as const
    expect(declare({ probe, old, new: later })).toEqual({ code: 'D-ERR', reason: DECLARED['D-ERR'] })
  })

  it.each<[string, string, string, [Outcome, string?], [Outcome, string?]]>([
    ['D-ANY', 'a.example', 'ANY', [upstream], [{ kind: 'nodata' }]],
    ['D-ERR', 'a.example', 'A', [{ kind: 'refused' }], [failing]],
    ['D-SINGLE', 'registry', 'A', [failing], [upstream]],
    ['D-HOSTS-OTHER', 'registry', 'MX', [upstream], [{ kind: 'nodata' }, 'hosts']],
    ['D-PTR-MULTI', PTR, 'PTR', [recordsOf(PTR, 'PTR', ['a.'])], [recordsOf(PTR, 'PTR', ['b.', 'A.'])]],
    ['D-PTR-MULTI', PTR, 'PTR', [upstream], [recordsOf(PTR, 'PTR', ['a.']), 'hosts']],
    ['D-REV', PTR, 'PTR', [cluster], [upstream]],
    ['D-K8S', 'x.cluster.local', 'A', [cluster], [{ kind: 'nxdomain' }]],
    ['D-ETCD', 'a.skydns.local', 'A', [etcdOr({ kind: 'nodata' })], [etcdOr({ kind: 'nxdomain' })]],
    ['D-ETCD', 'a.skydns.local', 'NS', [{ kind: 'nodata' }], [etcdOr({ kind: 'nxdomain' })]],
    ['D-REV', PTR, 'PTR', [etcdOr(upstream)], [upstream]],
    [
      'D-POLICY',
      'a.example',
      'A',
      [upstreamOf(query, ['1', '2'], { policy: 'sequential' })],
      [upstreamOf(query, ['2', '1'])],
    ],
    [
      'D-NXCONV',
      'a.example',
      'A',
      [upstreamOf(query, ['1'], { changes: [{ when: 'NXDOMAIN', becomes: 'rcode NOERROR' }] })],
      [upstreamOf(query, ['1'])],
    ],
  ])('%s: %s %s', (code, name, type, old, later) => {
    expect(codeOf(name, type, old, later)).toBe(code)
  })

  it.each<[string, string, string, [Outcome, string?], [Outcome, string?]]>([
    ['another server', 'a.example', 'A', [upstream], [upstreamOf(query, ['10.0.0.54:53'])]],
    ['an address that is lost', 'a.example', 'A', [recordsOf('a.', 'A', ['10.0.0.1'])], [upstream]],
    ['a name with a dot that failed', 'a.example', 'A', [failing], [upstream]],
    ['no data from elsewhere than hosts', 'registry', 'MX', [upstream], [{ kind: 'nodata' }, 'template']],
    ['fewer names of an address', PTR, 'PTR', [recordsOf(PTR, 'PTR', ['a.', 'b.'])], [recordsOf(PTR, 'PTR', ['a.'])]],
    ['a name outside of the cluster', 'a.example', 'A', [cluster], [{ kind: 'nxdomain' }]],
    [
      'NXDOMAIN that CoreDNS alone converts',
      'a.example',
      'A',
      [upstreamOf(query, ['1'])],
      [upstreamOf(query, ['1'], { changes: [{ when: 'NXDOMAIN', becomes: 'rcode NOERROR' }] })],
    ],
  ])('not %s', (_, name, type, old, later) => {
    expect(codeOf(name, type, old, later)).toBeNull()
  })
})
