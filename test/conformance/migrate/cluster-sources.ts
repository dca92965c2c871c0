import { Random } from '../generate/random.ts'
import { corefiles } from './corefiles.ts'
import { configMap, deployment, TAGS } from './kube-dns-objects.ts'
import type { SourceCase } from './source-case.ts'

const STUBS = ['acme.local', 'corp.test', 'eu.corp.test', 'consul', '10.in-addr.arpa', 'svc.cluster.local', 'local']
const RELEASES = ['1.15.0', '1.15.0', '1.15.0', '1.11.4', '1.9.4', '1.8.4']

/** Corefiles that answer all names of a cluster. */
const whole = Object.entries(corefiles).flatMap(([name, text]) => (name === 'hosts without braces' ? [] : [text]))

/** Where dnsmasq asks kubedns: an upstream of its own while it runs here. */
const KUBEDNS = '127.0.0.1#10053'

/** ConfigMaps and Deployments of kube-dns. Those that kube-dns takes run as the dnsmasq that the nanny would start. */
export function kubeDnsSources(): readonly SourceCase[] {
  return Array.from({ length: 72 }, (_, number): SourceCase => {
    const id = `kube-dns-${number + 1}`
    const random = new Random(`migrate ${id}`)
    const stubs = random.some(STUBS, random.below(4))
    const serversOf = new Map(
      stubs.map((stub) => [
        stub,
        random.some(['192.0.2.2', '192.0.2.3', 'dns.other.test', '[fd00::53]:5353', 'fd00::53'], random.below(3)),
      ]),
    )
    const upstreams = random.chance(0.6) ? random.some(['192.0.2.1', '192.0.2.4', '192.0.2.3', '8.8.8.8:5353'], 2) : []
    const data: Record<string, string> = {}
    if (stubs.length > 0) data.stubDomains = JSON.stringify(Object.fromEntries(serversOf))
    if (upstreams.length > 0) data.upstreamNameservers = JSON.stringify(upstreams)
    if (random.chance(0.1)) data.federations = 'myfed=federation.test'
    const isBroken = random.chance(0.15)
    if (isBroken) {
      Object.assign(
        data,
        random.one([
          { upstreamNameservers: '["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]' },
          { stubDomains: '{"acme.local": "192.0.2.2"}' },
          { stubDomains: '{"Acme_Local": ["192.0.2.2"]}' },
          { federations: '{"a":"b"}' },
          { upstreamnameservers: '["192.0.2.2"]' },
        ]),
      )
    }
    const [tag, dnsmasq] = random.one(TAGS)
    const generation = random.chance(0.75) ? 'nanny' : 'plain'
    const zones = random.one([
      ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
      ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
      ['cluster.local', 'in-addr.arpa', 'in6.arpa'],
      ['cluster.local'],
    ])
    const own = random.some(
      ['--no-negcache', '--address=/blocked.test/0.0.0.0', '--server=/extra.test/192.0.2.4', '--dns-forward-max=500'],
      random.below(3),
    )
    const args =
      generation === 'nanny'
        ? [
            '-k',
            '--cache-size=1000',
            '--log-facility=-',
            ...own,
            ...zones.map((zone) => `--server=/${zone}/${KUBEDNS}`),
          ]
        : ['--cache-size=1000', '--no-resolv', ...own, `--server=${KUBEDNS}`]
    const hasDeployment = random.chance(0.7)
    const files: Record<string, string> = {}
    if (!hasDeployment || random.chance(0.8)) files['kube-dns.yaml'] = configMap(data)
    if (hasDeployment) {
      const kubedns = ['--domain=cluster.local.', '--dns-port=10053', '--v=2']
      if (generation === 'nanny') kubedns.push('--config-dir=/kube-dns-config')
      files['deployment.yaml'] = deployment({ tag, args: kubedns }, { generation, tag, args })
    }
    const into = random.chance(0.3) ? random.one(whole) : null
    const hasNames = [...serversOf.values()].flat().some((server) => /[a-z[]/.test(server))
    const isPlain =
      files['kube-dns.yaml'] !== undefined &&
      hasDeployment &&
      generation === 'nanny' &&
      !isBroken &&
      !hasNames &&
      upstreams.length > 0
    const nanny = [
      ...[...serversOf].flatMap(([stub, servers]) => servers.map((server) => `--server=/${stub}/${server}`)),
      ...upstreams.map((server) => `--server=${server.replace(':', '#')}`),
      '--no-resolv',
    ]
    const options = [...args, ...(files['kube-dns.yaml'] === undefined ? ['--no-resolv'] : nanny)]
    return {
      id,
      topic: into === null ? 'kube-dns' : 'kube-dns into a Corefile',
      files,
      into,
      release: random.one(RELEASES),
      dnsmasq: hasDeployment ? null : dnsmasq,
      reading: random.one(['running', 'intended']),
      live:
        isPlain && into === null && !upstreams.includes('8.8.8.8:5353') && dnsmasq !== '2.76'
          ? { dnsmasq, options: options.filter((one) => !/^(?:-k|--log-facility)/.test(one)), files: {} }
          : null,
    }
  })
}

const NAMES = [
  'db.corp.test',
  'registry',
  'api.example.org',
  'www.acme.local',
  'foo.remote',
  'cache',
  'a.b.c.d.e.f.test',
]
const ADDRESSES = ['10.9.9.1', '10.9.9.2', '10.9.9.3', 'fd00::99', '127.0.0.1', '169.254.1.1', '010.9.9.4']

/** Workloads with aliases, in every kind of file that people keep them in. */
export function aliasSources(): readonly SourceCase[] {
  return Array.from({ length: 60 }, (_, number): SourceCase => {
    const id = `aliases-${number + 1}`
    const random = new Random(`migrate ${id}`)
    const isConsistent = random.chance(0.6)
    const files: Record<string, string> = {}
    for (let at = 0; at <= random.below(4); at++) {
      const kind = random.one(['Deployment', 'StatefulSet', 'Pod', 'CronJob', 'DaemonSet'])
      files[`${at}.yaml`] = workload(random, kind, `app${at}`, isConsistent)
    }
    const into = random.chance(0.7) ? random.one(Object.values(corefiles)) : null
    return {
      id,
      topic: into === null ? 'hostAliases' : 'hostAliases into a Corefile',
      files,
      into,
      release: random.one(RELEASES),
      dnsmasq: null,
      reading: null,
      live: null,
    }
  })
}

function workload(random: Random, kind: string, name: string, isConsistent: boolean): string {
  const names = random.some(NAMES, 1 + random.below(3))
  const aliases = names.map((host) => {
    const address = isConsistent ? (ADDRESSES[NAMES.indexOf(host) % 4] as string) : random.one(ADDRESSES)
    return random.chance(0.5)
      ? `- ip: ${JSON.stringify(address)}\n  hostnames: [${host}]`
      : `- hostnames:\n  - ${host}\n  ip: "${address}"`
  })
  const pod = [
    ...(random.chance(0.15) ? ['hostNetwork: true'] : []),
    ...(random.chance(0.1) ? ['dnsPolicy: None'] : []),
    'hostAliases:',
    ...aliases.flatMap((alias) => alias.split('\n')),
    'containers:',
    '- name: app',
    '  image: app:1',
  ]
  const indented = (depth: number) => pod.map((line) => `${' '.repeat(depth)}${line}\n`).join('')
  const head = (apiVersion: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${random.one(['default', 'shop'])}\nspec:\n`
  if (kind === 'Pod') return `${head('v1')}${indented(2)}`
  if (kind === 'CronJob')
    return `${head('batch/v1')}  jobTemplate:\n    spec:\n      template:\n        spec:\n${indented(10)}`
  return `${head('apps/v1')}  template:\n    spec:\n${indented(6)}`
}

/** Hosts files of machines, resolv.conf beside some of them. */
export function hostsSources(): readonly SourceCase[] {
  return Array.from({ length: 36 }, (_, number): SourceCase => {
    const id = `hosts-${number + 1}`
    const random = new Random(`migrate ${id}`)
    const lines = Array.from({ length: 1 + random.below(6) }, () => {
      const address = random.one([
        '10.7.0.1',
        '10.7.0.2',
        'fd00::7',
        '127.0.0.1',
        '010.7.0.1',
        'fe80::1%eth0',
        '0.0.0.0',
      ])
      const names = random.some(
        ['a.test', 'B.test', 'short', 'trailing.test.', '_u.test', '*.wild.test'],
        1 + random.below(2),
      )
      return `${address}\t${names.join(' ')}${random.chance(0.3) ? '\t# why' : ''}`
    })
    const files: Record<string, string> = { hosts: `127.0.0.1 localhost\n::1 ip6-localhost\n\n${lines.join('\n')}\n` }
    if (random.chance(0.4)) {
      const words = [
        'nameserver 192.0.2.1',
        ...random.some(['nameserver 192.0.2.2', 'search corp.test', 'options ndots:2 rotate', 'nameserver ::1'], 2),
      ]
      files['resolv.conf'] = `${words.join('\n')}\n`
    }
    const into = random.chance(0.4) ? random.one(Object.values(corefiles)) : null
    return {
      id,
      topic: into === null ? 'hosts files' : 'hosts files into a Corefile',
      files,
      into,
      release: random.one(RELEASES),
      dnsmasq: null,
      reading: null,
      live: null,
    }
  })
}
