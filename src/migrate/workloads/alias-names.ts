import type { Workload } from '../../sources/workload.ts'
import { parseIp } from '../../values/ip.ts'
import { absoluteName, isSubdomain } from '../../values/name.ts'

/** Whether the pods of a workload ask the cluster's DNS at all (kubelet: getPodDNSType); otherwise why not. */
export function whyOtherDns({ pod }: Workload): string | null {
  const policy = pod.dnsPolicy?.value ?? 'ClusterFirst'
  if (policy === 'Default') return 'its pods ask the DNS of the node (dnsPolicy Default), not CoreDNS'
  if (policy === 'None') return 'its pods ask the servers of their dnsConfig (dnsPolicy None), not CoreDNS'
  if (pod.hostNetwork && policy === 'ClusterFirst') {
    return 'its pods are in the network of the node, so ClusterFirst gives them the DNS of the node, not CoreDNS'
  }
  return null
}

/** Why no alias of a workload means what it says, or may be taken over by CoreDNS; null where some may. */
export function whyNoAlias(workload: Workload): string | null {
  const { pod } = workload
  if (pod.isHostProcess) return 'its containers are processes of a Windows machine, to which hostAliases are not given'
  const all = pod.containers
  if (all.length > 0 && all.every(({ mountsHosts }) => mountsHosts))
    return 'its containers mount a file of their own at /etc/hosts, so that it means nothing today'
  if (isCoreDns(workload) && whyOtherDns(workload) === null)
    return 'CoreDNS itself may need it before it can answer anybody'
  return whyOtherDns(workload)
}

/** A pod that serves the cluster's DNS. */
function isCoreDns({ pod }: Workload): boolean {
  return pod.containers.some(({ image }) => /(?:^|\/)(?:\w+-)?coredns(?:[:@]|$)/.test(image ?? ''))
}

/** Why an address must not be given to every pod of the cluster; null where it may. */
export function whyNotForAll(address: string): string | null {
  const ip = parseIp(address)
  if (ip === undefined) {
    return /^[\d.]+$/.test(address)
      ? 'it is no address as CoreDNS reads it (a leading zero is octal to some programs, decimal to others)'
      : 'it is no address'
  }
  const [first = 0, second = 0] = ip
  const isV6 = ip.length === 16
  if (ip.every((byte) => byte === 0)) return 'the unspecified address means another machine in every pod'
  if (!isV6 && first === 127) return 'a loopback address means another machine in every pod'
  if (isV6 && ip.slice(0, 15).every((byte) => byte === 0) && ip[15] === 1)
    return 'a loopback address means another machine in every pod'
  if ((!isV6 && first === 169 && second === 254) || (isV6 && first === 0xfe && (second & 0xc0) === 0x80)) {
    return 'a link-local address means another machine on every node'
  }
  if ((!isV6 && first >= 224 && first < 240) || (isV6 && first === 0xff)) return 'it is a multicast address'
  return null
}

/** What a name means to the pods of a workload besides the alias, as far as the cluster is known. */
export interface NameClash {
  /** Why the name must stay an alias; null where nothing that is known stands against it. */
  readonly why: string | null
  /** What has to be true of the cluster, a sentence each, where its Services and namespaces were not given. */
  readonly conditions: readonly string[]
}

/** What is known of the cluster that pods run in. */
export interface ClusterNames {
  /** Without a final dot. */
  readonly domain: string
  /** `NAME.NAMESPACE` of each Service. */
  readonly services: ReadonlySet<string>
  readonly namespaces: ReadonlySet<string>
  /** True where all Services and namespaces were given, so that what is not there does not exist. */
  readonly isComplete: boolean
  /** Whether NodeLocal DNSCache answers the pods, which asks CoreDNS for nothing but names of the cluster. */
  readonly hasNodeLocal: boolean
}

/** Service that every cluster has. */
const ALWAYS = 'kubernetes.default'

/** What names mean to the pods of workloads besides an alias; asked once for all pods that look names up alike. */
export class Clashes {
  readonly #cluster: ClusterNames
  readonly #known = new Map<string, NameClash>()

  constructor(cluster: ClusterNames) {
    this.#cluster = cluster
  }

  of(name: string, workload: Workload): NameClash {
    const { pod, namespace, isNamespaceWritten } = workload
    if (pod.dnsConfig !== undefined || pod.hostname?.value === name) return clashOf(name, workload, this.#cluster)
    const id = `${name}${isNamespaceWritten ? ' ' : '?'}${namespace}`
    let clash = this.#known.get(id)
    if (clash === undefined) {
      clash = clashOf(name, workload, this.#cluster)
      this.#known.set(id, clash)
    }
    return clash
  }
}

/**
 * Whether a name, once it is no alias any more, is found as something else first: the search list of the pod is tried before the name
 * itself (resolv.conf `ndots:5`), and musl gives up at the first answer without data.
 */
function clashOf(name: string, { namespace, isNamespaceWritten, pod }: Workload, cluster: ClusterNames): NameClash {
  const { domain } = cluster
  const absolute = absoluteName(name)
  if (isSubdomain(absoluteName(domain), absolute))
    return refuse(`it lies in the cluster's own domain ${domain}: hosts would hide the Service from every pod`)
  if (absolute === 'localhost.' || /^ip6-/.test(name)) return refuse('every machine has this name for itself')
  if (pod.hostname?.value === name) return refuse('it is the host name of the pod itself')
  const labels = absolute.slice(0, -1).split('.')
  const ndots = Number(pod.dnsConfig?.options.find((option) => option.name.value === 'ndots')?.value?.value ?? 5)
  const conditions = new Set<string>()
  if (cluster.hasNodeLocal) conditions.add('NodeLocal DNSCache has the name as well, or asks CoreDNS for it')
  if (labels.length - 1 >= ndots) return { why: null, conditions: [...conditions] }
  // What `kubectl apply -n` says is not in the file.
  const own = isNamespaceWritten ? null : 'the namespace of the pod, which its file does not say'
  for (const found of [[...labels, namespace, 'svc'], [...labels, 'svc'], labels]) {
    if (found.length === 1 && (found[0] === 'svc' || found[0] === 'pod'))
      return refuse(`"${found[0]}.${domain}" exists without an address, at which musl stops looking`)
    const kind = found.at(-1)
    if (kind === 'pod') return refuse(`the search list of the pod makes a name of the cluster of it: ${name}.${domain}`)
    if (kind !== 'svc' || found.length > 4) continue
    const [inside = '', service] = found.slice(0, -1).reverse()
    if (service === undefined) {
      if (cluster.namespaces.has(inside))
        return refuse(
          `there is a namespace ${inside}: "${inside}.svc.${domain}" exists without an address, at which musl stops looking`,
        )
      if (!cluster.isComplete) conditions.add(`no namespace ${inside} (musl)`)
      continue
    }
    const id = `${service}.${inside}`
    const isKnown = id === ALWAYS || cluster.services.has(id)
    // Three labels are an endpoint of the Service, by its host name.
    if (isKnown && found.length === 3)
      return refuse(`the search list of the pod finds the Service ${service} in namespace ${inside} first`)
    const isOwn = found.length > labels.length + 1
    if (isKnown) conditions.add(`no endpoint ${found[0]} of Service ${service} in namespace ${inside}`)
    else if (isOwn && own !== null) conditions.add(`no Service ${service} in ${own}`)
    else if (!cluster.isComplete) conditions.add(`no Service ${service} in namespace ${inside}`)
  }
  for (const { value } of pod.dnsConfig?.searches ?? [])
    conditions.add(`nothing answers ${name}.${value.replace(/\.$/, '')}`)
  return { why: null, conditions: [...conditions] }
}

function refuse(why: string): NameClash {
  return { why, conditions: [] }
}
