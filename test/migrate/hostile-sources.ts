import fc from 'fast-check'
import { dnsmasqVersions } from '../../src/sources/dnsmasq-options.ts'
import type { MigrationExample } from './examples.ts'

/** What means something to the lexer of a Corefile, to its environment, to templates, regular expressions, zone files and hosts. */
const PIECES = [
  ...'#"\'{}()[]\\%$@;:,*+?^|/<>=!~&` -_.',
  '##x',
  '{$HOME}',
  '{%HOME%}',
  '{{ .Name }}',
  '{{',
  '}}',
  '\\"',
  '\\\\',
  '\\.',
  '\\065',
  '$(HOST)',
  '<host>',
  'import',
  'fallthrough',
  'ttl',
  'no_reverse',
  'snippet',
  'tls://',
  '10.0.0.0/8',
  '*.',
  'münchen',
  '日本',
  '\u00a0',
  '\u2028',
  '\u0085',
  '\u200b',
  '\u{1f600}',
  '\t',
  '\u0007',
  '\r',
  'a',
  'b1',
  'test',
  'in-addr.arpa',
  'x'.repeat(63),
  'x'.repeat(64),
]

const text = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))
const name = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('a.test', 'b.a.test', 'lan', 'corp.example.org', 'WWW.a.test') },
  { weight: 5, arbitrary: fc.tuple(text, fc.constantFrom('', '.test', '.a.test', '.')).map((parts) => parts.join('')) },
)
const ipv4 = fc.constantFrom('10.0.0.1', '10.0.0.2', '192.0.2.1')
const address = fc.oneof(ipv4, fc.constantFrom('fd00::1', '#', ''))
const upstream = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('192.0.2.53', '192.0.2.54#5353', 'fd00::53', '#', '') },
  { weight: 1, arbitrary: name },
)
const number = fc.oneof(fc.constantFrom('0', '1', '60', '65535', '99999999999999999999'), fc.nat().map(String))

const option: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, address).map(([one, to]) => `address=/${one}/${to}`),
  fc.tuple(name, name, address).map(([one, other, to]) => `address=/${one}/${other}/${to}`),
  fc.tuple(name, upstream).map(([one, to]) => `server=/${one}/${to}`),
  upstream.map((to) => `server=${to}`),
  name.map((one) => `local=/${one}/`),
  fc.tuple(ipv4, upstream).map(([net, to]) => `rev-server=${net}/24,${to}`),
  fc.tuple(name, name, ipv4).map(([one, other, to]) => `host-record=${one},${other},${to}`),
  fc.tuple(name, name).map(([alias, target]) => `cname=${alias},to.${target}`),
  fc.tuple(name, text).map(([one, said]) => `txt-record=${one},${said}`),
  fc.tuple(name, text).map(([one, said]) => `txt-record=${one},"${said}","${said}"`),
  fc.tuple(name, name, number).map(([one, target, n]) => `srv-host=${one},${target},${n}`),
  fc.tuple(name, name, number).map(([one, target, n]) => `mx-host=${one},${target},${n}`),
  fc.tuple(name, name).map(([one, target]) => `ptr-record=${one},${target}`),
  fc.tuple(name, text, name).map(([one, said, to]) => `naptr-record=${one},1,2,"${said}",u,"${said}",${to}`),
  fc.tuple(name, text).map(([one, said]) => `caa-record=${one},0,${said},"${said}"`),
  fc.tuple(name, number).map(([one, type]) => `dns-rr=${one},${type},0a0b`),
  fc.tuple(name, text).map(([one, prefix]) => `synth-domain=${one},10.1.0.0/16,${prefix}`),
  name.map((one) => `domain=${one}`),
  text.map((path) => `resolv-file=${path}`),
  text.map((one) => `interface=${one}`),
  text.map((one) => `except-interface=${one}`),
  address.map((one) => `listen-address=${one}`),
  fc
    .tuple(
      fc.constantFrom('port', 'cache-size', 'local-ttl', 'max-ttl', 'max-cache-ttl', 'min-cache-ttl', 'neg-ttl'),
      number,
    )
    .map((parts) => parts.join('=')),
  fc
    .tuple(fc.constantFrom('edns-packet-max', 'dns-forward-max', 'use-stale-cache', 'add-subnet'), number)
    .map((parts) => parts.join('=')),
  fc.tuple(number, number).map((bits) => `add-subnet=${bits.join(',')}`),
  text.map((one) => `filter-rr=${one}`),
  text.map((one) => `mx-target=${one}`),
  fc.constantFrom(
    ...['no-resolv', 'expand-hosts', 'localmx', 'selfmx', 'bogus-priv', 'domain-needed', 'strict-order', 'log-queries'],
    ...['server=//', 'filter-A', 'no-negcache', 'no-hosts', 'server=/#/192.0.2.1', 'dns-loop-detect'],
  ),
)

const dnsmasq = fc
  .record({
    options: fc.array(option, { minLength: 1, maxLength: 8 }),
    hosts: fc.array(fc.tuple(address, name, name), { maxLength: 3 }),
    dnsmasq: fc.constantFrom(...dnsmasqVersions),
  })
  .map(({ options, hosts, dnsmasq: version }): MigrationExample => {
    const lines = hosts.map((words) => `${words.join(' ')}\n`).join('')
    return {
      files: {
        'dnsmasq.conf': `no-hosts\naddn-hosts=/etc/my.hosts\n${options.join('\n')}\n`,
        'etc/my.hosts': lines,
      },
      dnsmasq: version,
    }
  })

const lines = (some: fc.Arbitrary<string>) =>
  fc.array(some, { minLength: 1, maxLength: 6 }).map((all) => `${all.join('\n')}\n`)

const hosts = lines(fc.tuple(address, name, name).map((words) => words.join(' '))).map(
  (file): MigrationExample => ({ files: { hosts: file } }),
)

const resolvConf = lines(
  fc.oneof(
    fc.oneof(ipv4, name).map((server) => `nameserver ${server}`),
    name.map((domain) => `search ${domain}`),
  ),
).map((file): MigrationExample => ({ files: { 'resolv.conf': file } }))

const kubeDns = fc
  .record({
    stubs: fc.dictionary(name, fc.array(fc.oneof(ipv4, name), { maxLength: 2 }), { maxKeys: 3 }),
    upstreams: fc.array(fc.oneof(ipv4, name), { maxLength: 4 }),
    federations: fc.dictionary(name, name, { maxKeys: 2 }),
    reading: fc.constantFrom('running' as const, 'intended' as const),
  })
  .map(({ stubs, upstreams, federations, reading }): MigrationExample => {
    const data = {
      stubDomains: JSON.stringify(stubs),
      upstreamNameservers: JSON.stringify(upstreams),
      federations: Object.entries(federations)
        .map((pair) => pair.join('='))
        .join(','),
    }
    const metadata = { name: 'kube-dns', namespace: 'kube-system' }
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
    return { files: { 'kube-dns.json': JSON.stringify(object) }, reading }
  })

const clusterDomain = name.filter((one) => /^[!#$%&*+,.\w=?^`|~-]+$/.test(one) && !one.includes('arpa'))

const container = (flags: readonly string[], image: string, other: string) => ({
  name: other,
  image,
  args: flags,
})

const deployment = fc
  .record({
    domain: clusterDomain,
    nameservers: name,
    kubeconfig: text,
    masterUrl: text,
    options: fc.array(
      option.filter((one) => !one.startsWith('synth-domain')),
      { maxLength: 4 },
    ),
  })
  .map(({ domain, nameservers, kubeconfig, masterUrl, options }): MigrationExample => {
    const containers = [
      container(
        [
          `--domain=${domain}`,
          `--nameservers=${nameservers}`,
          `--kubecfg-file=/etc/${kubeconfig}.conf`,
          `--kube-master-url=${masterUrl}`,
        ],
        'k8s.gcr.io/kubedns-amd64:1.9',
        'kubedns',
      ),
      container(
        ['--no-resolv', '--server=127.0.0.1#10053', ...options.map((one) => `--${one}`)],
        'k8s.gcr.io/kube-dnsmasq-amd64:1.4',
        'dnsmasq',
      ),
    ]
    const spec = { template: { spec: { containers } } }
    const metadata = { name: 'kube-dns', namespace: 'kube-system' }
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }
    return { files: { 'kube-dns.json': JSON.stringify(object) } }
  })

const workload = fc
  .array(fc.tuple(fc.oneof(ipv4, name), fc.array(name, { maxLength: 3 })), { minLength: 1, maxLength: 3 })
  .map((aliases): MigrationExample => {
    const hostAliases = aliases.map(([ip, hostnames]) => ({ ip, hostnames }))
    const containers = [{ name: 'web', image: 'web' }]
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { spec: { hostAliases, containers } } },
    }
    return { files: { 'web.json': JSON.stringify(object) } }
  })

const server = fc.oneof(
  ipv4,
  name.filter((one) => !one.includes('tls:')),
)
const word = (one: string) => `'${one.replaceAll("'", "'\\''")}'`
const skydns = fc
  .record({ domain: clusterDomain, password: text, prefix: text, machines: text, nameservers: server, file: text })
  .map(({ domain, password, prefix, machines, nameservers, file }): MigrationExample => {
    const flags = {
      domain,
      username: 'me',
      password,
      'path-prefix': prefix,
      machines,
      nameservers,
      'ca-cert': `/etc/${file}.pem`,
    }
    const words = Object.entries(flags).map(([flag, value]) => `-${flag}=${word(value)}`)
    return { files: { 'start.sh': `skydns -etcd3=true ${words.join(' ')}\n` }, accept: ['etcd-version-2'] }
  })

/** Sources with such texts, by what they are. */
export const hostileSources: readonly (readonly [string, fc.Arbitrary<MigrationExample>])[] = [
  ['dnsmasq', dnsmasq],
  ['hosts files', hosts],
  ['resolv.conf', resolvConf],
  ['ConfigMaps of kube-dns', kubeDns],
  ['Deployments of kube-dns', deployment],
  ['workloads', workload],
  ['SkyDNS', skydns],
]
