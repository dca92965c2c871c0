import { type FakeCluster, smallCluster } from './kubernetes-api.ts'
import type { UpstreamMode } from './upstreams.ts'

/** What is asked of a running server. */
export type Step =
  /** `NAME TYPE` or `NAME TYPE tcp` for DNS, a URL for HTTP. */
  | string
  /** Asks forty times, and records the different results. */
  | { readonly often: string }
  /** Asks once, and records whether the upstreams were then asked a hundred times or more. */
  | { readonly goesRound: string }
  /** Whether the output has a text. */
  | { readonly logged: string }
  /** Waits for the server to end by itself. */
  | 'end'
  /** Ends it, and records how many whole seconds that took. */
  | 'stop'

/** What a rule says about one of its examples, put as questions to servers that run the bad and the good text. */
export interface Claim {
  readonly rule: string
  /** The number of the example in the rule's texts, from 0. */
  readonly example: number
  readonly releases: readonly string[]
  /** What is written otherwise on loopback, in both texts and in the example's files; the first come first. */
  readonly replace?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly upstreams?: readonly UpstreamMode[]
  readonly cluster?: FakeCluster
  readonly steps: readonly Step[]
}

/** Rules that say an accepted text misbehaves and cannot be shown here, and why: a service of a cloud, say. */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  'bind-isolates-listener': 'a server here listens on 127.0.0.1 alone, with bind or without',
  'serve-stale-cluster-zone': 'the addresses of a service must change while the server runs',
}

const port = { ':53 {': ':@port@ {' }
const kubernetes = { 'kubernetes cluster.local\n': 'kubernetes cluster.local {\n        endpoint @api@\n    }\n' }
const endpoint = { '        fallthrough': '        endpoint @api@\n        fallthrough' }
const now = ['1.15.0', '1.11.1']
const zoneFile = `@    3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 3600
     3600 IN NS  ns1
www  3600 IN A   10.1.2.3
`

/** Every claim that is asked live, by rule. */
export const claims: readonly Claim[] = [
  {
    rule: 'hosts-missing-fallthrough',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A', 'b.example A', 'a.example AAAA', '1.2.0.10.in-addr.arpa PTR'],
  },
  {
    rule: 'hosts-missing-fallthrough',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@', '/etc/coredns/hosts': '@folder@/hosts' },
    files: { hosts: '10.0.0.1 a.example\n' },
    steps: ['a.example A', 'b.example A'],
  },
  {
    rule: 'hosts-missing-fallthrough',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@', '/etc/coredns/hosts': '@folder@/hosts' },
    files: { hosts: '10.0.0.1 a.corp.example\n' },
    steps: ['a.corp.example A', 'b.corp.example A', 'b.example A'],
  },
  {
    rule: 'hosts-missing-fallthrough',
    example: 3,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'b.corp.example A', 'b.example A'],
  },
  {
    rule: 'forward-shadowed',
    example: 0,
    releases: now,
    replace: { ...port, '10.0.0.53': '@upstream2@', '10.0.0.2': '@upstream1@' },
    upstreams: ['ok', 'ok'],
    steps: ['a.corp.example A', 'corp.example A', 'a.example A'],
  },
  {
    rule: 'forward-shadowed',
    example: 2,
    releases: now,
    replace: { ...port, '10.0.0.3': '@upstream2@', '10.0.0.2': '@upstream1@' },
    upstreams: ['ok', 'ok'],
    steps: [{ often: 'a.example A' }],
  },
  {
    rule: 'forward-shadowed',
    example: 3,
    releases: now,
    replace: { ...port, '10.0.0.53': '@upstream2@', '10.0.0.2': '@upstream1@' },
    upstreams: ['ok', 'ok'],
    steps: ['a.corp.example A', 'a.example A'],
  },
  {
    rule: 'forward-loop',
    example: 0,
    releases: now,
    replace: { ...port, '127.0.0.1': '127.0.0.1:@port@', '10.0.0.2': '@upstream1@' },
    steps: ['end'],
  },
  {
    rule: 'forward-loop',
    example: 1,
    releases: now,
    replace: {
      ...port,
      'bind 10.0.0.10': 'bind 127.0.0.1',
      // The own address, by way of a relay that ends the rounds before memory does.
      '10.0.0.10': '@upstream1@',
      '10.0.0.2': '@upstream2@',
    },
    upstreams: ['back', 'ok'],
    steps: [{ goesRound: 'a.example A' }],
  },
  {
    rule: 'plugin-order-ignored',
    example: 0,
    releases: now,
    steps: ['r1.b.example A', 'r2.b.example A'],
  },
  {
    rule: 'plugin-order-ignored',
    example: 1,
    releases: now,
    replace: { ...port, ...kubernetes, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', 'a.example A'],
  },
  {
    rule: 'plugin-order-ignored',
    example: 3,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    steps: ['a.example A', 'a.example MX'],
  },
  {
    rule: 'rewrite-without-answer',
    example: 0,
    releases: now,
    replace: { ...port, ...kubernetes, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.corp.example A'],
  },
  {
    rule: 'rewrite-without-answer',
    example: 1,
    releases: now,
    replace: { ...port, ...kubernetes, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.corp.example A'],
  },
  {
    rule: 'tls-servername-without-tls',
    example: 1,
    releases: now,
    replace: { 'tls://9.9.9.9': 'tls://@upstream1@', '9.9.9.9:53': '@upstream1@', ...port },
    steps: ['a.example A'],
  },
  {
    rule: 'tls-servername-without-tls',
    example: 3,
    releases: now,
    replace: { ...port, '9.9.9.9:853': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'glued-brace',
    example: 0,
    releases: now,
    steps: ['example.org A', 'a.example.org A'],
  },
  {
    rule: 'zone-key-not-a-domain',
    example: 0,
    releases: now,
    files: { 'db.example.org': zoneFile },
    steps: ['www.example.org A', 'example.org NS'],
  },
  {
    rule: 'zone-key-not-a-domain',
    example: 1,
    releases: now,
    replace: { ...port, '10.0.0.1\n': '@upstream1@\n' },
    steps: ['a.example A', '127.0.0.1 A'],
  },
  {
    rule: 'zone-key-not-a-domain',
    example: 2,
    releases: now,
    replace: { '10.0.0.1\n': '@upstream1@\n' },
    steps: ['a.example A', 'x.b.example A'],
  },
  {
    rule: 'zone-key-not-a-domain',
    example: 3,
    releases: now,
    replace: { ...port, '10.0.0.1\n': '@upstream1@\n' },
    steps: ['a.example A'],
  },
  {
    rule: 'zone-key-not-a-domain',
    example: 4,
    releases: now,
    replace: { ...port, '10.0.0.1\n': '@upstream1@\n' },
    steps: ['a.example.org A'],
  },
  {
    rule: 'hash-truncates-token',
    example: 0,
    releases: now,
    replace: { ...port, '10.0.0.1#5353': '127.0.0.1#@upstreamport1@', '10.0.0.1:5353': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'hash-truncates-token',
    example: 2,
    releases: now,
    replace: { ...port, '10.0.0.1\n': '@upstream1@\n' },
    steps: ['a.example A', 'a.example A', 'a.are A', 'a.are A'],
  },
  {
    rule: 'cache-argument-not-seconds',
    example: 0,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    steps: ['a.example A', 'a.example A'],
  },
  {
    rule: 'cache-argument-not-seconds',
    example: 2,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    steps: ['a.example A', 'a.example A'],
  },
  {
    rule: 'no-backend-in-block',
    example: 0,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'no-backend-in-block',
    example: 1,
    releases: now,
    replace: { ...port, ...kubernetes, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', 'a.example A'],
  },
  {
    rule: 'no-backend-in-block',
    example: 2,
    // Up to 1.11.1 `file` has no fallthrough.
    releases: ['1.15.0'],
    replace: { '10.0.0.2': '@upstream1@' },
    files: { 'db.example.org': zoneFile },
    steps: ['www.example.org A', 'none.example.org A'],
  },
  {
    rule: 'no-backend-in-block',
    example: 3,
    releases: now,
    replace: {
      ...port,
      '10.1.0.53': '@upstream2@',
      '10.0.0.2': '@upstream1@',
      'corp.example {': 'corp.example:@port@ {',
    },
    upstreams: ['ok', 'ok'],
    steps: ['a.corp.example A', 'a.example A'],
  },
  {
    rule: 'endpoint-port-conflict',
    example: 0,
    releases: [...now, '1.6.2'],
    replace: {
      ...port,
      ':8080': '127.0.0.1:@port:health@',
      ':8181': '127.0.0.1:@port:ready@',
      '10.0.0.2': '@upstream1@',
    },
    steps: [{ often: 'http://127.0.0.1:@port:health@/health' }],
  },
  {
    rule: 'endpoint-port-conflict',
    example: 1,
    releases: [...now, '1.6.2'],
    replace: {
      ...port,
      ':8080 {\n    health\n': ':@port@ {\n    health 127.0.0.1:@port@\n',
      '    health\n': '    health 127.0.0.1:@port:health@\n',
      '10.0.0.2': '@upstream1@',
    },
    steps: [{ often: 'a.example A tcp' }, { often: 'http://127.0.0.1:@port@/health' }],
  },
  {
    rule: 'endpoint-port-conflict',
    example: 2,
    releases: now,
    replace: {
      ...port,
      'health {': 'health 127.0.0.1:@port:health@ {',
      '10.1.0.53': '@upstream2@',
      '10.0.0.2': '@upstream1@',
      'lameduck 5s': 'lameduck 2s',
    },
    upstreams: ['ok', 'ok'],
    steps: ['a.corp.example A', 'stop'],
  },
  {
    rule: 'brace-on-own-line',
    example: 1,
    releases: now,
    steps: ['a.example A', { logged: 'A IN a.example. udp' }],
  },
  {
    rule: 'extra-closing-brace',
    example: 0,
    releases: now,
    replace: port,
    steps: ['a.example A', 'a.} A'],
  },
  {
    rule: 'empty-corefile',
    example: 0,
    releases: now,
    replace: port,
    steps: ['a.example A', { logged: 'A IN a.example. udp' }],
  },
  {
    rule: 'empty-corefile',
    example: 1,
    releases: now,
    replace: port,
    steps: ['a.example A', { logged: 'A IN a.example. udp' }],
  },
  {
    rule: 'smart-quotes',
    example: 0,
    releases: now,
    steps: ['a.example A', { logged: '] “A”\n' }],
  },
  {
    rule: 'unterminated-quote',
    example: 0,
    releases: now,
    steps: ['a.example A'],
  },
  {
    rule: 'hosts-invalid-entry',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'hosts-invalid-entry',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'hosts-invalid-entry',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'hosts-invalid-entry',
    example: 3,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'hosts-cname',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['alias.example A', 'a.example A'],
  },
  {
    rule: 'hosts-cname',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['alias.example A', 'a.example A'],
  },
  {
    rule: 'hosts-cname',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example TXT', 'a.example A'],
  },
  {
    rule: 'hosts-option-typo',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A', 'b.example A'],
  },
  {
    rule: 'hosts-option-typo',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['1.0.0.10.in-addr.arpa PTR'],
  },
  {
    rule: 'hosts-wildcard',
    example: 0,
    releases: ['1.14.3', '1.11.1'],
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.apps.example A', 'a.b.apps.example A', '*.apps.example A'],
  },
  {
    rule: 'hosts-wildcard',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['web-1.apps.example A', 'web-*.apps.example A'],
  },
  {
    rule: 'hosts-zone-as-file',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'a.example A', { logged: 'corp.example' }],
  },
  {
    rule: 'hosts-zone-as-file',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'a.lab.example A'],
  },
  {
    rule: 'plugin-zone-outside-block',
    example: 0,
    releases: now,
    files: { 'db.one.example': zoneFile },
    steps: ['www.one.example A'],
  },
  {
    rule: 'plugin-zone-outside-block',
    example: 1,
    releases: now,
    replace: { ...kubernetes, '10.0.0.53': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', 'a.corp.example A'],
  },
  {
    rule: 'plugin-zone-outside-block',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['www.corp.example A', 'www A'],
  },
  {
    rule: 'env-unset-drops-block',
    example: 0,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    files: { 'db.zone': zoneFile },
    steps: ['www.example.org A', 'a.example A'],
  },
  {
    rule: 'env-unset-drops-block',
    example: 2,
    releases: now,
    replace: { ...port, '10.0.0.2': '@upstream1@' },
    steps: ['a.example A', 'a.example A'],
  },
  {
    rule: 'unreplaced-placeholder',
    example: 0,
    releases: now,
    replace: { ...port, ...endpoint, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A'],
  },
  {
    rule: 'kubernetes-without-zone',
    example: 0,
    releases: now,
    replace: {
      ...port,
      ...endpoint,
      'kubernetes\n': 'kubernetes {\n        endpoint @api@\n    }\n',
      '10.0.0.2': '@upstream1@',
    },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', 'a.example A', 'web.default.svc A'],
  },
  {
    rule: 'kubernetes-without-zone',
    example: 1,
    releases: now,
    replace: { ...port, ...endpoint, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', 'a.example A', 'web.default.svc A'],
  },
  {
    rule: 'kubernetes-reverse-no-fallthrough',
    example: 0,
    releases: now,
    replace: {
      ...port,
      ...endpoint,
      'ip6.arpa\n    forward': 'ip6.arpa {\n        endpoint @api@\n    }\n    forward',
      '10.0.0.2': '@upstream1@',
    },
    cluster: smallCluster,
    steps: ['8.8.8.8.in-addr.arpa PTR', '20.0.96.10.in-addr.arpa PTR'],
  },
  {
    rule: 'autopath-without-pods-verified',
    example: 0,
    releases: now,
    replace: { ...port, '        pods': '        endpoint @api@\n        pods', '10.0.0.2': '@upstream1@' },
    cluster: { ...smallCluster, pods: [{ namespace: 'default', name: 'client', ip: '127.0.0.1' }] },
    steps: ['a.example.default.svc.cluster.local A'],
  },
  {
    rule: 'forward-hostname',
    example: 0,
    releases: ['1.15.0', '1.14.7'],
    replace: {
      ...port,
      'dns.corp.example\n': 'dns.corp.example {\n        resolver @upstream1@\n    }\n',
      '10.0.0.53': '@upstream2@',
    },
    upstreams: ['nxdomain', 'ok'],
    steps: ['a.example A'],
  },
  {
    rule: 'forward-cidr-from',
    example: 1,
    releases: now,
    replace: { ...port, '10.0.0.53': '@upstream2@', '10.0.0.2\n': '@upstream1@\n' },
    upstreams: ['ok', 'ok'],
    steps: ['a.0.8.b.d.0.1.0.0.2.ip6.arpa PTR', 'a.1.8.b.d.0.1.0.0.2.ip6.arpa PTR'],
  },
  {
    rule: 'forward-tls-mixed-servername',
    example: 3,
    releases: ['1.11.1', '1.10.1'],
    replace: {
      ...port,
      'tls://9.9.9.9%dns.quad9.net': 'tls://127.0.0.1%dns.quad9.net:@upstreamport1@',
      'tls://9.9.9.9 ': 'tls://@upstream1@ ',
    },
    steps: ['a.example A'],
  },
]
