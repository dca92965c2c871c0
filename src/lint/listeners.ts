import { formatIp, type Ip, parseIp } from '../values/ip.ts'
import type { Transport } from '../values/transport.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView, ServersView } from '../verdict/servers-view.ts'

/** The block that a query to an address reaches, and the listener it comes in on. */
export interface Reached {
  readonly block: BlockView
  readonly served: Served
}

/** Whether the address is the machine's own wherever CoreDNS runs: loopback, or the unspecified one, which means the same to a client. */
export function isOwnAddress(ip: Ip): boolean {
  if (ip.length === 4) return ip[0] === 127 || ip.every((byte) => byte === 0)
  return ip.slice(0, 15).every((byte) => byte === 0) && (ip[15] ?? 0) <= 1
}

/**
 * The block of this very server that answers `name` when it is asked at an address. Null where none listens there, or nobody can tell:
 * keys or `bind` words that are not known, or a view.
 */
export function reachedAt(
  servers: ServersView,
  transport: Transport,
  host: string,
  port: string,
  name: string,
): Reached | null {
  const ip = addressAsked(host)
  const listeners = ip === undefined ? null : listenersOf(servers)
  if (ip === undefined || listeners === null) return null
  const listener = listeners.get(`${transport} ${port}`)
  const listening = listener?.bound.get(formatIp(ip)) ?? (isOwnAddress(ip) ? listener?.everywhere : undefined)
  const [reached] = listening?.nearest(name) ?? []
  return reached === undefined || reached.served.hasView ? null : reached
}

/** Who listens on one port, by zone. */
interface PortListeners {
  /** By the canonical address of `bind`. */
  readonly bound: Map<string, ZoneIndex<Reached>>
  readonly everywhere: ZoneIndex<Reached>
}

type Listeners = ReadonlyMap<string, PortListeners>

const known = new WeakMap<ServersView, Listeners | null>()

/** The listeners by transport and port; null where those of a block are not known. */
function listenersOf(servers: ServersView): Listeners | null {
  let listeners = known.get(servers)
  if (listeners === undefined) {
    listeners = servers.blocks.every(isListenerKnown) ? gather(servers.blocks) : null
    known.set(servers, listeners)
  }
  return listeners
}

function gather(blocks: readonly BlockView[]): Listeners {
  const listeners = new Map<string, PortListeners>()
  for (const block of blocks) {
    for (const served of block.served) {
      const key = `${served.transport} ${served.port}`
      const listener = listeners.get(key) ?? { bound: new Map(), everywhere: new ZoneIndex<Reached>() }
      listeners.set(key, listener)
      const reached = { block, served }
      for (const address of new Set(served.hosts.flatMap(addressesOf))) {
        const others = listener.bound.get(address) ?? new ZoneIndex<Reached>()
        listener.bound.set(address, others)
        others.add(served.zone, reached)
      }
      if (listensEverywhere(served)) listener.everywhere.add(served.zone, reached)
    }
  }
  return listeners
}

/** A client that asks the unspecified address asks its own machine. */
function addressAsked(host: string): Ip | undefined {
  const ip = parseIp(host)
  return ip?.every((byte) => byte === 0) === true ? parseIp(ip.length === 4 ? '127.0.0.1' : '::1') : ip
}

/** Whether a listener takes queries at every address of the machine. */
export function listensEverywhere({ hosts }: Served): boolean {
  return hosts.length === 0 || hosts.some((host) => parseIp(host)?.every((byte) => byte === 0) === true)
}

function isListenerKnown(block: BlockView): boolean {
  if (block.keys.some(({ known }) => !known)) return false
  return block.occurrences('bind').every(({ args }) => args.every(({ known }) => known))
}

/** `bind` takes addresses and names of interfaces; of these only the loopback interface says its addresses. */
function addressesOf(written: string): string[] {
  const ip = parseIp(written)
  if (ip !== undefined) return [formatIp(ip)]
  return written === 'lo' ? ['127.0.0.1', '::1'] : []
}
