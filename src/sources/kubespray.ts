import type { DistributionSettings } from './distribution.ts'
import { DistributionReading, isWritten } from './distribution-reading.ts'
import { readHostsFile } from './hosts-file.ts'
import type { ManifestNode, ManifestPair } from './manifest.ts'
import type { Placed } from './source.ts'

/** Variables that no other program has: one of them makes a file of variables one of kubespray. */
const OWN = new Set([
  'coredns_external_zones',
  'nodelocaldns_external_zones',
  'upstream_dns_servers',
  'dns_upstream_forward_extra_opts',
  'dns_etchosts',
  'coredns_rewrite_block',
  'coredns_additional_configs',
  'coredns_default_zone_cache_block',
  'coredns_kubernetes_extra_opts',
  'coredns_kubernetes_extra_domains',
  'coredns_k8s_external_zone',
  'nodelocaldns_additional_configs',
  'old_dns_domains',
])

/** Variables about DNS that change no answer of CoreDNS: resources, placement, NodeLocal DNSCache's own listening, the nodes' resolv.conf. */
const SILENT =
  /^(?:(?:coredns|nodelocaldns|dns)_(?:.*(?:memory|cpu|replicas|affinity|nodeselector|tolerations|svc_name|ordinal_suffix|pod_disruption_budget).*|ip|health_port|second_health_port|bind_metrics_host_ip|secondary_skew_seconds|prometheus_port|secondary_prometheus_port|min_replicas|nodes_per_replica|cores_per_replica|prevent_single_point_failure|autoscaler.*|timeout|attempts|early|late|version|image.*)|enable_nodelocaldns(?:_secondary)?|enable_dns_autoscaler|deploy_coredns)$/

/** Variables about the resolv.conf of nodes and pods alone. */
const OF_CLIENTS = new Set([
  'searchdomains',
  'nameservers',
  'resolvconf_mode',
  'ndots',
  'remove_default_searchdomains',
  'default_resolver',
])

/** Whether a map of variables is one of kubespray. */
export function isKubespray(node: ManifestNode): boolean {
  return node.pairs.some(({ key }) => OWN.has(key))
}

/** Variables of kubespray. Source: kubespray docs/advanced/dns-stack.md and the templates coredns-config.yml.j2 and nodelocaldns-config.yml.j2. */
export function readKubespray(path: string, node: ManifestNode): DistributionSettings {
  const reading = new KubesprayReading(path, node)
  for (const pair of node.pairs) reading.read(pair)
  return reading.finish('kubespray')
}

const ZONE_KEYS = new Set(['zones', 'nameservers', 'cache', 'rewrite'])

class KubesprayReading extends DistributionReading {
  constructor(path: string, node: ManifestNode) {
    super(path, node)
    // The defaults have dns_domain: "{{ cluster_name }}".
    const names = [node.get('dns_domain'), node.get('cluster_name')].filter((one) => one !== undefined)
    this.clusterDomain = names.find((one) => !isWritten(one))?.placed
  }

  read({ key, keyRange, value }: ManifestPair): void {
    if (value === undefined) return
    switch (key) {
      case 'coredns_external_zones':
        for (const zone of value.items) this.#zone(zone, 'coredns')
        if (!value.isList) this.words(value, key)
        return
      case 'nodelocaldns_external_zones':
        for (const zone of value.items) this.#zone(zone, 'node-local-dns')
        if (!value.isList) this.words(value, key)
        return
      case 'upstream_dns_servers':
        this.upstreams = this.servers(value)
        return
      case 'dns_upstream_forward_extra_opts':
        for (const option of value.pairs) this.#forwardOption(option)
        return
      case 'dns_etchosts':
        this.#etcHosts(value)
        return
      case 'coredns_rewrite_block':
      case 'coredns_additional_configs':
      case 'coredns_default_zone_cache_block':
        this.#lines(value, key)
        return
      case 'coredns_kubernetes_extra_opts':
        this.clusterOptions.push(...this.words(value, key))
        return
      case 'enable_coredns_k8s_endpoint_pod_names':
        if (value.boolean === true) this.clusterOptions.push({ value: 'endpoint_pod_names', range: keyRange })
        return
      case 'enable_coredns_reverse_dns_lookups':
        if (value.boolean === false) this.withoutReverse = { value: `${key}: false`, range: keyRange }
        return
      case 'enable_coredns_k8s_external':
        this.#external({ value: key, range: keyRange }, value)
        return
      case 'old_dns_domains':
        this.#oldDomains(value)
        return
      case 'dns_domain':
        if (this.clusterDomain === undefined) this.word(value, key)
        return
      case 'dns_mode':
        if (!/^coredns(?:_dual)?$/.test(value.placed?.value ?? ''))
          this.report(`${key}: ${value.placed?.value ?? ''}`, keyRange, 'kubespray then installs no CoreDNS')
        return
      default:
        this.#other(key, keyRange)
    }
  }

  #other(key: string, range: Placed['range']): void {
    if (OF_CLIENTS.has(key)) this.report(key, range, 'it is about the resolv.conf of nodes, which stays as it is')
    else if (key === 'coredns_k8s_external_zone' || SILENT.test(key)) return
    else if (/^(?:coredns_|nodelocaldns_|dns_(?!ssec)|manual_dns_server|enable_coredns)/.test(key))
      this.report(key, range, 'it is not translated: what it adds to a Corefile has to be copied by hand')
  }

  #zone(zone: ManifestNode, readBy: 'coredns' | 'node-local-dns'): void {
    this.unknownKeys(zone, ZONE_KEYS)
    const cache = zone.get('cache')
    const seconds =
      cache?.number ?? (/^\d+$/.test(cache?.placed?.value ?? '') ? Number(cache?.placed?.value) : undefined)
    if (cache && seconds === undefined) this.word(cache, 'cache')
    const rewrites = this.words(zone.get('rewrite'), 'rewrite')
    this.addZone({
      zones: this.words(zone.get('zones'), 'zones'),
      servers: this.servers(zone.get('nameservers')),
      cache: cache && seconds !== undefined ? { value: seconds, range: cache.range } : undefined,
      directives: rewrites.map((at) => ({ text: `rewrite ${at.value}`, at })),
      readBy,
    })
  }

  #forwardOption({ key, keyRange, value }: ManifestPair): void {
    const word = value === undefined ? '' : this.word(value, key)?.value
    if (word === undefined) return
    const at = { value: `${key} ${word}`.trim(), range: keyRange }
    if (key === 'policy' && /^(?:random|round_robin|sequential)$/.test(word))
      this.upstreamPolicy = { value: word, range: keyRange }
    else if (key === 'force_tcp') this.forcesTcp = true
    else this.forwardOptions.push(at)
  }

  #lines(value: ManifestNode, key: string): void {
    const at = this.word(value, key)
    if (at !== undefined && at.value.trim() !== '') this.directives.push({ text: at.value, at: { ...at, value: key } })
  }

  #external(at: Placed, value: ManifestNode): void {
    const zone = this.node.get('coredns_k8s_external_zone')
    if (value.boolean !== true) return
    const name = zone === undefined ? 'k8s_external.local' : this.word(zone, 'coredns_k8s_external_zone')?.value
    if (name !== undefined) this.directives.push({ text: `k8s_external ${name}`, at })
  }

  #oldDomains(value: ManifestNode): void {
    const domain = this.clusterDomain?.value ?? 'cluster.local'
    for (const at of this.words(value, 'old_dns_domains'))
      this.directives.push({ text: `rewrite name suffix ${at.value} ${domain} answer auto`, at })
  }

  #etcHosts(value: ManifestNode): void {
    const { text } = value
    if (text === undefined || isWritten(value)) {
      this.word(value, 'dns_etchosts')
      return
    }
    for (const { address, names } of readHostsFile({ path: this.path, text }).lines)
      this.hosts.push({ address, names, zone: undefined })
  }
}
