import { formatIp, type Ip, parseIp } from '../values/ip.ts'
import { countLabels, isSubdomain } from '../values/name.ts'
import type { Transport } from '../values/transport.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView, ServersView } from './servers-view.ts'

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
  if (ip === undefined || servers.blocks.some((block) => !isListenerKnown(block))) return null
  const all = servers.blocks.flatMap((block) => block.served.map((served): Reached => ({ block, served })))
  const onPort = all.filter(({ served }) => served.transport === transport && served.port === port)
  const bound = onPort.filter(({ served }) => served.hosts.some((address) => isBoundTo(address, ip)))
  const unbound = onPort.filter(({ served }) => listensEverywhere(served))
  const listening = bound.length > 0 ? bound : isOwnAddress(ip) ? unbound : []
  const matching = listening.filter(({ served }) => isSubdomain(served.zone, name))
  matching.sort((a, b) => countLabels(b.served.zone) - countLabels(a.served.zone))
  const [reached] = matching
  return reached === undefined || reached.served.hasView ? null : reached
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

/** `bind` takes addresses and names of interfaces; of these only the loopback interface says its address. */
function isBoundTo(written: string, ip: Ip): boolean {
  const address = parseIp(written)
  if (address !== undefined) return formatIp(address) === formatIp(ip)
  return written === 'lo' && (formatIp(ip) === '127.0.0.1' || formatIp(ip) === '::1')
}
