import { describe, expect, it } from 'vitest'
import { rules } from '../../../src/rules/index.ts'
import { claims, NOT_SHOWN } from './claims.ts'
import { entryOf, evidence, failed, from, local, noData, recorded, refused } from './evidence.ts'
import { fingerprint, textsOf } from './record.ts'

describe('what was recorded of running servers', () => {
  it('is about the claims and examples as they are now (npm run conformance -- live)', async () => {
    const now = await Promise.all(
      claims.map(async (claim) => ({
        rule: claim.rule,
        example: claim.example,
        of: fingerprint(claim, await textsOf(claim)),
        releases: claim.releases,
      })),
    )
    expect(
      recorded.map(({ rule, example, of, said }) => ({
        rule,
        example,
        of,
        releases: [...said.flatMap(({ releases }) => releases)].sort((a, b) =>
          b.localeCompare(a, 'en', { numeric: true }),
        ),
      })),
    ).toEqual(now)
  })

  it('covers every rule that says an accepted text misbehaves', () => {
    const misbehaving = rules.filter(({ effects }) => effects.includes('misbehaves')).map(({ id }) => id)
    const shown = new Set([...claims.map(({ rule }) => rule), ...Object.keys(NOT_SHOWN)])
    expect([...shown].sort()).toEqual(misbehaving.sort())
  })

  it('differs between the bad and the good text of every claim', () => {
    for (const { rule, example, said } of recorded) {
      // A server that is never asked is missed by nobody: the rule says so as a hint.
      if (rule === 'plugin-order-ignored' && example === 3) continue
      for (const { bad, good } of said) expect(bad, `${rule} ${example}`).not.toEqual(good)
    }
  })
})

describe('hosts-missing-fallthrough', () => {
  it('names that hosts does not list get SERVFAIL, and reach forward with fallthrough', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good } = await evidence('hosts-missing-fallthrough', example)
      expect(says).toContain('names that it does not list get SERVFAIL and never reach forward')
      expect(bad.slice(0, 2)).toEqual([local('a.example A 10.0.0.1'), failed])
      expect(good.slice(0, 2)).toEqual([local('a.example A 10.0.0.1'), from(1, 'b.example')])
    }
  })

  it('addresses that hosts does not list go on in any case', async () => {
    const { bad, good } = await evidence('hosts-missing-fallthrough', 0)
    expect(bad[3]).toEqual([{ rcode: 'NOERROR', asked: ['1 udp'] }])
    expect(good[3]).toEqual(bad[3])
  })

  it('only names of its own zones are lost, or those outside of what fallthrough names', async () => {
    const zones = await evidence('hosts-missing-fallthrough', 2)
    expect(zones.says).toContain('names below corp.example that it does not list get SERVFAIL')
    expect(zones.bad).toEqual([local('a.corp.example A 10.0.0.1'), failed, from(1, 'b.example')])
    const passed = await evidence('hosts-missing-fallthrough', 3)
    expect(passed.says).toContain('passes on only names below corp.example: others')
    expect(passed.bad).toEqual([local('a.corp.example A 10.0.0.1'), from(1, 'b.corp.example'), failed])
    for (const { good } of [zones, passed]) {
      expect(good.slice(1)).toEqual([from(1, 'b.corp.example'), from(1, 'b.example')])
    }
  })
})

describe('forward-shadowed', () => {
  it('the later forward gets no query, and gets them once it stands first', async () => {
    for (const example of [0, 3]) {
      const { says, bad, good } = await evidence('forward-shadowed', example)
      expect(says).toContain('10.0.0.53 gets no query')
      expect(bad[0]).toEqual(from(1, 'a.corp.example'))
      expect(good[0]).toEqual(from(2, 'a.corp.example'))
      expect(good.at(-1)).toEqual(from(1, 'a.example'))
    }
  })

  it('of two for the same zone the second is never used, and two upstreams of one are', async () => {
    const { says, bad, good } = await evidence('forward-shadowed', 2)
    expect(says).toContain('never used')
    expect(bad[0]).toEqual(from(1, 'a.example'))
    expect(good[0]).toEqual([...from(1, 'a.example'), ...from(2, 'a.example')])
  })
})

describe('forward-loop', () => {
  it('loop stops CoreDNS', async () => {
    const { says, bad, good } = await evidence('forward-loop', 0)
    expect(says).toContain('loop sees its own query come back and stops CoreDNS')
    expect(bad).toEqual([[{ ended: expect.stringMatching(/^\[FATAL\] plugin\/loop: Loop .* detected for zone "\."/) }]])
    expect(good).toEqual([[{ ended: null }]])
  })

  it('without it a query goes round', async () => {
    const { says, bad, good } = await evidence('forward-loop', 1)
    expect(says).toContain('each query goes round')
    expect([bad, good]).toEqual([[[{ goesRound: true }]], [[{ goesRound: false }]]])
  })
})

describe('plugin-order-ignored', () => {
  it('template answers instead of hosts, though it is written behind it', async () => {
    const { says, bad, good } = await evidence('plugin-order-ignored', 0)
    expect(says).toContain('template answers r1.b.example instead of hosts')
    expect(bad[0]).toEqual(local('r1.b.example A 10.9.9.9'))
    expect(good).toEqual([local('r1.b.example A 10.0.0.1'), local('r2.b.example A 10.9.9.9')])
  })

  it('template takes the names of kubernetes', async () => {
    const { says, bad, good } = await evidence('plugin-order-ignored', 1)
    expect(says).toContain('template takes every query before kubernetes is asked')
    expect(bad[0]).toEqual([{ rcode: 'NXDOMAIN' }])
    expect(good[0]).toEqual(local('web.default.svc.cluster.local A 10.96.0.20'))
  })

  it('whoami behind forward is missed by nobody', async () => {
    const { says, bad, good } = await evidence('plugin-order-ignored', 3)
    expect(says).toContain('whoami never answers here')
    expect(bad[0]).toEqual(from(1, 'a.example'))
    expect(bad).toEqual(good)
  })
})

describe('rewrite-without-answer', () => {
  it('answers keep the rewritten name, and have the asked one with answer auto', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good } = await evidence('rewrite-without-answer', example)
      expect(says).toContain('answers keep the rewritten name')
      expect(bad).toEqual([local('web.default.svc.cluster.local A 10.96.0.20')])
      expect(good).toEqual([local('web.corp.example A 10.96.0.20')])
    }
  })
})

describe('tls-servername-without-tls', () => {
  it('queries leave unencrypted, and with tls:// as TLS', async () => {
    for (const example of [1, 3]) {
      const { says, bad, good } = await evidence('tls-servername-without-tls', example)
      expect(says).toMatch(/leave unencrypted|is sent plain DNS/)
      expect(bad).toEqual([from(1, 'a.example')])
      // The fake upstream cannot speak TLS, but knows it when it sees it.
      expect(good).toEqual([[{ rcode: 'SERVFAIL', asked: ['1 tls'] }]])
    }
  })
})

describe('glued-brace', () => {
  it('the zone has the brace in its name, and the one that was meant is refused', async () => {
    const { says, bad, good, badServes, goodServes } = await evidence('glued-brace', 0)
    expect(says).toContain('"example.org{" is read as the name of a zone')
    expect(badServes).toEqual(['example.org{.:@port@ on 127.0.0.1'])
    expect(goodServes).toEqual(['example.org.:@port@ on 127.0.0.1'])
    expect(bad).toEqual([refused, refused])
    expect(good).toEqual([noData, noData])
  })
})

describe('zone-key-not-a-domain', () => {
  it.each([
    [0, '*.example.org', '*.example.org.'],
    [1, '127.0.0.1:53', '127.0.0.1.'],
    [2, 'a.example,b.example', 'a.example,b.example.'],
    [3, 'udp://.:53', 'udp://.'],
    [4, 'example.org:domain', 'example.org:domain.'],
  ])('example %i: %s is a zone of its own, and what was meant is refused', async (example, key, zone) => {
    const { says, bad, good, badServes } = await evidence('zone-key-not-a-domain', example)
    expect(says).toContain(`"${key}" is a zone that no query asks for`)
    expect(badServes).toEqual([`${zone}:@port@ on 127.0.0.1`])
    expect(bad[0]).toEqual(refused)
    expect(good[0]).toMatchObject([{ rcode: 'NOERROR' }])
  })
})

describe('hash-truncates-token', () => {
  it('what stands behind # as a port is not asked', async () => {
    const { says, bad, good } = await evidence('hash-truncates-token', 0)
    expect(says).toContain('queries go to port 53')
    expect(bad).toEqual([failed])
    expect(good).toEqual([from(1, 'a.example')])
  })

  it('words behind the blank are read: only the zones "are" and "enough" are cached', async () => {
    const { says, bad, good } = await evidence('hash-truncates-token', 2)
    expect(says).toContain('CoreDNS reads "are" "enough" as well')
    const [first, second] = [from(1, 'a.are'), local('a.are A 100.64.0.1')]
    expect(bad).toEqual([from(1, 'a.example'), from(1, 'a.example'), first, second])
    expect(good).toEqual([from(1, 'a.example'), local('a.example A 100.64.0.1'), first, second])
  })
})

describe('cache-argument-not-seconds', () => {
  it('the second query reaches the upstream again, and not with whole seconds', async () => {
    for (const example of [0, 2]) {
      const { says, bad, good } = await evidence('cache-argument-not-seconds', example)
      expect(says).toContain('as a zone')
      expect(bad).toEqual([from(1, 'a.example'), from(1, 'a.example')])
      expect(good).toEqual([from(1, 'a.example'), local('a.example A 100.64.0.1')])
    }
  })
})

describe('no-backend-in-block', () => {
  it.each([
    [0, 'no plugin in this block answers, so every query for .:53 fails', 'SERVFAIL'],
    [1, 'other names of . get SERVFAIL', 'SERVFAIL'],
    [2, 'they get SERVFAIL instead of NXDOMAIN', 'SERVFAIL'],
    [3, 'every query for corp.example is REFUSED', 'REFUSED'],
  ])('example %i: %s', async (example, message, rcode) => {
    const { says, bad, good } = await evidence('no-backend-in-block', example)
    expect(says).toContain(message)
    const unanswered = bad.findIndex(([result]) => result !== undefined && 'rcode' in result && result.rcode === rcode)
    expect(bad[unanswered]).toEqual([{ rcode }])
    expect(good[unanswered]).toMatchObject([{ rcode: 'NOERROR' }])
  })
})

describe('endpoint-port-conflict', () => {
  it('connections go now to the one and now to the other', async () => {
    const pair = await evidence('endpoint-port-conflict', 0)
    expect(pair.says).toContain('each gets only some of the connections')
    expect(pair.bad).toEqual([[{ status: 200 }, { status: 404 }]])
    expect(pair.good).toEqual([[{ status: 200 }]])
    const dns = await evidence('endpoint-port-conflict', 1)
    expect(dns.says).toContain('where this server answers DNS over TCP')
    const overTcp = { rcode: 'NOERROR', answers: ['a.example A 100.64.0.1'], asked: ['1 tcp'] }
    expect(dns.bad).toEqual([
      [overTcp, { rcode: null }],
      [{ status: 200 }, { status: null }],
    ])
    expect(dns.good[0]).toEqual([overTcp])
  })

  it('before 1.6.6 CoreDNS does not start', () => {
    for (const example of [0, 1]) {
      const old = entryOf('endpoint-port-conflict', example).said.find(({ releases }) => releases.includes('1.6.2'))
      expect(old?.bad).toEqual({ refused: expect.stringContaining('address already in use') })
    }
  })

  it('two lameduck times add up', async () => {
    const { says, bad, good } = await evidence('endpoint-port-conflict', 2)
    expect(says).toContain('waits for both lameduck times, one after the other')
    expect([bad[1], good[1]]).toEqual([[{ seconds: 4 }], [{ seconds: 2 }]])
  })
})

describe('braces, quotes and what they lose', () => {
  it('brace-on-own-line: log does not see its class', async () => {
    const { says, bad, good } = await evidence('brace-on-own-line', 1)
    expect(says).toContain('what it holds is not read as its options')
    expect([bad[1], good[1]]).toEqual([[{ logged: true }], [{ logged: false }]])
  })

  it('extra-closing-brace: the brace is a zone', async () => {
    const { says, bad, badServes } = await evidence('extra-closing-brace', 0)
    expect(says).toContain('serves "}."')
    expect(badServes).toContain('}.:@port@ on 127.0.0.1')
    expect(bad).toEqual([noData, refused])
  })

  it('empty-corefile: whoami and log answer for the root', async () => {
    for (const example of [0, 1]) {
      const { says, bad, good, badServes } = await evidence('empty-corefile', example)
      expect(says).toContain('whoami and log for every name')
      expect(badServes).toEqual(['.:@port@ on 127.0.0.1'])
      expect(bad).toEqual([noData, [{ logged: true }]])
      expect(good).toEqual([noData, [{ logged: false }]])
    }
  })

  it('unterminated-quote: the plugin behind it is lost', async () => {
    const { says, bad, good } = await evidence('unterminated-quote', 0)
    expect(says).toContain('the lines behind it are lost')
    expect([bad, good]).toEqual([[failed], [noData]])
  })

  it('smart-quotes: they are part of what is written', async () => {
    const { says, bad, good } = await evidence('smart-quotes', 0)
    expect(says).toContain('a letter like any other')
    expect([bad[1], good[1]]).toEqual([[{ logged: true }], [{ logged: false }]])
  })
})
