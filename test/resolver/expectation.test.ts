import { describe, expect, it } from 'vitest'
import { expectationOf, isAbout, mismatch } from '../../src/resolver/expectation.ts'
import type { Outcome } from '../../src/resolver/outcome.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { recordsOf, upstreamOf } from './stand-in.ts'

const query = queryFor('a.example', 'A')
const upstream = upstreamOf(query, ['10.0.0.53:53', '[fd00::1]:53', 'resolv.conf /etc/resolv.conf'])
const records = recordsOf('a.example.', 'A', ['10.0.0.1', '10.0.0.2'])

describe('an expectation', () => {
  it.each([
    [upstream, { upstream: '10.0.0.53' }],
    [upstream, { upstream: 'fd00::1' }],
    [upstream, { upstream: '/etc/resolv.conf', outcome: 'upstream' }],
    [records, { records: ['10.0.0.2', '10.0.0.1'], outcome: 'records' }],
    [recordsOf('a.', 'AAAA', ['fd00::1']), { records: ['FD00:0::1'] }],
    [{ kind: 'rcode', rcode: 'YXDOMAIN', records: [] }, { rcode: 'yxdomain' }],
    [records, { not: { outcome: 'servfail' } }],
    [{ kind: 'alias', records: [], target: 'b.', reached: records }, { records: ['10.0.0.1', '10.0.0.2'] }],
  ] as const)('holds: %j, %j', (outcome, expected) => {
    expect(mismatch(outcome as Outcome, expected)).toBeNull()
  })

  it.each([
    [
      upstream,
      { upstream: '10.0.0.54' },
      'expected upstream 10.0.0.54, got upstream 10.0.0.53, [fd00::1], /etc/resolv.conf',
    ],
    [records, { records: ['10.0.0.1'] }, 'expected 10.0.0.1, got 10.0.0.1, 10.0.0.2'],
    [records, { outcome: 'nxdomain' }, 'expected nxdomain, got 10.0.0.1, 10.0.0.2'],
    [records, { not: { outcome: 'records' } }, 'expected anything but records, got 10.0.0.1, 10.0.0.2'],
    [{ kind: 'nxdomain' }, { records: [], rcode: 'YXDOMAIN' }, 'expected YXDOMAIN, got NXDOMAIN'],
  ] as const)('does not hold: %j, %j', (outcome, expected, why) => {
    expect(mismatch(outcome as Outcome, expected)).toBe(why)
  })

  it('made of an outcome holds for it', () => {
    const outcomes: Outcome[] = [
      upstream,
      records,
      { kind: 'nodata' },
      { kind: 'rcode', rcode: 'YXRRSET', records: [] },
    ]
    expect(outcomes.map((outcome) => mismatch(outcome, expectationOf(outcome)))).toEqual(outcomes.map(() => null))
    expect(expectationOf({ kind: 'unknown', reason: 'x' })).toEqual({})
  })

  it.each([
    ['a.example', null, true],
    ['A.Example.', 'A', true],
    ['a.example', 'AAAA', false],
    ['*.example', 'A', true],
    ['*.a.example', 'A', false],
    ['*', null, true],
    ['*.ample', null, false],
  ])('about %s %s: %s', (name, type, isMeant) => {
    expect(isAbout({ name, type }, query)).toBe(isMeant)
  })
})
