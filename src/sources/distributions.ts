import type { Range } from '../text/range.ts'
import type { DistributionHost, DistributionServer, DistributionSettings, DistributionZone } from './distribution.ts'
import { readHostsFile } from './hosts-file.ts'
import type { ManifestNode } from './manifest.ts'
import { nameOfObject } from './manifest.ts'
import type { NotUnderstood, Placed, SourceProblem } from './source.ts'

/** False when a text surely has no such settings; a look for a few words. */
export function mayHaveDistributionSettings(text: string): boolean {
  return /operator\.openshift\.io|kubeDNS|coredns_external_zones|upstream_dns_servers|dns_etchosts|CustomDNSConfig|upstreamnameservers|stubdomains|\bdns["']?:/.test(
    text,
  )
}

/** The settings of a distribution that a value of a manifest, or of a file of variables, is; undefined where it is none. */
export function readDistribution(path: string, node: ManifestNode): DistributionSettings | undefined {
  const { apiVersion = '', kind } = node.identity
  const reading = new DistributionReading(path, node)
  if (kind === 'DNS' && apiVersion.startsWith('operator.openshift.io/')) return reading.openshift()
  if (kind === 'CustomDNSConfig' && apiVersion.startsWith('networking.alibabacloud.com/')) return reading.ack()
  if (kind === 'Cluster' && apiVersion.startsWith('kops.k8s.io/') && node.get('spec', 'kubeDNS')) return reading.kops()
  if (kind !== undefined) return undefined
  const isKubespray = node.pairs.some(({ key }) => kubesprayKeys.has(key))
  if (isKubespray) return reading.kubespray()
  return isRke(node) ? reading.rke() : undefined
}

const kubesprayKeys: ReadonlySet<string> = new Set([
  'coredns_external_zones',
  'nodelocaldns_external_zones',
  'upstream_dns_servers',
  'dns_etchosts',
])

function isRke(node: ManifestNode): boolean {
  const dns = node.get('dns')
  if (!dns?.isMap) return false
  if (dns.get('upstreamnameservers') ?? dns.get('stubdomains') ?? dns.get('reversecidrs')) return true
  return /^(?:coredns|kube-dns)$/.test(dns.get('provider')?.placed?.value ?? '')
}

/** What OpenShift calls the policies of CoreDNS. */
const policies: Readonly<Record<string, string>> = {
  Random: 'random',
  RoundRobin: 'round_robin',
  Sequential: 'sequential',
}

/** Keys of settings that say nothing about answers. */
const silent: ReadonlySet<string> = new Set([
  'logLevel',
  'operatorLogLevel',
  'managementState',
  'nodePlacement',
  'node_selector',
  'nodeselector',
  'update_strategy',
  'tolerations',
  'linear_autoscaler_params',
])

class DistributionReading {
  readonly #path: string
  readonly #node: ManifestNode
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []
  readonly #zones: DistributionZone[] = []
  readonly #hosts: DistributionHost[] = []
  #upstreams: readonly DistributionServer[] = []
  #upstreamPolicy: Placed | undefined
  #forcesTcp = false
  #clusterDomain: Placed | undefined
  #reverseCidrs: readonly Placed[] = []

  constructor(path: string, node: ManifestNode) {
    this.#path = path
    this.#node = node
  }

  /** operator.openshift.io/v1 DNS. */
  openshift(): DistributionSettings {
    const spec = this.#node.get('spec')
    for (const { key, keyRange, value } of spec?.pairs ?? []) {
      if (!value || silent.has(key)) continue
      if (key === 'servers') for (const server of value.items) this.#openshiftServer(server)
      else if (key === 'upstreamResolvers') this.#openshiftUpstreams(value)
      else
        this.#report(key, keyRange, key === 'cache' ? 'the seconds of the cache are not translated' : 'it is not known')
    }
    return this.#finish('openshift')
  }

  #openshiftServer(server: ManifestNode): void {
    const plugin = server.get('forwardPlugin')
    const policy = this.#policy(plugin?.get('policy'))
    const { protocol, serverName } = this.#transport(plugin?.get('transportConfig'))
    this.#zones.push({
      zones: this.#words(server.get('zones'), 'zones'),
      servers: this.#words(plugin?.get('upstreams'), 'upstreams').map((at) => ({
        written: at.value,
        at,
        protocol,
        serverName,
      })),
      policy,
      forcesTcp: plugin?.get('protocolStrategy')?.placed?.value === 'TCP',
      cache: undefined,
    })
  }

  #openshiftUpstreams(value: ManifestNode): void {
    const { protocol, serverName } = this.#transport(value.get('transportConfig'))
    this.#upstreamPolicy = this.#policy(value.get('policy'))
    this.#forcesTcp = value.get('protocolStrategy')?.placed?.value === 'TCP'
    this.#upstreams = (value.get('upstreams')?.items ?? []).flatMap((one) => {
      const type = one.get('type')?.placed
      const address = one.get('address')?.placed
      if (type?.value === 'SystemResolvConf') {
        return [{ written: '/etc/resolv.conf', at: type, protocol: 'dns' as const, serverName: undefined }]
      }
      if (!address) {
        this.#report(type?.value ?? 'upstream', one.range, 'it has no address')
        return []
      }
      const port = one.get('port')?.number
      const host = address.value.includes(':') ? `[${address.value}]` : address.value
      const written = port === undefined || port === 53 ? address.value : `${host}:${port}`
      return [{ written, at: address, protocol, serverName }]
    })
  }

  #policy(node: ManifestNode | undefined): Placed | undefined {
    const word = node?.placed
    if (!word) return undefined
    const value = policies[word.value]
    if (value === undefined) this.#report(word.value, word.range, 'no policy is called so')
    return value === undefined ? undefined : { value, range: word.range }
  }

  #transport(node: ManifestNode | undefined): { protocol: 'dns' | 'tls'; serverName: string | undefined } {
    const isTls = node?.get('transport')?.placed?.value === 'TLS'
    const bundle = node?.get('tls', 'caBundle', 'name')?.placed
    if (bundle && bundle.value !== '') {
      this.#report(bundle.value, bundle.range, 'the certificates of the ConfigMap have to be mounted')
    }
    return {
      protocol: isTls ? 'tls' : 'dns',
      serverName: isTls ? node?.get('tls', 'serverName')?.placed?.value : undefined,
    }
  }

  /** networking.alibabacloud.com/v1beta1 CustomDNSConfig. */
  ack(): DistributionSettings {
    for (const { key, keyRange } of this.#node.get('spec')?.pairs ?? []) {
      if (key !== 'zones') this.#report(key, keyRange, 'it is not known')
    }
    for (const zone of this.#node.get('spec', 'zones')?.items ?? []) {
      const name = zone.get('name')?.placed ?? { value: '.', range: zone.range }
      const forward = zone.get('forward')
      const servers = this.#servers(forward?.get('upstreams'))
      const isRoot = name.value === '.'
      const forcesTcp = /^tcp$/i.test(forward?.get('protocolStrategy')?.placed?.value ?? '')
      if (isRoot && servers.length > 0) {
        this.#upstreams = servers
        this.#forcesTcp = forcesTcp
      } else if (servers.length > 0) {
        this.#zones.push({ zones: [name], servers, policy: undefined, forcesTcp, cache: undefined })
      }
      for (const host of zone.get('hosts')?.items ?? []) {
        const hostName = host.get('hostName')?.placed
        const address = host.get('ipAddress')?.placed
        if (hostName && address) this.#hosts.push({ address, names: [hostName], zone: isRoot ? undefined : name })
        else this.#report('hosts', host.range, 'hostName or ipAddress is missing')
      }
    }
    return this.#finish('ack')
  }

  /** kops.k8s.io Cluster, spec.kubeDNS. */
  kops(): DistributionSettings {
    const dns = this.#node.get('spec', 'kubeDNS')
    this.#clusterDomain = dns?.get('domain')?.placed ?? this.#node.get('spec', 'clusterDNSDomain')?.placed
    for (const { key, keyRange, value } of dns?.pairs ?? []) {
      if (!value || key === 'domain' || key === 'provider') continue
      if (key === 'stubDomains') this.#stubDomains(value)
      else if (key === 'upstreamNameservers') this.#upstreams = this.#servers(value)
      else if (!/^(?:cpaImage|cpuRequest|memoryRequest|memoryLimit|replicas|affinity)$/.test(key) && !silent.has(key)) {
        this.#report(key, keyRange, 'it is not translated')
      }
    }
    return this.#finish('kops')
  }

  /** Variables of kubespray, as its docs/advanced/dns-stack.md has them. */
  kubespray(): DistributionSettings {
    this.#clusterDomain = (this.#node.get('dns_domain') ?? this.#node.get('cluster_name'))?.placed
    for (const { key, keyRange, value } of this.#node.pairs) {
      if (!value) continue
      if (key === 'coredns_external_zones') for (const zone of value.items) this.#kubesprayZone(zone)
      else if (key === 'upstream_dns_servers') this.#upstreams = this.#servers(value)
      else if (key === 'dns_etchosts') this.#etcHosts(value)
      else if (/^(?:nodelocaldns_external_zones|coredns_rewrite_block|coredns_kubernetes_ext)/.test(key)) {
        this.#report(key, keyRange, 'it is not translated')
      }
    }
    return this.#finish('kubespray')
  }

  #kubesprayZone(zone: ManifestNode): void {
    const cache = zone.get('cache')
    const seconds = cache?.number
    const rewrite = zone.pairs.find(({ key }) => key === 'rewrite')
    if (rewrite) this.#report('rewrite', rewrite.keyRange, 'the lines of rewrite have to be copied by hand')
    this.#zones.push({
      zones: this.#words(zone.get('zones'), 'zones'),
      servers: this.#servers(zone.get('nameservers')),
      policy: undefined,
      forcesTcp: false,
      cache: cache && seconds !== undefined ? { value: seconds, range: cache.range } : undefined,
    })
  }

  #etcHosts(value: ManifestNode): void {
    const { text } = value
    if (!text) return
    for (const { address, names } of readHostsFile({ path: this.#path, text }).lines) {
      this.#hosts.push({ address, names, zone: undefined })
    }
  }

  /** The `dns` of an RKE1 cluster.yml. */
  rke(): DistributionSettings {
    this.#clusterDomain = this.#node.get('services', 'kubelet', 'cluster_domain')?.placed
    for (const { key, keyRange, value } of this.#node.get('dns')?.pairs ?? []) {
      if (!value || key === 'provider' || silent.has(key)) continue
      if (key === 'stubdomains') this.#stubDomains(value)
      else if (key === 'upstreamnameservers') this.#upstreams = this.#servers(value)
      else if (key === 'reversecidrs') this.#reverseCidrs = this.#words(value, key)
      else this.#report(key, keyRange, 'it is not translated')
    }
    return this.#finish('rke1')
  }

  /** A map of domains with lists of servers. */
  #stubDomains(value: ManifestNode): void {
    for (const { key, keyRange, value: list } of value.pairs) {
      const zones = [{ value: key, range: keyRange }]
      this.#zones.push({ zones, servers: this.#servers(list), policy: undefined, forcesTcp: false, cache: undefined })
    }
  }

  #servers(list: ManifestNode | undefined): DistributionServer[] {
    return this.#words(list, 'servers').map((at) => {
      const tls = /^tls:\/\/(.*)$/s.exec(at.value)?.[1]
      return { written: tls ?? at.value, at, protocol: tls === undefined ? 'dns' : 'tls', serverName: undefined }
    })
  }

  /** The words of a list; one that a template writes is reported. */
  #words(list: ManifestNode | undefined, what: string): Placed[] {
    if (list && !list.isList) this.#report(what, list.range, list.isWritten ? 'a template writes it' : 'it is no list')
    return (list?.items ?? []).flatMap((item) => {
      if (!item.isWritten && item.placed) return [item.placed]
      this.#report(item.placed?.value ?? what, item.range, item.isWritten ? 'a template writes it' : 'it is no word')
      return []
    })
  }

  #report(text: string, range: Range, why: string): void {
    this.#notUnderstood.push({ text, path: this.#path, range, why })
  }

  #finish(system: DistributionSettings['system']): DistributionSettings {
    const { identity, range } = this.#node
    const isObject = identity.kind !== undefined
    return {
      kind: 'distribution',
      system,
      path: this.#path,
      name: isObject ? nameOfObject(identity) : this.#path.slice(this.#path.lastIndexOf('/') + 1),
      range,
      object: isObject ? identity : undefined,
      zones: this.#zones,
      upstreams: this.#upstreams,
      upstreamPolicy: this.#upstreamPolicy,
      forcesTcp: this.#forcesTcp,
      clusterDomain: this.#clusterDomain,
      reverseCidrs: this.#reverseCidrs,
      hosts: this.#hosts,
      problems: this.#problems,
      notUnderstood: this.#notUnderstood,
    }
  }
}
