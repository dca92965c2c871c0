import { describe, expect, it } from 'vitest'
import { entryOf, evidence, failed, from, local, refused } from './evidence.ts'

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
    expect(says).toContain('services are called NAME.NAMESPACE.svc')
    expect(bad).toEqual([nxdomain, nxdomain, local('web.default.svc A 10.96.0.20')])
    expect(good.slice(0, 2)).toEqual([local('web.default.svc.cluster.local A 10.96.0.20'), from(1, 'a.example')])
  })

  it('kubernetes-without-zone: with fallthrough services still have no names of the cluster', async () => {
    const { says, bad, good } = await evidence('kubernetes-without-zone', 1)
    expect(says).toContain('names of cluster.local are not found')
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

describe('words that variables bring', () => {
  it('env-multi-value: several zones in one variable are one that nobody asks for', async () => {
    const { says, bad, good } = await evidence('env-multi-value', 1)
    expect(says).toContain('the zone "a.example b.example", blanks and all')
    expect(bad).toEqual([refused, refused])
    expect(good).toEqual([from(1, 'x.a.example'), from(1, 'x.b.example')])
  })

  it('shell-style-variable: it stays as it is', async () => {
    const { says, bad, good, badServes } = await evidence('shell-style-variable', 0)
    expect(says).toContain('CoreDNS does not replace ${ZONE}')
    expect(badServes).toHaveLength(1)
    expect(bad).toEqual([refused])
    expect(good).toEqual([from(1, 'x.a.example')])
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

  it('forward-next-unused: the answer goes to the client', async () => {
    const { says, bad, good } = await evidence('forward-next-unused', 0)
    expect(says).toContain('next NXDOMAIN does nothing in the last forward')
    expect(bad).toEqual([[{ rcode: 'NXDOMAIN', asked: ['1 udp'] }]])
    expect(good).toEqual([[{ rcode: 'NOERROR', answers: ['a.example A 100.64.0.2'], asked: ['1 udp', '2 udp'] }]])
  })

  it('forward-max-fails-zero: an upstream that is down is asked again and again', async () => {
    const { says, bad, good } = await evidence('forward-max-fails-zero', 0)
    expect(says).toContain('queries keep going to it')
    const some = [{ rcode: 'NOERROR' }, { rcode: null }]
    expect(bad).toEqual([some, [], some])
    expect(good).toEqual([some, [], [{ rcode: 'NOERROR' }]])
  })

  it('forward-limit-too-low: queries beyond the limit are refused at once', async () => {
    const { says, bad, good } = await evidence('forward-limit-too-low', 0)
    expect(says).toContain('REFUSED at once')
    expect(bad).toEqual([[{ rcode: 'REFUSED' }, { rcode: null }]])
    expect(good).toEqual([[{ rcode: null }]])
  })
})

describe('zones of server blocks', () => {
  it('uppercase-zone: the block never answers', async () => {
    const { says, bad, good } = await evidence('uppercase-zone', 0, '1.14.3')
    expect(says).toContain('this block never answers')
    expect(bad).toEqual([refused, refused])
    expect(good[0]).toEqual(local('www.example.org A 10.1.2.3'))
  })

  it('reverse-zone-typo: the tree of addresses is not served', async () => {
    const { says, bad, good } = await evidence('reverse-zone-typo', 1)
    expect(says).toContain('no address is looked up below in-addr.apra')
    expect([bad, good]).toEqual([[refused], [[{ rcode: 'NOERROR', asked: ['1 udp'] }]]])
  })

  it('cidr-not-octet: only a part of the network is served', async () => {
    const { says, bad, good } = await evidence('cidr-not-octet', 0, '1.8.0')
    expect(says).toContain('makes one of it, 224.28.172.in-addr.arpa, which has only a part of its addresses')
    expect(bad[1]).toEqual(refused)
    expect(good[1]).toEqual([{ rcode: 'NOERROR', asked: ['1 udp'] }])
  })

  it('duplicate-plugin-ignored: the first auto is lost', async () => {
    const { says, bad, good } = await evidence('duplicate-plugin-ignored', 0)
    expect(says).toContain('a later auto of this block replaces what this one says')
    expect(bad).toEqual([failed, local('www.two.example A 10.1.2.3')])
    expect(good[0]).toEqual(local('www.one.example A 10.1.2.3'))
  })
})

describe('tls', () => {
  it.each([
    ['tls-scheme-without-tls', 'speaks plain DNS over TCP'],
    ['tls-plugin-unused', 'port 853 speaks plain DNS here'],
  ])('%s: plain DNS is answered, and with TLS it is not', async (rule, message) => {
    const { says, bad, good } = await evidence(rule, 0)
    expect(says).toContain(message)
    expect(bad).toEqual([[{ rcode: 'NOERROR', answers: ['a.example A 100.64.0.1'], asked: ['1 tcp'] }]])
    expect(good).toEqual([[{ rcode: null }]])
  })
})

describe('log', () => {
  it.each([
    ['log-format-as-name', 0, 'so nothing is logged'],
    ['log-format-as-name', 2, 'so nothing is logged'],
    ['log-format-unquoted', 1, 'is read as a zone that no query is for'],
  ])('%s example %i: nothing is logged', async (rule, example, message) => {
    const { says, bad, good } = await evidence(rule, example)
    expect(says).toContain(message)
    expect([bad[1], good[1]]).toEqual([[{ logged: false }], [{ logged: true }]])
  })

  it('log-format-unquoted: the short word is written as it is', async () => {
    const { says, bad } = await evidence('log-format-unquoted', 3, '1.9.0')
    expect(says).toContain('{combined} beside other fields is written to the log as it is')
    expect(bad[1]).toEqual([{ logged: true }])
  })
})

describe('lines outside of server blocks', () => {
  it('plugin-outside-block: the line is a zone, and the plugin is not there', async () => {
    const { says, bad, good, badServes } = await evidence('plugin-outside-block', 0)
    expect(says).toContain('serves the zone "log." instead of using the plugin')
    expect(badServes).toContain('log.:@port@ on 127.0.0.1')
    expect([bad[2], good[2]]).toEqual([[{ logged: false }], [{ logged: true }]])
    expect(bad.slice(0, 2)).toEqual(good.slice(0, 2))
  })
})
