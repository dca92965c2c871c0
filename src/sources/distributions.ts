import { parseDuration, toSeconds } from '../values/duration.ts'
import { isInvalid } from '../values/invalid.ts'
import type { DistributionSettings } from './distribution.ts'
import { DistributionReading } from './distribution-reading.ts'
import { isKubespray, readKubespray } from './kubespray.ts'
import type { ManifestNode } from './manifest.ts'
import { isOperatorDns, readOperatorDns } from './openshift-dns.ts'
import type { Placed } from './source.ts'

/** False when a text surely has no such settings; a look for a few words. */
export function mayHaveDistributionSettings(text: string): boolean {
  return /operator\.openshift\.io|kubeDNS|(?:coredns|nodelocaldns)_|upstream_dns_servers|dns_etchosts|dns_upstream_forward|old_dns_domains|CustomDNSConfig|upstreamnameservers|stubdomains|\bdns["']?:/.test(
    text,
  )
}

/** The settings of a distribution that a value of a manifest, or of a file of variables, is; undefined where it is none. */
export function readDistribution(path: string, node: ManifestNode): DistributionSettings | undefined {
  const { apiVersion = '', kind } = node.identity
  if (isOperatorDns(node)) return readOpenShift(path, node)
  if (kind === 'CustomDNSConfig' && apiVersion.startsWith('networking.alibabacloud.com/')) return readAck(path, node)
  if (kind === 'Cluster' && apiVersion.startsWith('kops.k8s.io/') && node.get('spec', 'kubeDNS'))
    return readKops(path, node)
  if (kind !== undefined) return undefined
  if (isKubespray(node)) return readKubespray(path, node)
  // Rancher keeps the same under a key of its own.
  const rke = node.get('rancher_kubernetes_engine_config') ?? node
  return isRke(rke) ? readRke(path, rke) : undefined
}

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

const SPEC_KEYS = new Set([
  'servers',
  'upstreamResolvers',
  'cache',
  'logLevel',
  'operatorLogLevel',
  'managementState',
  'nodePlacement',
])
const SERVER_KEYS = new Set(['name', 'zones', 'forwardPlugin'])
const FORWARD_KEYS = new Set(['upstreams', 'policy', 'transportConfig', 'protocolStrategy'])
const UPSTREAM_KEYS = new Set(['type', 'address', 'port'])

/** operator.openshift.io/v1 DNS. Source: openshift/api operator/v1/types_dns.go, and the operator's controller_dns_configmap.go for the defaults. */
function readOpenShift(path: string, node: ManifestNode): DistributionSettings {
  const reading = new OpenShiftReading(path, node)
  reading.read()
  return reading.finish('openshift')
}

class OpenShiftReading extends DistributionReading {
  read(): void {
    const spec = this.node.get('spec')
    this.operator = readOperatorDns(this.node)
    this.unknownKeys(spec, SPEC_KEYS)
    const state = spec?.get('managementState')?.placed
    if (state && state.value !== 'Managed')
      this.problem('warning', `the operator leaves its Corefile alone (managementState ${state.value})`, state.range)
    for (const server of spec?.get('servers')?.items ?? []) this.#server(server)
    this.#upstreams(spec?.get('upstreamResolvers'))
    this.#cache(spec?.get('cache'))
    const level = spec?.get('logLevel')?.placed
    const classes = level?.value === 'Debug' ? 'denial error' : level?.value === 'Trace' ? 'all' : undefined
    if (level && classes !== undefined) this.directives.push({ text: `log . {\n    class ${classes}\n}`, at: level })
  }

  #server(server: ManifestNode): void {
    const plugin = server.get('forwardPlugin')
    this.unknownKeys(server, SERVER_KEYS)
    this.unknownKeys(plugin, FORWARD_KEYS)
    const { protocol, serverName } = this.#transport(plugin?.get('transportConfig'))
    this.addZone({
      zones: this.words(server.get('zones'), 'zones'),
      servers: this.words(plugin?.get('upstreams'), 'upstreams').map((at) => ({
        written: at.value,
        at,
        protocol,
        serverName,
      })),
      policy: this.#policy(plugin?.get('policy')),
      forcesTcp: plugin?.get('protocolStrategy')?.placed?.value === 'TCP',
    })
  }

  #upstreams(value: ManifestNode | undefined): void {
    this.unknownKeys(value, FORWARD_KEYS)
    const { protocol, serverName } = this.#transport(value?.get('transportConfig'))
    const range = value?.range ?? this.node.range
    this.upstreamPolicy = this.#policy(value?.get('policy')) ?? { value: 'sequential', range }
    this.forcesTcp = value?.get('protocolStrategy')?.placed?.value === 'TCP'
    this.upstreams = (value?.get('upstreams')?.items ?? []).flatMap((one) => {
      this.unknownKeys(one, UPSTREAM_KEYS)
      const type = one.get('type')?.placed
      const address = one.get('address')?.placed
      if (type?.value === 'SystemResolvConf' || (type?.value ?? '') === '') {
        const at = type ?? { value: 'SystemResolvConf', range: one.range }
        return [{ written: '/etc/resolv.conf', at, protocol: 'dns' as const, serverName: undefined }]
      }
      if (!address) {
        this.report(type?.value ?? 'upstream', one.range, 'it has no address')
        return []
      }
      // The API server adds port 53 where none is written, over TLS as well.
      const port = one.get('port')?.number ?? 53
      const host = address.value.includes(':') ? `[${address.value}]` : address.value
      const written = port === 53 && protocol === 'dns' ? address.value : `${host}:${port}`
      return [{ written, at: address, protocol, serverName }]
    })
  }

  #policy(node: ManifestNode | undefined): Placed | undefined {
    const word = this.word(node, 'policy')
    if (!word) return undefined
    const value = policies[word.value]
    if (value === undefined) this.report(word.value, word.range, 'no policy is called so')
    return value === undefined ? undefined : { value, range: word.range }
  }

  #transport(node: ManifestNode | undefined): { protocol: 'dns' | 'tls'; serverName: string | undefined } {
    const isTls = node?.get('transport')?.placed?.value === 'TLS'
    const bundle = node?.get('tls', 'caBundle', 'name')?.placed
    if (isTls && bundle && bundle.value !== '')
      this.report(
        bundle.value,
        bundle.range,
        'the certificates of the ConfigMap have to be mounted, and named with tls in forward',
      )
    return {
      protocol: isTls ? 'tls' : 'dns',
      serverName: isTls ? node?.get('tls', 'serverName')?.placed?.value : undefined,
    }
  }

  #cache(node: ManifestNode | undefined): void {
    this.unknownKeys(node, new Set(['positiveTTL', 'negativeTTL']))
    const seconds = (key: string, usual: number) => {
      const word = this.word(node?.get(key), key)
      const duration = word === undefined ? 0n : parseDuration(word.value)
      const whole = isInvalid(duration) ? 0 : Math.round(toSeconds(duration))
      return { at: word, seconds: whole >= 1 ? whole : usual }
    }
    const positive = seconds('positiveTTL', 900)
    const negative = seconds('negativeTTL', 30)
    this.cache = {
      positive: positive.seconds,
      negative: negative.seconds,
      from: [positive.at, negative.at].flatMap((at) => at ?? []),
    }
  }
}

const ACK_ZONE_KEYS = new Set(['name', 'forward', 'hosts'])
const ACK_FORWARD_KEYS = new Set(['upstreams', 'protocolStrategy', 'transportConfig'])

/** networking.alibabacloud.com/v1beta1 CustomDNSConfig. Source: ACK's documentation of custom parameters of managed CoreDNS. */
function readAck(path: string, node: ManifestNode): DistributionSettings {
  const reading = new DistributionReading(path, node)
  reading.unknownKeys(node.get('spec'), new Set(['zones']))
  for (const zone of node.get('spec', 'zones')?.items ?? []) {
    reading.unknownKeys(zone, ACK_ZONE_KEYS)
    const name = reading.word(zone.get('name'), 'name') ?? { value: '.', range: zone.range }
    const forward = zone.get('forward')
    reading.unknownKeys(forward, ACK_FORWARD_KEYS)
    const transport = forward?.get('transportConfig')
    if (transport && transport.pairs.length > 0)
      reading.report('transportConfig', transport.range, 'ACK does not read it yet')
    const servers = reading.servers(forward?.get('upstreams'))
    const isRoot = name.value === '.'
    const forcesTcp = /^tcp$/i.test(forward?.get('protocolStrategy')?.placed?.value ?? '')
    if (isRoot && servers.length > 0) {
      reading.upstreams = servers
      reading.forcesTcp = forcesTcp
    } else if (servers.length > 0) reading.addZone({ zones: [name], servers, forcesTcp })
    for (const host of zone.get('hosts')?.items ?? []) {
      reading.unknownKeys(host, new Set(['hostName', 'ipAddress']))
      const hostName = reading.word(host.get('hostName'), 'hostName')
      const address = reading.word(host.get('ipAddress'), 'ipAddress')
      if (hostName && address) reading.hosts.push({ address, names: [hostName], zone: isRoot ? undefined : name })
      else reading.report('hosts', host.range, 'hostName or ipAddress is missing')
    }
  }
  return reading.finish('ack')
}

/** Keys of kubeDNS that change no answer. */
const KOPS_SILENT =
  /^(?:cpaImage|coreDNSImage|image|cpuRequest|memoryRequest|memoryLimit|replicas|affinity|tolerations|podAnnotations)$/

/** kops.k8s.io Cluster, spec.kubeDNS. Source: kops pkg/apis/kops/v1alpha2/cluster.go KubeDNSConfig, and the template of coredns.addons.k8s.io. */
function readKops(path: string, node: ManifestNode): DistributionSettings {
  const reading = new DistributionReading(path, node)
  const dns = node.get('spec', 'kubeDNS')
  const isKubeDns = dns?.get('provider')?.placed?.value === 'KubeDNS'
  reading.program = isKubeDns ? 'kube-dns' : 'coredns'
  reading.clusterDomain = (dns?.get('domain') ?? node.get('spec', 'clusterDNSDomain'))?.placed
  const whole = dns?.get('externalCoreFile')?.placed
  const isWhole = whole !== undefined && whole.value.trim() !== ''
  if (isWhole) reading.program = 'corefile'
  for (const { key, keyRange, value } of dns?.pairs ?? []) {
    if (!value || key === 'domain' || key === 'provider' || KOPS_SILENT.test(key)) continue
    if (key === 'externalCoreFile') {
      if (isWhole)
        reading.report(
          key,
          keyRange,
          'a Corefile already, which kops installs as it is: take it for the result, and give this file to corefile lint',
        )
    } else if (isWhole && (key === 'stubDomains' || key === 'upstreamNameservers'))
      reading.report(key, keyRange, 'kops does not read it beside externalCoreFile')
    else if (key === 'stubDomains') reading.stubDomains(value, isKubeDns ? 'coredns' : 'nobody')
    else if (key === 'upstreamNameservers') reading.upstreams = reading.servers(value)
    else if (key === 'serverIP')
      reading.report(key, keyRange, 'the address of the Service: give it with --cluster-dns-ip')
    else if (key === 'nodeLocalDNS') readKopsNodeLocal(reading, value)
    else if (key === 'cacheMaxSize' || key === 'cacheMaxConcurrent') {
      if (isKubeDns) reading.report(key, keyRange, 'it is about dnsmasq, which goes away')
    } else reading.report(key, keyRange, 'no field is called so')
  }
  return reading.finish('kops')
}

/** NodeLocal DNSCache has a Corefile of its own in front of CoreDNS, of which these fields are. */
function readKopsNodeLocal(reading: DistributionReading, node: ManifestNode): void {
  if (node.get('enabled')?.boolean !== true) return
  for (const { key, keyRange } of node.pairs) {
    if (key === 'forwardToKubeDNS' || key === 'externalCoreFile' || key === 'additionalConfig')
      reading.report(`nodeLocalDNS ${key}`, keyRange, 'it is about NodeLocal DNSCache, which keeps its own Corefile')
  }
}

/** Keys of `dns` that change no answer. */
const RKE_SILENT =
  /^(?:provider|node_selector|nodeselector|update_strategy|tolerations|linear_autoscaler_params|options)$/

/** The `dns` of an RKE1 cluster.yml. Source: rke types/rke_types.go DNSConfig and cluster/addons.go, which gives stub domains to kube-dns alone. */
function readRke(path: string, node: ManifestNode): DistributionSettings {
  const reading = new DistributionReading(path, node)
  const dns = node.get('dns')
  const isKubeDns = dns?.get('provider')?.placed?.value === 'kube-dns'
  reading.program = isKubeDns ? 'kube-dns' : 'coredns'
  reading.clusterDomain = node.get('services', 'kubelet', 'cluster_domain')?.placed
  for (const { key, keyRange, value } of dns?.pairs ?? []) {
    if (!value || RKE_SILENT.test(key)) continue
    if (key === 'stubdomains') reading.stubDomains(value, isKubeDns ? 'coredns' : 'nobody')
    else if (key === 'upstreamnameservers') reading.upstreams = reading.servers(value)
    else if (key === 'reversecidrs') reading.reverseCidrs = reading.words(value, key)
    else if (key === 'nodelocal')
      reading.report(key, keyRange, 'it is about NodeLocal DNSCache, which keeps its own Corefile')
    else reading.report(key, keyRange, 'no field is called so')
  }
  return reading.finish('rke1')
}
