import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { migrate } from '../../src/migrate/migrate.ts'
import { prove } from '../../src/migrate/proof.ts'
import { recognise } from '../../src/sources/recognise.ts'
import { corefiles } from '../conformance/migrate/corefiles.ts'
import { corefileSource } from '../conformance/migrate/translated.ts'

async function into(corefile: string, files: Readonly<Record<string, string>>, accept: readonly string[] = []) {
  const { sources } = await recognise(Object.entries(files).map(([path, text]) => ({ path, text })))
  const migration = migrate(sources, {
    release: '1.15.0',
    into: corefileSource(corefile),
    clusterDomain: 'cluster.local',
    reverseCidrs: [],
    dnsmasqVersion: null,
    reading: null,
    accept: new Set(accept),
    textOf: (path) => files[path] ?? '',
  })
  const lines = migration.corefile.split('\n').map((line) => line.replace(/\r$/, ''))
  const expressed = migration.items.map((item) => lines[(migration.lineOf.get(item) ?? 0) - 1]?.trim())
  return { migration, expressed, codes: migration.conflicts.map(({ code }) => code) }
}

const stub = (domain: string, server: string) => ({
  'kube-dns.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n  stubDomains: |\n    {"${domain}": ["${server}"]}\n`,
})
const hosts = (...lines: readonly string[]) => ({ hosts: `${lines.join('\n')}\n` })

describe('a Corefile that is there', () => {
  it('with a hosts file in front of everything is proved by what stands behind it', async () => {
    const corefile =
      '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    hosts /etc/coredns/NodeHosts {\n        fallthrough\n    }\n    forward . /etc/resolv.conf\n}\n'
    const upstreams = {
      'kube-dns.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n  upstreamNameservers: |\n    ["192.0.2.1"]\n`,
    }
    const { migration } = await into(corefile, upstreams)
    expect(prove(migration, { release: '1.15.0' }).comparison).toMatchObject({ undeclared: [], unproved: [] })

    const elsewhere = { ...migration, corefile: migration.corefile.replace('192.0.2.1', '192.0.2.99') }
    expect(prove(elsewhere, { release: '1.15.0' }).comparison?.undeclared.length).toBeGreaterThan(50)
    const otherFile = { ...migration, corefile: migration.corefile.replace('NodeHosts', 'OtherHosts') }
    expect(prove(otherFile, { release: '1.15.0' }).comparison?.undeclared.length).toBeGreaterThan(50)
  })

  it.each(Object.entries(corefiles))('keeps every line: %s', async (_, corefile) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.ipV4(), fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.example$/)), {
          minLength: 1,
          maxLength: 5,
          selector: ([, name]) => name,
        }),
        async (entries) => {
          const { migration } = await into(corefile, hosts(...entries.map((entry) => entry.join(' '))))
          const after = migration.corefile.split('\n')
          let at = 0
          for (const line of corefile.split('\n')) {
            // A hosts without braces, or one that is limited to zones, gets longer.
            while (at < after.length && !after[at]?.startsWith(line.replace(/ \{$/, ''))) at++
            expect(at).toBeLessThan(after.length)
            at++
          }
          expect(prove(migration, { release: '1.15.0' }).verdict.kind).not.toBe('refused')
        },
      ),
      { numRuns: 15 },
    )
  })

  it('gets entries behind those of its hosts, each told with its own line', async () => {
    const corefile = corefiles['with hosts'] ?? ''
    const { migration, expressed } = await into(
      corefile,
      hosts('10.0.0.1 one.example', '10.0.0.2 two.example', '10.7.0.9 other.test'),
    )
    expect(migration.corefile).toContain(
      '        10.7.0.9 other.test\n        10.0.0.1 one.example\n        10.0.0.2 two.example\n\n        ttl 60\n',
    )
    expect(expressed).toEqual(['10.0.0.1 one.example', '10.0.0.2 two.example', '10.7.0.9 other.test'])
  })

  it('tells the line of a new block, and of an upstream that is there', async () => {
    const { expressed, migration } = await into(corefiles.kubeadm ?? '', stub('acme.local', '10.150.0.1'))
    expect(expressed).toEqual([undefined, 'forward . 10.150.0.1'])
    expect(migration.corefile).toMatch(
      /\n}\n\nacme\.local:53 \{\n {4}errors\n {4}forward \. 10\.150\.0\.1\n {4}cache 30\n}\n$/,
    )
  })

  it('keeps its ends of lines and its tabs', async () => {
    const corefile = corefiles['tabs, and ends of lines as in Windows'] ?? ''
    const { migration, expressed } = await into(corefile, hosts('10.0.0.1 one.example'))
    expect(migration.corefile).toContain('\t\t10.7.0.9 other.test\r\n\t\t10.0.0.1 one.example\r\n\t\tfallthrough\r\n')
    expect(migration.corefile.replaceAll('\r\n', '')).not.toContain('\n')
    expect(expressed).toEqual(['10.0.0.1 one.example'])
  })

  it('listens for new zones where it listens for all names', async () => {
    const bound = await into(corefiles['bound to an address'] ?? '', stub('acme.local', '10.150.0.1'))
    expect(bound.migration.corefile).toContain('acme.local:53 {\n    bind 127.0.0.1\n    errors\n')
    const other = await into(corefiles['another port'] ?? '', stub('acme.local', '10.150.0.1'))
    expect(other.migration.corefile).toContain('\nacme.local:1053 {\n')
  })

  it('is asked about where it says otherwise than a source', async () => {
    const corefile = corefiles['with a stub'] ?? ''
    const { codes, migration } = await into(corefile, stub('acme.local', '192.0.2.9'))
    expect(codes).toEqual(['upstreams-differ'])
    expect(migration.corefile).toBe(corefile)
    const accepted = await into(corefile, stub('acme.local', '192.0.2.9'), ['upstreams-differ'])
    expect([accepted.codes, accepted.migration.corefile.includes('forward . 192.0.2.9\n')]).toEqual([[], true])
    expect((await into(corefile, stub('local', '192.0.2.9'))).codes).toEqual(['corefile-has-deeper-zone'])
    const named = await into(corefiles['with hosts'] ?? '', hosts('10.0.0.1 other.test'))
    expect(named.codes).toEqual(['name-has-other-address'])
  })

  it('is not edited in an import or a snippet', async () => {
    const corefile =
      '(names) {\n  hosts {\n    10.0.0.1 a.example\n    fallthrough\n  }\n}\n. {\n  import names\n  forward . 192.0.2.1\n}\n'
    const { codes, migration } = await into(corefile, hosts('10.0.0.2 b.example'))
    expect([codes, migration.corefile]).toEqual([['hosts-in-import'], corefile])
  })
})

describe('any text as a source', () => {
  const word = fc.constantFrom(
    'server',
    'address',
    'local',
    'host-record',
    'cname',
    'rev-server',
    '=',
    '/',
    '#',
    ',',
    '10.0.0.1',
    'fd00::1',
    'a.test',
    '*.b',
    '//',
    '\n',
    ' ',
    '"',
    '10.0.0.0/8',
    'txt-record',
    'synth-domain',
    'no-resolv',
    '0',
  )

  it('gives a Corefile that starts, or is asked about, and each place once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 40 }), async (words) => {
        const text = `no-hosts\n${words.join('')}\nserver=192.0.2.1\n`
        const files = { 'dnsmasq.conf': text }
        const { sources } = await recognise([{ path: 'dnsmasq.conf', text }])
        const migration = migrate(sources, {
          release: '1.15.0',
          into: null,
          clusterDomain: 'cluster.local',
          reverseCidrs: [],
          dnsmasqVersion: null,
          reading: null,
          accept: new Set(),
          textOf: () => files['dnsmasq.conf'],
        })
        const { verdict } = prove(migration, { release: '1.15.0' })
        if (verdict.kind === 'refused') expect(migration.corefile).toBe('')
        const places = migration.items.map(({ source: { path, range } }) => `${path} ${range.start} ${range.end}`)
        expect(new Set(places).size).toBe(places.length)
      }),
      { numRuns: 300 },
    )
  })

  it('never stops with an error, whatever a manifest holds', async () => {
    const manifest = stub('a.test', '10.0.0.1')['kube-dns.yaml']
    await fc.assert(
      fc.asyncProperty(fc.nat(manifest.length), fc.string({ maxLength: 6 }), async (at, inserted) => {
        const text = manifest.slice(0, at) + inserted + manifest.slice(at + 2)
        expect(parseAllDocuments(text)).toBeDefined()
        await into(corefiles.kubeadm ?? '', { 'kube-dns.yaml': text })
      }),
      { numRuns: 150 },
    )
  })
})
