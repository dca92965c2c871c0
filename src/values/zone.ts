import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { parseCidr } from './ip.ts'
import { fqdn, isDomainName, normalizeName } from './name.ts'
import { parseSigned } from './number.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'
import { reverseZones } from './reverse.ts'
import { byteLength, quote } from './text.ts'
import type { Transport } from './transport.ts'
import { DEFAULT_PORT, splitTransport } from './transport.ts'

/** What stands before and after the port's colon of a zone: one zone, or several for a network; `port` is empty when not written. */
export interface ZonesAndPort {
  readonly zones: readonly string[]
  readonly port: string
}

/**
 * plugin/normalize.go `SplitHostPort`: a zone without a scheme, such as `example.org`, `example.org:1053`, `10.0.0.0/24`.
 * Only a number after the last colon is a port, of any size and sign. Zones stay as written: case and final dot are not touched.
 */
export function splitZonePort(text: string, release: Release): ZonesAndPort | Invalid {
  const colon = text.lastIndexOf(':')
  if (colon === text.length - 1) return invalid(`expecting data after last colon: ${quote(text)}`)
  const number = colon < 0 ? undefined : parseSigned(text.slice(colon + 1), 10, 64)
  const port = typeof number === 'bigint' ? number.toString() : ''
  const zone = port === '' ? text : text.slice(0, colon)

  const length = byteLength(zone)
  if (length > 255) return invalid(`specified zone is too long: ${length} > 255`)
  if (!isDomainName(zone, release)) return invalid(`zone is not a valid domain name: ${zone}`)

  const cidr = parseCidr(zone)
  if (isInvalid(cidr)) return { zones: [zone], port }
  // A guard against networks that begin with zeros, some of which stopped 1.8.4 with a panic.
  if (isSince(release, '1.8.5') && (zone.startsWith(':') || (zone.startsWith('0') && zone.includes(':')))) {
    return invalid(`invalid CIDR ${zone}`)
  }
  return { zones: reverseZones(cidr.ip, cidr.network, release), port }
}

/**
 * plugin/normalize.go `Host.NormalizeExact` (before 1.8.4 `Host.Normalize`): the zones of a plugin's argument, scheme and port taken off,
 * lower case and fully qualified. None when the word is no zone, which most plugins then skip silently; before 1.6.5 it became the root.
 */
export function zonesOf(text: string, release: Release): string[] {
  const read = splitZonePort(splitTransport(text, release).address, release)
  if (isInvalid(read)) return isSince(release, '1.6.5') ? [] : ['.']
  return read.zones.map((zone) => normalizeName(zone, release))
}

/** A server block key after core/dnsserver/register.go `InspectServerBlocks`. */
export interface ZoneKey {
  /** The zones, fully qualified; lower case since 1.14.7. A network has several. */
  readonly zones: readonly string[]
  /** Decimal; the transport's default when `portWritten` is false. */
  readonly port: string
  readonly portWritten: boolean
  readonly transport: Transport
}

/**
 * core/dnsserver `InspectServerBlocks`: `[scheme://]zone[:port]` of a server block. `dnsPort` is what `-dns.port` says.
 * The error texts are those after `error inspecting server blocks: `.
 */
export function parseZoneKey(text: string, release: Release, dnsPort = DEFAULT_PORT.dns): ZoneKey | Invalid {
  const { transport, address } = splitTransport(text, release)
  const read = splitZonePort(address, release)
  if (isInvalid(read)) return read
  // The zone must also be one with its final dot, which may make it too long.
  if (isSince(release, '1.8.4')) {
    for (const zone of read.zones) {
      const again = splitZonePort(fqdn(zone, release), release)
      if (isInvalid(again)) return again
    }
  }
  const qualified = isSince(release, '1.14.7') ? normalizeName : fqdn
  const defaultPort = transport === 'dns' ? dnsPort : DEFAULT_PORT[transport]
  return {
    zones: read.zones.map((zone) => qualified(zone, release)),
    port: read.port === '' ? defaultPort : read.port,
    portWritten: read.port !== '',
    transport,
  }
}
