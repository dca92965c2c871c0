import { compareReleases, pluginReleases, type Release } from './releases.ts'

/** A plugin that lives outside of CoreDNS: a program has it only if somebody built it in. */
export interface ExternalPlugin {
  readonly name: string
  /** What it does, in a few words that continue "a plugin that ...". */
  readonly summary: string
  /** Where its source is, without `https://`. */
  readonly repository: string
}

/**
 * Directive -> what the plugin does, and its repository. Source: the list on coredns.io/explugins (`on`, which stands there too, is part of
 * every program), and others that are met in Corefiles. A repository is told to be found, not recommended.
 */
const EXTERNAL: Readonly<Record<string, readonly [summary: string, repository: string]>> = {
  alias: ['replaces a CNAME at a zone apex by the records it leads to', 'github.com/serverwentdown/alias'],
  alternate: ['asks other upstreams when an answer has certain response codes', 'github.com/coredns/alternate'],
  amazondns: ['serves a zone with the DNS server of an AWS VPC behind it', 'github.com/wadahiro/coredns-amazondns'],
  casbin: ['permits or refuses queries by a Casbin model', 'github.com/coredns/policy'],
  demo: ['answers by the address of the client, as an example for developers', 'github.com/coredns/demo'],
  dnsredir: ['forwards names found in lists to other upstreams', 'github.com/leiless/dnsredir'],
  docker: ['answers with the addresses of Docker containers', 'github.com/kevinjqiu/coredns-dockerdiscovery'],
  dump: ['prints every query', 'github.com/miekg/dump'],
  ebpf: ['attaches an eBPF program to a network interface', 'github.com/InfobloxOpen/ebpf'],
  ens: ['serves records of the Ethereum Name Service', 'github.com/wealdtech/coredns-ens'],
  example: ['prints a word for every query, as an example for developers', 'github.com/coredns/example'],
  fallback: ['is the old name of alternate', 'github.com/coredns/alternate'],
  fanout: ['asks several upstreams at once and takes the first answer', 'github.com/networkservicemesh/fanout'],
  filter: ['blocks names found in lists', 'github.com/wranders/coredns-filter'],
  finalize: ['follows CNAMEs and answers with the addresses alone', 'github.com/tmeckel/coredns-finalizer'],
  firewall: ['permits or refuses queries by rules or a policy engine', 'github.com/coredns/policy'],
  gathersrv: ['joins SRV answers of several domains in one', 'github.com/ziollek/gathersrv'],
  git: ['keeps zone files in step with a git repository', 'github.com/miekg/coredns-git'],
  gravwell: ['sends queries and answers to Gravwell', 'github.com/gravwell/coredns'],
  gslb: ['answers with healthy backends, chosen by a policy', 'github.com/dmachard/coredns-gslb'],
  idetcd: ['registers nodes under names of their own in etcd', 'github.com/jiachengxu/idetcd'],
  ipecho: ['answers with the address that the name contains', 'github.com/Eun/coredns-ipecho'],
  ipin: ['answers with the address of the client', 'github.com/wenerme/coredns-ipin'],
  json: ['answers from a JSON service', 'github.com/xinbenlv/coredns-json'],
  k8s_cache: ['is a cache that refreshes early for chosen pods', 'github.com/delta10/k8s_cache'],
  k8s_crd: ['serves DNSEndpoint resources of a Kubernetes cluster', 'github.com/k8gb-io/coredns-crd-plugin'],
  k8s_dns_chaos: ['injects wrong answers for chaos experiments', 'github.com/chaos-mesh/k8s_dns_chaos'],
  k8s_event: ['reports the state of CoreDNS as Kubernetes events', 'github.com/coredns/k8s_event'],
  k8s_gateway: [
    'serves the external addresses of Services, Ingresses and Gateways',
    'github.com/k8s-gateway/k8s_gateway',
  ],
  kubeapi: ['shares one connection to the Kubernetes API with other plugins', 'github.com/coredns/kubeapi'],
  kubeforward: ['forwards to the endpoints of a Kubernetes Service', 'github.com/deckhouse/coredns-kubeforward'],
  kubenodes: ['serves the addresses of Kubernetes nodes', 'github.com/infobloxopen/kubenodes'],
  kubepods: ['serves the addresses of Kubernetes pods', 'github.com/coredns/kubepods'],
  kubernetai: ['is kubernetes for several clusters in one server block', 'github.com/coredns/kubernetai'],
  lighthouse: ['finds services of clusters that Submariner connects', 'github.com/submariner-io/lighthouse'],
  mdns: ['serves mDNS names of the local network', 'github.com/openshift/coredns-mdns'],
  meship: ['answers .meship names, which contain their address', 'github.com/zhoreeq/coredns-meship'],
  meshname: [
    'answers .meshname names, which contain the address of their server',
    'github.com/zhoreeq/coredns-meshname',
  ],
  metadata_edns0: ['makes metadata of EDNS0 options', 'github.com/coredns/metadata_edns0'],
  multicluster: ['serves ServiceImports of several clusters', 'github.com/coredns/multicluster'],
  mysql: ['serves records from a MySQL database', 'github.com/cloud66-oss/coredns_mysql'],
  netbox: ['serves the addresses that NetBox knows', 'github.com/oz123/coredns-netbox-plugin'],
  ocp_dnsnameresolver: [
    'tells OpenShift the addresses behind names',
    'github.com/openshift/coredns-ocp-dnsnameresolver',
  ],
  omada: ['serves the clients of a TP-Link Omada network', 'github.com/dougbw/coredns_omada'],
  opa: ['is an Open Policy Agent for firewall', 'github.com/coredns/policy'],
  pdsql: ['serves records from a PowerDNS database', 'github.com/wenerme/coredns-pdsql'],
  records: ['serves records written in the Corefile', 'github.com/coredns/records'],
  recursor: ['maps names to addresses or to what other resolvers say', 'github.com/kinjelom/coredns-recursor'],
  redis: ['serves zones from Redis', 'github.com/codysnider/coredns-redis'],
  redisc: ['is a cache in Redis that several servers share', 'github.com/miekg/redis'],
  rrl: ['limits the rate of answers against amplification', 'github.com/coredns/rrl'],
  tailscale: ['serves the machines of a Tailscale network', 'github.com/damomurf/coredns-tailscale'],
  themis: ['is a Themis policy engine for firewall', 'github.com/coredns/policy'],
  traefik: ['serves the host names that Traefik routes', 'github.com/scottt732/coredns-traefik'],
  unbound: ['resolves recursively with libunbound', 'github.com/coredns/unbound'],
  warnlist: ['logs and counts queries for listed names', 'github.com/giantswarm/coredns-warnlist-plugin'],
  wgsd: ['serves WireGuard peers as DNS-SD', 'github.com/jwhited/wgsd'],
}

/** Where the source of a plugin that CoreDNS removed went on. Source: the notes of 1.5.0 and 1.6.3. */
const MOVED_OUT: Readonly<Record<string, string>> = {
  federation: 'github.com/coredns/federation',
  proxy: 'github.com/coredns/proxy',
}

/** The names of the external plugins known here, sorted; none of them was ever in-tree. */
export const externalPluginNames: readonly string[] = Object.keys(EXTERNAL)

/** The external plugin of this name; null for an unknown name and for every name that was ever in-tree. */
export function externalPlugin(name: string): ExternalPlugin | null {
  const entry = Object.hasOwn(EXTERNAL, name) ? EXTERNAL[name] : undefined
  return entry ? { name, summary: entry[0], repository: entry[1] } : null
}

/** How a name stands to the official program of one release. */
export type PluginStanding =
  | { readonly kind: 'in-tree'; readonly since: Release }
  /** Added by a later release. */
  | { readonly kind: 'not-yet'; readonly since: Release }
  /** Removed by this or an earlier release; `movedTo` is its repository if it went on elsewhere. */
  | { readonly kind: 'removed'; readonly since: Release; readonly removed: Release; readonly movedTo: string | null }
  | ({ readonly kind: 'external' } & ExternalPlugin)

/** What the official program of `release` makes of a plugin name; null if nobody has heard of it, and it may be a misspelling. */
export function pluginStanding(name: string, release: Release): PluginStanding | null {
  const spans = pluginReleases(name)
  const span = spans.findLast(({ since }) => compareReleases(since, release) <= 0)
  if (span) {
    const { since, removed } = span
    if (removed === undefined || compareReleases(release, removed) < 0) return { kind: 'in-tree', since }
    return { kind: 'removed', since, removed, movedTo: (Object.hasOwn(MOVED_OUT, name) && MOVED_OUT[name]) || null }
  }
  if (spans[0]) return { kind: 'not-yet', since: spans[0].since }
  const external = externalPlugin(name)
  return external && { kind: 'external', ...external }
}
