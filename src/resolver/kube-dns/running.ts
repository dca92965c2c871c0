import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqServer, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import type { KubeDnsConfigMap, KubeDnsDeployment, KubeDnsServer, KubeDnsSettings } from '../../sources/kube-dns.ts'
import { isSinceTag, tagOfDeployment } from '../../sources/kube-dns-servers.ts'
import type { Placed } from '../../sources/source.ts'
import type { Range } from '../../text/range.ts'
import { isServerAddress } from '../../values/hostport.ts'
import { ASSUMED_DNSMASQ, KUBEDNS_PORT } from './defaults.ts'

/** A kube-dns as its programs run: a dnsmasq in front of kubedns, or kubedns alone. */
export interface RunningKubeDns {
  /** All options of dnsmasq, behind its own those that the nanny adds. What has no place in a file has an empty path. */
  readonly dnsmasq: DnsmasqConfiguration
  readonly version: DnsmasqVersion
  /** Without a final dot. */
  readonly clusterDomain: string
  /** The port of kubedns on the loopback address. */
  readonly port: number
  /** Whom kubedns asks for names that it does not have, as behind `forward .`: servers, or the path of a resolv.conf. */
  readonly upstreams: readonly string[]
}

/** What a kube-dns is made of. */
export interface KubeDnsObjects {
  /** The Deployment; null for the one that Kubernetes installed last. */
  readonly deployment: KubeDnsDeployment | null
  /** What the ConfigMap sets, and the files that it is in; null for the defaults. */
  readonly configMap: (Pick<KubeDnsConfigMap, 'pathOf'> & { readonly settings: KubeDnsSettings }) | null
  /** The cluster's domain where no Deployment says it, without a final dot. */
  readonly clusterDomain: string
  /** The dnsmasq that counts whatever the image says; null for that of the image. */
  readonly version: DnsmasqVersion | null
}

/** Which programs of a kube-dns read its ConfigMap. */
export interface ConfigMapReaders {
  /** The nanny gives stub domains and upstreams to dnsmasq. */
  readonly dnsmasq: boolean
  /** kubedns asks the upstreams itself. */
  readonly kubedns: boolean
}

/** Which programs of a Deployment read the ConfigMap; without a Deployment both do. */
export function readersOfConfigMap(deployment: KubeDnsDeployment | null): ConfigMapReaders {
  if (deployment === null) return { dnsmasq: true, kubedns: true }
  const { configDir, configMap } = deployment.kubedns
  return {
    dnsmasq: deployment.generation === 'nanny',
    kubedns: (configDir ?? configMap) !== undefined && takesUpstreams(deployment),
  }
}

/** Whether kubedns asks the servers of `--nameservers`: from 1.14.10 on only where it reads no ConfigMap. */
export function readsNameservers(deployment: KubeDnsDeployment): boolean {
  return !readersOfConfigMap(deployment).kubedns
}

/** kubedns itself takes upstreams of its ConfigMap since 1.14.10 (pkg/dns/dns.go `updateConfig`). */
function takesUpstreams(deployment: KubeDnsDeployment): boolean {
  return isSinceTag(tagOfDeployment(deployment), '1.14.10')
}

/** Whether dnsmasq asks kubedns for all names, or there is none in front of it. */
export function asksKubednsForAll({ dnsmasq, port }: RunningKubeDns): boolean {
  return dnsmasq.options.some(
    ({ value }) =>
      value.type === 'server' &&
      value.domains.length === 0 &&
      typeof value.to !== 'string' &&
      isKubedns(value.to, port),
  )
}

/** Whether a server of dnsmasq is the kubedns beside it. */
export function isKubedns({ host, port }: DnsmasqServer, kubednsPort: number): boolean {
  return port === kubednsPort && isLoopback(host)
}

function isLoopback(host: string): boolean {
  return /^(?:127\.|::1$|localhost$)/.test(host)
}

/**
 * What a kube-dns runs: the one place that says how Deployment and ConfigMap come together (cmd/kube-dns/app/server.go,
 * pkg/dnsmasq/nanny.go `Configure`).
 */
export function runningKubeDns({ deployment, configMap, clusterDomain, version }: KubeDnsObjects): RunningKubeDns {
  const domain = deployment?.kubedns.domain?.value ?? clusterDomain
  const port = deployment?.kubedns.dnsPort?.value ?? KUBEDNS_PORT
  const own = (deployment === null ? stockOptions(domain, port) : optionsOf(deployment, domain, port)).map((option) =>
    withDomain(option, domain),
  )
  const readers = readersOfConfigMap(deployment)
  const added = configMap === null || !readers.dnsmasq ? [] : nannyOptions(configMap.settings, configMap.pathOf)
  const asked = readers.kubedns ? (configMap?.settings.upstreamNameservers ?? []).map(endpointOf) : []
  const nameservers =
    deployment !== null && readsNameservers(deployment) ? deployment.kubedns.nameservers.map(({ value }) => value) : []
  // With one that is no address it takes none of them (pkg/dns/dns.go `updateConfig`); up to 1.14.9 it does not start.
  const taken = nameservers.every(isServerAddress) ? nameservers : []
  const upstreams = asked.length > 0 ? asked : taken
  return {
    dnsmasq: { ...(deployment?.dnsmasq ?? noDnsmasq), options: [...own, ...added] },
    version: version ?? deployment?.dnsmasqVersion?.version ?? ASSUMED_DNSMASQ,
    clusterDomain: domain,
    port,
    upstreams: upstreams.length > 0 ? upstreams : ['/etc/resolv.conf'],
  }
}

/** The options that the nanny gives to dnsmasq behind its own, each at its place in the ConfigMap. */
function nannyOptions(
  { stubDomains, upstreamNameservers }: KubeDnsSettings,
  pathOf: KubeDnsConfigMap['pathOf'],
): DnsmasqOption[] {
  const stubs = stubDomains.flatMap(({ domain, servers }) =>
    servers.map((server) => {
      const written = { value: `${domain.value}: ${server.written}`, range: server.range }
      return serverOption(pathOf.stubDomains, written, [domain], serverOf(server))
    }),
  )
  const upstreams = upstreamNameservers.map((server) =>
    serverOption(pathOf.upstreamNameservers, { value: server.written, range: server.range }, [], serverOf(server)),
  )
  return [...stubs, ...upstreams, ...(upstreams.length > 0 ? [withoutResolvConf] : [])]
}

/** The port at which dnsmasq asks a server of the ConfigMap; 0, where nobody answers, also for a colon with nothing behind it. */
export function askedPort({ port, written }: KubeDnsServer): number {
  return port ?? (written.endsWith(':') ? 0 : 53)
}

function serverOf(server: KubeDnsServer): DnsmasqServer {
  const { host, isName, range } = server
  return { host, isName, port: askedPort(server), range, via: [] }
}

function endpointOf(server: KubeDnsServer): string {
  const { host, port } = serverOf(server)
  if (port === 53) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** What dnsmasq of the newest kube-dns is started with. */
function stockOptions(clusterDomain: string, port: number): DnsmasqOption[] {
  return [clusterDomain, 'in-addr.arpa', 'ip6.arpa'].map((domain) => kubednsOption([domain], port))
}

function optionsOf({ dnsmasq }: KubeDnsDeployment, clusterDomain: string, port: number): readonly DnsmasqOption[] {
  if (dnsmasq !== undefined) return dnsmasq.options
  // Without dnsmasq every name goes to kubedns itself.
  return [kubednsOption([], port), kubednsOption([clusterDomain, 'in-addr.arpa', 'ip6.arpa'], port), withoutResolvConf]
}

const nowhere: Range = { start: 0, end: 0 }

/** A dnsmasq without options, files or problems, where none was given. */
const noDnsmasq: DnsmasqConfiguration = {
  kind: 'dnsmasq',
  path: '',
  name: 'dnsmasq',
  range: nowhere,
  problems: [],
  notUnderstood: [],
  version: undefined,
  options: [],
  files: [],
  hostsFiles: [],
}

function kubednsOption(domains: readonly string[], port: number): DnsmasqOption {
  return serverOption(
    '',
    { value: '--server', range: nowhere },
    domains.map((value) => ({ value, range: nowhere })),
    { host: '127.0.0.1', isName: false, port, range: nowhere, via: [] },
  )
}

function serverOption(path: string, written: Placed, domains: readonly Placed[], to: DnsmasqServer): DnsmasqOption {
  const rule = domains.map(({ value, range }) => ({ name: value, match: 'below', range }) as const)
  return optionOf(path, 'server', written, { type: 'server', domains: rule, to })
}

function optionOf(path: string, name: string, written: Placed, value: DnsmasqOption['value']): DnsmasqOption {
  return {
    path,
    from: path === '' ? 'command-line' : 'file',
    name,
    isKnown: true,
    range: written.range,
    written,
    argument: undefined,
    unresolved: [],
    value,
    refusals: [],
  }
}

const withoutResolvConf = optionOf('', 'no-resolv', { value: '--no-resolv', range: nowhere }, { type: 'flag' })

/** A server for a domain that a template has yet to write: kubedns is asked for the cluster's. */
function withDomain(option: DnsmasqOption, clusterDomain: string): DnsmasqOption {
  const { value, unresolved } = option
  if (unresolved.length === 0 || value.type !== 'server' || typeof value.to === 'string') return option
  if (!isLoopback(value.to.host)) return option
  const domains = value.domains.map((domain) =>
    /[{}$]/.test(domain.name) ? { ...domain, name: clusterDomain } : domain,
  )
  return { ...option, unresolved: [], value: { ...value, domains } }
}
