import type { Configuration } from '../expand/configuration.ts'
import type { Place, TokenView } from '../expand/token-view.ts'
import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { isSince } from '../values/release.ts'
import { Dispenser } from './dispenser.ts'
import { isKnown } from './known.ts'
import { listenersOf } from './listeners.ts'
import type { Reason } from './reason.ts'
import { serverReason } from './server-reason.ts'
import type { Site } from './servers.ts'

/** What CoreDNS finds out only when it starts for real: nothing of it shows when a Corefile is merely validated. */
export function startReasons(configuration: Configuration, sites: readonly Site[], release: string): Reason[] {
  return [
    ...kubernetesMissing(configuration, release),
    ...addressesInUse(configuration, sites, release),
    ...quicWithoutTls(sites, release),
  ]
}

/** plugin/k8s_external/setup.go setup, OnStartup: since 1.11.0 the block must have kubernetes as well. */
function kubernetesMissing(configuration: Configuration, release: string): Reason[] {
  if (!isSince(release, '1.11.0')) return []
  return configuration.blocks.flatMap(({ directives }) => {
    const tokens = directives.get('k8s_external')
    if (tokens === undefined || directives.has('kubernetes')) return []
    const message = 'kubernetes plugin not loaded'
    return [
      {
        ...serverReason('needs', 'start', tokens.place(0), 'k8s_external', message),
        plugin: 'k8s_external',
        expected: '`kubernetes` in the same server block',
      },
    ]
  })
}

/** core/dnsserver/server_quic.go ListenPacket: QUIC cannot be opened without certificates. */
function quicWithoutTls(sites: readonly Site[], release: string): Reason[] {
  if (!isSince(release, '1.11.0')) return []
  return listenersOf(sites).flatMap(({ name, transport, sites: group }) => {
    const first = group[0]
    if (transport !== 'quic' || first === undefined) return []
    if (group.every(({ served }) => served.block.directives.has('tls'))) return []
    return [serverReason('tls-missing', 'start', first.served.key.at, name, 'quic: tls.Config not set')]
  })
}

/** A socket that CoreDNS opens, in the order in which it does. */
interface Socket {
  readonly at: Place
  readonly name: string
  /** Canonical; empty for every address of the machine. */
  readonly host: string
  readonly port: string
  /** Whether it lets others open the same address. */
  readonly shares: boolean
  /** Whether CoreDNS stops when it cannot be opened; else it only logs that. */
  readonly isNeeded: boolean
}

/**
 * Sockets that cannot be opened because another one of the same program has the address. Since 1.6.6 (plugin/pkg/reuseport) all of them
 * share it and nothing fails; from 1.2.3 on those of plain DNS did (core/dnsserver/listen_go111.go).
 */
function addressesInUse(configuration: Configuration, sites: readonly Site[], release: string): Reason[] {
  if (isSince(release, '1.6.6')) return []
  const open = new OpenSockets()
  const reasons: Reason[] = []
  const reported = new Set<Socket>()
  for (const socket of [...httpSockets(configuration, release), ...serverSockets(sites, release)]) {
    const first = open.inTheWayOf(socket)
    if (first === undefined) open.add(socket)
    else if (socket.isNeeded && !reported.has(socket)) {
      reported.add(socket)
      const message = `listen tcp ${socket.name}: bind: address already in use`
      reasons.push(serverReason('address-in-use', 'start', socket.at, socket.name, message, first.at))
    }
  }
  return reasons
}

/** The sockets that are open, found by their addresses. */
class OpenSockets {
  /** The first socket on a port, one that shares and one that does not apart: on any host, on each host. */
  readonly #first = new Map<string, { readonly socket: Socket; readonly order: number }>()
  #count = 0

  add(socket: Socket): void {
    const entry = { socket, order: this.#count++ }
    for (const host of ['any', `on ${socket.host}`]) {
      const key = `${socket.port} ${socket.shares} ${host}`
      if (!this.#first.has(key)) this.#first.set(key, entry)
    }
  }

  /** The first open socket that has the address of another and does not let it have the same; each takes a port 0 of its own. */
  inTheWayOf({ host, port, shares }: Socket): Socket | undefined {
    if (Number(port) === 0) return undefined
    const hosts = host === '' ? ['any'] : [`on ${host}`, 'on ']
    const kinds = shares ? [false] : [true, false]
    const found = hosts.flatMap((each) => kinds.map((kind) => this.#first.get(`${port} ${kind} ${each}`)))
    return found.reduce((first, entry) =>
      entry !== undefined && entry.order < (first?.order ?? Infinity) ? entry : first,
    )?.socket
  }
}

function serverSockets(sites: readonly Site[], release: string): Socket[] {
  return listenersOf(sites).flatMap(({ name, transport, host, port, sites: group }) => {
    const first = group[0]
    if (first === undefined) return []
    const shares = transport === 'dns' && isSince(release, '1.2.3')
    return [{ at: first.served.key.at, name, host: canonicalHost(host), port, shares, isNeeded: true }]
  })
}

/**
 * The sockets of the plugins with an HTTP server, in the order in which they are opened. Setup ran for each key: health opens one for
 * each, up to 1.0.6 only the first. ready and prometheus open each address once (plugin/pkg/uniq), pprof the first of all alone.
 */
function httpSockets(configuration: Configuration, release: string): Socket[] {
  const sockets: Socket[] = []
  const opened = new Set<string>()
  for (const { name, address, isNeeded, opens } of httpPlugins(release)) {
    for (const block of configuration.blocks) {
      const tokens = block.directives.get(name)
      const socket = tokens === undefined ? null : httpSocket(configuration, tokens, address, release)
      if (socket === null) continue
      const mine = { ...socket, isNeeded }
      const id = opens === 'first' ? name : `${name} ${mine.name}`
      if (opens === 'each') {
        for (const { known } of block.keys) if (known) sockets.push(mine)
      } else if (!opened.has(id)) sockets.push(mine)
      opened.add(id)
    }
  }
  return sockets
}

interface HttpPlugin {
  readonly name: string
  readonly address: string
  readonly isNeeded: boolean
  readonly opens: 'each' | 'address' | 'first'
}

function httpPlugins(release: string): HttpPlugin[] {
  const ready: HttpPlugin = { name: 'ready', address: ':8181', isNeeded: false, opens: 'address' }
  const health: HttpPlugin = isSince(release, '1.1.0')
    ? { name: 'health', address: ':8080', isNeeded: true, opens: 'each' }
    : { name: 'health', address: ':8080', isNeeded: false, opens: 'first' }
  const pprof: HttpPlugin = { name: 'pprof', address: 'localhost:6053', isNeeded: true, opens: 'first' }
  const prometheus: HttpPlugin = { name: 'prometheus', address: 'localhost:9153', isNeeded: false, opens: 'address' }
  // Up to 1.1.1 prometheus listens as soon as it is set up.
  return isSince(release, '1.1.2') ? [ready, health, pprof, prometheus] : [prometheus, ready, health, pprof]
}

function httpSocket(
  configuration: Configuration,
  tokens: TokenView,
  standard: string,
  release: string,
): Omit<Socket, 'isNeeded'> | null {
  let at = 0
  let address = standard
  const dispenser = new Dispenser(tokens, { entersBraces: isSince(release, '1.15.0'), sticksAtEnd: false })
  while (dispenser.next()) {
    const [word] = dispenser.remainingArgs()
    if (word !== undefined) {
      if (!isKnown(configuration, tokens, word)) return null
      at = word
      address = tokens.value(word)
    }
    while (dispenser.nextBlock()) dispenser.remainingArgs()
  }
  const parts = splitHostPort(address)
  if (isInvalid(parts)) return null
  return { at: tokens.place(at), name: address, host: canonicalHost(parts.host), port: parts.port, shares: false }
}

/** Go opens each unspecified address as all addresses, IPv4 and IPv6. */
function canonicalHost(host: string): string {
  const ip = parseIp(host === 'localhost' ? '127.0.0.1' : host)
  if (ip === undefined) return host
  return ip.every((byte) => byte === 0) ? '' : formatIp(ip)
}
