import type { Configuration, Key, ServerBlock } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp } from '../values/ip.ts'
import { normalizeName } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import { parseZoneKey, type ZoneKey } from '../values/zone.ts'
import { Dispenser } from './dispenser.ts'
import type { Reason } from './reason.ts'

/** One zone that a server block serves, and the listener it is served on. */
export interface Served {
  readonly block: ServerBlock
  readonly key: Key
  /** Fully qualified, as the release compares it with a query: lower case since 1.14.7. */
  readonly zone: string
  /** Decimal. */
  readonly port: string
  readonly transport: ZoneKey['transport']
  /** The addresses of `bind` as written; none means all. Names of interfaces stay names. */
  readonly hosts: readonly string[]
  readonly hasView: boolean
}

/** The zones of all server blocks and what CoreDNS refuses about them. */
export interface Servers {
  readonly served: readonly Served[]
  /** Faults that InspectServerBlocks finds before any plugin is set up. */
  readonly keyReasons: readonly Reason[]
  /** Faults that MakeServers finds behind the set-up of the plugins. */
  readonly serverReasons: readonly Reason[]
}

/** Reads the addresses of every server block as core/dnsserver/register.go does; keys that are not known are left out. */
export function readServers(configuration: Configuration, release: string): Servers {
  const served: Served[] = []
  const keyReasons: Reason[] = []
  for (const block of configuration.blocks) {
    const hosts = bindAddresses(block, release)
    const hasView = isSince(release, '1.10.0') && block.directives.has('view')
    for (const key of block.keys) {
      if (!key.known) continue
      const read = parseZoneKey(key.value, release)
      if (isInvalid(read)) {
        keyReasons.push(reason('invalid-key', 'keys', key.at, key.value, read.error, null))
        continue
      }
      for (const zone of read.zones) {
        served.push({ block, key, zone, port: read.port, transport: read.transport, hosts, hasView })
      }
    }
  }
  const overlaps = overlapReasons(served, release)
  if (isSince(release, '1.1.0')) return { served, keyReasons, serverReasons: overlaps }
  return { served, keyReasons: [...keyReasons, ...overlaps], serverReasons: [] }
}

/** The zones a block serves as plugins see them (plugin.OriginsFromArgsOrServerBlock); null where a key is not known. */
export function zonesOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null {
  if (block.keys.some((key) => !key.known)) return null
  return served.filter((server) => server.block === block).map(({ zone }) => normalizeName(zone))
}

/** The transport of each of `zonesOfBlock`; null where a key is not known. */
export function transportsOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null {
  if (block.keys.some((key) => !key.known)) return null
  return served.filter((server) => server.block === block).map(({ transport }) => transport)
}

/** plugin/bind/setup.go: the addresses of all `bind` lines of the block, without those that `except` takes out. */
function bindAddresses(block: ServerBlock, release: string): string[] {
  const tokens = block.directives.get('bind')
  if (tokens === undefined) return []
  const addresses: string[] = []
  const dispenser = new Dispenser(tokens, { entersBraces: isSince(release, '1.15.0'), sticksAtEnd: false })
  while (dispenser.next()) {
    const own = dispenser.remainingArgs().map((number) => tokens.value(number))
    const excluded: string[] = []
    while (isSince(release, '1.8.4') && dispenser.nextBlock()) {
      if (dispenser.value === 'except')
        excluded.push(...dispenser.remainingArgs().map((number) => tokens.value(number)))
    }
    addresses.push(...own.filter((address) => !excluded.includes(address)))
  }
  return addresses
}

/**
 * core/dnsserver/address.go: the same zone, port, transport and address twice, or bound beside unbound, is refused; blocks with a
 * view are exempt from the first, and until 1.14.2 still had to stand in front of the block without one.
 */
function overlapReasons(served: readonly Served[], release: string): Reason[] {
  const registered = new Map<string, Served>()
  const unbound = new Map<string, Served>()
  const reasons: Reason[] = []
  const considersAddresses = isSince(release, '1.1.0')
  const viewsAnywhere = isSince(release, '1.14.3')
  for (const server of served) {
    const { zone, port, transport } = server
    const base = `${transport}://${zone}:${port}`
    const hosts = considersAddresses && server.hosts.length > 0 ? server.hosts : ['']
    for (const host of hosts) {
      if (host !== '' && !isIp(host)) continue
      const id = `${base} on ${host}`
      const same = registered.get(id)
      const message = host === '' ? base : id
      if (same !== undefined && !(server.hasView && viewsAnywhere)) {
        reasons.push(
          reason(
            'duplicate-zone',
            'servers',
            server.key.at,
            message,
            `cannot serve ${message} - it is already defined`,
            same.key.at,
          ),
        )
        continue
      }
      const other = host === '' ? unbound.get(base) : registered.get(`${base} on `)
      if (same === undefined && other !== undefined) {
        const words = `cannot serve ${message} - zone overlap listener capacity`
        reasons.push(reason('zone-overlap', 'servers', server.key.at, message, words, other.key.at))
        continue
      }
      if (server.hasView) continue
      registered.set(id, server)
      unbound.set(base, server)
    }
  }
  return reasons
}

function reason(
  kind: Reason['kind'],
  stage: Reason['stage'],
  at: Place,
  subject: string,
  message: string,
  other: Place | null,
): Reason {
  return { kind, stage, at, plugin: null, property: null, subject, expected: null, message, other }
}
