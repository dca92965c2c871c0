import { describe, expect, it } from 'vitest'
import { entryOf, evidence, failed, from, local } from './evidence.ts'

const nxdomain = [{ rcode: 'NXDOMAIN' }]

describe('kubernetes', () => {
  it('unreplaced-placeholder: names of the cluster go upstream', async () => {
    const { says, bad, good } = await evidence('unreplaced-placeholder', 0)
    expect(says).toContain('dns_domain was left to be filled in')
    expect(bad).toEqual([from(1, 'web.default.svc.cluster.local')])
    expect(good).toEqual([local('web.default.svc.cluster.local A 10.96.0.20')])
  })

  it('kubernetes-without-zone: names outside do not exist, and services have a shorter name', async () => {
    const { says, bad, good } = await evidence('kubernetes-without-zone', 0)
    expect(says).toContain('every name outside of the cluster gets NXDOMAIN')
    expect(says).toContain('NAME.NAMESPACE.svc')
    expect(bad).toEqual([nxdomain, nxdomain, local('web.default.svc A 10.96.0.20')])
    expect(good.slice(0, 2)).toEqual([local('web.default.svc.cluster.local A 10.96.0.20'), from(1, 'a.example')])
  })

  it('kubernetes-without-zone: with fallthrough services still have no names of the cluster', async () => {
    const { says, bad, good } = await evidence('kubernetes-without-zone', 1)
    expect(says).toContain('do not resolve as cluster.local names')
    expect(bad[0]).toEqual(from(1, 'web.default.svc.cluster.local'))
    expect(good[0]).toEqual(local('web.default.svc.cluster.local A 10.96.0.20'))
  })

  it('kubernetes-reverse-no-fallthrough: addresses outside have no names', async () => {
    const { says, bad, good } = await evidence('kubernetes-reverse-no-fallthrough', 0)
    expect(says).toContain('addresses outside of the cluster get NXDOMAIN')
    expect([bad[0], good[0]]).toEqual([nxdomain, [{ rcode: 'NOERROR', asked: ['1 udp'] }]])
    expect(bad[1]).toEqual(local('20.0.96.10.in-addr.arpa PTR web.default.svc.cluster.local'))
  })

  it('autopath-without-pods-verified: the search path is walked by the client', async () => {
    const { says, bad, good } = await evidence('autopath-without-pods-verified', 0)
    expect(says).toContain('autopath does nothing here')
    expect(bad).toEqual([nxdomain])
    expect(good).toMatchObject([[{ rcode: 'NOERROR', asked: ['1 udp'] }]])
  })
})

describe('variables', () => {
  it('env-unset-drops-block: the block is gone, and another answers its names', async () => {
    const { says, bad, good, badServes, goodServes } = await evidence('env-unset-drops-block', 0)
    expect(says).toContain('CoreDNS leaves out this block without a word')
    expect([badServes.length, goodServes.length]).toEqual([1, 2])
    expect(bad[0]).toEqual(from(1, 'www.example.org'))
    expect(good[0]).toEqual(local('www.example.org A 10.1.2.3'))
  })

  it('env-unset-drops-block: an empty word is a value', async () => {
    const { says, bad, good } = await evidence('env-unset-drops-block', 2)
    expect(says).toContain('reads the empty word as one of its values')
    expect([bad[1], good[1]]).toEqual([from(1, 'a.example'), local('a.example A 100.64.0.1')])
  })
})

describe('forward', () => {
  it('forward-hostname: without an answer for the name nothing starts', () => {
    const [said] = entryOf('forward-hostname', 0).said
    expect(said?.bad).toEqual({ refused: expect.stringContaining('failed to resolve "dns.corp.example"') })
  })

  it('forward-cidr-from: only the first zone is sent on', async () => {
    const { says, bad, good } = await evidence('forward-cidr-from', 1)
    expect(says).toContain('takes only the first, 0.8.b.d.0.1.0.0.2.ip6.arpa')
    expect(bad.map((results) => results.map((each) => 'asked' in each && each.asked))).toEqual([
      [['2 udp']],
      [['1 udp']],
    ])
    expect(good.map((results) => results.map((each) => 'asked' in each && each.asked))).toEqual([
      [['2 udp']],
      [['2 udp']],
    ])
  })

  it('forward-tls-mixed-servername: what looks like an interface is not reached', async () => {
    const { says, bad, good } = await evidence('forward-tls-mixed-servername', 3, '1.11.1')
    expect(says).toContain('cannot reach 9.9.9.9')
    expect(bad).toEqual([failed])
    expect(good).toEqual([[{ rcode: 'SERVFAIL', asked: ['1 tls'] }]])
  })
})
