import type { OperatorForwarding, OperatorServer } from '../../sources/operator-dns.ts'
import { splitHostPort } from '../../values/hostport.ts'
import { isInvalid } from '../../values/invalid.ts'
import { isIp } from '../../values/ip.ts'

/** The most upstreams of one forward: the API server refuses more, as CoreDNS does. */
export const MOST_UPSTREAMS = 15

/** The longest name of a server, the service name syntax of RFC 6335, which the API asks for. */
const LONGEST_NAME = 15

/** Whether the API takes a word as the name of a server. */
export function isServerName(name: string): boolean {
  return name.length <= LONGEST_NAME && /[A-Za-z]/.test(name) && /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/.test(name)
}

/** A name for the server of a zone that none of `others` has. */
export function serverName(zone: string, others: ReadonlySet<string>): string {
  const plain = zone
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const base = /[a-z]/.test(plain.slice(0, LONGEST_NAME - 4)) ? plain : `zone-${plain}`
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`
    const name = `${base.slice(0, LONGEST_NAME - suffix.length).replace(/-$/, '')}${suffix}`
    if (!others.has(name) && isServerName(name)) return name
  }
}

/** Why the API has no place for a zone, in a sentence without a full stop; null where it takes it. */
export function zoneRefusal(zone: string, clusterDomain: string): string | null {
  const name = zone.replace(/\.$/, '').toLowerCase()
  if (name === clusterDomain) return `${name} is the domain of the cluster, which spec.servers must not have`
  if (clusterDomain.endsWith(`.${name}`))
    return `the server for ${name} would take the names of the cluster (${clusterDomain}) along`
  const isSubdomain =
    name.length <= 253 &&
    /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*$/.test(name)
  return isSubdomain ? null : `${name} is no zone that spec.servers takes: letters, digits, dashes and dots alone`
}

/** Why the API has no place for an upstream, `IP` or `IP:port`; null where it takes it. */
export function upstreamRefusal(upstream: string): string | null {
  if (upstream.startsWith('/')) return `upstreams of spec.servers are addresses, not the file ${upstream}`
  const { host, port } = endpointOf(upstream)
  if (!isIp(host) || host.includes('%')) return `an upstream is an address here, which ${upstream} is not`
  return port === null || (port >= 1 && port <= 65_535) ? null : `${upstream} has no port that there is`
}

/** The host and the port of an upstream; null where it has none. */
export function endpointOf(upstream: string): { readonly host: string; readonly port: number | null } {
  if (isIp(upstream)) return { host: upstream, port: null }
  const parts = splitHostPort(upstream)
  return isInvalid(parts) ? { host: upstream, port: null } : { host: parts.host, port: Number(parts.port) }
}

/** What the API server and the operator refuse of servers, for each a sentence; empty where they take all of them. */
export function refusalsOf(servers: readonly OperatorServer[], clusterDomain: string): string[] {
  const names = servers.map(({ name }) => name)
  const zones = servers.flatMap((server) => server.zones.map((zone) => zone.toLowerCase()))
  return [
    ...names.filter((name) => !isServerName(name)).map((name) => `${name} is no name of a server`),
    ...repeated(names).map((name) => `two servers are called ${name}`),
    ...repeated(zones).map((zone) => `two servers have the zone ${zone}`),
    ...zones.flatMap((zone) => zoneRefusal(zone, clusterDomain) ?? []),
    ...servers.flatMap(({ name, upstreams, ...forwarding }) => [
      ...(upstreams.length > MOST_UPSTREAMS ? [`${name} has more than ${MOST_UPSTREAMS} upstreams`] : []),
      ...(upstreams.length === 0 ? [`${name} has no upstream`] : []),
      ...upstreams.flatMap((upstream) => upstreamRefusal(upstream) ?? []),
      ...forwardingRefusals(forwarding),
    ]),
  ]
}

/** What is refused of how a forward asks. */
export function forwardingRefusals({
  transport,
  serverName,
}: Pick<OperatorForwarding, 'transport' | 'serverName'>): string[] {
  if (transport !== 'TLS') return []
  if (serverName === undefined) return ['TLS needs serverName']
  return isHostName(serverName) ? [] : [`${serverName} is no name of a host`]
}

/** Whether the API takes a word as `serverName`: a host name of at most 253 characters. */
export function isHostName(name: string): boolean {
  const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])'
  return name.length <= 253 && new RegExp(`^${label}(?:\\.${label})*$`).test(name)
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) !== at))]
}
