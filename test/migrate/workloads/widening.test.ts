import { describe, expect, it } from 'vitest'
import { type MigrateOptions, migrate } from '../../../src/migrate/migrate.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import { hasAliases } from '../../../src/sources/workload.ts'
import { corefileSource } from '../../conformance/migrate/translated.ts'

const pod = (name: string, aliases: Readonly<Record<string, string>> = {}, more = '') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop}
spec:
${more}${Object.keys(aliases).length === 0 ? '' : '  hostAliases:\n'}${Object.entries(aliases)
  .map(([host, ip]) => `  - {ip: ${ip}, hostnames: [${host}]}\n`)
  .join('')}  containers:
  - {name: app, image: "app:1"}
`
const wholeCluster = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}, spec: {clusterIP: 10.96.0.1}}
- {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
`
const corefile = `. {
    hosts {
        10.0.0.1 known.example.com
        10.0.0.9 other.example.com
        fallthrough
    }
    template ANY ANY blocked.example.com {
        rcode NXDOMAIN
    }
    forward . 192.0.2.53
}
`

async function moved(texts: readonly string[], accept: readonly string[] = [], into: string | null = corefile) {
  const files = texts.map((text, at) => ({ path: `${at}.yaml`, text }))
  const { sources } = await recognise(files, { allPods: true })
  const isOther = (source: (typeof sources)[number]) => source.kind === 'workload' && !hasAliases(source)
  const options: MigrateOptions = {
    release: '1.15.0',
    into: into === null ? null : corefileSource(into),
    clusterDomain: 'cluster.local',
    reverseCidrs: [],
    dnsmasqVersion: null,
    reading: null,
    accept: new Set(accept),
    others: sources.flatMap((source) => (source.kind === 'workload' && !hasAliases(source) ? source : [])),
    textOf: (path) => files.find((file) => file.path === path)?.text ?? '',
  }
  const migration = migrate(
    sources.filter((source) => !isOther(source)),
    options,
  )
  return {
    migration,
    levels: Object.fromEntries(
      migration.items.map(({ source, widening }) => [source.text.split(' ')[1], widening?.level]),
    ),
    codes: migration.conflicts.map(({ code }) => code),
  }
}

describe('what a moved alias means to pods without it', () => {
  it('is nothing where the Corefile answers so already', async () => {
    const { levels, codes, migration } = await moved([pod('a', { 'known.example.com': '10.0.0.1' }), pod('b')])
    expect([levels, codes, migration.corefile]).toEqual([{ 'known.example.com': 'none' }, [], corefile])
    expect(migration.items[0]?.note).toContain('as the others do already')
  })

  it('is a new name where the public DNS cannot know it, or the Corefile denies it', async () => {
    const { levels, codes, migration } = await moved([
      pod('a', { 'db.corp.internal': '10.0.0.2', cache: '10.0.0.3', 'a.blocked.example.com': '10.0.0.4' }),
    ])
    expect([levels, codes]).toEqual([
      { 'db.corp.internal': 'new-name', cache: 'new-name', 'a.blocked.example.com': 'new-name' },
      [],
    ])
    expect(migration.corefile).toContain('10.0.0.2 db.corp.internal\n')
  })

  it('is a decision where a name of the public DNS changes; the others move all the same', async () => {
    const files = [
      pod('a', { 'api.example.com': '10.0.0.5', 'www.example.org': '10.0.0.6', 'db.corp.internal': '10.0.0.2' }),
      pod('b', { 'api.example.com': '10.0.0.5' }),
      pod('c'),
      pod('d', {}, '  dnsPolicy: Default\n'),
    ]
    const asked = await moved(files)
    expect(asked.codes).toEqual(['widening'])
    expect(asked.migration.corefile).not.toMatch(/api\.example\.com|www\.example\.org/)
    expect(asked.migration.corefile).toContain('db.corp.internal')
    const [conflict] = asked.migration.conflicts
    expect(conflict?.message).toContain(
      'api.example.com (10.0.0.5), www.example.org (10.0.0.6): names of the public DNS',
    )
    expect(conflict?.choices.map(({ accept }) => accept)).toEqual(['widening', 'widening=stay'])
    expect(conflict?.places.map(({ path }) => path)).toEqual(['0.yaml', '1.yaml', '0.yaml'])
    const stays = asked.migration.items.filter(({ fidelity }) => fidelity === 'untranslatable')
    expect(stays.map(({ note }) => note)).toEqual(
      Array(3).fill(
        'stays an alias: in CoreDNS it would change a name of the public DNS for every other pod (today: upstream 192.0.2.53)',
      ),
    )
    expect(asked.migration.moved.map(({ name }) => name)).toEqual(['db.corp.internal'])

    const taken = await moved(files, ['widening'])
    expect([taken.codes, taken.migration.corefile.includes('10.0.0.5 api.example.com')]).toEqual([[], true])
    const item = taken.migration.items.find(({ source }) => source.text.endsWith('api.example.com'))
    expect(item?.note).toContain('also those that asked the public DNS for it')
    // The pod with dnsPolicy Default does not ask CoreDNS.
    expect(item?.check).toContain(
      'pods without the alias, in 1 other workload of this run (Pod shop/c) and wherever else, get 10.0.0.5 for api.example.com in place of upstream 192.0.2.53',
    )

    const left = await moved(files, ['widening=stay'])
    expect([left.codes, left.migration.corefile]).toEqual([[], asked.migration.corefile])
  })

  it('is nothing where the run has the whole cluster and all of it has the alias', async () => {
    const alias = { 'api.example.com': '10.0.0.5' }
    const whole = await moved([pod('a', alias), pod('b', alias), wholeCluster])
    expect([whole.levels, whole.codes]).toEqual([{ 'api.example.com': 'none' }, []])
    expect((await moved([pod('a', alias), pod('b', alias)])).codes).toEqual(['widening'])
    expect((await moved([pod('a', alias), pod('b'), wholeCluster])).codes).toEqual(['widening'])
  })

  it('is asked about where there is no Corefile yet', async () => {
    const { codes, migration } = await moved([pod('a', { 'api.example.com': '10.0.0.5' })], [], null)
    expect([codes, migration.corefile.includes('api.example.com')]).toEqual([['widening'], false])
  })

  it('is told once for each name, however many have it', async () => {
    const names = Array.from({ length: 8 }, (_, at) => [`n${at}.example.com`, `10.1.0.${at}`])
    const { migration } = await moved([pod('a', Object.fromEntries(names)), pod('b', Object.fromEntries(names))])
    expect(migration.conflicts).toHaveLength(1)
    expect(migration.conflicts[0]?.message).toContain('n4.example.com (10.1.0.4) and 3 more: names of the public DNS')
  })
})
