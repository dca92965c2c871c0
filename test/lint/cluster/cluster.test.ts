import { describe, expect, it } from 'vitest'
import { type ClusterObjects, loadClusterObjects } from '../../../src/lint/cluster/cluster.ts'
import { findUnits } from '../../../src/lint/units.ts'
import type { CorefileUnit } from '../../../src/lint/workspace.ts'
import type { FilePlace } from '../../../src/text/range.ts'
import { configMap } from '../probes.ts'

const corefile = '. {\n    whoami\n}\n'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: coredns
  namespace: kube-system
spec:
  replicas: 2
  template:
    metadata:
      labels:
        k8s-app: kube-dns
    spec:
      serviceAccountName: coredns
      dnsPolicy: Default
      terminationGracePeriodSeconds: 35
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          args: ["-conf", /etc/coredns/Corefile, 5]
          env:
            - name: UPSTREAM
              value: 192.0.2.53
            - name: NODE
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
          ports:
            - {containerPort: 53, name: dns, protocol: UDP}
            - {containerPort: 9153, name: metrics}
          livenessProbe:
            httpGet: {path: /health, port: 8080, scheme: HTTP}
            periodSeconds: 10
          readinessProbe:
            httpGet: {path: /ready, port: ready}
          resources: {limits: {memory: 170Mi}, requests: {cpu: 100m}}
          volumeMounts:
            - {name: config-volume, mountPath: /etc/coredns, readOnly: true}
      volumes:
        - name: config-volume
          configMap:
            name: coredns
            items: [{key: Corefile, path: Corefile}]
`

const others = `apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, "fd00::a"]
  selector: {k8s-app: kube-dns}
  ports:
    - {name: dns, port: 53, targetPort: 1053, protocol: UDP}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:coredns}
rules:
  - {apiGroups: [""], resources: [endpoints, services], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:coredns}
roleRef: {kind: ClusterRole, name: system:coredns}
subjects: [{kind: ServiceAccount, name: coredns, namespace: kube-system}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data: {stubDomains: '{"é": []}'}
binaryData: {x: AAAA}
`

async function clusterOf(files: Readonly<Record<string, string>>): Promise<{
  readonly cluster: ClusterObjects
  readonly units: readonly CorefileUnit[]
  readonly textAt: (place: FilePlace | null | undefined) => string
}> {
  const inputs = Object.entries(files).map(([path, text]) => ({ path, text }))
  const units = (await Promise.all(inputs.map(findUnits))).flatMap((found) => found.units)
  const textAt = (place: FilePlace | null | undefined) =>
    place ? (files[place.path] ?? '').slice(place.range.start, place.range.end) : ''
  return { cluster: await loadClusterObjects(inputs, units), units, textAt }
}

describe('a workload', () => {
  it('tells what it says of its pods, with the places', async () => {
    const { cluster, textAt } = await clusterOf({ 'd.yaml': `# DNS\n---\n${deployment}` })
    const [workload] = cluster.workloads
    expect(workload).toMatchObject({
      kind: 'Deployment',
      path: 'd.yaml',
      apiVersion: 'apps/v1',
      name: { value: 'coredns' },
      namespace: { value: 'kube-system' },
      replicas: { value: 2 },
      dnsPolicy: { value: 'Default' },
      hostNetwork: null,
      terminationGracePeriodSeconds: { value: 35 },
      serviceAccountName: { value: 'coredns' },
      initContainers: [],
    })
    expect(workload?.podLabels.get('k8s-app')?.value).toBe('kube-dns')
    const container = workload?.containers[0]
    expect(textAt(container?.image)).toBe('registry.k8s.io/coredns/coredns:v1.12.0')
    expect(container?.args.map(({ value }) => value)).toEqual(['-conf', '/etc/coredns/Corefile', '5'])
    expect([...(container?.env ?? [])].map(([name, stated]) => [name, stated?.value])).toEqual([
      ['UPSTREAM', '192.0.2.53'],
      ['NODE', undefined],
    ])
    expect(container?.ports).toMatchObject([
      { name: { value: 'dns' }, containerPort: { value: 53 }, protocol: 'UDP' },
      { containerPort: { value: 9153 }, protocol: 'TCP', hostPort: null },
    ])
    expect(container?.livenessProbe).toMatchObject({
      kind: 'httpGet',
      httpPath: { value: '/health' },
      port: { value: '8080' },
      periodSeconds: { value: 10 },
    })
    expect(textAt(container?.readinessProbe?.port)).toBe('ready')
    expect(container?.limits.get('memory')?.value).toBe('170Mi')
    expect(container?.requests.get('cpu')?.value).toBe('100m')
    expect(container?.volumeMounts).toMatchObject([{ name: 'config-volume', mountPath: { value: '/etc/coredns' } }])
    const [source] = workload?.volumes[0]?.configMaps ?? []
    expect([source?.name.value, source?.items?.get('Corefile')?.value]).toEqual(['coredns', 'Corefile'])
    expect(workload?.manifest.get('metadata')?.get('name')?.text).toBe('coredns')
  })

  it('is found in lists, in JSON, and as a Pod or CronJob', async () => {
    const pod = { containers: [{ image: 'coredns/coredns:1.11.1' }] }
    const list = {
      kind: 'List',
      items: [
        { kind: 'Pod', metadata: { name: 'a' }, spec: pod },
        { kind: 'CronJob', metadata: { name: 'b' }, spec: { jobTemplate: { spec: { template: { spec: pod } } } } },
      ],
    }
    const typed = { kind: 'DaemonSetList', items: [{ metadata: { name: 'c' }, spec: { template: { spec: pod } } }] }
    const { cluster } = await clusterOf({ 'l.json': JSON.stringify(list, null, 2), 't.json': JSON.stringify(typed) })
    expect(
      cluster.workloads.map(({ kind, name, containers }) => [kind, name?.value, containers[0]?.image?.value]),
    ).toEqual([
      ['DaemonSet', 'c', 'coredns/coredns:1.11.1'],
      ['Pod', 'a', 'coredns/coredns:1.11.1'],
      ['CronJob', 'b', 'coredns/coredns:1.11.1'],
    ])
  })

  it('is not there where the file is a template', async () => {
    const { cluster } = await clusterOf({
      'd.yaml': deployment.replace('2\n', '{{ .Values.replicas }}\n  {{- if x }}\n'),
    })
    expect(cluster.workloads).toEqual([])
  })

  it('may be made of aliases, which never make more of it than the file has characters', async () => {
    const anchors = `a: &a [${'x, '.repeat(50)}]\n`
    const nested = Array.from({ length: 50 }, () => '{name: x, args: *a}').join(', ')
    const text = `${anchors}kind: Pod\nspec:\n  containers: [${nested}]\n`
    const { cluster } = await clusterOf({ 'p.yaml': text })
    const read = cluster.workloads[0]?.containers.flatMap(({ args }) => args) ?? []
    expect(read.length).toBeGreaterThan(50)
    expect(read.length).toBeLessThan(text.length)
  })
})

describe('other objects', () => {
  it('tell what rules ask for', async () => {
    const { cluster, textAt } = await clusterOf({ 'o.yaml': others })
    const [service] = cluster.services
    expect(service?.clusterIps.map(({ value }) => value)).toEqual(['10.96.0.10', 'fd00::a'])
    expect(service).toMatchObject({
      type: 'ClusterIP',
      ports: [{ port: { value: 53 }, targetPort: { value: '1053' } }],
    })
    expect(textAt(service?.ports[0]?.targetPort)).toBe('1053')
    const [rule] = cluster.clusterRoles[0]?.rules ?? []
    expect(rule?.resources.map(({ value }) => value)).toEqual(['endpoints', 'services'])
    expect(textAt(rule?.verbs[1])).toBe('watch')
    expect(cluster.clusterRoleBindings).toMatchObject([
      { roleName: { value: 'system:coredns' }, subjects: [{ name: 'coredns', namespace: 'kube-system' }] },
    ])
    expect(cluster.objectsOf('ClusterRole').map(({ name }) => name?.value)).toEqual(['system:coredns'])
  })

  it('ConfigMaps are all there, once each, with their size in bytes', async () => {
    const { cluster, textAt } = await clusterOf({ 'cm.yaml': configMap(corefile), 'o.yaml': others })
    const [coredns, kubeDns] = cluster.configMaps
    expect(cluster.configMaps).toHaveLength(2)
    expect(coredns).toMatchObject({ name: 'coredns', namespace: 'kube-system', size: 8 + corefile.length })
    expect(textAt(coredns?.data.get('Corefile'))).toContain('whoami')
    // The key and its value, in which é has two bytes; x and AAAA.
    expect(kubeDns).toMatchObject({ name: 'kube-dns', size: 11 + 10 + 5 })
    expect(textAt(kubeDns?.data.get('stubDomains'))).toBe(`'{"é": []}'`)
  })
})

describe('what mounts the ConfigMap of a Corefile', () => {
  const inNamespace = (namespace: string) => deployment.replace('namespace: kube-system', `namespace: ${namespace}`)
  async function paths(files: Readonly<Record<string, string>>): Promise<string[][]> {
    const { cluster, units } = await clusterOf(files)
    return units.map((unit) => cluster.mountsOf(unit).map(({ workload }) => workload.path))
  }

  it('stands in the same file, in another one, above or below', async () => {
    expect(await paths({ 'a.yaml': `${configMap(corefile)}---\n${deployment}` })).toEqual([['a.yaml']])
    expect(await paths({ 'd.yaml': deployment, 'x/cm.yaml': configMap(corefile) })).toEqual([['d.yaml']])
    expect(await paths({ 'x/y/d.yaml': deployment, 'x/cm.yaml': configMap(corefile) })).toEqual([['x/y/d.yaml']])
  })

  it('is of the same name and namespace', async () => {
    expect(await paths({ 'cm.yaml': configMap(corefile), 'd.yaml': inNamespace('other') })).toEqual([[]])
    const renamed = deployment.replace('            name: coredns', '            name: other')
    expect(await paths({ 'cm.yaml': configMap(corefile), 'd.yaml': renamed })).toEqual([[]])
    const without = deployment.replace('  namespace: kube-system\n', '')
    expect(await paths({ 'cm.yaml': configMap(corefile), 'd.yaml': without })).toEqual([['d.yaml']])
  })

  it('is not that of another cluster', async () => {
    const files = {
      'a/cm.yaml': configMap(corefile),
      'a/d.yaml': deployment,
      'b/cm.yaml': configMap(corefile),
      'c/sub/cm.yaml': configMap(corefile),
      'c/d.yaml': deployment,
    }
    expect(await paths(files)).toEqual([['a/d.yaml'], [], ['c/d.yaml']])
  })

  it('may be a container with a projected volume', async () => {
    const projected = deployment.replace(
      /configMap:\n\s+name: coredns\n\s+items.*\n/,
      'projected: {sources: [{configMap: {name: coredns}}]}\n',
    )
    const { cluster, units } = await clusterOf({ 'cm.yaml': configMap(corefile), 'd.yaml': projected })
    const [mount] = cluster.mountsOf(units[0] as CorefileUnit)
    expect(mount).toMatchObject({ source: { items: null }, container: { name: { value: 'coredns' } } })
  })
})
