import { Random } from '../generate/random.ts'
import { configMap, deployment, TAGS } from './kube-dns-objects.ts'
import type { SourceCase } from './source-case.ts'

const STUBS = [
  'acme.local',
  'corp.test',
  'eu.corp.test',
  'consul',
  '10.in-addr.arpa',
  'svc.cluster.local',
  'local',
  'test',
]
const RELEASES = ['1.15.0', '1.15.0', '1.11.4', '1.9.4']
const SERVERS = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']
const DOMAINS = ['cluster.local', 'cluster.local', 'cluster.local', 'corp.example']
const OWN = [
  '--no-negcache',
  '--address=/blocked.test/0.0.0.0',
  '--server=/extra.test/192.0.2.4',
  '--local=/private.test/',
  '--host-record=printer.corp.test,10.10.0.9',
  '--cname=print.corp.test,printer.corp.test',
  '--domain-needed',
  '--bogus-priv',
  '--strict-order',
]

/** How the programs of a kube-dns are put together. */
const KINDS = [
  'nanny',
  'nanny',
  'nanny without a reading kubedns',
  'all to kubedns',
  'plain',
  'plain',
  'alone',
] as const

/** ConfigMaps and Deployments of every generation whose servers can all be started here, so that a real kube-dns is asked. */
export function runningKubeDnsSources(): readonly SourceCase[] {
  return Array.from({ length: 40 }, (_, number): SourceCase => {
    const id = `kube-dns-running-${number + 1}`
    const random = new Random(`migrate ${id}`)
    const kind = random.one(KINDS)
    const domain = random.one(DOMAINS)
    const stubs = random.some(STUBS, random.below(4)).map((stub) => [stub, random.some(SERVERS, 1 + random.below(2))])
    const data: Record<string, string> = {}
    if (stubs.length > 0) data.stubDomains = JSON.stringify(Object.fromEntries(stubs))
    if (random.chance(0.6)) data.upstreamNameservers = JSON.stringify(random.some(SERVERS, 1 + random.below(2)))
    const nameservers = random.chance(0.5)
      ? [`--nameservers=${random.some(SERVERS, 1 + random.below(2)).join(',')}`]
      : []
    const reads = kind === 'nanny' || kind === 'all to kubedns' || random.chance(0.3)
    const kubedns =
      reads && kind !== 'nanny without a reading kubedns' ? ['--config-dir=/kube-dns-config'] : nameservers
    const own = random.some(OWN, random.below(3))
    const zones = [domain, 'in-addr.arpa', random.chance(0.8) ? 'ip6.arpa' : 'in6.arpa']
    const toKubedns =
      kind === 'plain' || kind === 'all to kubedns'
        ? ['--no-resolv', '--server=127.0.0.1#10053']
        : zones.map((zone) => `--server=/${zone}/127.0.0.1#10053`)
    // The kubedns that runs here is of 1.26.7, whatever dnsmasq stands in front of it.
    const [nannyTag, dnsmasq] = random.one(TAGS)
    const hasDeployment = kind !== 'nanny' || random.chance(0.8) || domain !== 'cluster.local'
    const files: Record<string, string> = {}
    if (!hasDeployment || random.chance(0.85)) files['kube-dns.yaml'] = configMap(data)
    if (hasDeployment) {
      const front =
        kind === 'alone'
          ? null
          : ({
              generation: kind === 'plain' ? 'plain' : 'nanny',
              tag: nannyTag,
              args: ['--cache-size=1000', ...own, ...toKubedns],
            } as const)
      files['deployment.yaml'] = deployment(
        { tag: '1.26.7', args: [`--domain=${domain}.`, '--dns-port=10053', ...kubedns] },
        front,
      )
    }
    return {
      id,
      topic: 'kube-dns',
      files,
      into: null,
      release: random.one(RELEASES),
      dnsmasq: hasDeployment ? null : dnsmasq,
      reading: null,
      live: null,
    }
  })
}
