import { formatIp, parseIp } from '../../values/ip.ts'
import { fitsLabels } from '../../values/label-selector.ts'
import { labelStarts } from '../../values/name.ts'
import { reverseVersion } from '../../values/reverse.ts'
import type { OccurrenceView } from '../../verdict/servers-view.ts'
import { Cluster, type Endpoint, type Service, type ServicePort } from './cluster.ts'
import type { BlockContext } from './model.ts'
import { matchZone } from './zones.ts'

/** What the plugin looks for a name as (`recordRequest` of plugin/kubernetes/parse.go); empty texts where the name has no such part. */
export interface ClusterName {
  readonly kind: 'svc' | 'pod' | null
  readonly namespace: string
  readonly service: string
  readonly endpoint: string
  readonly port: string
  readonly protocol: string
  /** The topology zone of a zonal name, and whether it falls back to all endpoints. */
  readonly topologyZone: string
  readonly prefersZone: boolean
}

/** Something that a name leads to (`msg.Service`). */
export interface Target {
  /** An IP address, or the name that an ExternalName service stands for. */
  readonly host: string
  readonly port: number
  /** The name that SRV and NS records give, its zone in the case of the question. */
  readonly name: string
}

/**
 * What a name leads to; `missing` is a name that does not exist; `perhaps` depends on a cluster that nobody gave; `fails` is where CoreDNS
 * panics, and the server answers SERVFAIL.
 */
export type Found = readonly Target[] | 'missing' | 'perhaps' | 'fails'

const NOTHING: ClusterName = {
  kind: null,
  namespace: '',
  service: '',
  endpoint: '',
  port: '',
  protocol: '',
  topologyZone: '',
  prefersZone: false,
}

/** The data of plugin/kubernetes: what names and addresses lead to, in one block. Names are in lower case. */
export class KubernetesBackend {
  readonly zones: readonly string[]
  readonly #context: BlockContext
  readonly #pods: 'disabled' | 'insecure' | 'verified'
  readonly #namespaces: ReadonlySet<string>
  readonly #multicluster: readonly string[]
  readonly #isZonal: boolean
  readonly #namesPods: boolean
  readonly #ignoresEmpty: boolean
  readonly #hasWildcards: boolean
  readonly #primaryZone: string
  /** Up to 1.10.1 `noendpoints` left the list of endpoints nil, and who looks into it panics. */
  readonly #lacksEndpoints: boolean
  #cluster: Cluster | null | undefined
  readonly #occurrence: OccurrenceView

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.#occurrence = occurrence
    this.#context = context
    this.zones = occurrence.zones(occurrence.args)
    const words = (property: string) =>
      occurrence.properties(property).flatMap(({ args }) => args.map(({ value }) => value))
    const pods = words('pods').at(-1)
    this.#pods = pods === 'insecure' || pods === 'verified' ? pods : 'disabled'
    this.#namespaces = new Set(words('namespaces'))
    const multicluster = occurrence.properties('multicluster').at(-1)?.args
    this.#multicluster = multicluster === undefined || multicluster.length === 0 ? [] : occurrence.zones(multicluster)
    this.#isZonal = occurrence.has('zonal')
    this.#namesPods = occurrence.has('endpoint_pod_names')
    this.#ignoresEmpty = words('ignore').includes('empty_service')
    this.#hasWildcards = !context.since('1.9.0')
    this.#lacksEndpoints = occurrence.has('noendpoints') && !context.since('1.11.0')
    this.#primaryZone = this.zones.find((zone) => reverseVersion(zone) === 0) ?? this.zones[0] ?? '.'
  }

  /** How pods are answered for. */
  get pods(): 'disabled' | 'insecure' | 'verified' {
    return this.#pods
  }

  /** The objects; null where nobody gave them. */
  get cluster(): Cluster | null {
    if (this.#cluster === undefined) {
      const { services, program } = this.#context
      const selector = (property: string) =>
        this.#occurrence
          .properties(property)
          .at(-1)
          ?.args.map(({ value }) => value)
          .join(' ') ?? ''
      const [labels, namespaceLabels] = [selector('labels'), selector('namespace_labels')]
      this.#cluster =
        services &&
        new Cluster(services, {
          endpoints: !this.#occurrence.has('noendpoints'),
          fitsService: (own) => fitsLabels(labels, own, program.release),
          fitsNamespace: (own) => fitsLabels(namespaceLabels, own, program.release),
        })
    }
    return this.#cluster
  }

  /** plugin/kubernetes/kubernetes.go Records; `zone` in the case of the question. */
  records(name: string, zone: string): Found {
    const isMulticluster = matchZone(this.#multicluster, zone) !== null
    const request = this.parse(name, zone)
    if (request === null) return 'missing'
    if (request.kind === null) return []
    if (reverseVersion(name) > 0) return 'missing'
    const exposed = this.exposes(request.namespace)
    if (exposed === false) return 'missing'
    if (request.kind === 'pod') return this.#pod(request, zone, exposed)
    if (exposed === null) return 'perhaps'
    if (request.service === '') return []
    // The imports of services of other clusters are not among the objects.
    if (isMulticluster || this.cluster === null) return 'perhaps'
    return this.#services(request, zone, this.cluster)
  }

  /** plugin/kubernetes/parse.go parseRequest; null for a name that cannot be one of the cluster. */
  parse(name: string, zone: string): ClusterName | null {
    const isMulticluster = matchZone(this.#multicluster, zone) !== null
    const base = trimZone(name, zone)
    if (base === '' || base === 'svc' || base === 'pod') return NOTHING
    const labels = base.split('.')
    const kind = labels.pop()
    if (kind !== 'svc' && kind !== 'pod') return null
    const [namespace = '', service = ''] = [labels.pop(), labels.pop()]
    const found = { ...NOTHING, kind, namespace, service } as const
    const [last, first] = [labels.at(-1), labels.at(-2)]
    if (last === undefined) return found
    if (first === undefined) return { ...found, endpoint: last }
    if (labels.length === 2) {
      if (isMulticluster && !last.startsWith('_') && !first.startsWith('_')) return { ...found, endpoint: first }
      return { ...found, protocol: last.replace(/^_/, ''), port: first.replace(/^_/, '') }
    }
    if (!this.#isZonal || isMulticluster || last !== '_zone' || kind !== 'svc') return null
    if (first !== 'pin' && first !== 'prefer') return null
    return { ...found, topologyZone: labels.slice(0, -2).join('.'), prefersZone: first === 'prefer' }
  }

  /** Whether the plugin answers for a namespace; null where that depends on the cluster. */
  exposes(namespace: string): boolean | null {
    if (this.#hasWildcards && isWildcard(namespace)) return true
    if (this.#namespaces.size > 0 && !this.#namespaces.has(namespace)) return false
    return this.cluster === null ? null : this.cluster.hasNamespace(namespace)
  }

  #pod({ namespace, service: label }: ClusterName, zone: string, exposed: true | null): Found {
    if (this.#pods === 'disabled') return 'missing'
    const orPerhaps = (found: Found): Found => (exposed === null ? 'perhaps' : found)
    if (label === '') return orPerhaps([])
    const isIpv4 = label.split('-').length === 4 && !label.includes('--')
    const written = label.replaceAll('-', isIpv4 ? '.' : ':')
    const ip = parseIp(written)
    const target = {
      host: ip === undefined ? '' : formatIp(ip),
      port: 0,
      name: under(`${label}.${namespace}.pod`, zone),
    }
    if (this.#pods === 'insecure') return ip === undefined ? 'missing' : orPerhaps([target])
    // Asterisks are looked up as they stand, so that nothing is found.
    if (this.#hasWildcards && isWildcard(label) && !isWildcard(namespace)) return orPerhaps([])
    if (ip === undefined) return 'missing'
    if (this.cluster === null) return 'perhaps'
    const namespaces = this.cluster.podNamespacesAt(written)
    const found = namespaces.filter((own) => this.#matches(namespace, own)).map(() => target)
    return found.length === 0 ? 'missing' : found
  }

  /** plugin/kubernetes/kubernetes.go findServices. */
  #services(request: ClusterName, zone: string, cluster: Cluster): Found {
    const { service: name, namespace } = request
    const isWild = this.#hasWildcards && (isWildcard(name) || isWildcard(namespace))
    const services = isWild
      ? cluster.services.filter((each) => this.#matches(name, each.name) && this.#matches(namespace, each.namespace))
      : cluster.servicesOf(name, namespace)
    const targets: Target[] = []
    let exists = this.#hasWildcards && isWildcard(name) && !isWildcard(namespace)
    for (const service of services) {
      const own = this.#service(request, service, zone, cluster)
      if (own === 'fails') return own
      if (own === null) continue
      exists = true
      targets.push(...own)
    }
    return exists ? targets : 'missing'
  }

  /** What one service gives; null where it does not have the name. */
  #service(request: ClusterName, service: Service, zone: string, cluster: Cluster): readonly Target[] | 'fails' | null {
    const { endpoint, topologyZone } = request
    const base = under(`${service.name}.${service.namespace}.svc`, zone)
    const { isHeadless, externalName } = service
    if (this.#lacksEndpoints && externalName === null && (this.#ignoresEmpty || isHeadless || endpoint !== ''))
      return 'fails'
    if (this.#ignoresEmpty && externalName === null && !isHeadless && cluster.endpointsOf(service).length === 0)
      return null
    if (topologyZone !== '' && !isHeadless) return null
    if (externalName !== null) {
      if (!this.#fitsExternal(request) || parseIp(externalName) !== undefined) return null
      return [{ host: externalName, port: 0, name: base }]
    }
    if (isHeadless || endpoint !== '') return this.#endpoints(request, cluster.endpointsOf(service), base)
    const ports = service.ports.filter((each) => this.#matchesPort(request, each))
    if (ports.length === 0) return null
    return ports.flatMap((each) => service.addresses.map((host) => ({ host, port: each.port, name: base })))
  }

  /** What stands in front of the name of an ExternalName service used to be passed over, endpoints alone not at first. */
  #fitsExternal({ endpoint, port, protocol }: ClusterName): boolean {
    const { since } = this.#context
    if (since('1.11.0')) return endpoint === '' && port === '' && protocol === ''
    return endpoint === '' || since('1.8.1')
  }

  #endpoints(request: ClusterName, endpoints: readonly Endpoint[], base: string): readonly Target[] | null {
    const inZone = (zone: string) =>
      endpoints
        .filter((each) => zone === '' || each.zone === zone)
        .filter((each) => request.endpoint === '' || this.#matches(request.endpoint, this.hostnameOf(each)))
        .flatMap((each) =>
          each.ports
            .filter((port) => this.#matchesPort(request, port))
            .map(({ port }) => ({ host: each.ip, port, name: `${this.hostnameOf(each)}.${base}` })),
        )
    const { topologyZone, prefersZone } = request
    const found = inZone(topologyZone)
    if (topologyZone === '') return found.length === 0 ? null : found
    return found.length === 0 && prefersZone ? inZone('') : found
  }

  /**
   * plugin/kubernetes/reverse.go serviceRecordForIP: the names of an address; perhaps some where nobody gave the cluster. They end in two
   * dots where the first zone is the root.
   */
  namesOf(ip: string): readonly string[] | 'perhaps' | 'fails' {
    const { cluster } = this
    if (cluster === null) return 'perhaps'
    const isExposed = (namespace: string) => this.#namespaces.size === 0 || this.exposes(namespace) === true
    const service = cluster.servicesAt(ip).find(({ namespace }) => isExposed(namespace))
    if (service !== undefined) return [`${service.name}.${service.namespace}.svc.${this.#primaryZone}`]
    const { since } = this.#context
    if (this.#lacksEndpoints) return 'fails'
    const needsHostname = since('1.11.4') && !since('1.12.1')
    return cluster
      .endpointsAt(ip)
      .filter((each) => isExposed(each.namespace) && (!needsHostname || each.hostname !== ''))
      .map((each) => `${this.hostnameOf(each)}.${each.service}.${each.namespace}.svc.${this.#primaryZone}`)
  }

  /** plugin/kubernetes/ns.go nsAddrs: where CoreDNS itself is reached from inside of the cluster. */
  ownAddresses(zone: string): Found {
    const local = this.#context.localAddresses
    if (local === null) return 'perhaps'
    if (local.length === 0) return []
    const { cluster } = this
    if (cluster === null) return 'perhaps'
    if (this.#lacksEndpoints) return 'fails'
    const endpoints = local.flatMap((ip) => cluster.endpointsAt(ip))
    const targets = endpoints.flatMap(({ service, namespace }) =>
      cluster.servicesOf(service, namespace).flatMap((each) => {
        const name = under(`${each.name}.${each.namespace}.svc`, zone)
        if (!each.isHeadless) return each.addresses.map((host) => ({ host, port: 0, name }))
        return cluster
          .endpointsOf(each)
          .map((own) => ({ host: own.ip, port: 0, name: `${this.hostnameOf(own)}.${name}` }))
      }),
    )
    const isFound = this.#context.since('1.9.1') ? endpoints.length > 0 : targets.length > 0
    return isFound ? targets : local.map((host) => ({ host, port: 0, name: under('ns.dns', zone) }))
  }

  /** plugin/kubernetes/kubernetes.go endpointHostname. */
  hostnameOf({ hostname, pod, ip }: Endpoint): string {
    if (hostname !== '') return hostname
    if (this.#namesPods && pod !== '') return pod
    if (ip.includes('.')) return ip.replaceAll('.', '-')
    const dashed = ip.replaceAll(':', '-')
    return dashed.endsWith('-') && this.#context.since('1.12.3') ? `${dashed}0` : dashed
  }

  #matches(asked: string, own: string): boolean {
    return asked === own.toLowerCase() || (this.#hasWildcards && isWildcard(asked))
  }

  #matchesPort({ port, protocol }: ClusterName, own: ServicePort): boolean {
    return (port === '' || this.#matches(port, own.name)) && (protocol === '' || this.#matches(protocol, own.protocol))
  }
}

function isWildcard(label: string): boolean {
  return label === '*' || label === 'any'
}

/** plugin/pkg/dnsutil/join.go Join: a name in a zone, which may be the root. */
export function under(name: string, zone: string): string {
  return zone === '.' ? `${name}.` : `${name}.${zone}`
}

/** plugin/pkg/dnsutil/zone.go TrimZone: what stands in front of the zone, without the dot between them. */
export function trimZone(name: string, zone: string): string {
  const starts = labelStarts(name)
  const first = starts[starts.length - labelStarts(zone).length]
  const end = first ?? name.length
  return name.slice(0, Math.max(0, end - 1))
}
