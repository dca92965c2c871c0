import { joinHostPort, splitHostPort } from './hostport.ts'
import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { isIp } from './ip.ts'
import { isDomainName } from './name.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'
import { quote } from './text.ts'
import type { Transport } from './transport.ts'
import { DEFAULT_PORT, splitTransport } from './transport.ts'

/** An upstream that is settled by its text alone. */
export interface Address {
  readonly kind: 'address'
  readonly transport: Transport
  /** The IP address as written, with its zone (`%eth0`) or TLS server name (`%dns.example`); the path of a Unix socket. */
  readonly host: string
  /** As written, which may be no number at all; the transport's default when nothing was written. Empty for a socket. */
  readonly port: string
  /** The text that CoreDNS goes on with. */
  readonly written: string
}

/** A host name that forward resolves once, at start. */
export interface HostName {
  readonly kind: 'host name'
  readonly transport: Transport
  readonly name: string
  readonly port: string
  /** The TLS server name after `%`, or empty. */
  readonly serverName: string
}

/**
 * A word that stands for the name servers of a file like resolv.conf, if there is such a file; `otherwise` says what it is if not.
 * A directory counts as a file without name servers; `.`, `..` and `/` are always one, which `isDirectory` tells.
 */
export interface FileNeeded<Otherwise> {
  readonly kind: 'file needed'
  readonly path: string
  readonly isDirectory: boolean
  readonly otherwise: Otherwise
}

/** The text before the last `%` (plugin/pkg/parse/host.go `stripZone`); a port behind the zone is lost. */
function stripZone(host: string): string {
  const percent = host.lastIndexOf('%')
  return percent < 0 ? host : host.slice(0, percent)
}

/**
 * plugin/pkg/parse/host.go `HostPortOrFile` (before 1.2.3: dnsutil `ParseHostPortOrFile`, which knows no schemes) for one word:
 * an IP address, `IP:PORT`, either with a scheme, or the name of a file.
 */
export function parseEndpoint(text: string, release: Release): Address | FileNeeded<Invalid> | Invalid {
  const { transport, address } = isSince(release, '1.2.3')
    ? splitTransport(text, release)
    : { transport: 'dns' as const, address: text }
  if (address === '' && isSince(release, '1.11.0')) return invalid(`invalid address: ${quote(text)}`)
  if (transport === 'unix') return { kind: 'address', transport, host: address, port: '', written: text }

  const withoutZone = isSince(release, '1.6.7') ? stripZone : (host: string) => host
  const parts = splitHostPort(address)
  if (isInvalid(parts)) {
    const host = isSince(release, '1.14.2') ? address.replace(/^[[\]]+|[[\]]+$/g, '') : address
    if (!isIp(withoutZone(host))) return fileNeeded(host, release)
    const port = DEFAULT_PORT[transport]
    const joined = joinHostPort(host, port)
    // https3 is missing in HostPortOrFile: what it gives is an empty word.
    const written = transport === 'dns' ? joined : transport === 'https3' ? '' : `${transport}://${joined}`
    return { kind: 'address', transport, host, port, written }
  }
  if (!isIp(withoutZone(parts.host))) return fileNeeded(address, release)
  return { kind: 'address', transport, host: parts.host, port: parts.port, written: text }
}

function fileNeeded(path: string, release: Release): FileNeeded<Invalid> {
  const missing = `failed to open file ${quote(path)}: ${quote(`open ${path}: no such file or directory`)}`
  const otherwise = isSince(release, '1.14.5')
    ? `not an IP address or file ${quote(path)}: ${missing}`
    : `not an IP address or file: ${quote(path)}`
  const isDirectory = /^\/*(?:\.\.?\/+)*(?:\.\.?)?$/.test(path) && path !== ''
  return { kind: 'file needed', path, isDirectory, otherwise: invalid(otherwise) }
}

/**
 * plugin/forward/resolve.go `classifyToAddrs` for one TO: as `parseEndpoint`, but since 1.14.4 what is neither an address nor
 * a file may be a host name. Dots, labels and length as in `isDomainName`; nearly every word qualifies.
 */
export function parseForwardTarget(text: string, release: Release): Address | FileNeeded<HostName | Invalid> | Invalid {
  // Until parse.HostPortOrFile knew schemes, forward took two of them off itself (plugin/forward/protocol.go).
  const scheme = isSince(release, '1.2.3') ? undefined : /^(dns|tls):\/\//.exec(text)?.[1]
  if (scheme === 'dns' || scheme === 'tls') {
    const endpoint = parseEndpoint(text.slice(scheme.length + 3), release)
    if (isInvalid(endpoint) || endpoint.kind === 'file needed' || scheme === 'dns') return endpoint
    const port = endpoint.port === '53' ? DEFAULT_PORT.tls : endpoint.port
    return { ...endpoint, transport: 'tls', port, written: joinHostPort(endpoint.host, port) }
  }
  const endpoint = parseEndpoint(text, release)
  if (isInvalid(endpoint) || endpoint.kind !== 'file needed' || !isSince(release, '1.14.4')) return endpoint
  const name = parseHostName(text, release)
  const refused = invalid(`not an IP address, file, or valid domain: ${quote(text)}`)
  return { ...endpoint, otherwise: name ?? refused }
}

const RESOLVED_SINCE: Partial<Record<Transport, Release>> = {
  dns: '1.14.4',
  tls: '1.14.4',
  https: '1.14.7',
  quic: '1.15.0',
}

/** plugin/forward/resolve.go `parseAsHostEntry`. */
function parseHostName(text: string, release: Release): HostName | undefined {
  const { word, serverName } = splitServerName(text, release)
  const { transport, address } = splitTransport(word, release)
  const since = RESOLVED_SINCE[transport]
  if (since === undefined || !isSince(release, since)) return undefined
  const parts = splitHostPort(address)
  const { host, port } = isInvalid(parts) ? { host: address, port: DEFAULT_PORT[transport] } : parts
  const name = host.replace(/^[[\]]+|[[\]]+$/g, '')
  if (name === '' || !isDomainName(name, release) || isIp(name)) return undefined
  return { kind: 'host name', transport, name, port, serverName }
}

/**
 * plugin/forward/setup.go `splitZone` (since 1.13.2): takes the TLS server name after the last `%` out of `[scheme://]host%name[:port]`,
 * leaving `[scheme://]host[:port]`. Before 1.14.2 the brackets of an IPv6 address were torn apart.
 */
export function splitServerName(text: string, release: Release): { word: string; serverName: string } {
  const keepsBrackets = isSince(release, '1.14.2')
  const separator = keepsBrackets ? text.indexOf('://') : -1
  const scheme = separator < 0 ? '' : text.slice(0, separator)
  const host = separator < 0 ? text : text.slice(separator + 3)
  let word = host
  let serverName = ''
  const percent = host.lastIndexOf('%')
  if (percent >= 0) {
    word = host.slice(0, percent)
    if (keepsBrackets && word.startsWith('[')) word += ']'
    serverName = host.slice(percent + 1)
    const colon = serverName.lastIndexOf(':')
    if (colon >= 0) {
      word += serverName.slice(colon)
      serverName = serverName.slice(0, colon)
      if (keepsBrackets) serverName = serverName.replace(/\]$/, '')
    }
  }
  return { word: scheme === '' ? word : `${scheme}://${word}`, serverName }
}

/**
 * plugin/pkg/parse/host.go `HostPort` (before 1.2.3: dnsutil `ParseHostPort`), as `transfer` and `secondary` use it: an IP address with
 * or without a port, made `IP:PORT`. A zone (`fe80::1%eth0`) is taken since 1.14.5.
 */
export function parseHostPort(text: string, defaultPort: string, release: Release): string | Invalid {
  const withoutZone = isSince(release, '1.14.5') ? stripZone : (host: string) => host
  const parts = splitHostPort(text)
  const { host, port } = isInvalid(parts) ? { host: text, port: '' } : parts
  if (!isIp(withoutZone(host))) return invalid(`must specify an IP address: \`${host}'`)
  return joinHostPort(host, port === '' ? defaultPort : port)
}
