import { describe, expect, it } from 'vitest'
import { migrate } from '../../src/migrate/migrate.ts'
import { prove } from '../../src/migrate/proof.ts'
import { recognise } from '../../src/sources/recognise.ts'

async function result(text: string, reading: 'running' | 'intended' | null = null) {
  const { sources } = await recognise([{ path: 'a.yaml', text }])
  const migration = migrate(sources, {
    release: '1.11.3',
    into: null,
    clusterDomain: 'cluster.local',
    reverseCidrs: [],
    dnsmasqVersion: null,
    reading,
    accept: new Set(),
    textOf: () => text,
  })
  const proof = prove(migration, { release: '1.11.3' })
  expect(proof.verdict.kind).not.toBe('refused')
  const lines = migration.corefile.split('\n')
  const lost = migration.items.filter(({ fidelity }) => fidelity === 'untranslatable')
  return {
    corefile: migration.corefile,
    proof,
    codes: migration.conflicts.map(({ code }) => code),
    lost: lost.map(({ source, note }) => `${source.text}: ${note}`),
    lineOf: new Map(
      migration.items.map((item) => [item.source.text, lines[(migration.lineOf.get(item) ?? 0) - 1]?.trim()]),
    ),
  }
}

const kubespray = `cluster_name: k8s.corp
upstream_dns_servers: [192.0.2.53, 192.0.2.54]
dns_upstream_forward_extra_opts: {policy: sequential, max_fails: 3, bogus: 1}
coredns_external_zones:
- zones: [example.com, "example.io:1053"]
  nameservers: [1.1.1.1, 2.2.2.2]
  cache: 5
- zones: ["https://mycompany.local:4453"]
  nameservers: [192.168.0.53]
- zones: [mydomain.tld]
  nameservers: [10.233.0.3]
  cache: 0
  rewrite:
  - name stop website.tld website.namespace.svc.cluster.local
  - name mydomain.tld web.default.svc.cluster.local
nodelocaldns_external_zones:
- zones: [example.com, other.example]
  nameservers: [1.1.1.1]
coredns_default_zone_cache_block: |
  cache 3600 {
    success 3000
    prefetch 10 1m
  }
coredns_additional_configs: |
  log
  health
coredns_kubernetes_extra_opts: [pods verified, namespaces a b]
old_dns_domains: [old.corp]
dns_etchosts: |
  192.168.0.100 api.example.com
`

describe('settings of kubespray', () => {
  it('become server blocks with what else stands in their zones', async () => {
    const { corefile } = await result(kubespray)
    expect(corefile).toContain('forward . 1.1.1.1 2.2.2.2\n    cache 5\n}')
    expect(corefile).toContain('    rewrite name mydomain.tld web.default.svc.cluster.local\n')
    expect(corefile).toContain('    cache 3600 {\n        success 3000\n        prefetch 10 1m\n    }\n')
    expect(corefile.match(/^ {4}cache /gm)).toHaveLength(4)
    expect(corefile).toContain('    rewrite name suffix old.corp k8s.corp answer auto\n    kubernetes k8s.corp ')
    expect(corefile).toContain('        namespaces a b\n        pods insecure\n')
    expect(corefile).toContain('forward . 192.0.2.53 192.0.2.54 {\n        policy sequential\n        max_fails 3\n')
    expect(corefile).toContain('other.example:53 {\n    errors\n    forward . 1.1.1.1\n')
  })

  it('say what cannot be in the result, each with why, and where everything else is', async () => {
    const { lost, lineOf } = await result(kubespray)
    expect(lost).toEqual([
      'example.io:1053: a server on port 1053 is not asked by pods: write the block by hand',
      'https://mycompany.local:4453: a server block for https needs a certificate (tls): write it by hand',
      'cache: 0: CoreDNS does not start with cache 0: the seconds of the other blocks are taken',
      'name stop website.tld website.namespace.svc.cluster.local: CoreDNS 1.11.3 does not start with it',
      'example.com: NodeLocal DNSCache asks servers of its own for it, CoreDNS those of coredns_external_zones: these count',
      'bogus 1: it is no property of forward that is known here',
      'pods verified: kubernetes of the result has it already: change it there',
      'coredns_additional_configs: health of the result would be there twice: put the lines together by hand',
    ])
    expect(lineOf.get('max_fails 3')).toMatch(/^forward \. 192/)
    expect(lineOf.get('cache: 5')).toBe('cache 5')
    expect(lineOf.get('namespaces a b')).toMatch(/^kubernetes k8s\.corp /)
  })

  it('are held against the Corefile of its template', async () => {
    const { proof } = await result(
      kubespray.replace('  - name stop website.tld website.namespace.svc.cluster.local\n', ''),
    )
    expect(proof.comparison?.probes).toBeGreaterThan(200)
    expect(proof.comparison?.undeclared).toEqual([])
  })
})

describe('settings of other distributions', () => {
  it('of RKE1 are what CoreDNS reads of them, or what was meant, when somebody says so', async () => {
    const text =
      'dns:\n  provider: coredns\n  reversecidrs: [10.0.0.0/8]\n  upstreamnameservers: [1.1.1.1]\n  stubdomains: {acme.local: [10.0.0.1]}\n'
    const undecided = await result(text)
    expect(undecided.codes).toEqual(['reverse-cidrs-not-read', 'stub-domains-not-read'])
    const running = await result(text, 'running')
    expect(running.corefile).toContain('kubernetes cluster.local {')
    expect(running.corefile).not.toContain('acme.local')
    const intended = await result(text, 'intended')
    expect(intended.corefile).toContain('kubernetes cluster.local 10.0.0.0/8 {')
    expect(intended.corefile).toContain('acme.local:53 {\n    errors\n    forward . 10.0.0.1\n')
    for (const { codes, proof } of [running, intended]) {
      expect(codes).toEqual([])
      expect(proof.comparison?.undeclared).toEqual([])
    }
  })

  it('of kops are held against its Corefile', async () => {
    const { corefile, proof, lost } = await result(`apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: {name: c}
spec:
  clusterDNSDomain: k8s.corp
  kubeDNS: {upstreamNameservers: [8.8.8.8], serverIP: 100.64.0.10}
`)
    expect(corefile).toContain('kubernetes k8s.corp in-addr.arpa ip6.arpa {')
    expect(lost).toEqual(['serverIP: the address of the Service: give it with --cluster-dns-ip'])
    expect(proof.comparison?.probes).toBeGreaterThan(100)
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('without servers for all names ask the resolver of the node', async () => {
    const { corefile } = await result('dns:\n  provider: kube-dns\n  stubdomains: {acme.local: [10.0.0.1]}\n')
    expect(corefile).toContain('forward . /etc/resolv.conf\n')
    expect(corefile).toContain('acme.local:53 {\n    errors\n    forward . 10.0.0.1\n')
  })

  it('that install kube-dns are held against that', async () => {
    const { proof, codes } = await result(
      'dns:\n  provider: kube-dns\n  upstreamnameservers: [1.1.1.1]\n  stubdomains: {acme.local: [10.0.0.1]}\n',
    )
    expect(codes).toEqual([])
    expect(proof.comparison?.declared.map(({ code }) => code)).toContain('D-K8S')
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('of ACK ask over TCP where they say so', async () => {
    const { corefile } = await result(`apiVersion: networking.alibabacloud.com/v1beta1
kind: CustomDNSConfig
metadata: {name: default}
spec:
  zones:
  - name: example.com.
    forward: {protocolStrategy: tcp, upstreams: [10.0.0.1]}
  - forward: {protocolStrategy: tcp, upstreams: [10.0.0.3]}
`)
    expect(corefile).toContain('forward . 10.0.0.3 {\n        force_tcp\n    }\n')
    expect(corefile).toContain('example.com:53 {\n    errors\n    forward . 10.0.0.1 {\n        force_tcp\n    }\n')
  })

  it('of OpenShift are held against what its operator writes', async () => {
    const { corefile, proof, lost } = await result(`apiVersion: operator.openshift.io/v1
kind: DNS
metadata: {name: default}
spec:
  cache: {negativeTTL: 10s}
  servers:
  - name: corp
    zones: [corp.example, b.example]
    forwardPlugin: {policy: RoundRobin, upstreams: [10.0.0.1, "10.0.0.2:5353"]}
  upstreamResolvers:
    upstreams:
    - {type: Network, address: 192.0.2.53}
    - {type: SystemResolvConf}
`)
    expect(lost).toEqual([])
    expect(corefile).toContain('forward . 192.0.2.53 /etc/resolv.conf {\n        policy sequential\n    }\n')
    expect(corefile).toContain('cache 900 {\n        denial 9984 10\n    }\n')
    expect(proof.comparison?.probes).toBeGreaterThan(100)
    expect(proof.comparison?.undeclared).toEqual([])
  })
})
