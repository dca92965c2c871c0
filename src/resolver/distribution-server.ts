import { NEWEST_OPENSHIFT } from '../../grammar/openshift.ts'
import { programOf } from '../../grammar/program.ts'
import type { Release } from '../../grammar/releases.ts'
import { expand } from '../expand/expand.ts'
import type { DistributionServer, DistributionSettings, DistributionZone } from '../sources/distribution.ts'
import { kubeDnsConfigMapOf } from '../sources/distribution-kube-dns.ts'
import { judge } from '../verdict/judge.ts'
import { ServersView } from '../verdict/servers-view.ts'
import { createCoreDns } from './coredns/server.ts'
import type { Decider } from './decision.ts'
import { kubeDnsOf } from './kube-dns/from-sources.ts'
import { operatorServer } from './openshift/operator-server.ts'

/** What a model of a distribution's server depends on besides the settings. */
export interface DistributionServerOptions {
  readonly release: Release
  /** The cluster's domain where the settings do not say it, without a final dot. */
  readonly clusterDomain: string
  /** True to take settings that nobody reads for what they were meant to be. */
  readonly asIntended: boolean
}

/** The file with the names of `dns_etchosts`, where kubespray mounts it. */
const HOSTS = '/etc/coredns/hosts'

/**
 * The server that a distribution installs with its settings; null where it installs a Corefile that stands beside them, or nobody outside knows what it writes (ACK).
 * Sources: kops coredns.addons.k8s.io/k8s-1.12.yaml.template, kubespray coredns-config.yml.j2, rancher/kontainer-driver-metadata
 * pkg/rke/templates/coredns_v1.8.3-rancher3.go. Left out is what depends on more than the settings: the names of nodes that kops writes for
 * clusters without a DNS zone of their own.
 */
export function distributionServer(
  settings: DistributionSettings,
  { release, clusterDomain, asIntended }: DistributionServerOptions,
): Decider | null {
  if (settings.operator !== undefined) return operatorServer(settings.operator, NEWEST_OPENSHIFT)
  if (settings.system === 'ack' || settings.program === 'corefile') return null
  if (settings.program === 'kube-dns') return kubeDns(settings, clusterDomain)
  const domain = settings.clusterDomain?.value.replace(/\.$/, '') ?? clusterDomain
  const zones = settings.zones.filter(({ readBy }) => readBy !== 'nobody' || asIntended)
  const text =
    settings.system === 'kubespray' ? kubespray(settings, zones, domain) : plain(settings, zones, domain, asIntended)
  const program = programOf(release)
  const configuration = expand(text, { release, isDirective: (name) => program.has(name) })
  const servers = new ServersView(configuration, judge(configuration, { release }).served, program)
  const hosts = settings.hosts.map(
    ({ address, names }) => `${address.value} ${names.map(({ value }) => value).join(' ')}\n`,
  )
  return createCoreDns({
    servers,
    path: 'Corefile',
    fileText: (path) => (path === HOSTS ? hosts.join('') : undefined),
  })
}

/** The kube-dns of kops and RKE1, whose ConfigMap has what is said of domains; null where RKE gives networks to dnsmasq, as names of domains. */
function kubeDns(settings: DistributionSettings, usual: string): Decider | null {
  const { reverseCidrs, clusterDomain } = settings
  if (reverseCidrs.length > 0) return null
  const configMap = kubeDnsConfigMapOf(settings)
  const domain = clusterDomain?.value.replace(/\.$/, '') ?? usual
  return (
    kubeDnsOf(configMap === null ? [] : [configMap], { version: undefined, clusterDomain: domain })[0]?.decider ?? null
  )
}

/** Of kops and RKE1, which have the same plugins. */
function plain(
  { upstreams, reverseCidrs }: DistributionSettings,
  zones: readonly DistributionZone[],
  domain: string,
  asIntended: boolean,
): string {
  // RKE prints the list as Go does, in brackets: to CoreDNS that is a name, and one that nobody asks for.
  const networks = asIntended ? reverseCidrs.map(({ value }) => value).join(' ') : ''
  const reverse = reverseCidrs.length > 0 ? networks : 'in-addr.arpa ip6.arpa'
  const passed = reverse === '' ? [] : [`fallthrough ${reverse}`]
  const root = [
    'errors',
    'health',
    'ready',
    `kubernetes ${domain} ${reverse} {\n${['pods insecure', ...passed].join('\n')}\n}`,
    'prometheus :9153',
    `forward . ${serversOf(upstreams) || '/etc/resolv.conf'}`,
    'cache 30',
    'loop',
    'reload',
    'loadbalance',
  ]
  const stubs = zones.map((zone) => block(keysOf(zone), ['errors', `forward . ${serversOf(zone.servers)}`, 'cache 30']))
  return [block('.:53', root), ...stubs].join('')
}

function kubespray(
  {
    upstreams,
    upstreamPolicy,
    forcesTcp,
    forwardOptions,
    directives,
    clusterOptions,
    withoutReverse,
    hosts,
  }: DistributionSettings,
  zones: readonly DistributionZone[],
  domain: string,
): string {
  const names = hosts.length > 0 ? [`hosts ${HOSTS} {\nfallthrough\n}`] : []
  const known = new Set<string>()
  const blocks = zones.flatMap((zone) => {
    // What NodeLocal DNSCache asks itself counts where CoreDNS has no such zone.
    const keys = keysOf(zone)
      .split(' ')
      .filter((key) => key !== '' && !known.has(key))
    for (const key of keys) known.add(key)
    if (keys.length === 0 || zone.servers.length === 0) return []
    const rewrites = zone.directives.map(({ text }) => text)
    return [block(keys.join(' '), ['errors', ...rewrites, `forward . ${serversOf(zone.servers)}`, 'cache 5', ...names])]
  })
  const isReverse = withoutReverse === undefined
  const cluster = [
    'pods insecure',
    ...(isReverse ? ['fallthrough in-addr.arpa ip6.arpa'] : []),
    ...clusterOptions.map(({ value }) => value),
  ]
  const asking = [
    ...(upstreamPolicy === undefined ? [] : [`policy ${upstreamPolicy.value}`]),
    ...(forcesTcp ? ['force_tcp'] : []),
    ...forwardOptions.map(({ value }) => value),
  ]
  const hasCache = directives.some(({ text }) => /^\s*cache\b/m.test(text))
  const root = [
    ...directives.map(({ text }) => text.trim()),
    `kubernetes ${domain}${isReverse ? ' in-addr.arpa ip6.arpa' : ''} {\n${cluster.join('\n')}\n}`,
    `forward . ${serversOf(upstreams) || '/etc/resolv.conf'} {\n${['max_concurrent 1000', ...asking].join('\n')}\n}`,
    ...(hasCache ? [] : ['cache 30']),
    'loop',
    'reload',
    'loadbalance',
    ...names,
  ]
  return [...blocks, block('.:53', root)].join('')
}

function block(keys: string, lines: readonly string[]): string {
  return keys === '' ? '' : `${keys} {\n${lines.join('\n')}\n}\n`
}

/** The zones on the port of DNS; a server on another one is not asked by pods. */
function keysOf({ zones }: DistributionZone): string {
  const words = zones.map(({ value }) => value.replace(/:53$/, ''))
  return words
    .filter((word) => !/:/.test(word))
    .map((word) => `${word}:53`)
    .join(' ')
}

function serversOf(servers: readonly DistributionServer[]): string {
  return servers.map(({ written, protocol }) => (protocol === 'tls' ? `tls://${written}` : written)).join(' ')
}
