import { formatIp, parseIp } from '../../values/ip.ts'
import { DEFAULT_PORT, type Transport as Scheme } from '../../values/transport.ts'
import { type Listener, listenersOf } from '../../verdict/listeners.ts'
import type { Served } from '../../verdict/servers.ts'
import type { ServersView } from '../../verdict/servers-view.ts'
import type { Query, Transport } from '../query.ts'

/** An address that the server opens, with the zones that are served there (`Server` of core/dnsserver). */
export interface Door {
  /** For people: `:53 udp, tcp`, `127.0.0.1:853 tls`. */
  readonly name: string
  readonly scheme: Scheme
  /** Canonical; empty for every address of the machine; the name of an interface, or what is written where that is not known. */
  readonly host: string
  readonly port: string
  /** The zones in the order of the file, by their names as the release compares them with a query. */
  readonly zones: ReadonlyMap<string, readonly Served[]>
}

const SCHEME: Readonly<Record<Transport, Scheme>> = {
  udp: 'dns',
  tcp: 'dns',
  tls: 'tls',
  https: 'https',
  https3: 'https3',
  grpc: 'grpc',
  quic: 'quic',
}

/** All addresses that the server blocks open, in the order of the file. */
export function doorsOf(servers: ServersView): readonly Door[] {
  const served = servers.blocks.flatMap((block) => block.served)
  const doors = listenersOf(served.map((each) => ({ served: each, isFirst: false }))).map(doorOf)
  const closed = Map.groupBy(
    served.filter(({ addresses }) => addresses === null),
    ({ transport, hosts, port }) => `${transport}://${hosts.join(' ')}:${port}`,
  )
  for (const [name, group] of closed) {
    const [first] = group
    if (first === undefined) continue
    const sites = group.map((each) => ({ served: each, isFirst: false }))
    doors.push(doorOf({ name, transport: first.transport, host: first.hosts.join(' '), port: first.port, sites }))
  }
  return doors
}

function doorOf({ transport, host, port, sites }: Listener): Door {
  const protocols = transport === 'dns' ? 'udp, tcp' : transport
  const zones = Map.groupBy(
    sites.map(({ served }) => served),
    ({ zone }) => zone,
  )
  return {
    name: `${host.includes(':') ? `[${host}]` : host}:${port} ${protocols}`,
    scheme: transport,
    host,
    port,
    zones,
  }
}

/** Where a query comes in: the one listener; several where it depends on an address that nobody gave; or why there is none. */
export type Entrance = { readonly doors: readonly [Door, ...Door[]] } | { readonly doors: null; readonly why: string }

/** The listeners that a query may come to. A query that names no server comes to the usual port, there to the unbound blocks first. */
export function entranceOf(doors: readonly Door[], { transport, server }: Query): Entrance {
  const scheme = SCHEME[transport]
  const open = doors.filter((door) => door.scheme === scheme)
  const [first] = open
  if (first === undefined) return { doors: null, why: `nothing listens for ${transport}` }
  const usual = open.some(({ port }) => port === DEFAULT_PORT[scheme]) ? DEFAULT_PORT[scheme] : first.port
  const port = server === null ? usual : String(server.port)
  const atPort = open.filter((door) => door.port === port)
  const chosen = server?.address == null ? ofNoAddress(atPort) : ofAddress(atPort, server.address)
  const [one, ...others] = chosen
  if (one !== undefined) return { doors: [one, ...others] }
  return { doors: null, why: `nothing listens on ${server?.address ?? ''}:${port}` }
}

const isUnbound = ({ host }: Door) => host === '' || host === '::' || host === '0.0.0.0'

function ofNoAddress(doors: readonly Door[]): readonly Door[] {
  const unbound = doors.find(isUnbound)
  return unbound === undefined ? doors : [unbound]
}

/** The socket that is bound to the very address is nearer than one bound to all. */
function ofAddress(doors: readonly Door[], text: string): readonly Door[] {
  const ip = parseIp(text)
  const address = ip === undefined ? text : formatIp(ip)
  const exact = doors.find(({ host }) => host === address)
  if (exact !== undefined) return [exact]
  const all = ip?.length === 4 ? '0.0.0.0' : '::'
  const unbound = doors.find(({ host }) => host === all) ?? doors.find(({ host }) => host === '' || host === '::')
  const unclear = doors.filter((door) => !isUnbound(door) && parseIp(door.host) === undefined)
  return unbound === undefined ? unclear : [...unclear, unbound]
}
