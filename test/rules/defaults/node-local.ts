import { type Around, type Installed, ports } from './installed.ts'

interface Places {
  /** What `bind` has. */
  readonly local: string
  readonly cluster: string
  readonly upstream: string
  readonly domain: string
  readonly health: string
  readonly cache?: string
}

const LIMITED = 'cache {\n            success 9984 30\n            denial 9984 5\n    }'

/** One block for the cluster's domain, one for each reverse zone, one for everything else. */
function corefile({ local, cluster, upstream, domain, health, cache = LIMITED }: Places): string {
  const block = (zone: string, cacheLine: string, forward: string, more = '') => `${zone}:53 {
    errors
    ${cacheLine}
    reload
    loop
    bind ${local}
    forward . ${forward}
    prometheus :9253
${more}    }
`
  const toCluster = `${cluster} {\n            force_tcp\n    }`
  return [
    block(domain, cache, toCluster, `    health ${health}\n`),
    block('in-addr.arpa', 'cache 30', toCluster),
    block('ip6.arpa', 'cache 30', toCluster),
    block('.', 'cache 30', upstream),
  ].join('')
}

const DOMAIN = '__PILLAR__DNS__DOMAIN__'
const LOCAL = '__PILLAR__LOCAL__DNS__'
const SERVER = '__PILLAR__DNS__SERVER__'
const force = (upstream: string) => `${upstream} {\n            force_tcp\n    }`

/** What `sed` of the instructions leaves: only what the program itself replaces. */
function filledIn(text: string): string {
  return text.replaceAll(DOMAIN, 'cluster.local').replaceAll(LOCAL, '169.254.20.10').replaceAll(SERVER, '10.96.0.10')
}

const early = corefile({
  local: LOCAL,
  cluster: SERVER,
  upstream: force('/etc/resolv.conf'),
  domain: DOMAIN,
  health: `${LOCAL}:8080`,
})

const later = (upstream: string) =>
  corefile({
    local: `${LOCAL} ${SERVER}`,
    cluster: '__PILLAR__CLUSTER__DNS__',
    upstream,
    domain: DOMAIN,
    health: `${LOCAL}:8080`,
  })

interface Tagged {
  readonly kubernetes: string
  readonly tag: string
  readonly coredns: string
  readonly text: string
  readonly base: boolean
}

const tags: readonly Tagged[] = [
  {
    kubernetes: 'v1.13.12',
    tag: '1.15.2',
    coredns: '1.2.6',
    text: early.replace(LIMITED, 'cache 30'),
    base: false,
  },
  { kubernetes: 'v1.16.15', tag: '1.15.3', coredns: '1.2.6', text: early, base: false },
  {
    kubernetes: 'v1.18.20',
    tag: '1.15.10',
    coredns: '1.6.7',
    text: later(force('__PILLAR__UPSTREAM__SERVERS__')),
    base: true,
  },
  ...[
    { kubernetes: 'v1.21.14', tag: '1.17.0', coredns: '1.7.0' },
    { kubernetes: 'v1.28.15', tag: '1.22.23', coredns: '1.10.0' },
    { kubernetes: 'v1.32.0', tag: '1.23.1', coredns: '1.10.0' },
    { kubernetes: '028f956', tag: '1.26.4', coredns: '1.11.3' },
    { kubernetes: 'v1.36.2', tag: '1.26.7', coredns: '1.13.1' },
  ].map((one) => ({ ...one, text: later('__PILLAR__UPSTREAM__SERVERS__'), base: true })),
]

const around = (local: string, base: boolean, port: number): Partial<Around> => ({
  configMap: 'node-local-dns',
  items: { Corefile: base ? 'Corefile.base' : 'Corefile' },
  workload: 'node-local-dns',
  kind: 'DaemonSet',
  args: [
    '-localip',
    local,
    '-conf',
    base ? '/etc/Corefile' : '/etc/coredns/Corefile',
    '-upstreamsvc',
    'kube-dns-upstream',
  ],
  containerPorts: ports(53, 9253),
  memory: null,
  pod: { hostNetwork: true, dnsPolicy: 'Default' },
  liveness: { host: '169.254.20.10', path: '/health', port, initialDelaySeconds: 60, timeoutSeconds: 5 },
  readiness: null,
  service: {
    name: 'node-local-dns',
    clusterIP: 'None',
    ports: [{ name: 'metrics', port: 9253, protocol: 'TCP', targetPort: 9253 }],
  },
  role: null,
})

const installed = ({ kubernetes, tag, coredns, text, base }: Tagged): readonly Installed[] => {
  const source = `kubernetes/kubernetes cluster/addons/dns/nodelocaldns/nodelocaldns.yaml at ${kubernetes}`
  const image = `registry.k8s.io/dns/k8s-dns-node-cache:${tag}`
  const local = base ? '169.254.20.10,10.96.0.10' : '169.254.20.10'
  return [
    {
      name: `node-local-dns ${tag}, filled in`,
      source,
      coredns,
      corefile: filledIn(text),
      image,
      around: around(local, base, 8080),
    },
    {
      name: `node-local-dns ${tag}, as published`,
      source,
      coredns,
      corefile: text,
      image,
      around: around(LOCAL, base, 8080),
    },
  ]
}

/** kubespray fills in everything but what the program itself replaces, and serves health elsewhere. */
const kubespray: Installed = {
  name: 'node-local-dns of kubespray v2.31.0',
  source: 'kubernetes-sigs/kubespray roles/kubernetes-apps/ansible/templates/nodelocaldns-config.yml.j2 at v2.31.0',
  coredns: '1.11.3',
  corefile: corefile({
    local: '169.254.25.10',
    cluster: '10.233.0.3',
    upstream: '/etc/resolv.conf',
    domain: 'cluster.local',
    health: '169.254.25.10:9254',
  }),
  image: 'registry.k8s.io/dns/k8s-dns-node-cache:1.25.0',
  around: {
    ...around('169.254.25.10', false, 9254),
    configMap: 'nodelocaldns',
    workload: 'nodelocaldns',
    pod: { hostNetwork: true, dnsPolicy: 'Default', terminationGracePeriodSeconds: 0 },
    liveness: { host: '169.254.25.10', path: '/health', port: 9254, timeoutSeconds: 5, failureThreshold: 10 },
    readiness: { host: '169.254.25.10', path: '/health', port: 9254, timeoutSeconds: 5, failureThreshold: 10 },
    service: null,
  },
}

/** kops needs no address of the cluster DNS: the Service in front of CoreDNS stays out of it. */
const kops: Installed = {
  name: 'node-local-dns of kops v1.36.2',
  source:
    'kubernetes/kops upup/models/cloudup/resources/addons/nodelocaldns.addons.k8s.io/k8s-1.12.yaml.template at v1.36.2',
  coredns: '1.11.3',
  corefile: corefile({
    local: '169.254.20.10',
    cluster: '__PILLAR__CLUSTER__DNS__',
    upstream: '__PILLAR__UPSTREAM__SERVERS__',
    domain: 'cluster.local',
    health: '169.254.20.10:3989',
  }),
  image: 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.0',
  around: { ...around('169.254.20.10', true, 3989), service: null },
}

/** With the redirect of Cilium it listens on all addresses, and health on its usual port. */
const rke2: Installed = {
  name: 'node-local-dns of RKE2 with Cilium',
  source:
    'rancher/rke2-charts packages/rke2-coredns/generated-changes/overlay/templates/configmap-nodelocal.yaml at cfbcbb82',
  coredns: '1.13.1',
  corefile: corefile({
    local: '0.0.0.0',
    cluster: '__PILLAR__CLUSTER__DNS__',
    upstream: '__PILLAR__UPSTREAM__SERVERS__',
    domain: 'cluster.local',
    health: '',
  }).replace(/ +$/gm, ''),
  image: 'rancher/hardened-dns-node-cache:1.26.7-build20251015',
  around: {
    ...around('169.254.20.10', true, 8080),
    pod: { dnsPolicy: 'Default' },
    liveness: { path: '/health', port: 8080, initialDelaySeconds: 60, timeoutSeconds: 5 },
  },
}

/** NodeLocal DNSCache, by tag and by who installs it. */
export const nodeLocal: readonly Installed[] = [...tags.flatMap(installed), kubespray, kops, rke2]
