import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { migrate as migrateTexts } from '../../src/index.ts'
import { migrate } from '../../src/migrate/migrate.ts'
import { prove } from '../../src/migrate/proof.ts'
import { isProved } from '../../src/report/migration.ts'
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
  return { after: migration.corefile, codes: migration.conflicts.map(({ code }) => code), migration }
}

const names = { hosts: '10.0.0.1 one.example\n' }
const stub = {
  'kube-dns.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n  stubDomains: |\n    {"acme.local": ["10.150.0.1"]}\n',
}
const refuses = (corefile: string, migration: Awaited<ReturnType<typeof into>>['migration']) =>
  prove({ ...migration, corefile }, { release: '1.15.0' }).verdict.kind === 'refused'

const cluster = '  kubernetes cluster.local in-addr.arpa ip6.arpa\n'

/** Layouts that CoreDNS takes and nobody expects. */
const odd: Readonly<Record<string, string>> = {
  'no braces': `.:53\n${cluster.trim()}\nforward . /etc/resolv.conf\n`,
  'no braces and no end of line': `.:53\n${cluster.trim()}\nforward . /etc/resolv.conf`,
  'a directive on the line of the key': `. { errors\n${cluster}  forward . /etc/resolv.conf\n}\n`,
  'a last brace that is missing': `. {\n${cluster}  forward . /etc/resolv.conf\n  hosts {\n    10.0.0.9 nine.example\n    fallthrough\n  }`,
  'hosts on one line': `. {\n${cluster}  hosts { fallthrough }\n  forward . /etc/resolv.conf\n}\n`,
  'an entry on two lines': `. {\n${cluster}  hosts {\n    10.0.0.9 nine.example \\\n      ten.example\n    fallthrough\n  }\n  forward . /etc/resolv.conf\n}\n`,
  'entries of a snippet': `(entries) {\n  10.0.0.9 nine.example\n}\n. {\n${cluster}  hosts {\n    import entries\n    fallthrough\n  }\n  forward . /etc/resolv.conf\n}\n`,
  'an empty block': '. { }\n',
}

describe('a Corefile of an odd layout', () => {
  it.each(Object.entries(odd))('starts with what it gets: %s', async (_, corefile) => {
    for (const files of [names, stub, { ...names, ...stub }]) {
      const { migration, after } = await into(corefile, files)
      expect(refuses(after, migration), after).toBe(false)
      expect(after).not.toMatch(/[ \t]+$/m)
      expect((await into(after, files)).after).toBe(after)
    }
  })

  it('gets a line into a block whose first directive stands beside its key', async () => {
    const { after } = await into(odd['a directive on the line of the key'] ?? '', names)
    expect(after).toContain('. { errors\n  kubernetes')
    const first = await into('. { forward . 192.0.2.1\n}\n', names)
    expect(first.after).toBe(
      '. {\n    hosts /dev/null {\n        10.0.0.1 one.example\n        ttl 30\n        fallthrough\n    }\n    forward . 192.0.2.1\n}\n',
    )
  })

  it('gets braces before another block follows', async () => {
    const { after } = await into(odd['no braces'] ?? '', stub)
    expect(after).toMatch(/^\.:53 \{\nkubernetes [^}]*forward \. \/etc\/resolv\.conf\n\}\n\nacme\.local:53 \{\n/)
  })

  it('gets no entries in a snippet that others share', async () => {
    const { after } = await into(odd['entries of a snippet'] ?? '', names)
    expect(after).toContain('(entries) {\n  10.0.0.9 nine.example\n}\n')
    expect(after).toContain('    import entries\n    10.0.0.1 one.example\n    fallthrough\n')
  })

  it('passes on the names of zones that its hosts gets', async () => {
    const corefile =
      '. {\n  hosts /etc/hosts example.org {\n    fallthrough example.org\n  }\n  forward . 192.0.2.1\n}\n'
    const { after } = await into(corefile, names)
    expect(after).toContain('hosts /etc/hosts example.org one.example {\n')
    expect(after).toContain('fallthrough example.org one.example\n')
  })
})

describe('blocks that get no plain query', () => {
  it('are left alone: another transport', async () => {
    const tls = 'tls://. {\n  tls c.pem k.pem\n  forward . 192.0.2.1\n}\n'
    const { after } = await into(`${tls}. {\n  forward . 192.0.2.1\n}\n`, names)
    expect(after.startsWith(tls)).toBe(true)
    expect(after.slice(tls.length)).toMatch(/^\. \{\n {2}hosts /)
    expect((await into(tls, names)).after).toMatch(/\n\n\.:53 \{\n/)
  })

  it('are left alone: another port', async () => {
    const corefile = '.:53 {\n  forward . /etc/resolv.conf\n}\nacme.local:5353 {\n  forward . 192.0.2.9\n}\n'
    const { after, codes } = await into(corefile, stub)
    expect([codes, after.includes('\nacme.local:53 {\n')]).toEqual([[], true])
  })
})

it('a forward of a snippet is asked about, and cannot be accepted', async () => {
  const corefile = '(all) {\n  forward . 192.0.2.1\n}\n. {\n  import all\n}\n'
  const source = { 'resolv.conf': 'nameserver 192.0.2.9\n' }
  const { codes } = await into(corefile, source)
  expect(codes).toEqual(['forward-in-import'])
  expect((await into(corefile, source, codes)).migration.corefile).toBe(corefile)
})

it('a result that cannot be judged is no proved one where the text before could be', async () => {
  const { migration } = await into('. {\n  forward . 192.0.2.1\n}\n', names)
  const proof = prove(migration, { release: '1.15.0' })
  const verdict = { ...proof.verdict, kind: 'unknown' } as const
  expect([isProved(proof), isProved({ ...proof, verdict })]).toEqual([true, false])
  expect(isProved({ ...proof, verdict, before: verdict })).toBe(true)
})

it('a new block beside one whose zone is filled in later is for a person to decide', async () => {
  const corefile =
    '. {\n  kubernetes cluster.local\n  forward . /etc/resolv.conf\n}\n{$ZONE}:53 {\n  forward . 192.0.2.1\n}\n'
  const { codes, after } = await into(corefile, stub)
  expect([codes, after]).toEqual([['zones-not-known'], corefile])
  const accepted = await into(corefile, stub, codes)
  expect([accepted.codes, accepted.after.slice(corefile.length)]).toEqual([
    [],
    expect.stringMatching(/^\nacme\.local:53 /),
  ])
  expect((await into(corefile, names)).codes).toEqual([])
})

it('a template that hides where blocks begin gets none', async () => {
  const root = '. {\n  kubernetes cluster.local\n  forward . /etc/resolv.conf\n}'
  for (const corefile of [`{% if zones %}\n{{ zones }} {\n  log\n}\n{% endif %}\n${root}\n`, `${root}STUBDOMAINS\n`]) {
    const { after, migration } = await into(corefile, stub, ['zones-not-known'])
    expect([after, migration.conflicts.map(({ choices }) => choices)]).toEqual([corefile, []])
  }
})

it('a block for reverse names that is there goes on answering what only clients knew', async () => {
  const corefile = '. {\n  forward . 192.0.2.1\n}\n10.in-addr.arpa {\n  forward . 192.0.2.5\n}\n'
  const { after, migration } = await into(corefile, names)
  expect([after.includes('PTR'), isProved(prove(migration, { release: '1.15.0' }))]).toEqual([false, true])
})

it('a hosts that lets nothing through to the servers of a source is asked about', async () => {
  const source = { 'resolv.conf': 'nameserver 192.0.2.1\n' }
  expect((await into('. {\n  hosts\n}\n', source)).codes).toEqual(['hosts-ends-search'])
  expect((await into('. {\n  hosts\n}\n', source, ['hosts-ends-search'])).codes).toEqual([])
  expect((await into('. {\n  hosts {\n    fallthrough\n  }\n}\n', source)).codes).toEqual([])
  expect((await into('. {\n  hosts\n}\n', names)).codes).toEqual([])
})

it('the double braces of template do not go where an engine would take them', async () => {
  const corefile = '. {\n  kubernetes {{ domain }}\n  forward . 192.0.2.1\n}\n'
  const source = { 'dnsmasq.conf': 'no-hosts\nno-resolv\nserver=192.0.2.1\naddress=/one.example/10.0.0.1\n' }
  const { codes, after } = await into(corefile, source)
  expect([codes, after.includes('.Name')]).toEqual([['corefile-is-template'], false])
  expect((await into(corefile.replace('{{ domain }}', 'cluster.local'), source)).after).toContain('{{ .Name }}')
})

it('a new block has no second health', async () => {
  const corefile = 'corp.test {\n  health\n  forward . 192.0.2.1\n}\n'
  const { after } = await into(corefile, stub)
  expect([after.includes('\n.:53 {\n'), after.match(/health/g)]).toEqual([true, ['health']])
})

it('a name of a source that the Corefile has elsewhere is no unrelated one', async () => {
  const corefile =
    '. {\n  hosts {\n    10.0.0.1 one.example\n    fallthrough\n  }\n  forward . 192.0.2.1\n}\nexample {\n  hosts {\n    10.0.0.3 three.example\n  }\n}\n'
  const { after, migration } = await into(corefile, names)
  expect(after).toContain('    10.0.0.3 three.example\n    10.0.0.1 one.example\n')
  expect(prove(migration, { release: '1.15.0' }).unrelated).toEqual([])
})

it('a place is named once in a conflict', async () => {
  const skydns = readFileSync(new URL('../../examples/migrate/skydns/skydns-rc.yaml', import.meta.url), 'utf8')
  const { migration } = await into('. {\n  forward . 192.0.2.1\n}\n', { 'skydns-rc.yaml': skydns })
  const places = migration.conflicts.flatMap((one) => one.places.map(({ path, range }) => `${path} ${range.start}`))
  expect([places.length > 1, new Set(places).size]).toEqual([true, places.length])
})

it('a kube-dns does not go into a NodeLocal DNSCache', async () => {
  const cache =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: node-local-dns, namespace: kube-system}\ndata:\n  Corefile: |\n    cluster.local:53 {\n        bind 169.254.20.10\n        forward . 10.96.0.11\n    }\n    .:53 {\n        bind 169.254.20.10\n        forward . /etc/resolv.conf\n    }\n'
  const codesOf = async (files: Readonly<Record<string, string>>) => {
    const given = Object.entries(files).map(([path, text]) => ({ path, text }))
    return (await migrateTexts(given, { into: { path: 'cache.yaml', text: cache } })).conflicts.map(({ code }) => code)
  }
  expect(await codesOf(stub)).toContain('cluster-in-node-local-dns')
  expect(await codesOf(names)).toEqual([])
})

describe('the same sources once more', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(\.[a-z]{1,3})?\.(example|corp\.test|lan)$/)
  const address = fc.ipV4()
  const entry = fc.tuple(address, name)
  const option = fc.oneof(
    entry.map(([ip, of]) => `address=/${of}/${ip}`),
    entry.map(([ip, of]) => `host-record=${of},${ip}`),
    entry.map(([ip, of]) => `server=/${of}/${ip}`),
    name.map((of) => `local=/${of}/`),
    fc.tuple(name, name).map(([alias, of]) => `cname=${alias},${of}`),
    name.map((of) => `txt-record=${of},a text`),
    fc.constantFrom('domain-needed', 'bogus-priv', 'server=/10.in-addr.arpa/192.0.2.4', 'stop-dns-rebind'),
  )
  const sources = fc.oneof(
    fc.array(entry, { minLength: 1, maxLength: 4 }).map((all) => ({
      hosts: all.map(([ip, of]) => `${ip} ${of} # ${of}\n`).join(''),
    })),
    fc.array(option, { minLength: 1, maxLength: 6 }).map((all) => ({
      'dnsmasq.conf': `no-hosts\nno-resolv\nserver=192.0.2.1\n${all.join('\n')}\n`,
    })),
    fc.dictionary(name, fc.array(address, { minLength: 1, maxLength: 2 }), { minKeys: 1, maxKeys: 3 }).map((stubs) => ({
      'kube-dns.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n  stubDomains: '${JSON.stringify(stubs)}'\n`,
    })),
  )

  it('change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(corefiles), ...Object.values(odd)),
        sources,
        async (corefile, files) => {
          const codes = (await into(corefile, files)).migration.conflicts.flatMap(({ choices }) =>
            choices.map(({ accept }) => accept),
          )
          const { after } = await into(corefile, files, codes)
          expect((await into(after, files, codes)).after).toBe(after)
        },
      ),
      { numRuns: 150 },
    )
  })
})
