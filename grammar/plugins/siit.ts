import { isInvalid } from '../../src/values/invalid.ts'
import { parseCidr, parseIp } from '../../src/values/ip.ts'
import { line, lineLeavingRest, one, plugin, property, tested } from '../schema.ts'
import type { Quirks, WordTest } from '../setup.ts'

const prefix = tested('prefix', 'an IPv6 network of /32, /40, /48, /56, /64 or /96, such as `64:ff9b::/96`')
const ipv4 = tested('ipv4', 'an IPv4 address')
const ipv6 = tested('ipv6', 'an IPv6 address')

// Source: plugin/siit/setup.go siitParse, parseIpv6Prefix, parseEam.
export default plugin('siit', {
  source: 'plugin/siit/setup.go siitParse',
  about: 'Makes an A answer of AAAA records in a given range, for networks that translate IPv6 to IPv4.',
  properties: {
    ipv6_prefix: property({ line: lineLeavingRest(one('PREFIX', prefix)), default: '64:ff9b::/96' }),
    eam: property({ line: line(one('IPV4', ipv4), one('IPV6', ipv6)), repeat: 'adds' }),
  },
})

/** plugin/siit/setup.go parseIpv6Prefix; the octet that RFC 6052 reserves is the one behind the first 64 bits. */
const isPrefix: WordTest = (word) => {
  const cidr = parseCidr(word)
  if (isInvalid(cidr)) return cidr.error
  const { address, prefix: length } = cidr.network
  if (address.length !== 16) return `invalid netmask ${length} IPv6 address`
  if (![32, 40, 48, 56, 64, 96].includes(length))
    return 'invalid prefix length: must be one of /32, /40, /48, /56, /64, /96'
  return address[8] === 0 ? null : 'reserved octet (byte 8) must be zero'
}

/** plugin/siit/setup.go parseEam: an IPv4 address written as IPv6 (`::ffff:192.0.2.1`) counts as IPv4. */
const isOfLength =
  (length: number, name: string): WordTest =>
  (word) => {
    const ip = parseIp(word)
    if (ip === undefined) return 'invalid IP address'
    return ip.length === length ? null : `invalid ${name} address`
  }

export const quirks: Quirks = {
  words: { prefix: isPrefix, ipv4: isOfLength(4, 'IPv4'), ipv6: isOfLength(16, 'IPv6') },
}
