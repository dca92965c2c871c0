import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../src/resolver/coredns/cluster.ts'
import { decide, modelOf, outcomeOf } from './decide.ts'

const service = (namespace: string, name: string, spec: object, labels = {}): KubernetesObject => ({
  kind: 'Service',
  metadata: { name, namespace, labels },
  spec,
})
const ports = [{ name: 'http', port: 80, protocol: 'TCP' }]
const slice = (name: string, endpoints: object[]): KubernetesObject => ({
  kind: 'EndpointSlice',
  metadata: { name: `${name}-x`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
  endpoints,
  ports,
})
const services: readonly KubernetesObject[] = [
  { kind: 'Namespace', metadata: { name: 'default' } },
  { kind: 'Namespace', metadata: { name: 'empty', labels: { team: 'a' } } },
  {
    kind: 'List',
    items: [
      service(
        'default',
        'web',
        { clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20', 'fd00::20'], ports },
        { app: 'web' },
      ),
      service('default', 'db', { clusterIP: 'None', ports }),
      service('default', 'idle', { clusterIP: '10.96.0.30', ports }),
      service('default', 'out', { type: 'ExternalName', externalName: 'www.example.org' }),
      service('default', 'in', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' }),
      service('default', 'round', { type: 'ExternalName', externalName: 'round.default.svc.cluster.local' }),
    ],
  },
  slice('web', [{ addresses: ['10.244.0.11'] }]),
  slice('db', [
    { addresses: ['10.244.0.21'], hostname: 'db-0' },
    { addresses: ['10.244.0.22'], targetRef: { name: 'db-pod' } },
    { addresses: ['10.244.0.23'], conditions: { ready: false } },
  ]),
  { kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, status: { podIP: '10.244.0.31' } },
  { kind: 'Pod', metadata: { name: 'q', namespace: 'default' }, status: { phase: 'Failed', podIP: '10.244.0.32' } },
]

const corefile = (options = '', zones = 'cluster.local in-addr.arpa') =>
  `. {\n  kubernetes ${zones} {\n    ${options}\n  }\n  forward . 10.0.0.1\n}\n`

/** What comes, short: the data of records and aliases, or the kind. */
function answer(text: string, question: string, around = {}): string {
  const outcome = outcomeOf(text, question, { services, localAddresses: [], ...around })
  if (outcome.kind === 'records') return outcome.records.map(({ data }) => data).join(' ')
  return outcome.kind === 'alias' ? `${outcome.target} ${outcome.reached?.kind ?? 'nothing'}` : outcome.kind
}

describe('kubernetes with the objects of its cluster', () => {
  it.each([
    ['web.default.svc.cluster.local A', '10.96.0.20'],
    ['web.default.svc.cluster.local AAAA', 'fd00::20'],
    ['WEB.default.SVC.cluster.local A', '10.96.0.20'],
    ['web.default.svc.cluster.local TXT', 'nodata'],
    ['web.default.svc.cluster.local SRV', '0 50 80 web.default.svc.cluster.local.'],
    ['_http._tcp.web.default.svc.cluster.local A', '10.96.0.20'],
    ['_https._tcp.web.default.svc.cluster.local A', 'nxdomain'],
    ['db.default.svc.cluster.local A', '10.244.0.21 10.244.0.22'],
    ['db-0.db.default.svc.cluster.local A', '10.244.0.21'],
    ['10-244-0-22.db.default.svc.cluster.local A', '10.244.0.22'],
    ['10-244-0-11.web.default.svc.cluster.local A', '10.244.0.11'],
    ['a.b.c.web.default.svc.cluster.local A', 'nxdomain'],
    ['none.default.svc.cluster.local A', 'nxdomain'],
    ['default.svc.cluster.local A', 'nodata'],
    ['empty.svc.cluster.local A', 'nodata'],
    ['none.svc.cluster.local A', 'nxdomain'],
    ['cluster.local A', 'nodata'],
    ['svc.cluster.local A', 'nodata'],
    ['svc.cluster.local TXT', 'nxdomain'],
    ['x.cluster.local A', 'nxdomain'],
    ['dns-version.cluster.local TXT', '"1.1.0"'],
    ['out.default.svc.cluster.local A', 'www.example.org. upstream'],
    ['out.default.svc.cluster.local CNAME', 'www.example.org.'],
    ['out.default.svc.cluster.local SRV', 'nodata'],
    ['x.out.default.svc.cluster.local A', 'nxdomain'],
    ['in.default.svc.cluster.local A', 'web.default.svc.cluster.local. 10.96.0.20'],
    ['round.default.svc.cluster.local A', 'nodata'],
    ['20.0.96.10.in-addr.arpa PTR', 'web.default.svc.cluster.local.'],
    ['21.0.244.10.in-addr.arpa PTR', 'db-0.db.default.svc.cluster.local.'],
    ['99.0.96.10.in-addr.arpa PTR', 'nxdomain'],
    ['in-addr.arpa PTR', 'nodata'],
    ['web.default.svc.in-addr.arpa A', 'nxdomain'],
    ['x.cluster.local SOA', 'nodata'],
    ['ns.dns.cluster.local A', 'nodata'],
    ['NS.DNS.Cluster.local A', 'nxdomain'],
    ['www.example.org A', 'upstream'],
    ['cluster.local AXFR', 'refused'],
  ])('%s', (question, expected) => {
    expect(answer(corefile(), question)).toBe(expected)
  })

  it.each([
    ['', '10-244-0-31.default.pod.cluster.local', 'nxdomain'],
    ['', 'default.pod.cluster.local', 'nxdomain'],
    ['pods insecure', 'default.pod.cluster.local', 'nodata'],
    ['pods insecure', '10-1-1-1.default.pod.cluster.local', '10.1.1.1'],
    ['pods insecure', '10-1-1-1.none.pod.cluster.local', 'nxdomain'],
    ['pods insecure', 'x.default.pod.cluster.local', 'nxdomain'],
    ['pods verified', '10-244-0-31.default.pod.cluster.local', '10.244.0.31'],
    ['pods verified', '10-1-1-1.default.pod.cluster.local', 'nxdomain'],
    ['pods verified', '10-244-0-32.default.pod.cluster.local', 'nxdomain'],
    ['ignore empty_service', 'idle.default.svc.cluster.local', 'nxdomain'],
    ['ignore empty_service', 'web.default.svc.cluster.local', '10.96.0.20'],
    ['noendpoints', 'db.default.svc.cluster.local', 'nxdomain'],
    ['namespaces empty', 'web.default.svc.cluster.local', 'nxdomain'],
    ['namespace_labels team=a', 'web.default.svc.cluster.local', 'nxdomain'],
    ['namespace_labels team=a', 'empty.svc.cluster.local', 'nodata'],
    ['labels app=web', 'idle.default.svc.cluster.local', 'nxdomain'],
    ['labels app=web', 'web.default.svc.cluster.local', '10.96.0.20'],
    ['endpoint_pod_names', 'db-pod.db.default.svc.cluster.local', '10.244.0.22'],
    ['fallthrough', 'x.cluster.local', 'upstream'],
    ['fallthrough default.svc.cluster.local', 'x.default.svc.cluster.local', 'upstream'],
    ['fallthrough default.svc.cluster.local', 'x.cluster.local', 'nxdomain'],
  ])('with %j: %s', (options, question, expected) => {
    expect(answer(corefile(options), question)).toBe(expected)
  })

  it.each([
    ['1.8.6', '*.empty.svc.cluster.local A', 'nodata'],
    ['1.8.6', 'any.db.default.svc.cluster.local A', '10.244.0.21 10.244.0.22'],
    ['1.9.0', '*.default.svc.cluster.local A', 'nxdomain'],
    ['1.10.0', 'cluster.local TXT', 'nodata'],
    ['1.10.1', 'cluster.local TXT', 'nxdomain'],
    ['1.8.3', 'x.cluster.local SOA', 'ns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 5'],
    ['1.10.1', 'x.out.default.svc.cluster.local A', 'www.example.org. upstream'],
    ['1.11.4', '22.0.244.10.in-addr.arpa PTR', 'nxdomain'],
    ['1.12.1', '22.0.244.10.in-addr.arpa PTR', '10-244-0-22.db.default.svc.cluster.local.'],
    ['1.11.3', '22.0.244.10.in-addr.arpa PTR', '10-244-0-22.db.default.svc.cluster.local.'],
  ])('in %s: %s', (release, question, expected) => {
    expect(answer(corefile(), question, { release })).toBe(expected)
  })

  it('panics up to 1.10.1 where it has no endpoints', () => {
    const text = corefile('noendpoints')
    expect(answer(text, 'db.default.svc.cluster.local', { release: '1.10.1' })).toBe('servfail')
    expect(answer(text, '21.0.244.10.in-addr.arpa PTR', { release: '1.10.1' })).toBe('servfail')
    expect(answer(text, 'web.default.svc.cluster.local', { release: '1.10.1' })).toBe('10.96.0.20')
    expect(answer(text, 'db.default.svc.cluster.local', { release: '1.11.0' })).toBe('nxdomain')
  })

  it('needs a reply for the target of an alias', () => {
    const text = `${corefile()}example.org {\n  erratic {\n    drop 1\n  }\n}\n`
    expect(answer(text, 'out.default.svc.cluster.local', { release: '1.12.3' })).toBe('servfail')
    expect(answer(text, 'out.default.svc.cluster.local', { release: '1.12.4' })).toBe('nodata')
  })

  it('keeps the case of the question, and the time to live of its option', () => {
    expect(outcomeOf(corefile('ttl 17'), 'Web.default.svc.Cluster.local SRV', { services })).toEqual({
      kind: 'records',
      records: [
        {
          name: 'Web.default.svc.Cluster.local.',
          ttl: 17,
          type: 'SRV',
          data: '0 50 80 web.default.svc.Cluster.local.',
        },
      ],
    })
  })

  it('may have the root for its zone, whose pointers cannot be sent', () => {
    const text = '. {\n  kubernetes\n}\n'
    expect(answer(text, 'web.default.svc SRV')).toBe('0 50 80 web.default.svc.')
    expect(answer(text, '. SOA')).toBe('ns.dns. hostmaster. 0 7200 1800 86400 5')
    expect(answer(text, '20.0.96.10.in-addr.arpa PTR')).toBe('dropped')
  })

  it('is told apart by its services', () => {
    const { names, addresses, clusterDomains } = modelOf(corefile(), { services }).vocabulary
    expect([...names]).toContain('web.default.svc.cluster.local.')
    expect([...addresses]).toEqual(['10.96.0.20', 'fd00::20', '10.96.0.30'])
    expect([...clusterDomains]).toEqual(['cluster.local.'])
  })

  it('tells who answers for the target of an alias', () => {
    const text = `${corefile()}example.org {\n  forward . 10.0.0.2\n}\n`
    const { lookups = [] } = decide(text, 'out.default.svc.cluster.local', { services })
    expect(lookups).toMatchObject([
      {
        query: { name: 'www.example.org.', type: 'A' },
        block: { key: 'example.org:53' },
        path: [{ plugin: 'forward', role: 'answered' }],
      },
    ])
    expect(decide(text, 'web.default.svc.cluster.local', { services }).lookups).toBeUndefined()
  })

  it('gives the bare alias where nobody serves its target', () => {
    const text = corefile().replace('forward . 10.0.0.1', '').replace('. {', 'cluster.local {')
    expect(answer(text, 'out.default.svc.cluster.local')).toBe('www.example.org. nothing')
  })

  it('knows its own name servers by the addresses of its machine alone', () => {
    expect(answer(corefile(), 'ns.dns.cluster.local', { localAddresses: ['10.244.9.9'] })).toBe('10.244.9.9')
    expect(answer(corefile(), 'ns.dns.cluster.local', { localAddresses: ['10.244.0.11'] })).toBe('10.96.0.20')
    expect(outcomeOf(corefile(), 'ns.dns.cluster.local', { services }).kind).toBe('cluster')
    const bound = corefile().replace('. {', '. {\n  bind 10.0.0.9')
    expect(outcomeOf(bound, 'ns.dns.cluster.local', { services }).kind).toBe('nodata')
  })
})

describe('objects of a cluster', () => {
  it('may be anything at all', () => {
    const value = fc.oneof(
      fc.constantFrom(null, 1, '', '10.0.0.1', 'None', true),
      fc.array(fc.constantFrom('10.0.0.1', 7, null)),
    )
    const data = fc.dictionary(
      fc.constantFrom('name', 'namespace', 'labels', 'clusterIP', 'clusterIPs', 'ports', 'items', 'ip'),
      value,
    )
    const object = fc.dictionary(
      fc.constantFrom('metadata', 'spec', 'status', 'endpoints', 'subsets', 'ports', 'items'),
      fc.oneof(data, fc.array(data), value),
    )
    const kinds = fc.constantFrom('Service', 'Endpoints', 'EndpointSlice', 'Pod', 'Namespace', 'List', undefined)
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, object)), (objects) => {
        const all = objects.map(([kind, each]) => ({ ...each, kind })) as unknown as KubernetesObject[]
        for (const question of [
          'a.default.svc.cluster.local SRV',
          '1.0.0.10.in-addr.arpa PTR',
          '.default.svc.cluster.local',
        ])
          answer(corefile('pods verified'), question, { services: all })
      }),
      { numRuns: 200 },
    )
    const round: { kind: string; items: unknown[] } = { kind: 'List', items: [] }
    round.items.push(round)
    expect(answer(corefile(), 'a.default.svc.cluster.local', { services: [round] })).toBe('nxdomain')
  })
})

describe('kubernetes without them', () => {
  it.each([
    ['web.default.svc.cluster.local A', 'cluster'],
    ['default.svc.cluster.local A', 'cluster'],
    ['1.0.96.10.in-addr.arpa PTR', 'cluster'],
    ['cluster.local A', 'nodata'],
    ['x.cluster.local A', 'nxdomain'],
    ['a.b.c.web.default.svc.cluster.local A', 'nxdomain'],
    ['10-1-1-1.default.pod.cluster.local A', 'nxdomain'],
    ['0.96.10.in-addr.arpa PTR', 'nxdomain'],
    ['www.example.org A', 'upstream'],
  ])('%s', (question, expected) => {
    expect(outcomeOf(corefile(), question).kind).toBe(expected)
  })

  it('knows what comes where the cluster does not have the name', () => {
    const question = 'Web.default.svc.cluster.local SRV'
    expect(outcomeOf(corefile(), question)).toEqual({
      kind: 'cluster',
      zone: 'cluster.local.',
      name: 'Web.default.svc.cluster.local.',
      type: 'SRV',
      changes: [],
      otherwise: { kind: 'nxdomain' },
    })
    expect(outcomeOf(corefile('fallthrough'), question)).toMatchObject({ otherwise: { kind: 'upstream' } })
    expect(decide(corefile(), 'b.example').path[0]?.did).toBe('not its zone (cluster.local, in-addr.arpa)')
  })

  it('is sure of namespaces that it does not serve', () => {
    expect(outcomeOf(corefile('namespaces a b'), 'web.default.svc.cluster.local').kind).toBe('nxdomain')
  })
})
