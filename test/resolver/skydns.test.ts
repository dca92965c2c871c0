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
    const records = { prefix: '/mydns' }
    expect(outcome('a.cluster.local', 'A', { records })).toMatchObject({ kind: 'etcd', prefix: '/mydns' })
    expect(outcome('1.2.0.192.in-addr.arpa', 'PTR', { records })).toMatchObject({
      kind: 'etcd',
      zone: 'in-addr.arpa.',
      otherwise: { kind: 'upstream' },
    })
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
    expect(outcome('www.example.org', 'A', { forwards: false }).kind).toBe('servfail')
  })

  it('refuses the type ANY', () => {
    expect(outcome('www.example.org', 'ANY')).toEqual({ kind: 'refused' })
  })
})
