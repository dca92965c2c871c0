import type { Configuration, Key, ServerBlock } from '../expand/configuration.ts'
import { isInvalid } from '../values/invalid.ts'
import { normalizeName } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import { parseZoneKey, type ZoneKey } from '../values/zone.ts'
import { Dispenser } from './dispenser.ts'
import { isKnown } from './known.ts'
import { listenerReasons } from './listeners.ts'
import { overlapReasons } from './overlaps.ts'
import type { Reason } from './reason.ts'
import { serverReason } from './server-reason.ts'
import { startReasons } from './start.ts'

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
  /**
   * ListenHosts: one empty text for every address of the machine, interfaces replaced by their addresses where these are the same on
   * every machine; null where a word of `bind` is not known.
   */
  readonly addresses: readonly string[] | null
  readonly hasView: boolean
}

/** What core/dnsserver calls a Config: a zone of a block, and where it listens as far as that is known. */
export interface Site {
  readonly served: Served
  /** Whether it is the first zone of its block, for which alone plugins are set up since 1.8.5. */
  readonly isFirst: boolean
}

/** The zones of all server blocks and what CoreDNS refuses about them. */
export interface Servers {
  readonly served: readonly Served[]
  /** Faults that InspectServerBlocks finds before any plugin is set up. */
  readonly keyReasons: readonly Reason[]
  /** Faults that MakeServers finds behind the set-up of the plugins. */
  readonly serverReasons: readonly Reason[]
  /** Faults that show when the servers and the plugins begin to listen. */
  readonly startReasons: readonly Reason[]
}

/** Reads the addresses of every server block as core/dnsserver/register.go does; keys that are not known are left out. */
export function readServers(configuration: Configuration, release: string): Servers {
  const sites: Site[] = []
  const keyReasons: Reason[] = []
  for (const block of configuration.blocks) {
    const { hosts, addresses } = boundAddresses(configuration, block, release)
    const hasView = isSince(release, '1.10.0') && block.directives.has('view')
    let isFirst = true
    for (const key of block.keys) {
      if (!key.known) {
        isFirst = false
        continue
      }
      const read = parseZoneKey(key.value, release)
      if (isInvalid(read)) {
        keyReasons.push(serverReason('invalid-key', 'keys', key.at, key.value, read.error))
        continue
      }
      for (const zone of read.zones) {
        const served = { block, key, zone, port: read.port, transport: read.transport, hosts, addresses, hasView }
        sites.push({ served, isFirst })
        isFirst = false
      }
    }
  }
  const served = sites.map((site) => site.served)
  const overlaps = overlapReasons(sites, release)
  const listeners = listenerReasons(configuration, sites, release)
  const started = startReasons(configuration, sites, release)
  // core/dnsserver/register.go: in InspectServerBlocks, then first, then last in MakeServers.
  if (!isSince(release, '1.1.0')) {
    return { served, keyReasons: [...keyReasons, ...overlaps], serverReasons: listeners, startReasons: started }
  }
  const ordered = isSince(release, '1.10.0') ? [...listeners, ...overlaps] : [...overlaps, ...listeners]
  return { served, keyReasons, serverReasons: ordered, startReasons: started }
}

/** The zones a block serves as plugins see them (plugin.OriginsFromArgsOrServerBlock); null where a key is not known. */
export function zonesOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null {
  if (block.keys.some((key) => !key.known)) return null
  return servedByBlock(served, block).map(({ zone }) => normalizeName(zone))
}

/** The transport of each of `zonesOfBlock`; null where a key is not known. */
export function transportsOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null {
  if (block.keys.some((key) => !key.known)) return null
  return servedByBlock(served, block).map(({ transport }) => transport)
}

const byBlock = new WeakMap<readonly Served[], ReadonlyMap<ServerBlock, readonly Served[]>>()

/** Those of one block, in the order of its keys; the list is gone through once for all blocks. */
export function servedByBlock(served: readonly Served[], block: ServerBlock): readonly Served[] {
  let blocks = byBlock.get(served)
  if (blocks === undefined) {
    blocks = Map.groupBy(served, (server) => server.block)
    byBlock.set(served, blocks)
  }
  return blocks.get(block) ?? []
}

/** plugin/bind/setup.go: the addresses of all `bind` lines of the block, without those that `except` takes out. */
function boundAddresses(
  configuration: Configuration,
  block: ServerBlock,
  release: string,
): { hosts: string[]; addresses: string[] | null } {
  const tokens = block.directives.get('bind')
  if (tokens === undefined) return { hosts: [], addresses: [''] }
  const hosts: string[] = []
  const addresses: string[] = []
  let known = true
  const dispenser = new Dispenser(tokens, { entersBraces: isSince(release, '1.15.0'), sticksAtEnd: false })
  const words = () =>
    dispenser.remainingArgs().map((number) => {
      known &&= isKnown(configuration, tokens, number)
      return tokens.value(number)
    })
  while (dispenser.next()) {
    const own = words()
    let excluded: string[] = []
    while (isSince(release, '1.8.4') && dispenser.nextBlock()) {
      if (dispenser.value === 'except') excluded = words()
    }
    const without = new Set(excluded)
    const taken = new Set(excluded.flatMap(addressesOfInterface))
    for (const host of own) if (!without.has(host)) hosts.push(host)
    for (const address of own.flatMap(addressesOfInterface)) if (!taken.has(address)) addresses.push(address)
  }
  return { hosts, addresses: known ? addresses : null }
}

/** plugin/bind/setup.go listIP: of all interfaces only the loopback's addresses can be told from its name. */
function addressesOfInterface(word: string): string[] {
  return word === 'lo' ? ['127.0.0.1', '::1'] : [word]
}
