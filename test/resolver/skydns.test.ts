import { describe, expect, it } from 'vitest'
import { queryFor } from '../../src/resolver/query.ts'
import { createSkyDns, type SkyDnsOptions } from '../../src/resolver/skydns.ts'

const usual: SkyDnsOptions = {
  domain: 'cluster.local.',
  records: 'kube2sky',
  nameservers: ['192.0.2.1', '192.0.2.2:5353'],
  forwards: true,
  rotates: true,
  ndots: 2,
}

function outcome(name: string, type: string, options: Partial<SkyDnsOptions> = {}) {
  return createSkyDns({ ...usual, ...options }).decide(queryFor(name, type)).outcome
}

describe('SkyDNS', () => {
  it('has the names of its domain from what kube2sky wrote', () => {
    expect(outcome('kubernetes.default.svc.CLUSTER.local', 'A')).toMatchObject({
      kind: 'cluster',
      zone: 'cluster.local.',
      otherwise: { kind: 'nxdomain' },
    })
  })

  it('has them from its own path in etcd where it stands alone', () => {
    const records = { prefix: '/mydns', store: 2 } as const
    expect(outcome('a.cluster.local', 'A', { records })).toMatchObject({ kind: 'etcd', prefix: '/mydns' })
    expect(outcome('1.2.0.192.in-addr.arpa', 'PTR', { records })).toMatchObject({
      kind: 'etcd',
      zone: 'in-addr.arpa.',
      otherwise: { kind: 'upstream' },
    })
  })

  it('has no data for missing names in the third version of the store, and none such in the second', () => {
    const missing = (store: 2 | 3) => outcome('x.cluster.local', 'A', { records: { prefix: '/skydns', store } })
    expect(missing(2)).toMatchObject({ kind: 'etcd', otherwise: { kind: 'nxdomain' } })
    expect(missing(3)).toMatchObject({ kind: 'etcd', otherwise: { kind: 'nodata' } })
  })

  it('looks for reverse names of IPv4 with PTR alone, for those of IPv6 with every type, and never for their apexes', () => {
    const records = { prefix: '/skydns', store: 3 } as const
    const kindOf = (name: string, type: string) => outcome(name, type, { records }).kind
    expect(kindOf('1.2.0.192.in-addr.arpa', 'A')).toBe('upstream')
    expect(kindOf('1.8.b.d.0.1.0.0.2.ip6.arpa', 'A')).toBe('etcd')
    expect(kindOf('in-addr.arpa', 'PTR')).toBe('upstream')
    expect(kindOf('ip6.arpa', 'PTR')).toBe('upstream')
    expect(outcome('1.2.0.10.in-addr.arpa', 'TXT', { records, domain: '10.in-addr.arpa' }).kind).toBe('etcd')
  })

  it('has name servers at its apex alone', () => {
    expect(outcome('cluster.local', 'NS').kind).toBe('cluster')
    expect(outcome('a.cluster.local', 'NS')).toEqual({ kind: 'nodata' })
  })

  it('tells about itself in class CHAOS, and fails for all else there', () => {
    const chaos = (name: string, type: string) =>
      createSkyDns(usual).decide(queryFor(name, type, { class: 'CH' })).outcome
    expect(chaos('version.bind', 'TXT')).toMatchObject({ kind: 'records', records: [{ data: '"2.5.3a"' }] })
    expect(chaos('web.cluster.local', 'A').kind).toBe('servfail')
    expect(chaos('www.example.org', 'TXT').kind).toBe('servfail')
  })

  it('asks its servers for all other names, also for reverse ones that kube2sky does not write', () => {
    const upstreams = ['192.0.2.1:53', '192.0.2.2:5353']
    expect(outcome('www.example.org', 'A')).toMatchObject({ kind: 'upstream', upstreams, policy: 'random' })
    expect(outcome('1.0.96.10.in-addr.arpa', 'PTR')).toMatchObject({ kind: 'upstream', upstreams })
    expect(outcome('www.example.org', 'A', { rotates: false })).toMatchObject({ policy: 'sequential' })
    expect(outcome('www.example.org', 'A', { nameservers: ['/etc/resolv.conf'] })).toMatchObject({
      upstreams: ['resolv.conf /etc/resolv.conf'],
    })
  })

  it('has reverse names as well inside of kubedns', () => {
    expect(outcome('1.0.96.10.in-addr.arpa', 'PTR', { records: 'kubedns' })).toMatchObject({
      kind: 'cluster',
      zone: 'in-addr.arpa.',
      otherwise: { kind: 'upstream' },
    })
  })

  it('fails for names with too few labels, and for all with -no-rec', () => {
    expect(outcome('registry', 'A').kind).toBe('servfail')
    expect(outcome('example.org', 'A').kind).toBe('upstream')
    expect(outcome('example.org', 'A', { ndots: 3 }).kind).toBe('servfail')
    expect(outcome('registry', 'A', { ndots: 0 }).kind).toBe('servfail')
    expect(outcome('registry', 'A', { ndots: 1 }).kind).toBe('upstream')
    expect(outcome('www.example.org', 'A', { forwards: false }).kind).toBe('servfail')
  })

  it('refuses the type ANY', () => {
    expect(outcome('www.example.org', 'ANY')).toEqual({ kind: 'refused' })
  })
})
