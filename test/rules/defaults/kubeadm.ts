import { type Around, type Installed, PROBES, ROLES } from './installed.ts'

const MANIFEST = 'kubernetes/kubernetes cmd/kubeadm/app/phases/addons/dns/manifests.go'

/** What changed from release to release, in the words of the Corefile. */
interface Variant {
  readonly health?: boolean
  readonly ready?: boolean
  readonly kubernetes: readonly string[]
  readonly upstream: string
  readonly cache?: string
  readonly end: readonly string[]
}

function corefile({ health = false, ready = false, kubernetes, upstream, cache = 'cache 30', end }: Variant): string {
  const lines = [
    'errors',
    ...(health ? ['health {', '   lameduck 5s', '}'] : ['health']),
    ...(ready ? ['ready'] : []),
    'kubernetes cluster.local in-addr.arpa ip6.arpa {',
    '   pods insecure',
    ...kubernetes.map((line) => `   ${line}`),
    '}',
    'prometheus :9153',
    ...upstream.split('\n'),
    ...cache.split('\n'),
    ...end,
  ]
  return `.:53 {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
}

const REVERSE = 'fallthrough in-addr.arpa ip6.arpa'
const FORWARD = 'forward . /etc/resolv.conf'
const LIMITED = 'forward . /etc/resolv.conf {\n   max_concurrent 1000\n}'
const END = ['loop', 'reload', 'loadbalance']
const UNCACHED = 'cache 30 {\n   disable success cluster.local\n   disable denial cluster.local\n}'

const unready = { readiness: null, role: ROLES.endpoints }
const healthy = { readiness: PROBES.health, role: ROLES.endpoints }
const early = { role: ROLES.endpoints }
/** 1.36 names the ports of the probes. */
const named = {
  containerPorts: [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    { name: 'metrics', port: 9153, protocol: 'TCP' },
    { name: 'liveness-probe', port: 8080, protocol: 'TCP' },
    { name: 'readiness-probe', port: 8181, protocol: 'TCP' },
  ],
  liveness: { ...PROBES.liveness, port: 'liveness-probe' },
  readiness: { ...PROBES.ready, port: 'readiness-probe' },
} as const

const release = (tag: string, coredns: string, text: string, around: Partial<Around>, image?: string): Installed => ({
  name: `kubeadm ${tag}`,
  source: `${MANIFEST} at ${tag}`,
  coredns,
  corefile: text,
  image: image ?? `k8s.gcr.io/coredns:${coredns}`,
  around,
})

const modern = (upstream: string) =>
  corefile({ health: true, ready: true, kubernetes: [REVERSE, 'ttl 30'], upstream, end: END })

const undisturbed = corefile({
  health: true,
  ready: true,
  kubernetes: [REVERSE, 'ttl 30'],
  upstream: LIMITED,
  cache: UNCACHED,
  end: END,
})

/** kubeadm, which kind and minikube start from: each release that changed the Corefile, the role or the probes. */
export const kubeadm: readonly Installed[] = [
  release(
    'v1.9.11',
    '1.0.1',
    `.:53 {
    errors
    log
    health
    kubernetes cluster.local 10.96.0.0/12 {
       pods insecure
    }
    prometheus
    proxy . /etc/resolv.conf
    cache 30
}
`,
    unready,
    'coredns/coredns:1.0.1',
  ),
  release(
    'v1.10.13',
    '1.0.6',
    corefile({ kubernetes: ['upstream', REVERSE], upstream: 'proxy . /etc/resolv.conf', end: [] }),
    unready,
  ),
  release(
    'v1.11.10',
    '1.1.3',
    corefile({ kubernetes: ['upstream', REVERSE], upstream: 'proxy . /etc/resolv.conf', end: ['reload'] }),
    unready,
  ),
  release(
    'v1.12.10',
    '1.2.2',
    corefile({ kubernetes: ['upstream', REVERSE], upstream: 'proxy . /etc/resolv.conf', end: END }),
    unready,
  ),
  release(
    'v1.13.12',
    '1.2.6',
    corefile({ kubernetes: ['upstream', REVERSE], upstream: 'proxy . /etc/resolv.conf', end: END }),
    unready,
  ),
  release('v1.14.10', '1.3.1', corefile({ kubernetes: ['upstream', REVERSE], upstream: FORWARD, end: END }), healthy),
  release(
    'v1.15.12',
    '1.3.1',
    corefile({ kubernetes: ['upstream', REVERSE, 'ttl 30'], upstream: FORWARD, end: END }),
    healthy,
  ),
  release(
    'v1.16.15',
    '1.6.2',
    corefile({ ready: true, kubernetes: [REVERSE, 'ttl 30'], upstream: FORWARD, end: END }),
    early,
  ),
  release('v1.17.17', '1.6.5', modern(FORWARD), early),
  release('v1.18.20', '1.6.7', modern(FORWARD), early),
  release('v1.19.16', '1.7.0', modern(LIMITED), early),
  release('v1.21.14', '1.8.0', modern(LIMITED), early, 'k8s.gcr.io/coredns/coredns:v1.8.0'),
  release('v1.22.17', '1.8.4', modern(LIMITED), {}, 'k8s.gcr.io/coredns/coredns:v1.8.4'),
  release('v1.28.15', '1.10.1', modern(LIMITED), {}, 'registry.k8s.io/coredns/coredns:v1.10.1'),
  release('v1.32.0', '1.11.3', undisturbed, {}, 'registry.k8s.io/coredns/coredns:v1.11.3'),
  release('v1.36.2', '1.14.2', undisturbed, {}, 'registry.k8s.io/coredns/coredns:v1.14.2'),
  release('master of 2026', '1.14.2', undisturbed, named, 'registry.k8s.io/coredns/coredns:v1.14.2'),
  {
    name: 'kind v0.31.0',
    source:
      'kubernetes-sigs/kind pkg/apis/config/defaults/image.go at v0.31.0: Kubernetes 1.35.0, as kubeadm installs it',
    coredns: '1.13.1',
    corefile: undisturbed,
    image: 'registry.k8s.io/coredns/coredns:v1.13.1',
    around: {},
  },
  ...[
    { tag: 'v1.24.0', coredns: '1.8.4', from: modern(LIMITED), log: false },
    { tag: 'v1.38.1', coredns: '1.13.1', from: undisturbed, log: true },
  ].map(({ tag, coredns, from, log }) => ({
    name: `minikube ${tag}`,
    source: `kubernetes/minikube pkg/minikube/node/start.go addCoreDNSEntry at ${tag}, on what kubeadm installs`,
    coredns,
    corefile: from
      .replace(
        '    forward',
        '    hosts {\n       192.168.49.1 host.minikube.internal\n       fallthrough\n    }\n    forward',
      )
      .replace('    errors', log ? '    log\n    errors' : '    errors'),
    image: `registry.k8s.io/coredns/coredns:v${coredns}`,
    around: {},
  })),
]
