import { isInvalid } from './invalid.ts'
import type { Ip, Network } from './ip.ts'
import { formatIp, formatNetwork, parseCidr, parseIp } from './ip.ts'
import { labelStarts } from './name.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

const V4_SUFFIX = '.in-addr.arpa.'
const V6_SUFFIX = '.ip6.arpa.'

/** miekg/dns `ReverseAddr`: the name under in-addr.arpa. or ip6.arpa. whose PTR record names the address. */
export function reverseName(ip: Ip): string {
  const parts =
    ip.length === 4 ? ip.map(String) : ip.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)])
  return parts.reverse().join('.') + (ip.length === 4 ? V4_SUFFIX : V6_SUFFIX)
}

/** plugin/pkg/dnsutil/reverse.go `IsReverse`: the IP version of the reverse tree that the name is in, or 0. */
export function reverseVersion(name: string): 0 | 4 | 6 {
  if (name.endsWith(V4_SUFFIX)) return 4
  return name.endsWith(V6_SUFFIX) ? 6 : 0
}

/** Whether a zone, fully qualified and in lower case, is one of the reverse trees or lies in one. */
export function isReverseZone(zone: string): boolean {
  return /(?:^|\.)(?:in-addr|ip6)\.arpa\.$/.test(zone)
}

/** plugin/pkg/dnsutil/reverse.go `ExtractAddressFromReverse`: the address that a full, lower-case reverse name stands for. */
export function addressOfReverseName(name: string): string | undefined {
  const version = reverseVersion(name)
  if (version === 0) return undefined
  const labels = name
    .slice(0, version === 4 ? -V4_SUFFIX.length : -V6_SUFFIX.length)
    .split('.')
    .reverse()
  if (version === 4) {
    const ip = parseIp(labels.join('.'))
    return ip?.length === 4 ? formatIp(ip) : undefined
  }
  const groups: string[] = []
  for (let at = 0; at + 4 <= labels.length; at += 4) groups.push(labels.slice(at, at + 4).join(''))
  const ip = parseIp(groups.join(':'))
  return ip === undefined ? undefined : formatIp(ip)
}

/**
 * The reverse zones of a network. Since 1.8.4 they cover exactly its addresses: a prefix between two labels becomes the
 * several zones of the next longer label (plugin/pkg/cidr `Split` and `Reverse`). Before, it was one zone (plugin/normalize.go
 * `SplitHostPort`): a prefix in the lower half between two labels went to the shorter one, in the upper half to the longer one, where
 * only the part with the written address was served; up to 1.0.4 labels of IPv6 counted eight bits, which kept too many of them.
 */
export function reverseZones(ip: Ip, network: Network, release: Release): string[] {
  if (!isSince(release, '1.8.4')) {
    const digit = network.address.length === 16 && isSince(release, '1.0.5') ? 4 : 8
    return [zoneOf(ip, network.address.length * 8 - network.prefix, digit)]
  }
  return subnets(network, release).map((subnet) => {
    // The text decides the family: an IPv4 network written as IPv6 ends in in-addr.arpa.
    const read = parseCidr(formatNetwork(subnet))
    if (isInvalid(read)) return ''
    const { address, prefix } = read.network
    return zoneOf(address, address.length * 8 - prefix, address.length === 16 ? 4 : 8)
  })
}

/** The name of the address without the labels of its last `hostBits` bits, an incomplete label dropped with them. */
function zoneOf(ip: Ip, hostBits: number, digit: number): string {
  const dropped = Math.floor((hostBits + (hostBits % digit)) / digit)
  const name = reverseName(ip)
  return name.slice(labelStarts(name)[dropped] ?? name.length)
}

/** plugin/pkg/cidr/cidr.go `Split`; in 1.8.4 (`Class`) the boundary was eight bits for IPv6 too. */
function subnets(network: Network, release: Release): Network[] {
  const boundary = isSince(release, '1.8.5') && formatNetwork(network).includes(':') ? 4 : 8
  const prefix = Math.ceil(network.prefix / boundary) * boundary
  const last = (prefix - 1) >> 3
  const step = 1 << ((8 - (prefix % 8)) % 8)
  return Array.from({ length: 2 ** (prefix - network.prefix) }, (_, index) => ({
    address: network.address.map((byte, at) => (at === last ? byte + index * step : byte)),
    prefix,
  }))
}
