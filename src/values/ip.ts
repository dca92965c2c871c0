import type { Invalid } from './invalid.ts'
import { invalid } from './invalid.ts'

/** An IP address as its bytes: 4 for IPv4 (also when written as `::ffff:192.0.2.1`), 16 for IPv6. */
export type Ip = readonly number[]

/** A network: the masked address, 4 bytes when written as IPv4 and 16 when written as IPv6, and the length of its prefix in bits. */
export interface Network {
  readonly address: readonly number[]
  readonly prefix: number
}

/** Go's `net.ParseIP`: dotted decimal without leading zeros, or IPv6 without a zone; nothing when it is neither. */
export function parseIp(text: string): Ip | undefined {
  const bytes = readIp(text)
  return bytes === undefined ? undefined : (unmapped(bytes) ?? bytes)
}

/** Whether Go's `net.ParseIP` takes the text. */
export function isIp(text: string): boolean {
  return readIp(text) !== undefined
}

/** Go's `net.ParseCIDR`: `ADDRESS/BITS`; the length of the prefix may have leading zeros. */
export function parseCidr(text: string): { ip: Ip; network: Network } | Invalid {
  const slash = text.indexOf('/')
  const written = slash < 0 ? undefined : readIp(text.slice(0, slash))
  const bits = text.slice(slash + 1)
  const prefix = /^[0-9]+$/.test(bits) ? Number(bits) : -1
  if (written === undefined || prefix < 0 || prefix > written.length * 8) {
    return invalid(`invalid CIDR address: ${text}`)
  }
  return { ip: unmapped(written) ?? written, network: { address: masked(written, prefix), prefix } }
}

/** The address with all bits after the first `prefix` ones cleared. */
export function masked(address: readonly number[], prefix: number): number[] {
  return address.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - at * 8))))
}

/** Whether the network has this address, as Go's `net.IPNet.Contains`: IPv4 and IPv6 never contain each other. */
export function contains(network: Network, ip: Ip): boolean {
  const { address, prefix } = plain(network)
  return address.length === ip.length && masked(ip, prefix).every((byte, at) => byte === address[at])
}

/** Go's `net.IPNet.String`; an IPv4 network written as IPv6 comes out as IPv4. */
export function formatNetwork(network: Network): string {
  const { address, prefix } = plain(network)
  return `${formatIp(address)}/${prefix}`
}

/** Go's `net.IP.String`: the shortest form of RFC 5952. */
export function formatIp(ip: Ip): string {
  if (ip.length === 4) return ip.join('.')
  const mapped = unmapped(ip)
  if (mapped !== undefined) return mapped.join('.')
  const groups: number[] = []
  for (let at = 0; at < 16; at += 2) groups.push(((ip[at] as number) << 8) | (ip[at + 1] as number))
  const [from, to] = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  return from < 0 ? hex.join(':') : `${hex.slice(0, from).join(':')}::${hex.slice(to).join(':')}`
}

function plain(network: Network): Network {
  const mapped = network.address.length === 16 ? unmapped(network.address) : undefined
  return mapped === undefined ? network : { address: mapped, prefix: network.prefix - 96 }
}

/** The four bytes of an IPv4 address inside of an IPv6 one. */
function unmapped(bytes: readonly number[]): readonly number[] | undefined {
  if (bytes.length !== 16 || bytes[10] !== 0xff || bytes[11] !== 0xff) return undefined
  for (let at = 0; at < 10; at++) if (bytes[at] !== 0) return undefined
  return bytes.slice(12)
}

/** The first of the longest runs of at least two zero groups, or -1. */
function longestZeros(groups: readonly number[]): [from: number, to: number] {
  let best: [number, number] = [-1, 0]
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && groups[to] === 0) to++
    if (to - from >= 2 && to - from > best[1] - Math.max(0, best[0])) best = [from, to]
    if (to > from) from = to
  }
  return best
}

/** The bytes as written: `::ffff:192.0.2.1` stays 16 bytes. */
function readIp(text: string): number[] | undefined {
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '.') return readIpv4(text)
    if (character === ':') return readIpv6(text)
    if (character === '%') return undefined
  }
  return undefined
}

function readIpv4(text: string): number[] | undefined {
  if (text.length > 15) return undefined
  const bytes: number[] = []
  let value = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? 0x2e : text.charCodeAt(at)
    if (code === 0x2e) {
      if (value < 0) return undefined
      bytes.push(value)
      value = -1
    } else {
      // A leading zero is refused since Go 1.17: others read it as octal.
      if (code < 0x30 || code > 0x39 || value === 0) return undefined
      value = (value < 0 ? 0 : value * 10) + code - 0x30
      if (value > 255) return undefined
    }
  }
  return bytes.length === 4 ? bytes : undefined
}

function readIpv6(text: string): number[] | undefined {
  if (text.length > 45) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = readGroups(halves[0] as string, halves.length === 1)
  const tail = readGroups(halves[1] ?? '', true)
  if (head === undefined || tail === undefined) return undefined
  const missing = 16 - head.length - tail.length
  if (halves.length === 1) return missing === 0 ? head : undefined
  return missing < 2 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail]
}

/** Groups of up to four hexadecimal digits; the last one may be an IPv4 address. */
function readGroups(text: string, last: boolean): number[] | undefined {
  const bytes: number[] = []
  if (text === '') return bytes
  const groups = text.split(':')
  for (const [at, group] of groups.entries()) {
    if (last && at === groups.length - 1 && group.includes('.')) {
      const ipv4 = readIpv4(group)
      return ipv4 === undefined ? undefined : [...bytes, ...ipv4]
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
    const value = Number.parseInt(group, 16)
    bytes.push(value >> 8, value & 0xff)
  }
  return bytes
}
