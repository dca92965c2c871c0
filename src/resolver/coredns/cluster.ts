/** An object of Kubernetes as plain data, as `kubectl get -o json` has it: Service, Endpoints, EndpointSlice, Pod, Namespace, or a List of such. */
export interface KubernetesObject {
  readonly kind?: string
  readonly metadata?: {
    readonly name?: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

export interface ServicePort {
  /** Empty where it has none. */
  readonly name: string
  /** -1 for the one port of a service without ports. */
  readonly port: number
  readonly protocol: string
}

export interface Service {
  readonly name: string
  readonly namespace: string
  readonly addresses: readonly string[]
  readonly isHeadless: boolean
  /** The name that it is another name of, empty for all but ExternalName. */
  readonly externalName: string | null
  readonly ports: readonly ServicePort[]
  /** Addresses and names by which it is reached from outside. */
  readonly external: readonly string[]
}

export interface Endpoint {
  readonly service: string
  readonly namespace: string
  readonly ip: string
  readonly hostname: string
  /** The pod behind it, empty where that is not known. */
  readonly pod: string
  /** The topology zone in lower case, empty where it has none. */
  readonly zone: string
  readonly ports: readonly ServicePort[]
}

/** What of a cluster the plugin watches. */
export interface Watched {
  /** False with `noendpoints`. */
  readonly endpoints: boolean
  fitsService(labels: Readonly<Record<string, string>>): boolean
  fitsNamespace(labels: Readonly<Record<string, string>>): boolean
}

type Data = Readonly<Record<string, unknown>>

/** The objects of a cluster in the order in which they were given, by what the plugin kubernetes looks them up by. */
export class Cluster {
  /** Services by `name.namespace`. */
  readonly #services = new Map<string, Service[]>()
  readonly #endpoints = new Map<string, Endpoint[]>()
  readonly #servicesByIp = new Map<string, Service[]>()
  readonly #endpointsByIp = new Map<string, Endpoint[]>()
  /** The namespaces of pods by their addresses. */
  readonly #pods = new Map<string, string[]>()
  readonly #namespaces = new Set<string>()

  constructor(objects: readonly KubernetesObject[], watched: Watched) {
    const all = objects.flatMap((object) => itemsOf(object))
    const kinds = new Set(all.map(({ kind }) => kind))
    for (const object of all) {
      const metadata = dataOf(object.metadata)
      const [name, namespace] = [textOf(metadata.name), textOf(metadata.namespace) || 'default']
      const labels = labelsOf(metadata.labels)
      if (object.kind === 'Namespace') {
        if (watched.fitsNamespace(labels)) this.#namespaces.add(name)
        continue
      }
      // Who gives services alone has no need to name their namespaces twice.
      if (!kinds.has('Namespace') && watched.fitsNamespace({})) this.#namespaces.add(namespace)
      if (object.kind === 'Service' && watched.fitsService(labels)) this.#addService(object, name, namespace)
      if (object.kind === 'Pod') this.#addPod(object, namespace)
      if (!watched.endpoints) continue
      if (object.kind === 'EndpointSlice') this.#addSlice(object, labels['kubernetes.io/service-name'] ?? '', namespace)
      if (object.kind === 'Endpoints' && !kinds.has('EndpointSlice')) this.#addEndpoints(object, name, namespace)
    }
  }

  hasNamespace(name: string): boolean {
    return this.#namespaces.has(name)
  }

  servicesOf(name: string, namespace: string): readonly Service[] {
    return this.#services.get(`${name}.${namespace}`) ?? []
  }

  get services(): readonly Service[] {
    return [...this.#services.values()].flat()
  }

  endpointsOf({ name, namespace }: Service): readonly Endpoint[] {
    return this.#endpoints.get(`${name}.${namespace}`) ?? []
  }

  servicesAt(ip: string): readonly Service[] {
    return this.#servicesByIp.get(ip) ?? []
  }

  endpointsAt(ip: string): readonly Endpoint[] {
    return this.#endpointsByIp.get(ip) ?? []
  }

  /** The namespaces in which a pod has the address. */
  podNamespacesAt(ip: string): readonly string[] {
    return this.#pods.get(ip) ?? []
  }

  /** plugin/kubernetes/object/service.go ToService. */
  #addService(object: KubernetesObject, name: string, namespace: string): void {
    const spec = dataOf(object.spec)
    const clusterIps = textsOf(spec.clusterIPs)
    const addresses = clusterIps.length > 0 ? clusterIps : [textOf(spec.clusterIP)]
    const ports = listOf(spec.ports).map(portOf)
    const ingress = listOf(dataOf(dataOf(object.status).loadBalancer).ingress)
    const service: Service = {
      name,
      namespace,
      addresses,
      isHeadless: addresses[0] === 'None',
      externalName: spec.type === 'ExternalName' ? textOf(spec.externalName) : null,
      ports: ports.length > 0 ? ports : [{ name: '', port: -1, protocol: '' }],
      external: [...textsOf(spec.externalIPs), ...ingress.map(({ ip, hostname }) => textOf(ip) || textOf(hostname))],
    }
    append(this.#services, `${name}.${namespace}`, service)
    for (const address of addresses) append(this.#servicesByIp, address, service)
  }

  /** plugin/kubernetes/object/endpoint.go endpointSliceToEndpoints: those that are ready, or of which nobody says that they are not. */
  #addSlice(object: KubernetesObject, service: string, namespace: string): void {
    const ports = listOf(object.ports).map(portOf)
    for (const endpoint of listOf(object.endpoints)) {
      if (dataOf(endpoint.conditions).ready === false) continue
      for (const ip of textsOf(endpoint.addresses)) {
        this.#addEndpoint(service, namespace, ip, endpoint, ports)
      }
    }
  }

  #addEndpoints(object: KubernetesObject, service: string, namespace: string): void {
    for (const subset of listOf(object.subsets)) {
      const ports = listOf(subset.ports).map(portOf)
      for (const address of listOf(subset.addresses)) {
        this.#addEndpoint(service, namespace, textOf(address.ip), address, ports)
      }
    }
  }

  #addEndpoint(service: string, namespace: string, ip: string, data: Data, ports: readonly ServicePort[]): void {
    const pod = textOf(dataOf(data.targetRef).name)
    const endpoint: Endpoint = {
      service,
      namespace,
      ip,
      hostname: textOf(data.hostname),
      pod: pod.length < 64 ? pod : '',
      zone: textOf(data.zone).toLowerCase(),
      ports: ports.length > 0 ? ports : [{ name: '', port: -1, protocol: '' }],
    }
    append(this.#endpoints, `${service}.${namespace}`, endpoint)
    append(this.#endpointsByIp, ip, endpoint)
  }

  #addPod({ metadata, status }: KubernetesObject, namespace: string): void {
    const { phase, podIP, podIPs } = dataOf(status)
    if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Unknown') return
    if (dataOf(metadata).deletionTimestamp !== undefined) return
    const addresses = new Set([...listOf(podIPs).map(({ ip }) => textOf(ip)), textOf(podIP)])
    for (const address of addresses) if (address !== '') append(this.#pods, address, namespace)
  }
}

/** Lists of lists are found, though nobody writes them; data that has itself among its items ends at some depth. */
const DEEPEST_LIST = 8

function itemsOf(object: KubernetesObject, depth = 0): KubernetesObject[] {
  const { items } = dataOf(object)
  if (!Array.isArray(items)) return [dataOf(object)]
  return depth === DEEPEST_LIST ? [] : (listOf(items) as KubernetesObject[]).flatMap((item) => itemsOf(item, depth + 1))
}

function labelsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(dataOf(value)).map(([key, text]) => [key, textOf(text)]))
}

function portOf({ name, port, protocol }: Data): ServicePort {
  return { name: textOf(name), port: typeof port === 'number' ? port : -1, protocol: textOf(protocol) }
}

function dataOf(value: unknown): Data {
  return typeof value === 'object' && value !== null ? (value as Data) : {}
}

function listOf(value: unknown): Data[] {
  return Array.isArray(value) ? value.map(dataOf) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== '') : []
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const others = map.get(key)
  if (others === undefined) map.set(key, [item])
  else others.push(item)
}
