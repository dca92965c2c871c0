import { describe, expect, it } from 'vitest'
import { evidence, failed, from, local, noData, refused } from './evidence.ts'

describe('hosts-invalid-entry', () => {
  it.each([
    [0, '"a.example" is no address', '10.0.0.2'],
    [1, '"10.0.0.300" is no address', '10.0.0.30'],
    [2, 'with a port', '10.0.0.2'],
    [3, 'write 10.0.0.2 a.example.', '10.0.0.2'],
  ])('example %i: the line is dropped, so the name goes on', async (example, message, address) => {
    const { says, bad, good } = await evidence('hosts-invalid-entry', example)
    expect(says).toContain(message)
    expect([bad, good]).toEqual([[from(1, 'a.example')], [local(`a.example A ${address}`)]])
  })
})

describe('hosts-cname', () => {
  it('the alias is dropped, and known with what the rule says instead', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good } = await evidence('hosts-cname', example)
      expect(says).toContain('drops this')
      expect(bad).toEqual([from(1, 'alias.example'), local('a.example A 10.0.0.1')])
      expect(good).toEqual([local('alias.example A 10.0.0.1'), local('a.example A 10.0.0.1')])
    }
  })

  it('other records of a listed name are denied', async () => {
    const { says, bad, good } = await evidence('hosts-cname', 2)
    expect(says).toContain('hosts serves addresses only and drops this TXT line')
    expect([bad[0], good[0]]).toEqual([noData, local('a.example TXT hello')])
  })
})

describe('hosts-option-typo', () => {
  it('falltrough is no fallthrough', async () => {
    const { says, bad, good } = await evidence('hosts-option-typo', 0)
    expect(says).toContain('names that hosts does not list get SERVFAIL')
    expect([bad[1], good[1]]).toEqual([failed, from(1, 'b.example')])
  })

  it('no_revers answers addresses with names all the same', async () => {
    const { says, bad, good } = await evidence('hosts-option-typo', 1)
    expect(says).toContain('addresses are still answered with names')
    expect(bad).toEqual([local('1.0.0.10.in-addr.arpa PTR a.example')])
    expect(good).toEqual([[{ rcode: 'NOERROR', asked: ['1 udp'] }]])
  })
})

describe('hosts-wildcard', () => {
  it('matches nothing but itself', async () => {
    const old = await evidence('hosts-wildcard', 0, '1.14.3')
    expect(old.says).toContain('hosts knows no wildcards before CoreDNS 1.14.5')
    expect(old.bad[0]).toEqual(from(1, 'a.apps.example'))
    expect(old.good.slice(0, 2)).toEqual([local('a.apps.example A 10.0.0.1'), local('a.b.apps.example A 10.0.0.1')])
    const within = await evidence('hosts-wildcard', 1)
    expect(within.says).toContain('only a wildcard as the whole first label')
    expect(within.bad).toEqual([from(1, 'web-1.apps.example'), local('web-*.apps.example A 10.0.0.1')])
    expect(within.good[0]).toEqual(local('web-1.apps.example A 10.0.0.1'))
  })
})

describe('hosts-zone-as-file', () => {
  it('all names of the block are taken, and only those of the zone behind a file', async () => {
    const { says, bad, good } = await evidence('hosts-zone-as-file', 0)
    expect(says).toContain('takes names outside of corp.example too and answers them with SERVFAIL')
    expect(bad).toEqual([local('a.corp.example A 10.0.0.1'), failed, [{ logged: true }]])
    expect(good).toEqual([local('a.corp.example A 10.0.0.1'), from(1, 'a.example'), [{ logged: false }]])
  })

  it('of two zones only the second is served', async () => {
    const { says, bad, good } = await evidence('hosts-zone-as-file', 1)
    expect(says).toContain('serves only lab.example')
    expect(bad).toEqual([from(1, 'a.corp.example'), local('a.lab.example A 10.0.0.2')])
    expect(good).toEqual([local('a.corp.example A 10.0.0.1'), local('a.lab.example A 10.0.0.2')])
  })
})

describe('plugin-zone-outside-block', () => {
  it('nobody is asked for the zone, and the plugin is in a block of that zone', async () => {
    for (const [example, record] of [
      [0, 'www.one.example A 10.1.2.3'],
      [1, 'web.default.svc.cluster.local A 10.96.0.20'],
    ] as const) {
      const { says, bad, good } = await evidence('plugin-zone-outside-block', example)
      expect(says).toContain('gets no query for')
      expect([bad[0], good[0]]).toEqual([refused, local(record)])
    }
  })

  it('names outside of the zone are dropped', async () => {
    const { says, bad, good } = await evidence('plugin-zone-outside-block', 2)
    expect(says).toContain('hosts drops www and 1 more: it serves only names in corp.example')
    expect(bad).toEqual([from(1, 'www.corp.example'), refused])
    expect(good).toEqual([local('www.corp.example A 10.0.0.1'), refused])
  })
})
