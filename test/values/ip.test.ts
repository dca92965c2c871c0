import { describe, expect, it } from 'vitest'
import { isInvalid } from '../../src/values/invalid.ts'
import { contains, formatIp, formatNetwork, isIp, parseCidr, parseIp } from '../../src/values/ip.ts'
import { agreesWithGo } from './recorded.ts'

describe('parseIp', () => {
  agreesWithGo('net.ParseIP', (text) => {
    const ip = parseIp(text)
    expect(isIp(text)).toBe(ip !== undefined)
    return { value: ip === undefined ? '' : formatIp(ip) }
  })
})

describe('parseCidr', () => {
  agreesWithGo('net.ParseCIDR', (text) => {
    const cidr = parseCidr(text)
    return isInvalid(cidr) ? cidr : { value: [formatIp(cidr.ip), formatNetwork(cidr.network)] }
  })
})

describe('contains', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['::/0', '::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
  ])('%s has %s: %s', (network, ip, expected) => {
    const cidr = parseCidr(network)
    const address = parseIp(ip)
    if (isInvalid(cidr) || address === undefined) throw new Error('not an address')
    expect(contains(cidr.network, address)).toBe(expected)
  })
})
