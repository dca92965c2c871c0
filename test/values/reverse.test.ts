import { describe, expect, it } from 'vitest'
import { isInvalid } from '../../src/values/invalid.ts'
import { parseCidr, parseIp } from '../../src/values/ip.ts'
import { addressOfReverseName, reverseName, reverseVersion, reverseZones } from '../../src/values/reverse.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('reverse names', () => {
  agreesAtEveryRelease('dns.ReverseAddr', (_, text) => {
    const ip = parseIp(text)
    return ip === undefined ? { error: `dns: unrecognized address: ${text}` } : { value: reverseName(ip) }
  })
  agreesAtEveryRelease('dnsutil.ExtractAddressFromReverse', (_, name) => ({ value: addressOfReverseName(name) ?? '' }))

  it('tells the tree of a name', () => {
    expect(['1.in-addr.arpa.', '1.ip6.arpa.', 'in-addr.arpa.', 'a.'].map(reverseVersion)).toEqual([4, 6, 0, 0])
  })

  it('cut IPv6 networks at eight bits a label up to 1.0.4', () => {
    const cidr = parseCidr('2001:db8::/32')
    if (isInvalid(cidr)) throw new Error('not a network')
    expect(reverseZones(cidr.ip, cidr.network, '1.0.5')).toEqual(['8.b.d.0.1.0.0.2.ip6.arpa.'])
    expect(reverseZones(cidr.ip, cidr.network, '1.0.4')).toEqual([`${'0.'.repeat(12)}8.b.d.0.1.0.0.2.ip6.arpa.`])
  })
})
