import { describe, expect, it } from 'vitest'
import type { KubeDnsDeployment } from '../../src/sources/kube-dns.ts'
import { dnsmasqOfImage } from '../../src/sources/kube-dns-deployment.ts'
import { recognise } from '../../src/sources/recognise.ts'
import type { Source } from '../../src/sources/source.ts'
import { at } from './places.ts'

const nanny = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  template:
    spec:
      dnsPolicy: Default
      containers:
      - name: kubedns
        image: registry.example/k8s-dns-kube-dns:1.14.13
        args:
        - --domain=k8s.corp.
        - --dns-port=10053
        - --config-dir=/kube-dns-config
        - --nameservers=192.0.2.53:53,192.0.2.54
        - --no-such-flag
      - name: dnsmasq
        image: registry.example/k8s-dns-dnsmasq-nanny-amd64:1.14.13
        env:
        - name: SIZE
          value: "1000"
        args:
        - -v=2
        - -restartDnsmasq=true
        - --
        - -k
        - --cache-size=$(SIZE)
        - --server
        - /k8s.corp/127.0.0.1#10053
        - --server=/$(OTHER)/127.0.0.1#10053
      - name: sidecar
        image: registry.example/k8s-dns-sidecar:1.14.13
        args: ["--probe=kubedns,127.0.0.1:10053,x,5,SRV"]
`

async function sourcesOf(...texts: string[]): Promise<readonly Source[]> {
  const files = texts.map((text, index) => ({ path: `${index}.yaml`, text }))
  return (await recognise(files)).sources
}

async function deployment(...texts: string[]): Promise<KubeDnsDeployment> {
  const found = (await sourcesOf(...texts)).find(({ kind }) => kind === 'kube-dns-deployment')
  if (found?.kind !== 'kube-dns-deployment') throw new Error('no kube-dns')
  return found
}

describe('a Deployment of kube-dns', () => {
  it('has the flags of its programs, and the options behind --', async () => {
    const read = await deployment(nanny)
    expect(read).toMatchObject({
      generation: 'nanny',
      restartsDnsmasq: true,
      dnsmasqVersion: { version: '2.78', from: 'image' },
      pod: { dnsPolicy: { value: 'Default' } },
    })
    expect(read.containers.map(({ role }) => role)).toEqual(['kubedns', 'nanny', 'sidecar'])
    expect(at(nanny, read.kubedns.domain?.range)).toBe('k8s.corp')
    expect(read.kubedns.dnsPort?.value).toBe(10053)
    expect(read.kubedns.nameservers.map(({ range }) => at(nanny, range))).toEqual(['192.0.2.53:53', '192.0.2.54'])
    const options = read.dnsmasq?.options ?? []
    expect(options.map(({ name }) => name)).toEqual(['keep-in-foreground', 'cache-size', 'server', 'server'])
    expect(options[1]?.value).toMatchObject({ number: { value: 1000 } })
    expect(at(nanny, options[2]?.argument?.range)).toBe('/k8s.corp/127.0.0.1#10053')
    expect(options[3]?.unresolved).toEqual(['OTHER'])
    expect(read.notUnderstood.map(({ why }) => why)).toEqual([
      'kubedns has no such flag',
      'the value of OTHER is not known',
    ])
    expect(read.problems.map(({ message }) => message)).toEqual([
      'kubedns ignores --nameservers where --config-dir is set',
    ])
  })

  it('may give its options to a shell', async () => {
    const text = nanny.replace(
      /args:\n {8}- -v=2[\s\S]*?(?= {6}- name: sidecar)/,
      `command:\n        - /bin/sh\n        - -c\n        - "/usr/bin/dnsmasq-nanny -v=2 -- -k --server '/a.b/10.0.0.1' -R"\n`,
    )
    const { dnsmasq, generation } = await deployment(text)
    expect(generation).toBe('nanny')
    expect(dnsmasq?.options.map(({ name }) => name)).toEqual(['keep-in-foreground', 'server', 'no-resolv'])
    expect(at(text, dnsmasq?.options[1]?.argument?.range)).toBe('/a.b/10.0.0.1')
  })

  it('of Kubernetes 1.5 has dnsmasq alone, with files from ConfigMaps', async () => {
    const text = `kind: Deployment
metadata: {name: kube-dns, namespace: kube-system}
spec:
  template:
    spec:
      containers:
      - name: kubedns
        image: gcr.example/kubedns-amd64:1.9
        args: [--domain=cluster.local., --dns-port=10053]
      - name: dnsmasq
        image: gcr.example/kube-dnsmasq-amd64:1.4
        args: [--cache-size=1000, --no-resolv, "--server=127.0.0.1#10053", --addn-hosts=/dns/key, --conf-dir=/conf]
        volumeMounts:
        - {name: hosts, mountPath: /dns}
        - {name: conf, mountPath: /conf/}
      volumes:
      - name: hosts
        configMap: {name: dns-hosts}
      - name: conf
        configMap: {name: dns-conf, items: [{key: extra, path: extra.conf}]}
`
    const maps = `kind: ConfigMap
metadata: {name: dns-hosts, namespace: kube-system}
data:
  key: |
    192.168.1.11 hadoop-nn hadoop-nn.corp
---
kind: ConfigMap
metadata: {name: dns-conf, namespace: kube-system}
data:
  extra: "local-ttl=30"
  unused: "local-ttl=31"
`
    const { dnsmasq, generation, dnsmasqVersion } = await deployment(text, maps)
    expect([generation, dnsmasqVersion?.version]).toEqual(['dnsmasq', '2.76'])
    expect(dnsmasq?.options.map(({ name, path }) => [name, path]).at(-1)).toEqual(['local-ttl', '1.yaml'])
    const [hosts] = dnsmasq?.hostsFiles ?? []
    expect(hosts?.path).toBe('1.yaml')
    expect(hosts?.lines[0]?.names.map(({ range }) => at(maps, range))).toEqual(['hadoop-nn', 'hadoop-nn.corp'])
    expect(dnsmasq?.problems).toEqual([])
    const alone = await deployment(text)
    expect(alone.problems.map(({ message }) => message)).toEqual([
      '/conf is not there: what its files set is missing',
      '/dns/key is not there: its records are missing',
    ])
  })

  it('is known by its names where the images are placeholders', async () => {
    const text = nanny.replaceAll(/image: .*/g, 'image: <img>').replace('--domain=k8s.corp.', '--domain=<domain>.')
    const read = await deployment(text)
    expect(read.containers.map(({ role }) => role)).toEqual(['kubedns', 'nanny', 'sidecar'])
    expect(read.kubedns.domain).toBeUndefined()
    expect(read.dnsmasqVersion).toMatchObject({ version: '2.90', from: 'assumed' })
    expect(read.notUnderstood.map(({ why }) => why)).toContain('the value of <domain> is not known')
  })

  it('says by its image what is taken of the ConfigMap, wherever that is', async () => {
    const map = `kind: ConfigMap\nmetadata: {name: kube-dns}\ndata:\n  stubDomains: '{"a": ["2001:db8::1"]}'\n`
    const refusals = async (...texts: string[]) =>
      (await sourcesOf(...texts)).flatMap((one) => (one.kind === 'kube-dns-configmap' ? one.refusals : [])).length
    expect(await refusals(map)).toBe(0)
    expect(await refusals(map, nanny)).toBe(1)
    expect(await refusals(nanny, map)).toBe(1)
    expect(await refusals(map, nanny.replaceAll('1.14.13', '1.22.28'))).toBe(0)
  })

  it('is a dnsmasq by itself without kubedns', async () => {
    const text = `kind: Pod
metadata: {name: dns}
spec:
  containers:
  - name: main
    image: example/dnsmasq:2.86-r0
    args: [--address=/a/10.0.0.1]
`
    const [found] = await sourcesOf(text)
    expect(found).toMatchObject({
      kind: 'dnsmasq',
      version: { version: '2.86', from: 'image' },
      options: [{ name: 'address' }],
    })
  })
})

describe('an image', () => {
  it('has the dnsmasq that its tag was built with', () => {
    const versions = (repository: string, ...tags: string[]) =>
      tags.map((tag) => dnsmasqOfImage(`${repository}:${tag}`))
    expect(
      versions(
        'gcr.io/k8s-dns-dnsmasq-nanny',
        '1.14.4',
        '1.14.5',
        '1.17.0',
        '1.17.4',
        '1.18.0',
        '1.22.0',
        '1.22.12',
        '1.22.13',
        '1.22.28-gke.1',
        '1.23.0',
        '1.26.7@sha256:00',
        'latest',
      ),
    ).toEqual(['2.76', '2.78', '2.83', '2.78', '2.85', '2.85', '2.86', '2.87', '2.88', '2.90', '2.90', undefined])
    expect(dnsmasqOfImage('a.example:5000/kube-dnsmasq-amd64:1.3')).toBe('2.76')
    expect(dnsmasqOfImage('example/dnsmasq:v2.90')).toBe('2.90')
    expect(dnsmasqOfImage('example/dnsmasq')).toBeUndefined()
    expect(dnsmasqOfImage('k8s-dns-dnsmasq-nanny:{{ tag }}')).toBeUndefined()
  })
})
