import type { PodSpec, Workload } from '../sources/workload.ts'
import type { FilePlace } from '../text/range.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { countLabels, fqdn } from '../values/name.ts'
import type { Decider, Decision } from './decision.ts'
import type { Outcome } from './outcome.ts'
import { queryFor } from './query.ts'
import { createStub } from './stub.ts'

/** One thing that a C library does for a name. */
export type LookupStep =
  | { readonly in: 'hosts'; readonly addresses: readonly string[]; readonly at: FilePlace | null }
  | { readonly in: 'dns'; readonly name: string; readonly decision: Decision; readonly isLast: boolean }

/** Whom a pod asks: the DNS of the cluster, the servers of its node, or those of its own dnsConfig. */
export type AskedServers = 'cluster' | 'node' | 'own'

/** What a program in a pod gets for a name. */
export interface PodLookup {
  readonly libc: 'glibc' | 'musl'
  readonly asks: AskedServers
  /** As far as it is known: that of a node is not. */
  readonly search: readonly string[]
  readonly ndots: number
  readonly steps: readonly LookupStep[]
  /** Without the alias in the hosts file, where there is one: what DNS gives. */
  readonly withoutAlias: readonly LookupStep[] | null
}

/** What a name was asked for, and by what. */
export interface PodQuestion {
  readonly name: string
  readonly type: string
  readonly workload: Workload
  readonly clusterDomain: string
  readonly libc: 'glibc' | 'musl'
}

/** The `ndots` that the kubelet writes for ClusterFirst (network/dns/dns.go). */
const CLUSTER_NDOTS = 5

/** Where the servers of a node stand, as the model knows them. */
const NODE_SERVERS = '/etc/resolv.conf'

/** Whom a pod asks (network/dns/dns.go getPodDNSType): ClusterFirst means the node for pods in the network of their host. */
export function askedServers({ dnsPolicy, hostNetwork }: PodSpec): AskedServers {
  const policy = dnsPolicy?.value ?? 'ClusterFirst'
  if (policy === 'None') return 'own'
  if (policy === 'Default') return 'node'
  return policy === 'ClusterFirst' && hostNetwork ? 'node' : 'cluster'
}

/** The search list of a pod: that of the cluster where it asks the cluster, with the domains of its dnsConfig behind it. */
export function searchListOf({ pod, namespace }: Workload, clusterDomain: string): string[] {
  const own = pod.dnsConfig?.searches.map(({ value }) => value.replace(/\.$/, '')) ?? []
  const cluster =
    askedServers(pod) === 'cluster' ? [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain] : []
  return [...new Set([...cluster, ...own])]
}

/** What the resolver of a pod does for a name: its hosts file first, then DNS along the search list, until something answers. */
export function lookUp(question: PodQuestion, cluster: Decider): PodLookup {
  const { workload, libc } = question
  const asks = askedServers(workload.pod)
  const own = workload.pod.dnsConfig?.nameservers.map(({ value }) => value) ?? []
  const decider = asks === 'cluster' ? cluster : createStub(asks === 'node' ? [NODE_SERVERS] : own)
  const search = searchListOf(workload, question.clusterDomain)
  const ndots = ndotsOf(workload.pod)
  const alias = aliasOf(question)
  const dns = inDns(question, search, ndots, decider)
  return { libc, asks, search, ndots, steps: alias === null ? dns : [alias], withoutAlias: alias === null ? null : dns }
}

function ndotsOf(pod: PodSpec): number {
  const option = pod.dnsConfig?.options.find(({ name }) => name.value === 'ndots')?.value?.value
  const usual = askedServers(pod) === 'cluster' ? CLUSTER_NDOTS : 1
  return option === undefined ? usual : Math.min(15, Number.parseInt(option, 10) || 0)
}

/**
 * What the hosts file gives; null where DNS is asked. A final dot matches nothing in the file. glibc takes a name in any case and asks
 * DNS for a family that the file lacks; musl takes it as it is written, and asks nobody for the other family of a name that it found.
 */
function aliasOf({ name, type, libc, workload: { pod, path } }: PodQuestion): LookupStep | null {
  if (type !== 'A' && type !== 'AAAA') return null
  const wanted = libc === 'glibc' ? name.toLowerCase() : name
  const items = (pod.hostAliases?.items ?? []).flatMap(({ ip, hostnames }) => {
    const hostname = hostnames.find(({ value }) => value === wanted)
    const parsed = ip === undefined ? undefined : parseIp(ip.value)
    return hostname === undefined || parsed === undefined ? [] : [{ hostname, ip: parsed }]
  })
  const length = type === 'A' ? 4 : 16
  const own = items.filter(({ ip }) => ip.length === length)
  const [first] = own.length > 0 || libc === 'glibc' ? own : items
  if (first === undefined) return null
  return { in: 'hosts', addresses: own.map(({ ip }) => formatIp(ip)), at: { path, range: first.hostname.range } }
}

function inDns(
  { name, type, libc }: PodQuestion,
  search: readonly string[],
  ndots: number,
  decider: Decider,
): LookupStep[] {
  const absolute = fqdn(name)
  const isAbsolute = name.endsWith('.')
  const suffixed = search.map((suffix) => `${absolute}${suffix}.`.replace(/\.+/g, '.'))
  const dots = countLabels(absolute) - 1
  const order = isAbsolute ? [absolute] : dots >= ndots ? [absolute, ...suffixed] : [...suffixed, absolute]
  const steps: LookupStep[] = []
  for (const one of order) {
    const decision = decider.decide(queryFor(one, type))
    const isLast = ends(decision.outcome, libc)
    steps.push({ in: 'dns', name: one, decision, isLast })
    if (isLast) break
  }
  return steps
}

/** Whether a resolver is content with an answer: both go on at NXDOMAIN, glibc also where there is no data, musl not. */
function ends(outcome: Outcome, libc: 'glibc' | 'musl'): boolean {
  switch (outcome.kind) {
    case 'nxdomain':
      return false
    case 'nodata':
      return libc === 'musl'
    case 'servfail':
    case 'refused':
    case 'dropped':
      return libc === 'musl'
    case 'cluster':
    case 'file':
    case 'etcd':
      // Whether it has the name nobody knows here: the search goes on as if it had not.
      return ends(outcome.otherwise, libc)
    default:
      return true
  }
}
