import type { Key } from '../expand/configuration.ts'
import { isInvalid } from '../values/invalid.ts'
import { normalizeName } from '../values/name.ts'
import type { Transport } from '../values/transport.ts'
import { parseZoneKey } from '../values/zone.ts'
import type { ServersView } from '../verdict/servers-view.ts'

interface ServedBy {
  /** The keys by transport, port and zone in lower case. */
  readonly zones: ReadonlyMap<string, readonly Key[]>
  readonly sockets: ReadonlySet<string>
}

const known = new WeakMap<ServersView, ServedBy>()

function servedBy(servers: ServersView): ServedBy {
  let served = known.get(servers)
  if (served === undefined) {
    const all = servers.blocks.flatMap((block) => block.served)
    const byZone = Map.groupBy(all, ({ transport, port, zone }) => `${transport} ${port} ${normalizeName(zone)}`)
    served = {
      zones: new Map([...byZone].map(([id, sites]) => [id, sites.map(({ key }) => key)])),
      sockets: new Set(all.map(({ transport, port }) => `${transport} ${port}`)),
    }
    known.set(servers, served)
  }
  return served
}

/** New addresses for server blocks in the place of old ones. CoreDNS refuses an address that is there twice, so each is given once. */
export class NewAddresses {
  readonly #servers: ServersView
  readonly #given = new Set<string>()

  constructor(servers: ServersView) {
    this.#servers = servers
  }

  /** Whether the addresses, as written, may stand in the place of a key: no other key is one of them, or was given one. */
  give(addresses: readonly string[], instead: Key): boolean {
    const { zones } = servedBy(this.#servers)
    const ids = addresses.flatMap((address) => {
      const read = parseZoneKey(address, this.#servers.release)
      return isInvalid(read) ? [] : read.zones.map((zone) => `${read.transport} ${read.port} ${normalizeName(zone)}`)
    })
    if (ids.some((id) => this.#given.has(id) || zones.get(id)?.some((key) => key !== instead) === true)) return false
    for (const id of ids) this.#given.add(id)
    return true
  }
}

/** Whether a block speaks a protocol on a port. */
export function listensOn(servers: ServersView, transport: Transport, port: string): boolean {
  return servedBy(servers).sockets.has(`${transport} ${port}`)
}
