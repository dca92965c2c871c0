import { describe, expect, it } from 'vitest'
import type { Decider } from '../../src/resolver/decision.ts'
import type { Outcome } from '../../src/resolver/outcome.ts'
import { askedServers, lookUp } from '../../src/resolver/pod-lookup.ts'
import { recognise } from '../../src/sources/recognise.ts'
import type { Workload } from '../../src/sources/workload.ts'

async function workload(spec: string): Promise<Workload> {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: shop}\nspec:\n  containers: [{name: a, image: a}]\n${spec}`
  const { sources } = await recognise([{ path: 'pod.yaml', text }], { allPods: true })
  const found = sources.find((source): source is Workload => source.kind === 'workload')
  if (found === undefined) throw new Error('no pod')
  return found
}

/** A cluster's DNS that has these outcomes, and NXDOMAIN for all other names. */
function cluster(outcomes: Readonly<Record<string, Outcome>> = {}): Decider {
  return {
    program: 'a stand-in',
    vocabulary: { names: new Set(), domains: new Set(), addresses: new Set(), clusterDomains: new Set(), patterns: [] },
    decide: (query) => ({
      query,
      outcome: outcomes[query.name] ?? { kind: 'nxdomain' },
      block: null,
      listener: null,
      path: [],
      assumes: [],
    }),
  }
}

const ALIASES =
  '  hostAliases: [{ip: 10.0.0.1, hostnames: [registry]}, {ip: 10.0.0.2, hostnames: [registry, both]}, {ip: "::1", hostnames: [both]}, {ip: 010.1.2.9, hostnames: [zeros]}]\n'
const records: Outcome = { kind: 'records', records: [{ name: 'a.', ttl: 5, type: 'A', data: '10.1.1.1' }] }

async function steps(
  name: string,
  libc: 'glibc' | 'musl',
  { spec = '', type = 'A', outcomes = {} as Record<string, Outcome> } = {},
) {
  const lookup = lookUp(
    { name, type, libc, workload: await workload(spec), clusterDomain: 'cluster.local' },
    cluster(outcomes),
  )
  return lookup.steps.map((step) => (step.in === 'hosts' ? step.addresses : step.name))
}

describe('the hosts file of a pod', () => {
  const spec = ALIASES
  const search = [
    'registry.shop.svc.cluster.local.',
    'registry.svc.cluster.local.',
    'registry.cluster.local.',
    'registry.',
  ]

  it.each(['glibc', 'musl'] as const)('%s takes all addresses of all lines, and asks nobody', async (libc) => {
    expect(await steps('registry', libc, { spec })).toEqual([['10.0.0.1', '10.0.0.2']])
  })

  it('is searched in any case by glibc alone', async () => {
    expect(await steps('REGISTRY', 'glibc', { spec })).toEqual([['10.0.0.1', '10.0.0.2']])
    expect((await steps('REGISTRY', 'musl', { spec }))[0]).toBe('REGISTRY.shop.svc.cluster.local.')
  })

  it('has no name with a dot at its end, and none below one', async () => {
    expect(await steps('registry.', 'glibc', { spec })).toEqual(['registry.'])
    expect((await steps('a.registry', 'musl', { spec }))[0]).toBe('a.registry.shop.svc.cluster.local.')
  })

  it('sends glibc to DNS for a family that it lacks, musl nowhere', async () => {
    expect(await steps('registry', 'glibc', { spec, type: 'AAAA' })).toEqual(search)
    expect(await steps('registry', 'musl', { spec, type: 'AAAA' })).toEqual([[]])
    expect(await steps('both', 'musl', { spec, type: 'AAAA' })).toEqual([['::1']])
  })

  it('is not asked for other types', async () => {
    expect(await steps('registry', 'glibc', { spec, type: 'MX' })).toEqual(search)
  })
})

describe('the search list', () => {
  it('ends for musl at an empty answer and at a failure, for glibc not', async () => {
    const outcomes: Record<string, Outcome> = { 'a.shop.svc.cluster.local.': { kind: 'nodata' }, 'a.': records }
    expect(await steps('a', 'musl', { outcomes })).toEqual(['a.shop.svc.cluster.local.'])
    expect((await steps('a', 'glibc', { outcomes })).at(-1)).toBe('a.')
    const failing: Record<string, Outcome> = {
      'a.shop.svc.cluster.local.': { kind: 'servfail', reason: 'x' },
      'a.': records,
    }
    expect(await steps('a', 'musl', { outcomes: failing })).toHaveLength(1)
    expect(await steps('a', 'glibc', { outcomes: failing })).toHaveLength(4)
  })

  it('comes behind the name where that has enough dots', async () => {
    const spec = '  dnsConfig: {searches: [corp.example.], options: [{name: ndots, value: "1"}]}\n'
    expect((await steps('a.b', 'glibc', { spec }))[0]).toBe('a.b.')
    expect((await steps('a', 'glibc', { spec })).slice(-2)).toEqual(['a.corp.example.', 'a.'])
  })
})

describe('whom a pod asks', () => {
  it.each([
    ['', 'cluster'],
    ['  hostNetwork: true\n', 'node'],
    ['  hostNetwork: true\n  dnsPolicy: ClusterFirstWithHostNet\n', 'cluster'],
    ['  dnsPolicy: Default\n', 'node'],
    ['  dnsPolicy: None\n  dnsConfig: {nameservers: [10.1.1.1]}\n', 'own'],
  ])('%j: %s', async (spec, asked) => {
    expect(askedServers((await workload(spec)).pod)).toBe(asked)
  })

  it('is not the cluster with policies that say so', async () => {
    const spec = '  dnsPolicy: None\n  dnsConfig: {nameservers: [10.1.1.1], searches: [corp.example]}\n'
    const question = { name: 'registry', type: 'A', libc: 'glibc', clusterDomain: 'cluster.local' } as const
    const { steps: taken, ndots, search } = lookUp({ ...question, workload: await workload(spec) }, cluster())
    expect([ndots, search]).toEqual([1, ['corp.example']])
    expect(taken[0]).toMatchObject({
      name: 'registry.corp.example.',
      decision: { outcome: { kind: 'upstream', upstreams: ['10.1.1.1:53'] } },
    })
    const node = lookUp({ ...question, workload: await workload('  dnsPolicy: Default\n') }, cluster())
    expect(node.steps).toMatchObject([{ decision: { outcome: { upstreams: ['resolv.conf /etc/resolv.conf'] } } }])
  })
})
