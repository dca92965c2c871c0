import type { Mount } from '../lint/cluster/cluster.ts'
import type { Service } from '../lint/cluster/objects.ts'
import { upstreamOf } from '../lint/forwarding.ts'
import { isOwnAddress, listensEverywhere } from '../lint/listeners.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { parseIp } from '../values/ip.ts'
import type { Served } from '../verdict/servers.ts'

/** A listener that no Service leads to. */
export default defineRule({
  id: 'port-not-served',
  severity: 'warning',
  effects: ['misbehaves'],
  check(context) {
    checkImported(context)
    const { corefile, servers, workspace } = context
    const { cluster } = workspace
    const reported = new Set<object>()
    for (const runner of cluster.runnersOf(corefile)) {
      const services = cluster.links.servicesOf(runner.workload)
      const open = openPorts(runner, services)
      // On the network of the node every port is open.
      if (open === null || runner.workload.hostNetwork?.value === true) continue
      for (const block of servers.blocks) {
        for (const served of block.served) {
          const { key, port } = served
          if (open.has(port) || reported.has(key) || !listensEverywhere(served) || isAskedFromWithin(context, served))
            continue
          reported.add(key)
          const [service] = services
          context.report({
            at: key.at,
            message:
              service === undefined
                ? `this block listens on port ${port}, and the container opens only ${listOf(open)}: nobody asks it (write the port that is open, or open this one)`
                : `this block listens on port ${port}, and the Service ${service.name?.value ?? ''} leads only to ${listOf(open)}: nobody asks it (write the port that the Service leads to, or add this one to it)`,
            related: [
              service === undefined
                ? { at: runner.container.name ?? runner.container, message: 'the container' }
                : { at: service.name ?? service, message: 'leads to these pods' },
            ],
          })
        }
      }
    }
  },
})

/** The ports that Services lead to and that the container declares; null where neither says any. */
function openPorts({ container }: Mount, services: readonly Service[]): ReadonlySet<string> | null {
  const ports = new Set(container.ports.flatMap(({ containerPort }) => containerPort?.value.toString() ?? []))
  for (const { ports: own, manifest } of services) {
    if (own.length === 0 || manifest.get('spec')?.get('type')?.text === 'ExternalName') return null
    for (const { port, targetPort } of own) {
      const target = targetPort?.value ?? port?.value.toString()
      if (target === undefined) continue
      const named = container.ports.find(({ name }) => name?.value === target)?.containerPort
      if (/^\d+$/.test(target)) ports.add(target)
      // The name of a port that is declared elsewhere.
      else if (named == null) return null
      else ports.add(named.value.toString())
    }
  }
  return ports.size === 0 ? null : ports
}

/** Whether this server is itself the client of a listener. */
function isAskedFromWithin({ servers, release }: RuleContext, { port }: Served): boolean {
  for (const forward of servers.plugins('forward')) {
    for (const word of forward.args.slice(1)) {
      const upstream = upstreamOf(word, release)
      if (!word.known || (upstream?.port === port && isOwnAddress(parseIp(upstream.host) ?? []))) return true
    }
  }
  return false
}

/** A block of an imported file without a port, where all others listen elsewhere than on 53. */
function checkImported({ servers, report }: RuleContext): void {
  const { main } = servers.configuration
  const all = servers.blocks.flatMap(({ served }) => served).filter(({ transport }) => transport === 'dns')
  const own = all.filter(({ key }) => key.at.list === main)
  const [first] = own
  if (first === undefined || first.port === '53' || own.some(({ port }) => port !== first.port)) return
  if (servers.blocks.some(({ keys }) => keys.some(({ known }) => !known))) return
  for (const { key, port, zone } of all) {
    if (key.at.list === main || port !== '53' || /:\d+$/.test(key.value)) continue
    report({
      at: key.at,
      message: `${key.value} has no port, so it is served on 53, and the Corefile that imports it listens on ${first.port}: queries for ${zone} never come here (write ${key.value}:${first.port})`,
      related: [{ at: first.key.at, message: `listens on ${first.port}` }],
    })
  }
}

function listOf(ports: ReadonlySet<string>): string {
  const sorted = [...ports].sort((a, b) => Number(a) - Number(b)).map((port) => `port ${port}`)
  return sorted.length < 2 ? sorted.join('') : `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
}

const manifest = (key: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        kubernetes cluster.local
        forward . 10.0.0.2
    }
    ${key} {
        forward . 10.0.0.53
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    metadata:
      labels: {k8s-app: kube-dns}
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          ports: [{containerPort: 53, name: dns, protocol: UDP}]
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIP: 10.96.0.10
  selector: {k8s-app: kube-dns}
  ports: [{name: dns, port: 53, protocol: UDP}]
`

export const text: RuleText = {
  summary: 'A block on a port that nobody can ask',
  why: 'A server block without a port listens on 53. Pods ask the cluster DNS at the address of its Service, which leads to the ports that it names and to no others. A block on another port is never asked, and its zone is answered by whatever block is on the right one.',
  links: ['core/dnsserver/address.go normalizeZone'],
  examples: [
    { path: 'coredns.yaml', bad: manifest('corp.example:5353'), good: manifest('corp.example:53') },
    {
      bad: '.:1053 {\n    forward . 10.0.0.2\n}\nimport custom/*.server\n',
      good: '.:53 {\n    forward . 10.0.0.2\n}\nimport custom/*.server\n',
      files: { 'custom/corp.server': 'corp.example {\n    forward . 10.0.0.53\n}\n' },
    },
  ],
}
