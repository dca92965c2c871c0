import { describe, expect, it } from 'vitest'
import { migrate } from '../../../src/migrate/migrate.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import { hasAliases } from '../../../src/sources/workload.ts'
import { corefileSource } from '../../conformance/migrate/translated.ts'

const coredns = '. {\n    forward . 192.0.2.53\n}\n'

async function migrated(files: Readonly<Record<string, string>>, into: string | null = coredns) {
  const { sources } = await recognise(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { allPods: true },
  )
  return migrate(
    sources.filter((source) => source.kind !== 'workload' || hasAliases(source)),
    {
      release: '1.15.0',
      into: into === null ? null : corefileSource(into),
      clusterDomain: 'cluster.local',
      reverseCidrs: [],
      dnsmasqVersion: null,
      reading: null,
      accept: new Set(),
      textOf: (path) => files[path] ?? '',
    },
  )
}

const pod = (names: string, more = '', metadata = '{name: a, namespace: shop}') => `apiVersion: v1
kind: Pod
metadata: ${metadata}
spec:
  hostAliases:
  - {ip: 10.9.9.9, hostnames: [${names}]}
${more}  containers:
  - {name: app, image: "app:1"}
`
const wholeCluster = `apiVersion: v1
kind: List
items:
- {kind: Service, metadata: {name: kubernetes, namespace: default}, spec: {clusterIP: 10.96.0.1}}
- {kind: Service, metadata: {name: db, namespace: remote}, spec: {clusterIP: 10.96.0.2}}
- {kind: Namespace, metadata: {name: kube-system}}
- {kind: Namespace, metadata: {name: redis}}
`

async function noteOf(text: string, other = ''): Promise<string> {
  const { items } = await migrated({ 'a.yaml': text, 'b.yaml': other })
  return [...new Set(items.map(({ note }) => note))].join('; ')
}

async function checkOf(text: string, other = ''): Promise<string | null> {
  const { items } = await migrated({ 'a.yaml': text, 'b.yaml': other })
  return items.map(({ check }) => check).join('; ') || null
}

describe('the file of hosts of a pod', () => {
  it.each([
    ['dnsPolicy Default', '  dnsPolicy: Default\n', 'ask the DNS of the node'],
    ['dnsPolicy None', '  dnsPolicy: None\n', 'ask the servers of their dnsConfig'],
    ['the network of the node', '  hostNetwork: true\n', 'in the network of the node'],
    [
      'processes of Windows',
      '  securityContext: {windowsOptions: {hostProcess: true}}\n',
      'processes of a Windows machine',
    ],
    ['its own host name', '  hostname: db.corp.internal\n', 'the host name of the pod itself'],
  ])('stays with %s', async (_, more, why) => {
    expect(await noteOf(pod('db.corp.internal', more))).toContain(`stays an alias: `)
    expect(await noteOf(pod('db.corp.internal', more))).toContain(why)
  })

  it.each([
    ['ClusterFirstWithHostNet', '  hostNetwork: true\n  dnsPolicy: ClusterFirstWithHostNet\n'],
    ['ClusterFirst', '  dnsPolicy: ClusterFirst\n'],
  ])('moves with dnsPolicy %s', async (_, more) => {
    expect(await noteOf(pod('db.corp.internal', more))).toContain('every pod now finds it')
  })

  it('means nothing where every container has a file of its own in its place', async () => {
    const mounted = pod('db.corp.internal').replace(
      'image: "app:1"',
      'volumeMounts: [{name: h, mountPath: /etc/hosts}]',
    )
    expect(await noteOf(mounted)).toContain('mount a file of their own at /etc/hosts')
    const one = `${mounted}  - {name: other, image: "other:1"}\n`
    expect(await noteOf(one)).toContain('every pod now finds it')
    const windows = pod('db.corp.internal').replace(
      'image: "app:1"',
      'securityContext: {windowsOptions: {hostProcess: true}}',
    )
    expect(await noteOf(windows)).toContain('processes of a Windows machine')
  })

  it('stays where CoreDNS itself would need what it serves', async () => {
    const own = pod('db.corp.internal').replace('app:1', 'registry.k8s.io/coredns/coredns:v1.11.1')
    expect(await noteOf(own)).toContain('CoreDNS itself may need it')
  })

  it.each([
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['010.1.2.9', 'leading zero'],
  ])('keeps %s', async (ip, why) => {
    expect(await noteOf(pod('db.corp.internal').replace('10.9.9.9', `"${ip}"`))).toContain(why)
  })

  it('is read with final dots, names that stand twice and items without names', async () => {
    const { corefile, items } = await migrated({
      'a.yaml': pod('db.corp.internal., db.corp.internal', '  - {ip: 10.9.9.8, hostnames: []}\n'),
    })
    expect(corefile).toContain('        10.9.9.9 db.corp.internal\n        ttl')
    expect(items.map(({ note }) => note).sort()).toEqual([
      expect.stringContaining('every pod now finds it'),
      expect.stringContaining('every pod now finds it'),
      'it has no names: nothing to move',
    ])
  })
})

describe('the search list of a pod', () => {
  it.each([
    ['db.corp', 'no Service corp in namespace shop; no Service db in namespace corp'],
    ['cache', 'no Service cache in namespace shop; no namespace cache (musl)'],
    ['db.corp.internal', 'no Service corp in namespace internal'],
    ['a.b.svc', 'no Service a in namespace b'],
    ['a.b.c.d.e.f', null],
  ])('finds something else for %s, as long as nobody says what there is', async (name, condition) => {
    const check = await checkOf(pod(name))
    if (condition === null) expect(check).toBeNull()
    else expect(check).toContain(condition)
    expect(await checkOf(pod(name), wholeCluster)).toBeNull()
  })

  it.each([
    ['db.remote', 'finds the Service db in namespace remote first'],
    ['db.remote.svc', 'finds the Service db in namespace remote first'],
    ['redis', 'there is a namespace redis'],
    ['redis.svc', 'there is a namespace redis'],
    ['svc', 'exists without an address, at which musl stops looking'],
    ['pod', 'exists without an address, at which musl stops looking'],
    ['a.b.pod', 'makes a name of the cluster of it'],
    ['x.svc.cluster.local', "lies in the cluster's own domain"],
  ])('keeps %s', async (name, why) => {
    expect(await noteOf(pod(name), wholeCluster)).toContain(why)
  })

  it('depends on the namespace, which a file need not say', async () => {
    expect(await checkOf(pod('cache', '', '{name: a}'), wholeCluster)).toContain('which its file does not say')
  })

  it('may be longer, and tried later', async () => {
    const longer = pod('db.corp.internal', '  dnsConfig: {searches: [corp.test]}\n')
    expect(await checkOf(longer, wholeCluster)).toBe('nothing answers db.corp.internal.corp.test')
    const later = pod('db.corp', '  dnsConfig: {options: [{name: ndots, value: "1"}]}\n')
    expect(await checkOf(later)).toBeNull()
  })

  it('does not matter where NodeLocal DNSCache answers and has the names not', async () => {
    const cache = `apiVersion: v1
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        forward . __PILLAR__UPSTREAM__SERVERS__
    }
`
    expect(await checkOf(pod('a.b.c.d.e.f'), cache)).toBe(
      'NodeLocal DNSCache has the name as well, or asks CoreDNS for it',
    )
  })
})

describe('the block that owns a name', () => {
  it('is asked about where blocks with a view take clients before it', async () => {
    const views = '. {\n    view team {\n        expr true\n    }\n    forward . 192.0.2.1\n}\n'
    const { conflicts, corefile } = await migrated({ 'a.yaml': pod('db.corp.internal') }, `${views}${coredns}`)
    expect(conflicts.map(({ code, places }) => [code, places.map(({ range }) => range.start)])).toEqual([
      ['views-come-first', [2]],
    ])
    expect(corefile).toContain('10.9.9.9 db.corp.internal')
    const elsewhere = await migrated(
      { 'a.yaml': pod('db.corp.internal') },
      `${views.replace('. {', 'other.test {')}${coredns}`,
    )
    expect(elsewhere.conflicts).toEqual([])
  })
})

describe('where aliases are looked for', () => {
  const inner = 'hostAliases: [{ip: 10.9.9.9, hostnames: [db.corp.internal]}], containers: [{name: c, image: d}]'
  it.each([
    ['Deployment', `kind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {${inner}}}}\n`],
    ['CronJob', `kind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: {${inner}}}}}}\n`],
    ['PodTemplate', `kind: PodTemplate\nmetadata: {name: a}\ntemplate: {spec: {${inner}}}\n`],
    ['a resource of an operator', `kind: Kafka\nmetadata: {name: a}\nspec: {nodes: [{pod: {${inner}}}]}\n`],
    ['List', `kind: List\nitems:\n- kind: Pod\n  metadata: {name: a}\n  spec: {${inner}}\n`],
    [
      'JSON',
      `{"kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostAliases": [{"ip": "10.9.9.9", "hostnames": ["db.corp.internal"]}], "containers": [{"name": "c"}]}}`,
    ],
    [
      'what kustomize and Helm print',
      `# Source: app/templates/a.yaml\nkind: Pod\nmetadata: {name: a}\nspec: {${inner}}\n---\nkind: Service\nmetadata: {name: b}\n`,
    ],
    [
      'a text with ends of lines as in Windows',
      `kind: Pod\r\nmetadata: {name: a}\r\nspec:\r\n  hostAliases:\r\n  - ip: 10.9.9.9\r\n    hostnames:\r\n    - db.corp.internal\r\n  containers:\r\n  - name: c\r\n`,
    ],
  ])('is %s', async (_, text) => {
    const { corefile } = await migrated({ 'a.yaml': text })
    expect(corefile).toContain('10.9.9.9 db.corp.internal\n')
  })

  it('is no template that was not rendered', async () => {
    const { items, corefile } = await migrated({
      'a.yaml':
        'kind: Deployment\nspec:\n  template:\n    spec:\n      hostAliases: {{ toYaml .Values.hostAliases | nindent 8 }}\n      containers:\n      - name: a\n',
    })
    expect([items.map(({ fidelity, note }) => [fidelity, note]), corefile]).toEqual([
      [['untranslatable', expect.stringContaining('a template writes it')]],
      coredns,
    ])
  })
})
