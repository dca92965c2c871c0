import { describe, expect, it } from 'vitest'
import { evidence, failed, from, local, noData } from './evidence.ts'

describe('template-missing-fallthrough', () => {
  it('what it does not match fails, and goes on with fallthrough', async () => {
    const { says, bad, good } = await evidence('template-missing-fallthrough', 0)
    expect(says).toContain('A queries that it does not match get SERVFAIL and never reach forward')
    expect(bad.slice(0, 2)).toEqual([local('a.example A 10.0.0.1'), failed])
    expect(good.slice(0, 2)).toEqual([local('a.example A 10.0.0.1'), from(1, 'b.example')])
    expect(bad[2]).toEqual(good[2])
  })

  it('before 1.9.3 nobody answered at all', async () => {
    const { bad } = await evidence('template-missing-fallthrough', 0, '1.9.0')
    expect(bad[1]).toEqual([{ rcode: null }])
  })

  it('the templates behind it are not tried', async () => {
    const { says, bad, good } = await evidence('template-missing-fallthrough', 1)
    expect(says).toContain('never reach the templates behind it')
    expect([bad[1], good[1]]).toEqual([failed, local('b.corp.example TXT b')])
  })

  it('fallthrough for a zone leaves the others out', async () => {
    const { says, bad, good } = await evidence('template-missing-fallthrough', 2)
    expect(says).toContain('write fallthrough without a zone')
    expect([bad[1], good[1]]).toEqual([failed, from(1, 'b.corp.test')])
  })
})

describe('template-aaaa-nxdomain', () => {
  it('denies a name that has an address', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good } = await evidence('template-aaaa-nxdomain', example)
      expect(says).toContain('the whole name does not exist')
      expect([bad[0], good[0]]).toEqual([[{ rcode: 'NXDOMAIN' }], noData])
      expect(bad[1]).toMatchObject([{ rcode: 'NOERROR', asked: ['1 udp'] }])
    }
  })
})

describe('template-single-family', () => {
  it('an upstream that does not know the name denies it, though it has an address', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good } = await evidence('template-single-family', example)
      expect(says).toContain('AAAA goes to forward: where that says NXDOMAIN')
      expect(bad[0]).toMatchObject([{ rcode: 'NOERROR', answers: [expect.stringContaining(' A 10.0.0.1')] }])
      expect([bad[1], good[1]]).toEqual([[{ rcode: 'NXDOMAIN', asked: ['1 udp'] }], noData])
    }
  })

  it('with nothing behind it is SERVFAIL', async () => {
    const { says, bad, good } = await evidence('template-single-family', 2)
    expect(says).toContain('AAAA gets SERVFAIL')
    expect([bad[1], good[1]]).toEqual([failed, noData])
  })
})

describe('template-invalid-rr', () => {
  it.each([
    [0, 'has "10.0.0.300" where an IPv4 address belongs: every query that this template takes gets SERVFAIL'],
    [1, 'has "hello" where its type belongs: every query that this template takes gets SERVFAIL'],
    [2, 'every query that this template takes gets SERVFAIL'],
  ])('example %i: the query fails', async (example, message) => {
    const { says, bad, good } = await evidence('template-invalid-rr', example)
    expect(says).toContain(message)
    expect(bad).toEqual([failed])
    expect(good[0]).toMatchObject([{ rcode: 'NOERROR', answers: [expect.stringContaining('a.example')] }])
  })

  it('answers with a record that was not asked for', async () => {
    const { says, bad, good } = await evidence('template-invalid-rr', 3)
    expect(says).toContain('is for TXT queries and answers with A')
    expect([bad, good]).toEqual([[local('a.example A 10.0.0.1')], [local('a.example TXT 10.0.0.1')]])
  })
})
