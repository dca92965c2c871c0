import { describe, expect, it } from 'vitest'
import type { DistributionSettings } from '../../src/sources/distribution.ts'
import { recognise } from '../../src/sources/recognise.ts'
import { at } from './places.ts'

async function settings(text: string): Promise<DistributionSettings> {
  const { sources } = await recognise([{ path: 'a.yaml', text }])
  const [found] = sources
  if (found?.kind !== 'distribution') throw new Error(`${found?.kind}`)
  return found
}

function zones(text: string, { zones: all }: DistributionSettings): unknown[] {
  return all.map((zone) => [
    zone.zones.map(({ range }) => at(text, range)),
    zone.servers.map((server) => at(text, server.at.range)),
  ])
}

describe('settings of a distribution', () => {
  it('are the DNS of the operator of OpenShift', async () => {
    const text = `apiVersion: operator.openshift.io/v1
kind: DNS
metadata: {name: default}
spec:
  logLevel: Debug
  cache: {positiveTTL: 1h}
  servers:
  - name: corp
    zones: [corp.example, b.example]
    forwardPlugin:
      policy: Random
      protocolStrategy: TCP
      transportConfig:
        transport: TLS
        tls: {serverName: dns.corp.example, caBundle: {name: ca}}
      upstreams: [1.1.1.1, "2.2.2.2:5353"]
  upstreamResolvers:
    policy: Sequential
    upstreams:
    - type: SystemResolvConf
    - {type: Network, address: 1.2.3.4, port: 5353}
    - {type: Network, address: "2001:db8::1", port: 54}
`
    const read = await settings(text)
    expect(read.system).toBe('openshift')
    expect(zones(text, read)).toEqual([
      [
        ['corp.example', 'b.example'],
        ['1.1.1.1', '2.2.2.2:5353'],
      ],
    ])
    expect(read.zones[0]).toMatchObject({
      policy: { value: 'random' },
      forcesTcp: true,
      servers: [{ protocol: 'tls', serverName: 'dns.corp.example' }, {}],
    })
    expect(read.upstreamPolicy?.value).toBe('sequential')
    expect(read.upstreams.map(({ written }) => written)).toEqual([
      '/etc/resolv.conf',
      '1.2.3.4:5353',
      '[2001:db8::1]:54',
    ])
    expect(read.cache).toMatchObject({ positive: 3600, negative: 30, from: [{ value: '1h' }] })
    expect(read.directives.map((lines) => lines.text)).toEqual(['log . {\n    class denial error\n}'])
    expect(read.notUnderstood.map(({ text: what }) => what)).toEqual(['ca'])
  })

  it('have the defaults of the API server: port 53 over TLS too, resolvers in sequence', async () => {
    const read = await settings(`apiVersion: operator.openshift.io/v1
kind: DNS
metadata: {name: default}
spec:
  managementState: Unmanaged
  servers: []
  cach: {}
  upstreamResolvers:
    transportConfig: {transport: TLS, tls: {serverName: dns.example}}
    upstreams:
    - {type: Network, address: 1.2.3.4, prot: 53}
`)
    expect(read.upstreams.map(({ written, protocol, serverName }) => [written, protocol, serverName])).toEqual([
      ['1.2.3.4:53', 'tls', 'dns.example'],
    ])
    expect(read.upstreamPolicy?.value).toBe('sequential')
    expect(read.notUnderstood.map(({ text, why }) => [text, why])).toEqual([
      ['cach', 'no field is called so'],
      ['prot', 'no field is called so'],
    ])
    expect(read.problems.map(({ message }) => message)).toEqual([
      'the operator leaves its Corefile alone (managementState Unmanaged)',
    ])
  })

  it('are kubeDNS of a kops cluster', async () => {
    const text = `apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: {name: c}
spec:
  clusterDNSDomain: k8s.corp
  kubeDNS:
    provider: CoreDNS
    externalCoreFile: ""
    upstreamNameservers: [8.8.8.8]
    stubDomains:
      acme.local: [10.0.0.1, 10.0.0.2]
`
    const read = await settings(text)
    expect([read.system, read.clusterDomain?.value, read.upstreams[0]?.written]).toEqual([
      'kops',
      'k8s.corp',
      '8.8.8.8',
    ])
    expect(zones(text, read)).toEqual([[['acme.local'], ['10.0.0.1', '10.0.0.2']]])
    expect(read.zones[0]?.readBy).toBe('nobody')
    expect(read.notUnderstood).toEqual([])
  })

  it('of kops give stub domains to kube-dns alone, and way to a whole Corefile', async () => {
    const cluster = (kubeDns: string) => `apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: {name: c}
spec:
  kubeDNS:
${kubeDns}
`
    const stub = '    stubDomains: {acme.local: [10.0.0.1]}\n    upstreamNameservers: [8.8.8.8]'
    const old = await settings(cluster(`    provider: KubeDNS\n    cacheMaxSize: 1000\n${stub}`))
    expect([old.zones[0]?.readBy, old.notUnderstood.map(({ text }) => text)]).toEqual(['coredns', ['cacheMaxSize']])
    const nodeLocal = '    nodeLocalDNS: {enabled: true, forwardToKubeDNS: true, cpuRequest: 5m}'
    const whole = await settings(
      cluster(
        `    serverIP: 100.64.0.10\n    externalCoreFile: |\n      . {\n        errors\n      }\n${stub}\n${nodeLocal}`,
      ),
    )
    expect([whole.program, whole.zones, whole.upstreams]).toEqual(['corefile', [], []])
    expect(whole.notUnderstood.map(({ text }) => text)).toEqual([
      'serverIP',
      'externalCoreFile',
      'stubDomains',
      'upstreamNameservers',
      'nodeLocalDNS forwardToKubeDNS',
    ])
  })

  it('are variables of kubespray', async () => {
    const text = `cluster_name: k8s.corp
upstream_dns_servers: [8.8.8.8]
coredns_external_zones:
- zones: [example.com, "example.io:1053"]
  nameservers: [1.1.1.1, 2.2.2.2]
  cache: 5
- zones: [svc.example]
  nameservers: ["{{ dns_server }}", tls://9.9.9.9]
dns_etchosts: |
  192.168.0.100 api.example.com
`
    const read = await settings(text)
    expect([read.system, read.clusterDomain?.value]).toEqual(['kubespray', 'k8s.corp'])
    expect(read.zones.map(({ servers, cache }) => [servers.map(({ written }) => written), cache?.value])).toEqual([
      [['1.1.1.1', '2.2.2.2'], 5],
      [['9.9.9.9'], undefined],
    ])
    expect(read.notUnderstood.map(({ text: what, why }) => [what, why])).toEqual([
      ['{{ dns_server }}', 'a template writes it'],
    ])
    expect(read.hosts.map(({ address, names }) => [address.value, names[0]?.value])).toEqual([
      ['192.168.0.100', 'api.example.com'],
    ])
    expect(at(text, read.hosts[0]?.address.range)).toBe('192.168.0.100')
  })

  it('of kubespray are everything that its templates put into a Corefile', async () => {
    const read = await settings(`cluster_name: k8s.corp
dns_domain: "{{ cluster_name }}"
dns_mode: coredns
resolvconf_mode: host_resolvconf
nodelocaldns_ip: 169.254.25.10
dns_memory_limit: 300Mi
dns_upstream_forward_extra_opts: {policy: sequential, force_tcp: "", max_fails: 3}
nodelocaldns_external_zones:
- zones: [node.example]
  nameservers: [1.1.1.1]
coredns_external_zones:
- zones: [mydomain.tld]
  nameservers: [10.233.0.3]
  cache: 5
  rewrite: [name website.tld website.namespace.svc.cluster.local]
  weight: 3
coredns_rewrite_block: |
  rewrite name a.example b.example
coredns_kubernetes_extra_opts: [namespaces a]
enable_coredns_k8s_endpoint_pod_names: true
enable_coredns_reverse_dns_lookups: false
enable_coredns_k8s_external: true
coredns_k8s_external_zone: example.org
old_dns_domains: [old.corp]
coredns_additional_error_config: consolidate 5m ".*"
`)
    expect(read.clusterDomain?.value).toBe('k8s.corp')
    expect(read.zones.map(({ readBy, directives }) => [readBy, directives.map(({ text }) => text)])).toEqual([
      ['node-local-dns', []],
      ['coredns', ['rewrite name website.tld website.namespace.svc.cluster.local']],
    ])
    expect(read.directives.map(({ text }) => text.trim())).toEqual([
      'rewrite name a.example b.example',
      'k8s_external example.org',
      'rewrite name suffix old.corp k8s.corp answer auto',
    ])
    expect([read.upstreamPolicy?.value, read.forcesTcp, read.forwardOptions.map(({ value }) => value)]).toEqual([
      'sequential',
      true,
      ['max_fails 3'],
    ])
    expect(read.clusterOptions.map(({ value }) => value)).toEqual(['namespaces a', 'endpoint_pod_names'])
    expect(read.withoutReverse?.value).toBe('enable_coredns_reverse_dns_lookups: false')
    expect(read.notUnderstood.map(({ text }) => text)).toEqual([
      'resolvconf_mode',
      'weight',
      'coredns_additional_error_config',
    ])
  })

  it('are dns of RKE1', async () => {
    const text = `nodes: []
dns:
  provider: coredns
  upstreamnameservers: [1.1.1.1, 8.8.4.4]
  reversecidrs: [10.0.0.0/8]
  stubdomains: {acme.local: [10.0.0.1]}
  nodelocal: {ip_address: 169.254.20.10}
`
    const read = await settings(text)
    expect([read.system, read.upstreams.map(({ written }) => written)]).toEqual(['rke1', ['1.1.1.1', '8.8.4.4']])
    expect(read.reverseCidrs.map(({ range }) => at(text, range))).toEqual(['10.0.0.0/8'])
    expect(zones(text, read)).toEqual([[['acme.local'], ['10.0.0.1']]])
    expect(read.zones[0]?.readBy).toBe('nobody')
    expect(read.notUnderstood.map(({ text: what }) => what)).toEqual(['nodelocal'])
  })

  it('of RKE1 are the same in the file of a cluster of Rancher', async () => {
    const read = await settings(`docker_root_dir: /var/lib/docker
rancher_kubernetes_engine_config:
  services: {kubelet: {cluster_domain: k8s.corp}}
  dns: {provider: kube-dns, upstreamnameservers: [1.1.1.1], stubdomains: {acme.local: [10.0.0.1]}}
`)
    expect([read.system, read.program, read.clusterDomain?.value]).toEqual(['rke1', 'kube-dns', 'k8s.corp'])
    expect(read.zones[0]?.readBy).toBe('coredns')
  })

  it('are CustomDNSConfig of ACK', async () => {
    const text = `apiVersion: networking.alibabacloud.com/v1beta1
kind: CustomDNSConfig
metadata: {name: default}
spec:
  zones:
  - name: example.com
    forward: {protocolStrategy: tcp, upstreams: [10.0.0.1, "10.0.0.2:53"]}
    hosts:
    - {hostName: a.example.com, ipAddress: 10.0.0.9}
  - forward: {upstreams: [10.0.0.3]}
`
    const read = await settings(text)
    expect(read.system).toBe('ack')
    expect(zones(text, read)).toEqual([[['example.com'], ['10.0.0.1', '10.0.0.2:53']]])
    expect(read.zones[0]?.forcesTcp).toBe(true)
    expect(read.upstreams.map(({ written }) => written)).toEqual(['10.0.0.3'])
    expect(read.hosts).toMatchObject([
      { address: { value: '10.0.0.9' }, names: [{ value: 'a.example.com' }], zone: { value: 'example.com' } },
    ])
  })
})
