import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isServerName,
  refusalsOf,
  serverName,
  upstreamRefusal,
  zoneRefusal,
} from '../../../src/migrate/openshift/limits.ts'

describe('the name of a server', () => {
  it('is one that the API takes and that no other server has', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.domain(), fc.stringMatching(/^[0-9.-]{1,40}$/)), { maxLength: 30 }), (zones) => {
        const names = new Set<string>()
        for (const zone of zones) {
          const name = serverName(zone, names)
          expect(isServerName(name)).toBe(true)
          expect(names.has(name)).toBe(false)
          names.add(name)
        }
      }),
    )
  })

  it.each([
    ['corp.example.com', 'corp-example-co'],
    ['10.in-addr.arpa', '10-in-addr-arpa'],
    ['123.123.123.123.in-addr.arpa', 'zone-123-123-12'],
    ['local', 'local'],
  ])('for %s is %s', (zone, name) => {
    expect(serverName(zone, new Set())).toBe(name)
  })
})

describe('what the API takes', () => {
  it.each([
    ['acme.local', true],
    ['a.cluster.local', true],
    ['cluster.local', false],
    ['local', false],
    ['_msdcs.corp', false],
    ['.', false],
    [`${'a'.repeat(64)}.test`, false],
  ])('zone %s: %s', (zone, isTaken) => {
    expect(zoneRefusal(zone, 'cluster.local') === null).toBe(isTaken)
  })

  it.each([
    ['10.0.0.1', true],
    ['10.0.0.1:5353', true],
    ['2001:db8::1', true],
    ['[2001:db8::1]:53', true],
    ['dns.example', false],
    ['/etc/resolv.conf', false],
    ['fe80::1%eth0', false],
    ['10.0.0.1:0', false],
    ['10.0.0.1:65536', false],
  ])('upstream %s: %s', (upstream, isTaken) => {
    expect(upstreamRefusal(upstream) === null).toBe(isTaken)
  })

  it('is no two servers with one name or one zone', () => {
    const says = { policy: undefined, transport: undefined, serverName: undefined, caBundle: undefined }
    const server = { ...says, protocolStrategy: undefined, name: 'a', zones: ['a.test'], upstreams: ['10.0.0.1'] }
    expect(refusalsOf([server], 'cluster.local')).toEqual([])
    expect(refusalsOf([server, server], 'cluster.local')).toEqual([
      'two servers are called a',
      'two servers have the zone a.test',
    ])
    const tls = { ...server, transport: 'TLS', upstreams: Array.from({ length: 16 }, (_, at) => `10.0.0.${at + 1}`) }
    expect(refusalsOf([tls], 'cluster.local')).toEqual(['a has more than 15 upstreams', 'TLS needs serverName'])
  })
})
