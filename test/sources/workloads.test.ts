import { describe, expect, it } from 'vitest'
import { documentsOf } from '../../src/sources/manifest.ts'
import { recognise } from '../../src/sources/recognise.ts'
import type { Workload } from '../../src/sources/workload.ts'
import { at } from './places.ts'

async function workloads(text: string, allPods = false): Promise<Workload[]> {
  const { sources } = await recognise([{ path: 'a.yaml', text }], { allPods })
  return sources.filter((source) => source.kind === 'workload')
}

async function workload(text: string): Promise<Workload> {
  const [found] = await workloads(text)
  if (!found) throw new Error('no workload')
  return found
}

function without(text: string, range: { start: number; end: number } | undefined): string {
  return range ? text.slice(0, range.start) + text.slice(range.end) : text
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      hostAliases: # of old
      - ip: "10.255.0.170"
        hostnames:
        - paas-nacos-register # one
        - paas-nacos-config
      # the second
      - hostnames: ["foo.remote", bar.remote]
        ip: 10.1.2.3
      # not of the aliases
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      hostname: web-0
      dnsConfig:
        nameservers: [10.0.0.9]
        searches:
        - a.example
        options:
        - {name: ndots, value: "2"}
      containers:
      - name: web
        image: nginx:1.27
        volumeMounts:
        - {name: hosts, mountPath: /etc/hosts, subPath: hosts}
      - name: other
        image: busybox
`

describe('hostAliases', () => {
  it('have every value with its place', async () => {
    const { pod, namespace, name, object } = await workload(deployment)
    expect([name, namespace, object.kind, pod.at]).toEqual([
      'Deployment shop/web',
      'shop',
      'Deployment',
      'spec.template.spec',
    ])
    const items = pod.hostAliases?.items ?? []
    expect(items.map(({ ip }) => at(deployment, ip?.range))).toEqual(['10.255.0.170', '10.1.2.3'])
    expect(items.map(({ hostnames }) => hostnames.map(({ range }) => at(deployment, range)))).toEqual([
      ['paas-nacos-register', 'paas-nacos-config'],
      ['foo.remote', 'bar.remote'],
    ])
    expect(pod).toMatchObject({
      hostNetwork: true,
      dnsPolicy: { value: 'ClusterFirstWithHostNet' },
      hostname: { value: 'web-0' },
      dnsConfig: {
        nameservers: [{ value: '10.0.0.9' }],
        searches: [{ value: 'a.example' }],
        options: [{ name: { value: 'ndots' }, value: { value: '2' } }],
      },
      isPartial: false,
    })
    expect(pod.containers.map(({ mountsHosts, image }) => [mountsHosts, image])).toEqual([
      [true, 'nginx:1.27'],
      [false, 'busybox'],
    ])
  })

  it('can be taken out of block style by whole lines', async () => {
    const { pod } = await workload(deployment)
    const all = without(deployment, pod.hostAliases?.removal)
    expect(all).toContain('    spec:\n      # not of the aliases\n      hostNetwork')
    const [first, second] = pod.hostAliases?.items ?? []
    expect(without(deployment, first?.removal)).toContain(
      'hostAliases: # of old\n      # the second\n      - hostnames',
    )
    expect(without(deployment, second?.removal)).toContain('      # the second\n      # not of the aliases\n')
    expect(without(deployment, first?.nameRemovals[0])).toContain('hostnames:\n        - paas-nacos-config')
    expect(without(deployment, second?.nameRemovals[0])).toContain('hostnames: [bar.remote]')
    expect(without(deployment, second?.nameRemovals[1])).toContain('hostnames: ["foo.remote"]')
  })

  it('can be taken out of flow style with their comma', async () => {
    const text =
      '{"kind": "Pod", "spec": {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["a"]}], "containers": [{"name": "c"}]}}'
    const { pod } = await workload(text)
    expect(JSON.parse(without(text, pod.hostAliases?.removal))).toEqual({
      kind: 'Pod',
      spec: { containers: [{ name: 'c' }] },
    })
    const last = '{"kind": "Pod", "spec": {"containers": [{"name": "c"}], "hostAliases": [{"ip": "10.0.0.1"}]}}'
    expect(JSON.parse(without(last, (await workload(last)).pod.hostAliases?.removal))).toEqual({
      kind: 'Pod',
      spec: { containers: [{ name: 'c' }] },
    })
  })

  it('are found in lists, several documents, and resources of others', async () => {
    const pod = 'containers: [{name: c}], hostAliases: [{ip: 10.0.0.1, hostnames: [x]}]'
    const text = `kind: List
items:
- kind: CronJob
  metadata: {name: a}
  spec: {jobTemplate: {spec: {template: {spec: {${pod}}}}}}
- kind: Widget
  metadata: {name: b}
  spec: {nodes: [{pod: {${pod}}}]}
---
kind: PodList
items: [{metadata: {name: c}, spec: {${pod}}}]
---
kind: ConfigMap
data: {a: "hostAliases"}
`
    const found = await workloads(text)
    expect(found.map(({ object, pod: { at: where } }) => [object.kind, object.name, where])).toEqual([
      ['CronJob', 'a', 'spec.jobTemplate.spec.template.spec'],
      ['Widget', 'b', 'spec.nodes[0].pod'],
      ['Pod', 'c', 'spec'],
    ])
  })

  it('of a template are known as far as it does not write them', async () => {
    const text = `kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  template:
    spec:
      {{- if .Values.x }}
      hostAliases:
      - ip: {{ .Values.ip }}
        hostnames:
        - "a.example"
        - {{ .Values.name }}.example
      {{- end }}
      containers:
      - name: c
`
    const { pod, notUnderstood, problems, object } = await workload(text)
    expect([pod.isPartial, object.name, problems.length]).toEqual([true, undefined, 1])
    expect(pod.hostAliases?.items.map(({ ip, hostnames }) => [ip, hostnames.map(({ value }) => value)])).toEqual([
      [undefined, ['a.example']],
    ])
    expect(notUnderstood.map(({ range }) => at(text, range))).toEqual([
      '{{ .Values.name }}.example',
      '{{ .Values.ip }}',
    ])
  })

  it('may stand in the values of a chart and in patches', async () => {
    const values = 'web:\n  image: nginx\n  hostAliases:\n  - ip: 10.0.0.1\n    hostnames: [a]\n'
    const [found] = await workloads(values)
    expect([found?.name, found?.pod.at, found?.object.kind]).toEqual(['a.yaml', 'web', undefined])
    const patch =
      'kind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]}}}\n'
    expect((await workload(patch)).pod.at).toBe('spec.template.spec')
  })

  it('that are not what Kubernetes takes are said', async () => {
    const text =
      'kind: Pod\nspec:\n  containers: [{name: c}]\n  hostAliases:\n  - {ip: 10.0.0.1, hostname: a, hostnames: b}\n'
    const { notUnderstood } = await workload(text)
    expect(notUnderstood.map(({ why }) => why)).toEqual(['hostAliases have no hostname', 'hostnames is a list'])
  })

  it('cost nothing where they are not', async () => {
    const text = 'kind: Pod\nspec:\n  containers: [{name: c}]\n'
    expect(await workloads(text)).toEqual([])
    expect(await workloads(text, true)).toHaveLength(1)
  })
})

describe('objects beside workloads', () => {
  it('are Services and Namespaces', async () => {
    const text = `kind: Service
metadata: {name: db, namespace: shop}
spec:
  clusterIP: None
  ports: [{name: sql, port: 5432}]
---
kind: Service
metadata: {name: ext}
spec: {type: ExternalName, externalName: db.example.org}
---
kind: Namespace
metadata: {name: shop}
`
    const { sources } = await recognise([{ path: 'a.yaml', text }])
    expect(sources).toMatchObject([
      { kind: 'service', namespace: 'shop', isHeadless: true, ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }] },
      { kind: 'service', namespace: 'default', externalName: { value: 'db.example.org' } },
      { kind: 'namespace', object: { name: 'shop' } },
    ])
  })
})

describe('documents', () => {
  it('are told apart by their markers', () => {
    expect(documentsOf('a\n---\nb\n--- # c\n---d\n').map(({ start, end }) => end - start)).toEqual([2, 6, 13])
  })
})
