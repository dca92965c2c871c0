import { describe, expect, it } from 'vitest'
import type { UpstreamOutcome } from '../../../src/resolver/outcome.ts'
import { decide, outcomeOf, pathOf } from './decide.ts'

const upstream = (text: string, question = 'a.example', around = {}) =>
  outcomeOf(text, question, around) as UpstreamOutcome

describe('forward', () => {
  it('takes names of its zone but the exceptions, which never are the zone itself', () => {
    const text = '. {\n  forward a.example 10.0.0.1 {\n    except a.example x.a.example\n  }\n  forward . 10.0.0.2\n}\n'
    const asked = (question: string) => upstream(text, question).upstreams[0]
    expect(asked('a.example')).toBe('10.0.0.1:53')
    expect(asked('y.a.example')).toBe('10.0.0.2:53')
    expect(asked('b.example')).toBe('10.0.0.2:53')
    expect(pathOf(text, 'y.a.example')[0]).toBe('forward passed: except a.example')
    expect(pathOf(text, 'b.example')[0]).toBe('forward passed: not its zone (a.example)')
  })

  it('is SERVFAIL where it does not take the name and nothing is behind it', () => {
    expect(outcomeOf('. {\n  forward a.example 10.0.0.1\n}\n', 'b.example')).toMatchObject({ kind: 'servfail' })
  })

  it('names its upstreams as they are asked', () => {
    const text =
      '. {\n  forward . 10.0.0.1 [2001:DB8::1]:5353 tls://1.1.1.1%cloudflare-dns.com dns.example.org /etc/resolv.conf 10.0.0.1:53 {\n    policy sequential\n  }\n}\n'
    expect(upstream(text)).toEqual({
      kind: 'upstream',
      upstreams: [
        '10.0.0.1:53',
        '[2001:db8::1]:5353',
        'tls://1.1.1.1:853',
        'dns.example.org:53',
        'resolv.conf /etc/resolv.conf',
      ],
      policy: 'sequential',
      asks: { name: 'a.example.', type: 'A' },
      changes: [],
      failover: [],
      next: null,
    })
  })

  it('asks the servers of a resolv.conf that was given', () => {
    const files = { '/etc/resolv.conf': 'nameserver 10.0.0.7\nsearch x\nnameserver fe80::1%eth0\n' }
    expect(upstream('. {\n  forward . /etc/resolv.conf\n}\n', 'a', { files }).upstreams).toEqual([
      '10.0.0.7:53',
      '[fe80::1%eth0]:53',
    ])
  })

  it('goes on to the next forward alone', () => {
    const text =
      '. {\n  forward . 10.0.0.1 {\n    next NXDOMAIN\n    next_on_nodata\n  }\n  forward . 10.0.0.2 {\n    next SERVFAIL\n  }\n  erratic\n}\n'
    expect(upstream(text)).toMatchObject({
      upstreams: ['10.0.0.1:53'],
      next: { rcodes: ['NXDOMAIN', 'NODATA'], outcome: { upstreams: ['10.0.0.2:53'], next: null } },
    })
  })

  it('tries its other upstreams on failover, where it has any', () => {
    const text = (to: string) => `. {\n  forward . ${to} {\n    failover servfail REFUSED\n  }\n}\n`
    expect(upstream(text('10.0.0.1 10.0.0.2')).failover).toEqual(['SERVFAIL', 'REFUSED'])
    expect(upstream(text('10.0.0.1')).failover).toEqual([])
  })

  it('counts a network that is several zones by its first', () => {
    const text = '. {\n  forward 10.0.0.0/23 10.0.0.1\n}\n'
    expect(outcomeOf(text, '1.0.0.10.in-addr.arpa PTR').kind).toBe('upstream')
    expect(outcomeOf(text, '1.1.0.10.in-addr.arpa PTR').kind).toBe('servfail')
  })

  it('asks in the case of the question', () => {
    expect(upstream('. {\n  forward . 10.0.0.1\n}\n', 'A.Example').asks.name).toBe('A.Example.')
  })
})

describe('grpc', () => {
  it('asks, and falls through on NXDOMAIN', () => {
    const text = '. {\n  grpc . 10.0.0.1:443 {\n    fallthrough a.example\n  }\n  whoami\n}\n'
    expect(upstream(text)).toMatchObject({
      upstreams: ['grpc://10.0.0.1:443'],
      next: { rcodes: ['NXDOMAIN'], outcome: { kind: 'nodata' } },
    })
    expect(upstream(text, 'b.example').next).toBeNull()
    expect(decide(text, 'a.example').path.map(({ role }) => role)).toEqual(['changed', 'answered'])
  })
})
