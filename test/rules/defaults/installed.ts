import { stringify } from 'yaml'

/** A Corefile as something installs it, with what is known of the objects around it. */
export interface Installed {
  /** What installs it, with the version since which it does so. */
  readonly name: string
  /** Repository, path and tag or commit, or where else it is published. */
  readonly source: string
  /** The CoreDNS that comes with it. */
  readonly coredns: string
  readonly corefile: string
  /** The image as the manifest names it; null where it is set elsewhere, or where only the Corefile is public. */
  readonly image: string | null
  /** What differs from what coredns/deployment has; null where nothing but the Corefile is public. */
  readonly around?: Partial<Around> | null
}

/** The objects around a Corefile. */
export interface Around {
  readonly namespace: string
  readonly configMap: string
  /** Further keys of the ConfigMap that are mounted too, and the path of the Corefile. */
  readonly items: Readonly<Record<string, string>>
  readonly workload: string
  readonly kind: 'Deployment' | 'DaemonSet'
  readonly args: readonly string[]
  readonly containerPorts: readonly Port[]
  readonly memory: string | null
  readonly liveness: Probe | null
  readonly readiness: Probe | null
  readonly pod: Readonly<Record<string, unknown>>
  readonly mounts: readonly { readonly name: string; readonly mountPath: string }[]
  readonly volumes: readonly Readonly<Record<string, unknown>>[]
  readonly service: { readonly name: string; readonly clusterIP: string | null; readonly ports: readonly Port[] } | null
  /** Resources that the ClusterRole lets list and watch, by API group; null where there is no role. */
  readonly role: Readonly<Record<string, readonly string[]>> | null
}

interface Port {
  readonly name: string
  readonly port: number
  readonly protocol: 'UDP' | 'TCP'
  readonly targetPort?: number | string
}

interface Probe {
  readonly path: string
  readonly port: number | string
  readonly host?: string
  readonly initialDelaySeconds?: number
  readonly periodSeconds?: number
  readonly timeoutSeconds?: number
  readonly failureThreshold?: number
}

const CORE = ['endpoints', 'services', 'pods', 'namespaces']

/** What a role allows before and after EndpointSlices. */
export const ROLES = { endpoints: { '': CORE }, slices: { '': CORE, 'discovery.k8s.io': ['endpointslices'] } } as const

/** Ports 53 and one for metrics. */
export function ports(dns = 53, metrics: number | null = 9153): readonly Port[] {
  return [
    { name: 'dns', port: dns, protocol: 'UDP' },
    { name: 'dns-tcp', port: dns, protocol: 'TCP' },
    ...(metrics === null ? [] : [{ name: 'metrics', port: metrics, protocol: 'TCP' } as const]),
  ]
}

export const PROBES = {
  liveness: { path: '/health', port: 8080, initialDelaySeconds: 60, timeoutSeconds: 5, failureThreshold: 5 },
  ready: { path: '/ready', port: 8181 },
  health: { path: '/health', port: 8080 },
} as const

/** What coredns/deployment kubernetes/coredns.yaml.sed and most others install. */
const USUAL: Around = {
  namespace: 'kube-system',
  configMap: 'coredns',
  items: { Corefile: 'Corefile' },
  workload: 'coredns',
  kind: 'Deployment',
  args: ['-conf', '/etc/coredns/Corefile'],
  containerPorts: ports(),
  memory: '170Mi',
  liveness: PROBES.liveness,
  readiness: PROBES.ready,
  pod: { dnsPolicy: 'Default' },
  mounts: [],
  volumes: [],
  service: { name: 'kube-dns', clusterIP: '10.96.0.10', ports: ports() },
  role: ROLES.slices,
}

function probeOf(probe: Probe | null) {
  if (probe === null) return undefined
  const { path, port, host, ...times } = probe
  return { httpGet: { ...(host === undefined ? {} : { host }), path, port, scheme: 'HTTP' }, ...times }
}

function objectsOf({ corefile, image, around }: Installed): readonly Readonly<Record<string, unknown>>[] {
  const all = { ...USUAL, ...around }
  const { namespace, configMap, workload } = all
  const inNamespace = (name: string) => ({ name, namespace })
  const labels = { 'k8s-app': workload === 'coredns' ? 'kube-dns' : workload }
  const container = {
    name: workload === 'coredns' ? 'coredns' : 'node-cache',
    ...(image === null ? {} : { image }),
    ...(all.memory === null ? {} : { resources: { limits: { memory: all.memory }, requests: { cpu: '100m' } } }),
    args: all.args,
    volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }, ...all.mounts],
    ports: all.containerPorts.map(({ name, port, protocol }) => ({ containerPort: port, name, protocol })),
    livenessProbe: probeOf(all.liveness),
    readinessProbe: probeOf(all.readiness),
  }
  const items = Object.entries(all.items).map(([key, path]) => ({ key, path }))
  const volumes = [{ name: 'config-volume', configMap: { name: configMap, items } }, ...all.volumes]
  const spec = { serviceAccountName: workload, ...all.pod, containers: [container], volumes }
  const role = `system:${workload}`
  const rules = Object.entries(all.role ?? {}).map(([group, resources]) => ({
    apiGroups: [group],
    resources,
    verbs: ['list', 'watch'],
  }))
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inNamespace(workload) },
    ...(all.role === null
      ? []
      : [
          { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: role }, rules },
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'ClusterRoleBinding',
            metadata: { name: role },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
            subjects: [{ kind: 'ServiceAccount', ...inNamespace(workload) }],
          },
        ]),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: inNamespace(configMap), data: { Corefile: corefile } },
    {
      apiVersion: 'apps/v1',
      kind: all.kind,
      metadata: { ...inNamespace(workload), labels },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    },
    ...(all.service === null
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { ...inNamespace(all.service.name), labels },
            spec: {
              selector: labels,
              ...(all.service.clusterIP === null ? {} : { clusterIP: all.service.clusterIP }),
              ports: all.service.ports,
            },
          },
        ]),
  ]
}

/** The manifest: ServiceAccount, ClusterRole and its binding, ConfigMap, workload and Service. */
export function manifestOf(installed: Installed): string {
  return objectsOf(installed)
    .map((object) => stringify(object, { lineWidth: 0 }))
    .join('---\n')
}

/** The same in a list, as `kubectl get -o json` and EKS have it. */
export function listOf(installed: Installed): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objectsOf(installed) }, null, 2)
}

/** A ConfigMap alone, for what is public only in clusters. */
export function configMapOf({ corefile, around }: Installed): string {
  const { namespace, configMap } = { ...USUAL, ...around }
  return stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configMap, namespace },
    data: { Corefile: corefile },
  })
}
