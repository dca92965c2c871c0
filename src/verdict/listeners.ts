import type { Configuration, Key, ServerBlock } from '../expand/configuration.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { isSince } from '../values/release.ts'
import { Dispenser } from './dispenser.ts'
import { isKnown } from './known.ts'
import type { Reason } from './reason.ts'
import { serverReason } from './server-reason.ts'
import type { Served, Site } from './servers.ts'

/** An address that CoreDNS opens, and all zones that are served there. */
export interface Listener {
  /** As CoreDNS writes it: `https://:443`, `dns://[::1]:53`. */
  readonly name: string
  readonly transport: Served['transport']
  /** Canonical; empty for every address of the machine. */
  readonly host: string
  readonly port: string
  readonly sites: readonly Site[]
}

/** core/dnsserver/register.go groupConfigsByListenAddr; sites whose addresses or port cannot be told are left out. */
export function listenersOf(sites: readonly Site[]): Listener[] {
  const listeners = new Map<string, Listener & { sites: Site[] }>()
  for (const site of sites) {
    const { transport } = site.served
    const port = socketPort(site.served.port)
    if (port === null) continue
    for (const address of site.served.addresses ?? []) {
      const ip = parseIp(address)
      const host = ip === undefined ? address : formatIp(ip)
      const name = `${transport}://${host.includes(':') ? `[${host}]` : host}:${port}`
      const listener = listeners.get(name)
      if (listener === undefined) listeners.set(name, { name, transport, host, port, sites: [site] })
      else listener.sites.push(site)
    }
  }
  return [...listeners.values()]
}

/** What MakeServers refuses about the listeners: ports that are none, and TLS that is missing or not the same for all blocks. */
export function listenerReasons(configuration: Configuration, sites: readonly Site[], release: string): Reason[] {
  const reasons = portReasons(sites)
  for (const listener of listenersOf(sites)) {
    const { name, transport, sites: group } = listener
    const first = group[0] as Site
    const { key } = first.served
    if (isSince(release, '1.15.0') && transport !== 'dns' && transport !== 'unix') {
      for (const reason of conflicts(configuration, listener)) reasons.push(reason)
    }
    const isSafe = group.every(({ served }) => served.block.directives.has('tls'))
    if (isSafe) continue
    // Where only some blocks have TLS, the order of a Go map decides, other at each start (up to 1.14.7).
    if (transport === 'https' && isSince(release, '1.8.0') && !isSince(release, '1.8.7')) {
      const message = 'DoH requires TLS to be configured, see the tls plugin'
      reasons.push(serverReason('tls-missing', 'servers', key.at, name, message))
    }
    if (transport === 'https3') {
      reasons.push(serverReason('tls-missing', 'servers', key.at, name, 'DoH3 requires TLS, no TLS config found'))
    }
  }
  return reasons
}

/**
 * Go's net.LookupPort, called by groupConfigsByListenAddr through net.ResolveTCPAddr, for the decimal number of a key. It counts in 32
 * bits and notices an overflow only in part: 4294967349 is port 53. Null for what no socket can have.
 */
export function socketPort(written: string): string | null {
  if (written.startsWith('-')) return Number(written) === 0 ? '0' : null
  let port = 0
  for (const digit of written) {
    if (port >= 2 ** 30) return null
    const tenfold = (port * 10) % 2 ** 32
    port = tenfold + Number(digit)
    if (port >= 2 ** 32) return null
  }
  return port <= 65535 ? String(port) : null
}

/**
 * core/dnsserver/register.go groupConfigsByListenAddr: keys take any number for a port, sockets do not. Nobody looks at the port of a
 * block to whose `bind` all addresses are an exception.
 */
function portReasons(sites: readonly Site[]): Reason[] {
  const keys = new Set<Key>()
  for (const { served } of sites) {
    if (served.addresses?.length !== 0 && socketPort(served.port) === null) keys.add(served.key)
  }
  return sites.flatMap(({ served: { key, port } }) => {
    if (!keys.delete(key)) return []
    return [serverReason('invalid-port', 'servers', key.at, key.value, `address ${port}: invalid port`)]
  })
}

/** core/dnsserver/tlsconfig.go sharedTLSConfig, and server_https.go for `max_streams`: blocks that share a listener must agree. */
function conflicts(configuration: Configuration, { name, transport, sites }: Listener): Reason[] {
  const reasons: Reason[] = []
  const [first, ...others] = sites
  if (first === undefined) return []
  const seen = new Set<ServerBlock>([first.served.block])
  let limit = transport === 'https' ? streamLimit(configuration, first.served.block) : null
  for (const { served } of others) {
    if (seen.has(served.block)) continue
    seen.add(served.block)
    const why = difference(configuration, first.served.block, served.block)
    if (why !== null) {
      const zones = `between zones "${first.served.zone}" and "${served.zone}"`
      const message = `conflicting TLS configuration for shared listener ${name} ${zones}: ${why}`
      reasons.push(serverReason('tls-conflict', 'servers', served.key.at, name, message, first.served.key.at))
    }
    const own = transport === 'https' ? streamLimit(configuration, served.block) : null
    if (limit !== null && own !== null && own !== limit) {
      const message = `conflicting max_streams values for shared HTTPS listener ${name}: ${limit} and ${own}`
      reasons.push(serverReason('tls-conflict', 'servers', served.key.at, name, message, first.served.key.at))
    }
    limit ??= own
  }
  return reasons
}

/** What compatibleTLSConfig finds different; null where nothing is, or where nobody can tell. */
function difference(configuration: Configuration, a: ServerBlock, b: ServerBlock): string | null {
  const one = tlsOf(configuration, a)
  const other = tlsOf(configuration, b)
  if (one === 'unknown' || other === 'unknown') return null
  if (one === null || other === null) return one === other ? null : 'TLS is configured for only one server block'
  if (one.clientAuth !== other.clientAuth) return 'client authentication policies differ'
  if (one.authority !== other.authority) return 'client CA pools differ'
  if (one.certificate !== other.certificate) return 'server certificates differ'
  return one.acme === other.acme ? null : 'dynamic TLS callbacks differ'
}

/** What a block's `tls` says, as far as listeners are compared by it. Files count as different when their paths are. */
interface Tls {
  readonly clientAuth: string
  readonly authority: string
  readonly certificate: string
  /** The options of ACME in canonical order; empty without ACME. */
  readonly acme: string
}

/** plugin/tls/tls.go parseTLS: the last directive counts. */
function tlsOf(configuration: Configuration, block: ServerBlock): Tls | null | 'unknown' {
  const tokens = block.directives.get('tls')
  if (tokens === undefined) return null
  for (let number = 0; number < tokens.count; number++) if (!isKnown(configuration, tokens, number)) return 'unknown'
  const root = block.directives.get('root')
  const base = root === undefined || root.count < 2 ? '' : root.value(root.count - 1).replace(/\/+$/, '')
  const path = (word: string | undefined) =>
    word === undefined || word === '' || word.startsWith('/') || base === '' ? (word ?? '') : `${base}/${word}`
  let tls: Tls | null = null
  const dispenser = new Dispenser(tokens, { entersBraces: true, sticksAtEnd: false })
  const words = () => dispenser.remainingArgs().map((number) => tokens.value(number))
  while (dispenser.next()) {
    const [certificate, , authority] = words()
    const options = new Map<string, string>()
    while (dispenser.nextBlock()) options.set(dispenser.value, words().sort().join(' '))
    const acme = [...options].map((option) => option.join(' ')).sort()
    tls =
      certificate === undefined
        ? { clientAuth: 'nocert', authority: '', certificate: '', acme: acme.join('\n') }
        : {
            clientAuth: options.get('client_auth') ?? 'nocert',
            authority: path(authority),
            certificate: path(certificate),
            acme: '',
          }
  }
  return tls
}

/** plugin/https/setup.go parseDOH; null where the block says nothing, or nothing that is a number. */
function streamLimit(configuration: Configuration, block: ServerBlock): number | null {
  const tokens = block.directives.get('https')
  if (tokens === undefined) return null
  for (let number = 0; number + 1 < tokens.count; number++) {
    if (tokens.value(number) !== 'max_streams' || !isKnown(configuration, tokens, number + 1)) continue
    const value = tokens.value(number + 1)
    return /^[+-]?[0-9]+$/.test(value) ? Number(value) : null
  }
  return null
}
