import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/reverse-zone-typo.ts'
import { findings } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const key = (zone: string) => find(`${zone} {\n    whoami\n}\n`)

describe('reverse-zone-typo', () => {
  it.each([
    'in-addr.arpa',
    'ip6.arpa',
    '10.IN-ADDR.ARPA.',
    'tls://10.in-addr.arpa:853',
    'e164.arpa',
    'home.arpa',
    'ipv4only.arpa',
    'service.arpa',
    'in-addr.arpa.example',
    'in-addr.example',
    'ip6.example',
    'arpa',
    '.',
    'ip.area',
    'ip6.arpa}',
    '{$X}.in6.arpa',
  ])('is silent about %s', async (zone) => {
    expect(await key(zone)).toEqual([])
  })

  it.each([
    ['in6.arpa', 'ip6.arpa'],
    ['ipv6.arpa', 'ip6.arpa'],
    ['ip6.apra', 'ip6.arpa'],
    ['10.in-addr.apra', '10.in-addr.arpa'],
    ['10.in.addr.arpa', '10.in-addr.arpa'],
    ['10.inaddr.arpa', '10.in-addr.arpa'],
    ['10.in-adr.arpa', '10.in-addr.arpa'],
    ['10.in-addr.arp', '10.in-addr.arpa'],
    ['10.ipv4.arpa', '10.in-addr.arpa'],
    ['10.IN_ADDR.arpa:1053', '10.in-addr.arpa:1053'],
  ])('%s is to be %s', async (zone, meant) => {
    const [found] = await key(zone)
    expect(found?.message).toContain(`(write ${meant})`)
    expect(found?.fix?.edits[0]?.text).toBe(meant.toLowerCase())
  })

  it('looks at zones of plugins and properties', async () => {
    const found = await find(
      '. {\n    cache 30 in6.arpa\n    kubernetes cluster.local {\n        fallthrough in6.arpa\n    }\n    forward in6.arpa 10.0.0.2 {\n        except in6.arpa\n    }\n}\n',
    )
    expect(found).toHaveLength(4)
  })

  it('passes over properties that a release does not know yet', async () => {
    const text =
      '. {\n    loadbalance {\n        prefer in6.arpa\n    }\n    tls a b {\n        acme in6.arpa\n    }\n}\n'
    expect(await findings(text, { rules: [rule], release: '1.11.1' })).toEqual([])
  })

  it('does not make a block that is there already', async () => {
    const [found] = await find('in6.arpa {\n    whoami\n}\nip6.arpa {\n    whoami\n}\n')
    expect(found?.fix).toBeNull()
    const twins = await find('in6.arpa {\n    whoami\n}\nipv6.arpa:53 {\n    whoami\n}\n')
    expect(twins.map((one) => one.fix === null)).toEqual([false, true])
  })
})
