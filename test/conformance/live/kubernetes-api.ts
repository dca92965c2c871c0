import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service; `None` for a headless one, `externalName` for one that is only another name. */
export interface FakeService {
  readonly namespace: string
  readonly name: string
  readonly clusterIp?: string
  readonly externalName?: string
  readonly externalIps?: readonly string[]
  /** The address or name of its load balancer. */
  readonly loadBalancer?: string
  /** Name and number; all are TCP. */
  readonly ports?: readonly (readonly [name: string, port: number])[]
  readonly endpoints?: readonly { readonly ip: string; readonly hostname?: string }[]
}

export interface FakePod {
  readonly namespace: string
  readonly name: string
  readonly ip: string
}

/** What is in the cluster; its namespaces are those of its services and pods. */
export interface FakeCluster {
  readonly services: readonly FakeService[]
  readonly pods?: readonly FakePod[]
}

/** A cluster with a service of each kind. */
export const smallCluster: FakeCluster = {
  services: [
    { namespace: 'default', name: 'kubernetes', clusterIp: '10.96.0.1', ports: [['https', 443]] },
    { namespace: 'kube-system', name: 'kube-dns', clusterIp: '10.96.0.10', ports: [['dns-tcp', 53]] },
    {
      namespace: 'default',
      name: 'web',
      clusterIp: '10.96.0.20',
      ports: [['http', 80]],
      endpoints: [{ ip: '10.244.0.11' }, { ip: '10.244.0.12' }],
    },
    {
      namespace: 'default',
      name: 'db',
      clusterIp: 'None',
      ports: [['sql', 5432]],
      endpoints: [{ ip: '10.244.0.21', hostname: 'db-0' }, { ip: '10.244.0.22' }],
    },
    { namespace: 'default', name: 'outside', externalName: 'www.example.org' },
  ],
  pods: [{ namespace: 'default', name: 'shell', ip: '10.244.0.31' }],
}

/** A fake Kubernetes API on 127.0.0.1 for the `endpoint` of the plugin `kubernetes`: it lists, and its watches never see a change. */
export interface KubernetesApi {
  readonly url: string
  stop(): Promise<void>
}

/** Starts an API that knows the services, endpoints, endpointslices, pods and namespaces of a cluster. */
export async function startKubernetesApi(cluster: FakeCluster): Promise<KubernetesApi> {
  const resources = resourcesOf(cluster)
  const server = createServer((request, response) => serve(resources, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

interface KubernetesObject {
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly [field: string]: unknown
}

interface Resource {
  readonly kind: string
  readonly apiVersion: string
  readonly items: readonly KubernetesObject[]
}

const VERSION = '1'

/** The objects of a cluster as the API lists them, of every kind. */
export function objectsOf(cluster: FakeCluster): (KubernetesObject & { readonly kind: string })[] {
  return [...resourcesOf(cluster).values()].flatMap(({ kind, apiVersion, items }) =>
    items.map((item) => ({ kind, apiVersion, ...item })),
  )
}

function serve(
  resources: ReadonlyMap<string, Resource>,
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const path = pathname.split('/').filter((part) => part !== '')
  const namespace = path.at(-3) === 'namespaces' ? path.at(-2) : undefined
  const resource = resources.get(path.at(-1) ?? '')
  response.setHeader('content-type', 'application/json')
  if (pathname === '/version') {
    response.end(JSON.stringify({ major: '1', minor: '31', gitVersion: 'v1.31.0' }))
  } else if (resource === undefined) {
    response.statusCode = 404
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 }))
  } else {
    const { kind, apiVersion } = resource
    const items = resource.items
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .map((item) => ({ kind, apiVersion, ...item }))
    if (searchParams.has('watch')) {
      watch(response, resource, items, searchParams.get('sendInitialEvents') === 'true')
    } else {
      response.end(JSON.stringify({ kind: `${kind}List`, apiVersion, metadata: { resourceVersion: VERSION }, items }))
    }
  }
}

/** A watch stays open until the client goes; newer clients begin with one instead of a list. */
function watch(
  response: ServerResponse,
  { kind, apiVersion }: Resource,
  items: readonly unknown[],
  initial: boolean,
): void {
  response.flushHeaders()
  if (!initial) return
  for (const object of items) response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
  const metadata = { resourceVersion: VERSION, annotations: { 'k8s.io/initial-events-end': 'true' } }
  response.write(`${JSON.stringify({ type: 'BOOKMARK', object: { kind, apiVersion, metadata } })}\n`)
}

function resourcesOf({ services, pods = [] }: FakeCluster): ReadonlyMap<string, Resource> {
  const namespaces = [...new Set([...services, ...pods].map(({ namespace }) => namespace))]
  const withEndpoints = services.filter(({ endpoints }) => endpoints !== undefined)
  const resource = (kind: string, apiVersion: string, items: readonly KubernetesObject[]) => ({
    kind,
    apiVersion,
    items,
  })
  return new Map([
    [
      'namespaces',
      resource(
        'Namespace',
        'v1',
        namespaces.map((name) => ({ metadata: metadata(name) })),
      ),
    ],
    ['services', resource('Service', 'v1', services.map(service))],
    ['endpoints', resource('Endpoints', 'v1', withEndpoints.map(endpoints))],
    ['endpointslices', resource('EndpointSlice', 'discovery.k8s.io/v1', withEndpoints.map(endpointSlice))],
    ['pods', resource('Pod', 'v1', pods.map(pod))],
  ])
}

function metadata(name: string, namespace?: string, labels: Record<string, string> = {}) {
  return { name, labels, resourceVersion: VERSION, uid: `${namespace}-${name}`, ...(namespace ? { namespace } : {}) }
}

function portsOf({ ports = [] }: FakeService) {
  return ports.map(([name, port]) => ({ name, port, protocol: 'TCP' }))
}

function service(each: FakeService): KubernetesObject {
  const { namespace, name, clusterIp, externalName, externalIps, loadBalancer } = each
  const spec =
    externalName === undefined
      ? {
          type: 'ClusterIP',
          clusterIP: clusterIp,
          clusterIPs: [clusterIp],
          ports: portsOf(each),
          ...(externalIps === undefined ? {} : { externalIPs: externalIps }),
        }
      : { type: 'ExternalName', externalName }
  if (loadBalancer === undefined) return { metadata: metadata(name, namespace), spec }
  const ingress = [/^[\d.]+$/.test(loadBalancer) ? { ip: loadBalancer } : { hostname: loadBalancer }]
  return { metadata: metadata(name, namespace), spec, status: { loadBalancer: { ingress } } }
}

function endpoints(each: FakeService): KubernetesObject {
  const subsets = [{ addresses: each.endpoints, ports: portsOf(each) }]
  return { metadata: metadata(each.name, each.namespace), subsets }
}

function endpointSlice(each: FakeService): KubernetesObject {
  const addresses = (each.endpoints ?? []).map(({ ip, ...hostname }) => ({
    addresses: [ip],
    conditions: { ready: true },
    ...hostname,
  }))
  const labels = { 'kubernetes.io/service-name': each.name }
  return {
    metadata: metadata(`${each.name}-slice`, each.namespace, labels),
    addressType: 'IPv4',
    endpoints: addresses,
    ports: portsOf(each),
  }
}

function pod({ namespace, name, ip }: FakePod): KubernetesObject {
  return { metadata: metadata(name, namespace), status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] } }
}
