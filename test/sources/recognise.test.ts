import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/sources/recognise.ts'
import { corpusFiles, needsShared } from '../shared.ts'
import { placesIn } from './places.ts'

async function kinds(path: string, text: string): Promise<string[]> {
  return (await recognise([{ path, text }])).sources.map(({ kind }) => kind)
}

describe('a file', () => {
  it('is known by what it holds', async () => {
    expect(await kinds('a.conf', 'server=1.1.1.1\nno-resolv\n')).toEqual(['dnsmasq'])
    expect(await kinds('args.txt', '--no-resolv --server=1.1.1.1 -k\n')).toEqual(['dnsmasq'])
    expect(await kinds('start.sh', '#!/bin/sh\nset -e\nexec dnsmasq -k \\\n  --server=1.1.1.1\n')).toEqual(['dnsmasq'])
    expect(await kinds('run', '/usr/bin/dnsmasq-nanny -v=2 -- -k --port=53\n')).toEqual(['dnsmasq'])
    expect(await kinds('x', 'nameserver 1.1.1.1\nsearch a.b\n')).toEqual(['resolv-conf'])
    expect(await kinds('resolv.conf', '')).toEqual(['resolv-conf'])
    expect(await kinds('x', '10.0.0.1 a\n::1 b\n')).toEqual(['hosts-file'])
    expect(await kinds('hosts', '# nothing yet\n')).toEqual(['hosts-file'])
    expect(await kinds('Corefile', '.:53 {\n  whoami\n}\n')).toEqual(['corefile'])
    expect(await kinds('x', '.:53 {\n  whoami\n}\n')).toEqual(['corefile'])
    expect(await kinds('x', 'some words\n')).toEqual([])
    expect(await kinds('x', '')).toEqual([])
  })

  it('may hold several sources', async () => {
    const text = `kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  stubDomains: '{}'
---
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        whoami
    }
---
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        whoami
    }
---
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
---
kind: Pod
metadata: {name: p}
spec:
  hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]
  containers: [{name: c}]
`
    const { sources } = await recognise([{ path: 'all.yaml', text }])
    expect(sources.map((source) => [source.kind, source.kind === 'corefile' ? source.role : source.name])).toEqual([
      ['kube-dns-configmap', 'ConfigMap kube-system/kube-dns'],
      ['corefile', 'coredns'],
      ['corefile', 'node-local-dns'],
      ['config-map', 'ConfigMap settings'],
      ['workload', 'Pod p'],
    ])
  })

  it('that another one includes is a part of that', async () => {
    const { sources } = await recognise([
      { path: 'node/etc/dnsmasq.d/a.conf', text: 'server=1.1.1.1\nconf-file=/etc/dnsmasq.conf\n' },
      { path: 'node/etc/dnsmasq.conf', text: 'conf-dir=/etc/dnsmasq.d\nno-resolv\n' },
      { path: 'node/etc/hosts', text: '10.0.0.1 a\n' },
    ])
    expect(sources).toHaveLength(1)
    expect(sources).toMatchObject([{ kind: 'dnsmasq', problems: [], hostsFiles: [{ path: 'node/etc/hosts' }] }])
    expect(sources[0]?.kind === 'dnsmasq' && sources[0].options.map(({ name }) => name)).toEqual([
      'server',
      'conf-file',
      'conf-dir',
      'no-resolv',
    ])
  })

  it('in a directory such as dnsmasq.d belongs to the one configuration beside it', async () => {
    const { sources } = await recognise([
      { path: 'dnsmasq.d/b.conf', text: 'server=/b.test/10.0.0.2\n' },
      { path: 'dnsmasq.d/a.conf', text: 'server=/a.test/10.0.0.1\n' },
      { path: 'dnsmasq.conf', text: 'no-resolv\nno-hosts\n' },
    ])
    expect(sources).toMatchObject([{ kind: 'dnsmasq', path: 'dnsmasq.conf', problems: [] }])
    expect(sources[0]?.kind === 'dnsmasq' && sources[0].options.map(({ path }) => path)).toEqual([
      'dnsmasq.conf',
      'dnsmasq.conf',
      'dnsmasq.d/a.conf',
      'dnsmasq.d/b.conf',
    ])
  })

  it('in one directory of several machines stays by itself', async () => {
    const { sources } = await recognise([
      { path: 'one/dnsmasq.d/a.conf', text: 'server=/a.test/10.0.0.1\n' },
      { path: 'two/dnsmasq.d/a.conf', text: 'server=/a.test/10.0.0.2\n' },
    ])
    expect(sources.map(({ path }) => path)).toEqual(['one/dnsmasq.d/a.conf', 'two/dnsmasq.d/a.conf'])
  })

  it('of a ConfigMap that nobody mounts is a source by itself', async () => {
    const text = `kind: ConfigMap
metadata: {name: dns-hosts}
data:
  key: |
    10.0.0.1 a
  extra.conf: |
    local-ttl=5
  other: words
`
    const { sources } = await recognise([{ path: 'cm.yaml', text }])
    expect(sources.map(({ kind, name }) => [kind, name])).toEqual([
      ['config-map', 'ConfigMap dns-hosts'],
      ['hosts-file', 'ConfigMap dns-hosts key'],
      ['dnsmasq', 'ConfigMap dns-hosts extra.conf'],
    ])
  })

  it('is JSON as well', async () => {
    const text =
      '{"kind":"ConfigMap","metadata":{"name":"kube-dns"},"data":{"stubDomains":"{\\"a.test\\":[\\"10.0.0.1\\"]}"}}'
    const { sources } = await recognise([{ path: 'cm.json', text }])
    expect(sources).toMatchObject([{ asRunning: { stubDomains: [{ domain: { value: 'a.test' } }] } }])
  })

  it('that holds nothing is named', async () => {
    const { nothing } = await recognise([
      { path: 'a.yaml', text: 'a: b' },
      { path: 'b.tf', text: 'resource "x" "y" {}' },
    ])
    expect(nothing.map(({ path }) => path)).toEqual(['a.yaml', 'b.tf'])
    expect(nothing[1]?.why).toContain('Terraform')
  })
})

describe(`real files${needsShared}`, () => {
  /** What kinds of sources the files of a folder hold that are no sources by their nature. */
  const withoutSources = /transformtestfiles|container_images|gluster-healthz|exec-healthz_pod|regsync|\.tf\.tmpl$/

  for (const folder of ['kube-dns', 'dnsmasq', 'hostaliases', 'hosts']) {
    it(`of ${folder} are recognised, with places inside of them`, async () => {
      for (const { name, text } of corpusFiles(folder)) {
        const { sources } = await recognise([{ path: name, text }], { allPods: true })
        const kinds = new Set(sources.map(({ kind }) => kind))
        const wanted = {
          'kube-dns': /kube-dns|skydns|dnsmasq/,
          dnsmasq: /dnsmasq|kube-dns/,
          hostaliases: /workload/,
          hosts: /hosts-file/,
        }
        const isKnown = [...kinds].some((kind) => wanted[folder as keyof typeof wanted].test(kind))
        if (!withoutSources.test(name)) expect([name, isKnown]).toEqual([name, true])
        for (const { range } of placesIn(sources)) {
          expect(range.start >= 0 && range.start <= range.end && range.end <= text.length).toBe(true)
        }
      }
    })
  }

  it('with hostAliases have the aliases that are written in them', async () => {
    for (const { name, text } of corpusFiles('hostaliases')) {
      const { sources } = await recognise([{ path: name, text }])
      const aliases = sources.flatMap((source) =>
        source.kind === 'workload' ? (source.pod.hostAliases?.items ?? []) : [],
      )
      expect([name, aliases.length]).toEqual([name, text.match(/(?:^|\s)ip: /g)?.length])
      for (const { ip, hostnames } of aliases) {
        for (const word of ip ? [ip, ...hostnames] : hostnames) {
          expect(text.slice(word.range.start, word.range.end)).toBe(word.value)
        }
      }
    }
  })
})
