import { describe, expect, it } from 'vitest'
import { translateKubeDns } from '../../../src/migrate/kube-dns/translate.ts'
import type { Decider } from '../../../src/resolver/decision.ts'
import { kubeDnsOf } from '../../../src/resolver/kube-dns/from-sources.ts'
import { outcomeSummary } from '../../../src/resolver/outcome-summary.ts'
import { probesOf } from '../../../src/resolver/probes.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import type { Source } from '../../../src/sources/source.ts'

interface Parts {
  readonly data?: Readonly<Record<string, string>>
  /** Arguments of the containers by name; null for no Deployment. */
  readonly containers: Readonly<Record<string, { readonly image: string; readonly args: readonly string[] }>> | null
}

function manifest({ data, containers }: Parts): string {
  const objects: object[] = []
  if (data !== undefined)
    objects.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      data,
    })
  if (containers !== null) {
    const list = Object.entries(containers).map(([name, { image, args }]) => ({ name, image, args }))
    const spec = { template: { spec: { containers: list } } }
    objects.push({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'kube-dns' }, spec })
  }
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
}

async function sourcesOf(parts: Parts): Promise<readonly Source[]> {
  return (await recognise([{ path: 'all.json', text: manifest(parts) }])).sources
}

function today(sources: readonly Source[]): Decider {
  const [found] = kubeDnsOf(sources, { version: undefined, clusterDomain: 'cluster.local' })
  if (found === undefined) throw new Error('no kube-dns')
  return found.decider
}

const kubedns = (tag: string, ...args: string[]) => ({ image: `k8s.gcr.io/k8s-dns-kube-dns:${tag}`, args })
const nanny = (...args: string[]) => ({
  image: 'k8s.gcr.io/k8s-dns-dnsmasq-nanny:1.14.13',
  args: ['-v=2', '-restartDnsmasq=true', '--', '-k', ...args],
})
const clusterServers = ['cluster.local', 'in-addr.arpa', 'ip6.arpa'].map((zone) => `--server=/${zone}/127.0.0.1#10053`)
const plain = {
  image: 'gcr.io/google_containers/kube-dnsmasq-amd64:1.4',
  args: ['--no-resolv', '--server=127.0.0.1#10053'],
}

const DEPLOYMENTS: Readonly<Record<string, Parts['containers']>> = {
  'no Deployment': null,
  'a nanny': { kubedns: kubedns('1.14.13', '--config-dir=/kube-dns-config'), dnsmasq: nanny(...clusterServers) },
  'a nanny of another domain and port': {
    kubedns: kubedns('1.14.13', '--domain=corp.example.', '--dns-port=10054', '--config-dir=/kube-dns-config'),
    dnsmasq: nanny('--server=/corp.example/127.0.0.1#10054', '--server=/in-addr.arpa/127.0.0.1#10054'),
  },
  'a nanny, and a kubedns that reads nothing': {
    kubedns: kubedns('1.14.13', '--nameservers=10.0.0.8,10.0.0.9:5353'),
    dnsmasq: nanny(...clusterServers),
  },
  'a nanny with kubedns behind all names': {
    kubedns: kubedns('1.14.4', '--config-dir=/kube-dns-config', '--nameservers=10.0.0.8'),
    dnsmasq: nanny('--no-resolv', '--server=127.0.0.1#10053'),
  },
  'dnsmasq without a nanny': { kubedns: kubedns('1.9'), dnsmasq: plain },
  'dnsmasq without a nanny, nameservers': { kubedns: kubedns('1.9', '--nameservers=10.0.0.8'), dnsmasq: plain },
  'dnsmasq without a nanny, a kubedns that reads': {
    kubedns: kubedns('1.26.7', '--config-map=kube-dns'),
    dnsmasq: plain,
  },
  'kubedns alone': { kubedns: kubedns('1.26.7', '--dns-port=53') },
  'kubedns alone, nameservers': { kubedns: kubedns('1.26.7', '--nameservers=10.0.0.8') },
  'kubedns alone, a ConfigMap': { kubedns: kubedns('1.26.7', '--config-dir=/kube-dns-config') },
}

const CONFIG_MAPS: Readonly<Record<string, Parts['data']>> = {
  none: undefined,
  empty: {},
  stubs: { stubDomains: '{"acme.test": ["10.1.0.1", "10.1.0.2:5353"], "dead.test": ["10.1.0.3:0"], "none.test": []}' },
  both: { stubDomains: '{"acme.test": ["10.1.0.1"]}', upstreamNameservers: '["10.2.0.1", "fd00::1", "10.2.0.2:5353"]' },
  refused: { stubDomains: '{"acme.test": "10.1.0.1"}', upstreamNameservers: '["10.2.0.1"]' },
}

describe('a kube-dns of sources', () => {
  const table = Object.entries(DEPLOYMENTS).flatMap(([deployment, containers]) =>
    Object.entries(CONFIG_MAPS).flatMap(([configMap, data]) =>
      containers === null && data === undefined
        ? []
        : [[deployment, configMap, { containers, ...(data === undefined ? {} : { data }) }] as const],
    ),
  )

  it.each(table)('%s, ConfigMap %s: decides as the server that a migration is held against', async (_, __, parts) => {
    const sources = await sourcesOf(parts)
    const one = today(sources)
    const migrated = translateKubeDns(
      sources.find((source) => source.kind === 'kube-dns-configmap') ?? null,
      sources.find((source) => source.kind === 'kube-dns-deployment') ?? null,
      {
        release: '1.15.0',
        reading: 'running',
        clusterDomain: 'cluster.local',
        dnsmasqVersion: null,
        addressesOf: new Map(),
      },
    ).server?.()
    if (migrated === undefined) throw new Error('no server')
    const probes = probesOf([one.vocabulary, migrated.vocabulary])
    expect(probes.count).toBeGreaterThan(50)
    for (const { query } of probes) expect(one.decide(query)).toEqual(migrated.decide(query))
  })

  const asked = async (deployment: string, configMap: string, name: string, type = 'A') => {
    const containers = DEPLOYMENTS[deployment] ?? null
    const data = CONFIG_MAPS[configMap]
    const sources = await sourcesOf({ containers, ...(data === undefined ? {} : { data }) })
    return outcomeSummary(today(sources).decide(queryFor(name, type)).outcome)
  }

  it.each([
    // The nanny gives dnsmasq what the ConfigMap says; without one nobody does.
    ['a nanny', 'both', 'a.acme.test', 'upstream 10.1.0.1'],
    ['dnsmasq without a nanny', 'both', 'a.acme.test', 'upstream /etc/resolv.conf'],
    ['kubedns alone, a ConfigMap', 'both', 'a.acme.test', 'upstream 10.2.0.1, [fd00::1], 10.2.0.2:5353'],
    // kubedns asks what it reads itself.
    ['dnsmasq without a nanny, nameservers', 'both', 'example.org', 'upstream 10.0.0.8'],
    [
      'dnsmasq without a nanny, a kubedns that reads',
      'both',
      'example.org',
      'upstream 10.2.0.1, [fd00::1], 10.2.0.2:5353',
    ],
    ['kubedns alone', 'both', 'example.org', 'upstream /etc/resolv.conf'],
    ['kubedns alone, nameservers', 'none', 'example.org', 'upstream 10.0.0.8'],
    // Before 1.14.10 it looks at --nameservers whatever it reads.
    ['a nanny with kubedns behind all names', 'empty', 'example.org', 'upstream 10.0.0.8'],
    // Nobody is asked at port 0.
    ['a nanny', 'stubs', 'a.dead.test', 'REFUSED'],
    ['a nanny', 'stubs', 'a.none.test', 'upstream /etc/resolv.conf'],
    // Of a ConfigMap that is refused nothing counts.
    ['a nanny', 'refused', 'example.org', 'upstream /etc/resolv.conf'],
  ])('%s, ConfigMap %s: %s is %s', async (deployment, configMap, name, expected) => {
    expect(await asked(deployment, configMap, name)).toBe(expected)
  })

  it('asks for reverse names that the cluster does not know where kubedns does', async () => {
    const reverse = ['9.9.9.9.in-addr.arpa', 'PTR'] as const
    expect(await asked('a nanny', 'both', ...reverse)).toContain('10.2.0.1')
    expect(await asked('a nanny, and a kubedns that reads nothing', 'both', ...reverse)).toContain('10.0.0.8')
    expect(await asked('a nanny with kubedns behind all names', 'empty', ...reverse)).toContain('10.0.0.8')
  })
})
