import { platformOf } from '../../../grammar/platforms/index.ts'
import { customVolume } from './clouds.ts'
import { type Installed, PROBES, ports, ROLES } from './installed.ts'

const FAST = {
  liveness: { ...PROBES.health, initialDelaySeconds: 60, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 },
  readiness: { ...PROBES.ready, initialDelaySeconds: 0, periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 3 },
}

const k3s = platformOf('k3s').roots.map(
  ({ from, text }): Installed => ({
    name: `k3s, CoreDNS ${from}`,
    source: 'k3s-io/k3s manifests/coredns.yaml; the Corefile: grammar/platforms/k3s.ts',
    coredns: from,
    corefile: text,
    image: `rancher/mirrored-coredns-coredns:${from}`,
    around: {
      items: { Corefile: 'Corefile', NodeHosts: 'NodeHosts' },
      ...FAST,
      ...(text.includes('import') ? customVolume('/etc/coredns/custom') : {}),
      service: { name: 'kube-dns', clusterIP: '10.43.0.10', ports: ports() },
    },
  }),
)

/** The chart repeats its ports: `udp-53` and `tcp-53`. */
const chartPorts = [
  { name: 'udp-53', port: 53, protocol: 'UDP', targetPort: 53 },
  { name: 'tcp-53', port: 53, protocol: 'TCP', targetPort: 53 },
] as const

const ofChart = {
  containerPorts: [...chartPorts, { name: 'tcp-9153', port: 9153, protocol: 'TCP' as const }],
  pod: { dnsPolicy: 'Default', terminationGracePeriodSeconds: 30 },
  memory: '128Mi',
}

const rke2 = platformOf('rke2').roots.map(
  ({ text }): Installed => ({
    name: 'RKE2, rke2-coredns 1.47.0',
    source: 'rancher/rke2-charts packages/rke2-coredns at f9f0bd1; the Corefile: grammar/platforms/rke2.ts',
    coredns: '1.14.7',
    corefile: text,
    image: 'rancher/hardened-coredns:v1.14.7-build20260819',
    around: {
      ...ofChart,
      configMap: 'rke2-coredns-rke2-coredns',
      readiness: { ...PROBES.ready, initialDelaySeconds: 30, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 1 },
      service: { name: 'rke2-coredns-rke2-coredns', clusterIP: '10.43.0.10', ports: chartPorts },
    },
  }),
)

const talosCorefile = (kubernetes: readonly string[], upstream: readonly string[]) => `.:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    log . {
        class error
    }
    prometheus :9153

    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
${kubernetes.map((line) => `        ${line}\n`).join('')}    }
${upstream.map((line) => `    ${line}\n`).join('')}    loop
    reload
    loadbalance
}
`

const talos = [
  { tag: 'v0.14.0', coredns: '1.8.6', kubernetes: [], cache: ['rewrite stop type AAAA A', 'cache 30'] },
  { tag: 'v1.6.0', coredns: '1.11.1', kubernetes: [], cache: ['cache 30'] },
].map(
  ({ tag, coredns, kubernetes, cache }): Installed => ({
    name: `Talos ${tag}`,
    source: `siderolabs/talos internal/app/machined/pkg/controllers/k8s/templates.go at ${tag}`,
    coredns,
    corefile: talosCorefile(kubernetes, ['forward . /etc/resolv.conf', ...cache]),
    image: `registry.k8s.io/coredns/coredns:v${coredns}`,
    around: {},
  }),
)

const talosNow: Installed = {
  name: 'Talos v1.13.0',
  source: 'siderolabs/talos internal/app/machined/pkg/controllers/k8s/internal/k8stemplates at v1.13.0',
  coredns: '1.14.2',
  corefile: talosCorefile(
    ['ttl 30'],
    [
      'forward . /etc/resolv.conf {',
      '   max_concurrent 1000',
      '}',
      'cache 30 {',
      '   disable success cluster.local',
      '   disable denial cluster.local',
      '}',
    ],
  ),
  image: 'registry.k8s.io/coredns/coredns:v1.14.2',
  around: {},
}

const kopsCorefile = (
  { lameduck = '5s', ready = true }: { lameduck?: string; ready?: boolean },
  kubernetes: readonly string[],
  upstream: string,
  end: string,
) => `.:53 {
    errors
    health {
      lameduck ${lameduck}
    }
${ready ? '    ready\n' : ''}    kubernetes cluster.local. in-addr.arpa ip6.arpa {
      pods insecure
${kubernetes.map((line) => `      ${line}\n`).join('')}    }
${upstream}${end}}
`

const KOPS = 'kubernetes/kops upup/models/cloudup/resources/addons/coredns.addons.k8s.io/k8s-1.12.yaml.template'
const REVERSE = 'fallthrough in-addr.arpa ip6.arpa'
const oldEnd = '    loop\n    cache 30\n    loadbalance\n    reload\n'
const newEnd = '    cache 30\n    loop\n    reload\n    loadbalance\n'
const plain = '    prometheus :9153\n    forward . /etc/resolv.conf\n'
const limited = '    prometheus :9153\n    forward . /etc/resolv.conf {\n      max_concurrent 1000\n    }\n'
const nodeHosts = '    hosts /rootfs/etc/hosts k8s.local {\n      ttl 30\n      fallthrough\n    }\n'
const withHosts = {
  mounts: [{ name: 'etc-hosts', mountPath: '/rootfs/etc/hosts' }],
  volumes: [{ name: 'etc-hosts', hostPath: { path: '/etc/hosts', type: 'File' } }],
}
const beforeReady = { readiness: PROBES.health, role: ROLES.endpoints }

const kops: readonly Installed[] = [
  {
    name: 'kops v1.17.2',
    source: `${KOPS} at v1.17.2`,
    coredns: '1.6.7',
    corefile: kopsCorefile({ ready: false }, ['upstream', REVERSE], plain, oldEnd),
    image: 'k8s.gcr.io/coredns:1.6.7',
    around: beforeReady,
  },
  {
    name: 'kops v1.19.3',
    source: `${KOPS} at v1.19.3`,
    coredns: '1.7.0',
    corefile: kopsCorefile({ ready: false }, [REVERSE, 'ttl 30'], limited, oldEnd),
    image: 'k8s.gcr.io/coredns:1.7.0',
    around: beforeReady,
  },
  {
    name: 'kops v1.22.6',
    source: `${KOPS} at v1.22.6`,
    coredns: '1.8.4',
    corefile: kopsCorefile({}, [REVERSE, 'ttl 30'], limited, newEnd),
    image: 'k8s.gcr.io/coredns/coredns:v1.8.4',
    around: {},
  },
  {
    name: 'kops v1.28.0, gossip',
    source: `${KOPS} at v1.28.0`,
    coredns: '1.10.1',
    corefile: kopsCorefile({}, [REVERSE, 'ttl 30'], nodeHosts + limited, newEnd),
    image: 'registry.k8s.io/coredns/coredns:v1.10.1',
    around: withHosts,
  },
  {
    name: 'kops v1.36.2, IPv6 only',
    source: `${KOPS} at v1.36.2`,
    coredns: '1.14.2',
    corefile: kopsCorefile({ lameduck: '10s' }, [REVERSE, 'ttl 30'], nodeHosts + limited, `${newEnd}    dns64\n`),
    image: 'registry.k8s.io/coredns/coredns:v1.14.2',
    around: { ...withHosts, readiness: { ...PROBES.ready, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 1 } },
  },
]

const KUBESPRAY = 'kubernetes-sigs/kubespray roles/kubernetes-apps/ansible/templates/coredns-config.yml.j2'
const patient = {
  liveness: { ...PROBES.health, timeoutSeconds: 5, failureThreshold: 10 },
  readiness: { ...PROBES.ready, timeoutSeconds: 5, failureThreshold: 10 },
  memory: '300Mi',
  service: { name: 'coredns', clusterIP: '10.233.0.3', ports: ports() },
}

const kubesprayCorefile = (errors: string, health: string, reverse: string, upstream: string) => `.:53 {
    ${errors}
    ${health}
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
${reverse}      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    ${upstream}
    cache 30
    loop
    reload
    loadbalance
}
`

const ready = 'health {\n        lameduck 5s\n    }\n    ready'
const errorsBlock = 'errors {\n    }'
const preferUdp = (limit: boolean) =>
  `forward . /etc/resolv.conf {\n      prefer_udp\n${limit ? '      max_concurrent 1000\n' : ''}    }`

const kubespray = [
  {
    tag: 'v2.8.5',
    coredns: '1.2.6',
    corefile: kubesprayCorefile('errors', 'health', '      upstream /etc/resolv.conf\n', 'proxy . /etc/resolv.conf'),
    around: { memory: '170Mi', readiness: null, role: ROLES.endpoints },
  },
  {
    tag: 'v2.10.4',
    coredns: '1.5.0',
    corefile: kubesprayCorefile('errors', 'health', '      upstream /etc/resolv.conf\n', 'forward . /etc/resolv.conf'),
    around: { memory: '170Mi', readiness: { ...PROBES.health, failureThreshold: 10 }, role: ROLES.endpoints },
  },
  {
    tag: 'v2.13.4',
    coredns: '1.6.5',
    corefile: kubesprayCorefile('errors', ready, '', preferUdp(false)),
    around: { memory: '170Mi', role: ROLES.endpoints },
  },
  { tag: 'v2.21.0', coredns: '1.9.3', corefile: kubesprayCorefile('errors', ready, '', preferUdp(true)), around: {} },
  {
    tag: 'v2.31.0',
    coredns: '1.12.4',
    corefile: kubesprayCorefile(errorsBlock, ready, '', preferUdp(true)),
    around: {},
  },
].map(
  ({ tag, around, ...one }): Installed => ({
    ...one,
    name: `kubespray ${tag}`,
    source: `${KUBESPRAY} at ${tag}`,
    image: `registry.k8s.io/coredns/coredns:v${one.coredns}`,
    around: { ...patient, ...around },
  }),
)

const openshiftCorefile = (options: { bufsize?: string; log?: boolean; old?: boolean; end?: string }, cache: string) =>
  `.:5353 {
${options.bufsize === undefined ? '' : `    bufsize ${options.bufsize}\n`}    errors
${options.log ? '    log . {\n        class error\n    }\n' : ''}    health${options.bufsize === undefined ? '' : ' {\n        lameduck 20s\n    }\n    ready'}
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
${options.old ? '        upstream\n' : ''}        fallthrough in-addr.arpa ip6.arpa
    }
    prometheus ${options.old ? '' : '127.0.0.1'}:9153
    forward . /etc/resolv.conf {
        policy sequential
    }
    ${cache}
    reload
}
${options.end ?? ''}`

const long = 'cache 900 {\n        denial 9984 30\n    }'
const chaos = 'hostname.bind:5353 {\n    chaos\n}\n'

/** The operator writes it; the image is the one of the payload, whose CoreDNS openshift/coredns names by branch. */
const openshift = [
  { branch: '4.4', coredns: '1.6.6', corefile: openshiftCorefile({ old: true }, 'cache 30') },
  { branch: '4.6', coredns: '1.6.6', corefile: openshiftCorefile({ bufsize: '512', old: true }, long) },
  { branch: '4.8', coredns: '1.8.1', corefile: openshiftCorefile({ bufsize: '512' }, long) },
  { branch: '4.10', coredns: '1.8.7', corefile: openshiftCorefile({ bufsize: '512', log: true }, long) },
  { branch: '4.12', coredns: '1.10.0', corefile: openshiftCorefile({ bufsize: '512', log: true, end: chaos }, long) },
  { branch: '4.14', coredns: '1.10.1', corefile: openshiftCorefile({ bufsize: '1232', log: true, end: chaos }, long) },
  { branch: '4.22', coredns: '1.13.1', corefile: openshiftCorefile({ bufsize: '1232', log: true, end: chaos }, long) },
].map(
  ({ branch, coredns, corefile }): Installed => ({
    name: `OpenShift ${branch}`,
    source: `openshift/cluster-dns-operator pkg/operator/controller/controller_dns_configmap.go, release-${branch}`,
    coredns,
    corefile,
    image: null,
    around: {
      namespace: 'openshift-dns',
      configMap: 'dns-default',
      kind: 'DaemonSet',
      memory: null,
      containerPorts: ports(5353, null),
      liveness: PROBES.liveness,
      readiness:
        branch === '4.4'
          ? PROBES.health
          : { ...PROBES.ready, initialDelaySeconds: 10, periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 3 },
      service: {
        name: 'dns-default',
        clusterIP: null,
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 'dns-tcp' },
          { name: 'metrics', port: 9154, protocol: 'TCP', targetPort: 'metrics' },
        ],
      },
      role: coredns.startsWith('1.6') ? ROLES.endpoints : ROLES.slices,
    },
  }),
)

const DEPLOYMENT = 'coredns/deployment kubernetes/coredns.yaml.sed'
const deployed = (
  health: string,
  kubernetes: readonly string[],
  upstream: string,
  end = '    loop\n    reload\n    loadbalance\n',
) => `.:53 {
    errors
    ${health}
    kubernetes cluster.local in-addr.arpa ip6.arpa {
${kubernetes.map((line) => `      ${line}\n`).join('')}    }
    prometheus :9153
    ${upstream}
    cache 30
${end}}
`

const lameduck = 'health {\n      lameduck 5s\n    }\n    ready'
const limit = 'forward . /etc/resolv.conf {\n      max_concurrent 1000\n    }'

const deployment = [
  {
    commit: 'ba02ac3',
    coredns: '1.0.3',
    corefile: deployed(
      'health',
      ['pods insecure', 'upstream /etc/resolv.conf', REVERSE],
      'proxy . /etc/resolv.conf',
      '',
    ),
    around: { readiness: null, role: ROLES.endpoints },
  },
  {
    commit: 'c7717af',
    coredns: '1.2.1',
    corefile: deployed('health', ['pods insecure', 'upstream', REVERSE], 'proxy . /etc/resolv.conf'),
    around: { readiness: null, role: ROLES.endpoints },
  },
  {
    commit: 'd26b5fb',
    coredns: '1.5.0',
    corefile: deployed('health\n    ready', ['pods insecure', REVERSE], 'forward . /etc/resolv.conf'),
    around: { role: ROLES.endpoints },
  },
  {
    commit: 'abfaf32',
    coredns: '1.6.6',
    corefile: deployed(lameduck, [REVERSE], 'forward . /etc/resolv.conf'),
    around: { role: ROLES.endpoints },
  },
  {
    commit: '7de2b40',
    coredns: '1.7.0',
    corefile: deployed(lameduck, [REVERSE], limit),
    around: { role: ROLES.endpoints },
  },
  { commit: '7853d4a', coredns: '1.9.4', corefile: deployed(lameduck, [REVERSE], limit), around: {} },
].map(
  ({ commit, ...one }): Installed => ({
    ...one,
    name: `coredns/deployment, CoreDNS ${one.coredns}`,
    source: `${DEPLOYMENT} at ${commit}`,
    image: `coredns/coredns:${one.coredns}`,
  }),
)

/** What people install on their own machines. */
export const distributions: readonly Installed[] = [
  ...k3s,
  ...rke2,
  ...talos,
  talosNow,
  ...kops,
  ...kubespray,
  ...openshift,
  ...deployment,
]
