import { describe, expect, it } from 'vitest'
import { evidence, failed, from, local, noData, refused } from './evidence.ts'

const nxdomain = [{ rcode: 'NXDOMAIN' }]

describe('acl-allow-without-block', () => {
  it('a client of another network is answered, and refused with block', async () => {
    const all = await evidence('acl-allow-without-block', 0)
    expect(all.says).toContain('keeps nobody out')
    expect([all.bad, all.good]).toEqual([[from(1, 'a.example')], [refused]])
    const zone = await evidence('acl-allow-without-block', 1)
    expect(zone.bad[0]).toEqual(from(1, 'a.corp.example'))
    expect(zone.good).toEqual([refused, from(1, 'a.example')])
  })
})

describe('acl-unreachable-policy', () => {
  it('allow behind block lets nobody in', async () => {
    const { says, bad, good } = await evidence('acl-unreachable-policy', 0)
    expect(says).toContain('"allow net 127.0.0.0/8" is never used: "block" above it')
    expect([bad, good]).toEqual([[refused], [from(1, 'a.example')]])
  })

  it('filter behind allow filters nothing', async () => {
    const { says, bad, good } = await evidence('acl-unreachable-policy', 1)
    expect(says).toContain('"filter type AAAA net 127.0.0.1" is never used')
    expect(bad[0]).toMatchObject([{ asked: ['1 udp'] }])
    expect(good).toEqual([noData, from(1, 'a.example')])
  })
})

describe('acl-version-bypass', () => {
  it('the guarded name is open under the one that is rewritten to it', async () => {
    const { says, bad, good } = await evidence('acl-version-bypass', 0, '1.11.1')
    expect(says).toContain('names in secret.example that it guards are open under open.example')
    expect(bad).toEqual([
      refused,
      [{ rcode: 'NOERROR', answers: ['open.example A 100.64.0.1'], asked: ['1 udp as a.secret.example'] }],
    ])
    expect(good).toEqual([refused, refused])
  })

  it('a client that is kept out gets what another one has asked for', async () => {
    const { says, bad, good } = await evidence('acl-version-bypass', 1, '1.14.3')
    expect(says).toContain('clients that acl keeps out get what others have asked for')
    expect(bad).toEqual([refused, from(1, 'a.example'), local('a.example A 100.64.0.1')])
    expect(good).toEqual([refused, from(1, 'a.example'), refused])
  })
})

describe('transfer-without-zone-plugin', () => {
  it('hands out no records', async () => {
    const { says, bad, good } = await evidence('transfer-without-zone-plugin', 0)
    expect(says).toContain('get no records')
    expect(bad).toEqual([[{ rcode: 'NOERROR', asked: ['1 tcp'] }]])
    expect(good[0]).toMatchObject([{ answers: expect.arrayContaining(['www.example.org A 10.1.2.3']) }])
  })
})

describe('secondary-without-transfer', () => {
  it('fails and asks nobody for the zone', async () => {
    const { says, bad, good } = await evidence('secondary-without-transfer', 1, '1.11.1')
    expect(says).toContain('its names get SERVFAIL')
    expect(bad).toEqual([failed, [{ logged: false }]])
    // The fake upstream has no zone, but it is asked.
    expect(good[1]).toEqual([{ logged: true }])
  })
})

describe('dnssec-without-key', () => {
  it('has no key to show', async () => {
    const { says, bad, good } = await evidence('dnssec-without-key', 0)
    expect(says).toContain('signs nothing')
    expect(bad[0]).toEqual(noData)
    expect(good[0]).toMatchObject([{ answers: [expect.stringContaining('example.org DNSKEY 257 13')] }])
  })
})

describe('file-zone-defaults-to-root', () => {
  it('the names of the file are names below the root', async () => {
    const { says, bad, good } = await evidence('file-zone-defaults-to-root', 0)
    expect(says).toContain('write file db.example.org example.org')
    expect(bad).toEqual([nxdomain, local('www A 10.1.2.3')])
    expect(good[0]).toEqual(local('www.example.org A 10.1.2.3'))
  })
})

describe('file-shared-by-zones', () => {
  it('a name that is written out exists in one of the zones', async () => {
    const { says, bad, good } = await evidence('file-shared-by-zones', 0)
    expect(says).toContain('names that it writes out in full do not exist there')
    expect(bad.slice(2)).toEqual([local('www.two.example A 10.1.2.3'), nxdomain])
    expect(good[3]).toEqual(local('full.two.example A 10.1.2.4'))
    const words = await evidence('file-shared-by-zones', 1)
    expect([words.bad[1], words.good[1]]).toEqual([nxdomain, local('full.two.example A 10.1.2.4')])
  })
})
