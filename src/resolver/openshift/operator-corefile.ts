import { isSinceOpenShift, OPENSHIFT_FIELD_SINCE, type OpenShiftRelease } from '../../../grammar/openshift.ts'
import type { OperatorDns, OperatorForwarding, OperatorUpstream } from '../../sources/operator-dns.ts'
import { parseDuration, toSeconds } from '../../values/duration.ts'
import { joinHostPort, splitHostPort } from '../../values/hostport.ts'
import { isInvalid } from '../../values/invalid.ts'
import { isIp } from '../../values/ip.ts'

/** The cluster's domain on OpenShift, which the operator has as a constant (controller.go). */
export const OPENSHIFT_DOMAIN = 'cluster.local'

/** The port that the operator's CoreDNS listens on, behind a Service with port 53. */
const PORT = 5353

/** Seconds where `spec.cache` says nothing; before the field came they stood in the Corefile. */
const DEFAULT_TTL = { positive: 900, negative: 30 } as const

/** Releases in which lines of the operator's Corefile came, changed or went, as its template has them on the branches. */
const SINCE = {
  bufsize: '4.6',
  errorsOfServers: '4.6',
  ready: '4.6',
  longCache: '4.6',
  localMetrics: '4.7',
  withoutUpstream: '4.8',
  cacheOfServers: '4.10',
  chaos: '4.12',
  largeBufsize: '4.14',
} as const

const POLICIES: Readonly<Record<string, string>> = {
  Random: 'random',
  RoundRobin: 'round_robin',
  Sequential: 'sequential',
}

const LOG_CLASSES: Readonly<Record<string, string>> = {
  Normal: 'class error',
  Debug: 'class denial error',
  Trace: 'class all',
}

/** What the operator makes of a resource. */
export interface OperatorCorefile {
  readonly corefile: string
  /** Why the operator leaves its Corefile as it is, in a sentence without a full stop; null where it takes the resource. */
  readonly refusal: string | null
}

/**
 * The Corefile that the DNS operator of a release of OpenShift writes for a resource: what it says in a layout of our own. Left out is
 * `ocp_dnsnameresolver`, which a feature gate adds and which changes no answer. Source: openshift/cluster-dns-operator
 * pkg/operator/controller/controller_dns_configmap.go, branches release-4.3 to release-5.1.
 */
export function operatorCorefile(dns: OperatorDns, openshift: OpenShiftRelease): OperatorCorefile {
  const writer = new OperatorWriter(dns, openshift)
  return { corefile: writer.write(), refusal: refusalOf(dns, openshift) }
}

class OperatorWriter {
  readonly #dns: OperatorDns
  readonly #openshift: OpenShiftRelease

  constructor(dns: OperatorDns, openshift: OpenShiftRelease) {
    this.#dns = dns
    this.#openshift = openshift
  }

  write(): string {
    const blocks = this.#dns.servers.map((server) => [
      `# ${server.name}`,
      ...block(server.zones.map((zone) => `${zone}:${PORT}`).join(' '), [
        ...(this.#has(SINCE.cacheOfServers) ? ['prometheus 127.0.0.1:9153'] : []),
        ...this.#forward(server, server.upstreams, 'random'),
        ...(this.#has(SINCE.errorsOfServers) ? ['errors'] : []),
        ...this.#log(),
        ...this.#bufsize(),
        ...(this.#has(SINCE.cacheOfServers) ? this.#cache() : []),
      ]),
    ])
    const chaos = this.#has(SINCE.chaos) ? [block(`hostname.bind:${PORT}`, ['chaos'])] : []
    return [...blocks, block(`.:${PORT}`, this.#root()), ...chaos].map((lines) => `${lines.join('\n')}\n`).join('')
  }

  #root(): string[] {
    const { resolvers } = this.#dns
    const isSet = this.#has(OPENSHIFT_FIELD_SINCE.upstreamResolvers)
    const upstreams = isSet ? distinct(resolvers.upstreams).map(upstreamText) : []
    const forwarding = isSet ? resolvers : { ...resolvers, policy: undefined }
    return [
      ...this.#bufsize(),
      'errors',
      ...this.#log(),
      ...(this.#has(SINCE.ready) ? [...block('health', ['lameduck 20s']), 'ready'] : ['health']),
      ...block(`kubernetes ${OPENSHIFT_DOMAIN} in-addr.arpa ip6.arpa`, [
        'pods insecure',
        ...(this.#has(SINCE.withoutUpstream) ? [] : ['upstream']),
        'fallthrough in-addr.arpa ip6.arpa',
      ]),
      this.#has(SINCE.localMetrics) ? 'prometheus 127.0.0.1:9153' : 'prometheus :9153',
      ...this.#forward(forwarding, upstreams.length > 0 ? upstreams : ['/etc/resolv.conf'], 'sequential'),
      ...this.#cache(),
      'reload',
    ]
  }

  #forward(forwarding: OperatorForwarding, upstreams: readonly string[], policy: string): string[] {
    const { serverName, caBundle, protocolStrategy } = forwarding
    const isTls = forwarding.transport === 'TLS' && this.#has(OPENSHIFT_FIELD_SINCE.transportConfig)
    const head = `forward . ${upstreams.map((upstream) => (isTls ? `tls://${upstream}` : upstream)).join(' ')}`
    const hasPolicy = this.#has(OPENSHIFT_FIELD_SINCE.policy) || policy === 'sequential'
    const chosen = forwarding.policy === undefined ? policy : (POLICIES[forwarding.policy] ?? 'random')
    const properties = [
      ...(isTls && serverName !== undefined ? [`tls_servername ${serverName}`, tlsLine(serverName, caBundle)] : []),
      ...(hasPolicy ? [`policy ${chosen}`] : []),
      ...(protocolStrategy === 'TCP' && this.#has(OPENSHIFT_FIELD_SINCE.protocolStrategy) ? ['force_tcp'] : []),
    ]
    return properties.length === 0 ? [head] : block(head, properties)
  }

  #log(): string[] {
    if (!this.#has(OPENSHIFT_FIELD_SINCE.logLevel)) return []
    return block('log .', [LOG_CLASSES[this.#dns.logLevel ?? ''] ?? 'class error'])
  }

  #bufsize(): string[] {
    if (!this.#has(SINCE.bufsize)) return []
    return [this.#has(SINCE.largeBufsize) ? 'bufsize 1232' : 'bufsize 512']
  }

  #cache(): string[] {
    if (!this.#has(SINCE.longCache)) return ['cache 30']
    const { positiveTTL, negativeTTL } = this.#has(OPENSHIFT_FIELD_SINCE.cache) ? this.#dns.cache : noCache
    const positive = secondsOf(positiveTTL) || DEFAULT_TTL.positive
    return block(`cache ${positive}`, [`denial 9984 ${secondsOf(negativeTTL) || DEFAULT_TTL.negative}`])
  }

  #has(since: OpenShiftRelease): boolean {
    return isSinceOpenShift(this.#openshift, since)
  }
}

const noCache = { positiveTTL: undefined, negativeTTL: undefined } as const

function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `    ${line}`), '}']
}

/** The file has the revision of the ConfigMap in its name, which nobody knows before; without a ConfigMap those of the system count. */
function tlsLine(serverName: string, caBundle: string | undefined): string {
  return caBundle === undefined ? 'tls' : `tls /etc/pki/${serverName}-${caBundle}/ca-bundle.crt`
}

/** Whole seconds of a duration, rounded; 0 where it is none. */
function secondsOf(text: string | undefined): number {
  const duration = text === undefined ? 0n : parseDuration(text)
  return isInvalid(duration) ? 0 : Math.max(0, Math.round(toSeconds(duration)))
}

/** Of upstreams that are the same the operator takes the first. */
function distinct(upstreams: readonly OperatorUpstream[]): OperatorUpstream[] {
  const known = new Set<string>()
  return upstreams.filter(({ type, address = '', port = 53 }) => {
    const key = `${type === '' ? 'SystemResolvConf' : type} ${address.toLowerCase()} ${port}`
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

/** The API server adds port 53 where none is written, and the operator writes it. */
function upstreamText({ type, address, port = 53 }: OperatorUpstream): string {
  return type === 'Network' && address !== undefined
    ? joinHostPort(address.toUpperCase(), String(port))
    : '/etc/resolv.conf'
}

function refusalOf({ servers, resolvers }: OperatorDns, openshift: OpenShiftRelease): string | null {
  if (resolvers.upstreams.some(({ type, address }) => type === 'Network' && address === undefined))
    return 'an upstream of type Network has no address'
  if (!isSinceOpenShift(openshift, OPENSHIFT_FIELD_SINCE.transportConfig)) return null
  for (const { transport, serverName, upstreams, name } of servers) {
    if (transport !== 'TLS') continue
    if (serverName === undefined) return `server ${name} has TLS without serverName`
    if (!upstreams.every((upstream) => isIp(hostOf(upstream)))) return `server ${name} has TLS and a name as upstream`
  }
  if (resolvers.transport !== 'TLS') return null
  if (resolvers.serverName === undefined) return 'upstreamResolvers has TLS without serverName'
  const isAllNetwork = resolvers.upstreams.every(({ type }) => type !== 'SystemResolvConf')
  return resolvers.upstreams.length > 0 && isAllNetwork
    ? null
    : 'upstreamResolvers has TLS, and the resolv.conf of the node as upstream'
}

function hostOf(upstream: string): string {
  const parts = splitHostPort(upstream)
  return isInvalid(parts) ? upstream : parts.host
}
