import type { PodSpec, Workload } from '../sources/workload.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { countLabels, fqdn } from '../values/name.ts'
import type { Decider, Decision, SourcePlace } from './decision.ts'
import type { Outcome } from './outcome.ts'
import { queryFor } from './query.ts'

/** One thing that a C library does for a name. */
export type LookupStep =
  | { readonly in: 'hosts'; readonly addresses: readonly string[]; readonly at: SourcePlace | null }
  | { readonly in: 'dns'; readonly name: string; readonly decision: Decision; readonly isLast: boolean }

/** What a program in a pod gets for a name. */
export interface PodLookup {
  readonly libc: 'glibc' | 'musl'
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

/** The search list of a pod whose policy is ClusterFirst, with those of its dnsConfig behind it. */
export function searchListOf({ pod, namespace }: Workload, clusterDomain: string): string[] {
  const own = pod.dnsConfig?.searches.map(({ value }) => value.replace(/\.$/, '')) ?? []
  const cluster =
    pod.dnsPolicy?.value === 'None' ? [] : [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain]
  return [...new Set([...cluster, ...own])]
}

/** What the resolver of a pod does for a name: its hosts file first, then DNS along the search list, until something answers. */
export function lookUp(question: PodQuestion, decider: Decider): PodLookup {
  const { workload, libc, name } = question
  const search = searchListOf(workload, question.clusterDomain)
  const ndots = ndotsOf(workload.pod)
  const alias = aliasOf(workload, name)
  const dns = inDns(question, search, ndots, decider)
  return { libc, search, ndots, steps: alias === null ? dns : [alias], withoutAlias: alias === null ? null : dns }
}

function ndotsOf({ dnsConfig, dnsPolicy }: PodSpec): number {
  const option = dnsConfig?.options.find(({ name }) => name.value === 'ndots')?.value?.value
  const usual = dnsPolicy?.value === 'None' ? 1 : CLUSTER_NDOTS
  return option === undefined ? usual : Math.min(15, Number.parseInt(option, 10) || 0)
}

/** Both C libraries take the name as it is; a final dot matches nothing in the file. */
function aliasOf({ pod, path }: Workload, name: string): LookupStep | null {
  const items =
    pod.hostAliases?.items.filter(({ hostnames }) => hostnames.some(({ value }) => value === name.toLowerCase())) ?? []
  const [first] = items
  if (first === undefined) return null
  const addresses = items.flatMap(({ ip }) => {
    const parsed = ip === undefined ? undefined : parseIp(ip.value)
    return parsed === undefined ? [] : [formatIp(parsed)]
  })
  const place = first.hostnames.find(({ value }) => value === name.toLowerCase())
  return { in: 'hosts', addresses, at: place === undefined ? null : { path, range: place.range } }
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
