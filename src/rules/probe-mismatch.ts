import type { Container, Probe, Workload } from '../lint/cluster/objects.ts'
import { endpointOf, type HttpEndpoint, listenHost } from '../lint/endpoints.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isAllKnown } from '../lint/running.ts'
import { isIp } from '../values/ip.ts'

/** The path each plugin answers on (plugin/health/health.go, plugin/ready/ready.go, plugin/metrics/metrics.go); below it for pprof. */
const PATHS: Readonly<Record<string, string>> = { health: '/health', ready: '/ready', prometheus: '/metrics' }

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const

/** What the kubelet asks against what listens. */
export default defineRule({
  id: 'probe-mismatch',
  severity: 'error',
  effects: ['misbehaves'],
  check(context) {
    const { corefile, servers, workspace } = context
    const runners = workspace.cluster.runnersOf(corefile)
    if (runners.length === 0 || !isAllKnown(servers)) return
    for (const { workload, container } of runners) {
      for (const name of PROBES) {
        const probe = container[name]
        if (probe !== null) checkProbe(context, workload, container, name, probe)
      }
    }
  },
})

function checkProbe(
  context: RuleContext,
  workload: Workload,
  container: Container,
  name: (typeof PROBES)[number],
  probe: Probe,
): void {
  const port = portOf(probe, container)
  if (port === null || (probe.kind !== 'httpGet' && probe.kind !== 'tcpSocket')) return
  const { servers, report } = context
  const there = endpointsOf(context).filter((endpoint) => endpoint.port === port)
  const isDns = servers.blocks.some(({ served }) => served.some((each) => each.port === port))
  const at = probe.port ?? probe
  const outcome = {
    livenessProbe: 'Kubernetes restarts the pod again and again',
    readinessProbe: 'the pod never gets a query',
    startupProbe: 'Kubernetes restarts the pod again and again',
  }[name]
  if (there.length === 0) {
    // The containers of a pod share its ports.
    const others = workload.containers.filter((each) => each !== container)
    const isElsewhere = others.some((each) =>
      each.ports.some(({ containerPort }) => containerPort?.value === Number(port)),
    )
    if (isElsewhere || (isDns && probe.kind === 'tcpSocket')) return
    const wanted = Object.entries(PATHS).find(([, path]) => path === pathOf(probe))?.[0]
    const own =
      wanted === undefined ? undefined : endpointsOf(context).find(({ occurrence }) => occurrence.plugin === wanted)
    report({
      at,
      message: `the ${name} asks port ${port}, where ${
        own !== undefined
          ? `nothing listens, as ${wanted} is on ${own.address}`
          : isDns
            ? 'CoreDNS speaks DNS alone'
            : 'nothing listens'
      }: ${outcome} (${
        own !== undefined
          ? `ask port ${own.port}`
          : wanted === undefined
            ? 'ask health or ready'
            : `add ${wanted} to the Corefile`
      })`,
      related: related(context, own),
    })
    return
  }
  const reached = there.filter(({ host }) => mayReach(host, probe))
  const [first] = reached
  if (first === undefined) {
    const [endpoint] = there
    if (endpoint === undefined) return
    report({
      at,
      message: `the ${name} asks the address of the pod, and ${endpoint.occurrence.plugin} listens on ${endpoint.address} alone: ${outcome} (write ${endpoint.occurrence.plugin} :${port})`,
      related: related(context, endpoint),
    })
    return
  }
  if (probe.kind !== 'httpGet') return
  const path = pathOf(probe)
  const answers = reached.some(({ occurrence: { plugin } }) => PATHS[plugin] === path || plugin === 'pprof')
  if (
    probe.scheme?.value.toUpperCase() === 'HTTPS' &&
    reached.every(({ occurrence }) => occurrence.plugin !== 'prometheus')
  ) {
    report({
      at: probe.scheme,
      message: `the ${name} speaks HTTPS, and ${first.occurrence.plugin} speaks plain HTTP alone: ${outcome} (write scheme: HTTP)`,
      related: related(context, first),
    })
  } else if (!answers) {
    const right = PATHS[first.occurrence.plugin]
    report({
      at: probe.httpPath ?? at,
      message: `the ${name} asks port ${port} for ${path}, and ${first.occurrence.plugin} there knows only ${right}: ${outcome} (write path: ${right})`,
      related: related(context, first),
    })
  }
}

function endpointsOf({ servers, release }: RuleContext): HttpEndpoint[] {
  return servers.blocks.flatMap((block) =>
    [...block.plugins.values()].flatMap((occurrences) => {
      const last = occurrences.at(-1)
      return (last && endpointOf(last, release)) ?? []
    }),
  )
}

/** A number, that of the container's port of the name, or null. */
function portOf({ port }: Probe, { ports }: Container): string | null {
  if (port === null) return null
  if (/^\d+$/.test(port.value)) return port.value
  const named = ports.find(({ name }) => name?.value === port.value)?.containerPort
  return named == null ? null : String(named.value)
}

function pathOf({ httpPath }: Probe): string {
  const path = (httpPath?.value ?? '/').replace(/[?#].*$/, '')
  return path.startsWith('/') ? path : `/${path}`
}

/** Whether a probe may come to an address; what an address of the node is nobody knows here. */
function mayReach(host: string, probe: Probe): boolean {
  if (host === '*') return true
  const asked = probe.host?.value
  if (asked !== undefined) return !isIp(host) || !isIp(asked) || listenHost(asked) === host || listenHost(asked) === '*'
  return !host.startsWith('127.') && host !== '::1'
}

function related({ servers }: RuleContext, endpoint: HttpEndpoint | undefined) {
  if (endpoint !== undefined) {
    const { plugin, name } = endpoint.occurrence
    return [{ at: name.place, message: `${plugin} listens on ${endpoint.address}` }]
  }
  const key = servers.blocks[0]?.keys[0]
  return key === undefined ? [] : [{ at: key.at, message: 'nothing in this Corefile listens there' }]
}

const manifest = (plugins: readonly string[], path = '/ready', port = '8181') => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
${plugins.map((plugin) => `        ${plugin}\n`).join('')}        forward . 10.0.0.2
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          readinessProbe:
            httpGet: {path: ${path}, port: ${port}}
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
`

export const text: RuleText = {
  summary: 'A probe that asks what CoreDNS does not serve',
  why: 'Kubernetes restarts a pod whose liveness probe fails, and sends nothing to one whose readiness probe fails. Both ask an address, a port and a path that `health` and `ready` of the Corefile must serve. Whoever edits one of the two files forgets the other, and the DNS of the cluster does not come back from its next rollout.',
  links: ['plugin/health/README.md', 'plugin/ready/README.md'],
  examples: [
    { path: 'coredns.yaml', bad: manifest(['health']), good: manifest(['health', 'ready']) },
    { path: 'coredns.yaml', bad: manifest(['ready :8182']), good: manifest(['ready :8181']) },
    { path: 'coredns.yaml', bad: manifest(['ready'], '/healthz'), good: manifest(['ready']) },
    { path: 'coredns.yaml', bad: manifest(['ready localhost:8181']), good: manifest(['ready :8181']) },
  ],
}
