import type { ManifestValue } from '../../embed/manifest-value.ts'
import type {
  ClusterObject,
  ConfigMapSource,
  Container,
  Probe,
  Volume,
  VolumeMount,
  Workload,
  WorkloadKind,
} from './objects.ts'
import { type Stated, StatedReader } from './place.ts'

const workloadKinds: ReadonlySet<string> = new Set<WorkloadKind>([
  'Pod',
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
])

/** True for the kinds that make pods. */
export function isWorkloadKind(kind: string): kind is WorkloadKind {
  return workloadKinds.has(kind)
}

/** Reads what an object says of the pods it makes. */
export function readWorkload(object: ClusterObject, kind: WorkloadKind): Workload {
  const stated = new StatedReader(object.path)
  const { manifest } = object
  const spec = manifest.get('spec')
  const template = kind === 'CronJob' ? spec?.get('jobTemplate')?.get('spec')?.get('template') : spec?.get('template')
  const pod = kind === 'Pod' ? spec : template?.get('spec')
  const metadata = (kind === 'Pod' ? manifest : template)?.get('metadata')
  const containers = (key: string) => (pod?.get(key)?.items() ?? []).map((one) => readContainer(one, stated))
  return {
    ...object,
    kind,
    replicas: stated.number(spec?.get('replicas')),
    podLabels: stated.map(metadata?.get('labels')),
    containers: containers('containers'),
    initContainers: containers('initContainers'),
    volumes: (pod?.get('volumes')?.items() ?? []).flatMap((one) => readVolume(one, stated) ?? []),
    hostNetwork: stated.boolean(pod?.get('hostNetwork')),
    dnsPolicy: stated.text(pod?.get('dnsPolicy')),
    terminationGracePeriodSeconds: stated.number(pod?.get('terminationGracePeriodSeconds')),
    serviceAccountName: stated.text(pod?.get('serviceAccountName') ?? pod?.get('serviceAccount')),
  }
}

function readContainer(container: ManifestValue, stated: StatedReader): Container {
  const probe = (key: string) => readProbe(container.get(key), stated)
  const env = new Map<string, Stated<string> | null>()
  for (const variable of container.get('env')?.items() ?? []) {
    const name = variable.get('name')?.text
    if (name !== undefined) env.set(name, stated.text(variable.get('value')))
  }
  return {
    ...stated.place(container),
    name: stated.text(container.get('name')),
    image: stated.text(container.get('image')),
    command: stated.texts(container.get('command')),
    args: stated.texts(container.get('args')),
    env,
    ports: (container.get('ports')?.items() ?? []).map((port) => ({
      ...stated.place(port),
      name: stated.text(port.get('name')),
      containerPort: stated.number(port.get('containerPort')),
      hostPort: stated.number(port.get('hostPort')),
      protocol: port.get('protocol')?.text ?? 'TCP',
    })),
    livenessProbe: probe('livenessProbe'),
    readinessProbe: probe('readinessProbe'),
    startupProbe: probe('startupProbe'),
    volumeMounts: (container.get('volumeMounts')?.items() ?? []).flatMap((one) => readMount(one, stated) ?? []),
    limits: stated.map(container.get('resources')?.get('limits')),
    requests: stated.map(container.get('resources')?.get('requests')),
  }
}

function readProbe(probe: ManifestValue | undefined, stated: StatedReader): Probe | null {
  if (probe === undefined) return null
  const kind = (['httpGet', 'tcpSocket', 'grpc', 'exec'] as const).find((one) => probe.get(one) !== undefined) ?? 'none'
  const action = probe.get(kind)
  return {
    ...stated.place(probe),
    kind,
    port: stated.text(action?.get('port')),
    httpPath: stated.text(action?.get('path')),
    host: stated.text(action?.get('host')),
    scheme: stated.text(action?.get('scheme')),
    initialDelaySeconds: stated.number(probe.get('initialDelaySeconds')),
    periodSeconds: stated.number(probe.get('periodSeconds')),
    failureThreshold: stated.number(probe.get('failureThreshold')),
  }
}

function readMount(mount: ManifestValue, stated: StatedReader): VolumeMount | undefined {
  const name = mount.get('name')?.text
  if (name === undefined) return undefined
  return {
    ...stated.place(mount),
    name,
    mountPath: stated.text(mount.get('mountPath')),
    subPath: stated.text(mount.get('subPath')),
  }
}

function readVolume(volume: ManifestValue, stated: StatedReader): Volume | undefined {
  const name = volume.get('name')?.text
  if (name === undefined) return undefined
  const projected = (volume.get('projected')?.get('sources')?.items() ?? []).map((source) => source.get('configMap'))
  return {
    ...stated.place(volume),
    name,
    configMaps: [volume.get('configMap'), ...projected].flatMap((one) => readConfigMapSource(one, stated) ?? []),
    hostPath: stated.text(volume.get('hostPath')?.get('path')),
  }
}

function readConfigMapSource(source: ManifestValue | undefined, stated: StatedReader): ConfigMapSource | undefined {
  const name = stated.text(source?.get('name'))
  if (source === undefined || name === null) return undefined
  const items = source.get('items')?.items()
  const files = items && new Map<string, Stated<string>>()
  for (const item of items ?? []) {
    const key = item.get('key')?.text
    const path = stated.text(item.get('path'))
    if (key !== undefined && path !== null) files?.set(key, path)
  }
  return {
    ...stated.place(source),
    name,
    items: files ?? null,
    optional: source.get('optional')?.boolean ?? false,
  }
}
