import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../../src/migrate/migrate.ts'
import { prove } from '../../../src/migrate/proof.ts'
import { operatorCorefile } from '../../../src/resolver/openshift/operator-corefile.ts'
import { operatorDnsIn, readOperatorDns } from '../../../src/sources/openshift-dns.ts'
import { recognise } from '../../../src/sources/recognise.ts'

interface Asked {
  /** The file with the resource; a new one where this is missing. */
  readonly into?: string
  readonly openshift?: string
  readonly accept?: readonly string[]
}

/** Migrates files to the resource of the operator, with its proof. */
async function operated(files: Readonly<Record<string, string>>, asked: Asked = {}) {
  const { sources } = await recognise(Object.entries(files).map(([path, text]) => ({ path, text })))
  const release = '1.13.1'
  const { into, openshift = '5.1', accept = [] } = asked
  const [object] = operatorDnsIn(into ?? '')
  const there = into === undefined || object === undefined ? null : { path: 'dns.yaml', text: into, object }
  const migration = migrate(sources, {
    release,
    into: null,
    operator: { openshift, into: there },
    clusterDomain: 'cluster.local',
    reverseCidrs: [],
    dnsmasqVersion: '2.90',
    reading: null,
    accept: new Set(accept),
    textOf: (path) => files[path] ?? '',
  })
  const text = migration.resource?.text ?? ''
  const lines = text.split('\n')
  const proof = prove(migration, { release })
  return {
    text,
    proof,
    corefile: migration.corefile,
    cannotEdit: migration.resource?.cannotEdit,
    codes: migration.conflicts.map(({ code, choices }) => `${code} ${choices.length}`),
    // What is said of a source as a whole is the same for every target.
    items: migration.items
      .filter(({ source }) => !/^(?:ConfigMap |dnsmasq\.conf$)/.test(source.text))
      .map(
        (item) =>
          `${item.source.text}: ${item.fidelity === 'untranslatable' ? 'lost, ' : ''}${lines[(migration.lineOf.get(item) ?? 0) - 1]?.trim() ?? item.note}`,
      ),
  }
}

const kubeDns = (stubs: string, upstreams: string | null = null) => ({
  'kd.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  stubDomains: '${stubs}'
${upstreams === null ? '' : `  upstreamNameservers: '${upstreams}'\n`}`,
})
const dnsmasq = (...lines: readonly string[]) => ({ 'dnsmasq.conf': `no-hosts\n${lines.join('\n')}\n` })

const HEAD = 'apiVersion: operator.openshift.io/v1\nkind: DNS\nmetadata:\n  name: default\n'

describe('a new resource', () => {
  it('has a server for each stub domain, and the servers for all names', async () => {
    const { text, items, proof } = await operated(
      kubeDns('{"acme.local": ["10.150.0.1", "10.150.0.2:5353"]}', '["192.0.2.53", "2001:db8::53"]'),
    )
    expect(text).toBe(`${HEAD}spec:
  servers:
  - name: acme-local
    zones:
    - acme.local
    forwardPlugin:
      upstreams:
      - 10.150.0.1
      - 10.150.0.2:5353
  upstreamResolvers:
    policy: Random
    upstreams:
    - type: Network
      address: 192.0.2.53
    - type: Network
      address: "2001:db8::53"
`)
    expect(items).toEqual([
      'acme.local: 10.150.0.1: - acme.local',
      'acme.local: 10.150.0.2:5353: - acme.local',
      '192.0.2.53: upstreamResolvers:',
      '2001:db8::53: upstreamResolvers:',
    ])
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('has what dnsmasq says of zones, the cache and the log, and says why not the rest', async () => {
    const { text, items, proof } = await operated(
      dnsmasq(
        'no-resolv',
        'server=192.0.2.53',
        'server=/a.test/b.test/10.0.0.1#5353',
        'server=/_x.test/10.0.0.1',
        'address=/block.test/0.0.0.0',
        'host-record=printer.test,10.2.0.10',
        'max-cache-ttl=60',
        'cache-size=2000',
        'log-queries',
        'port=5300',
      ),
    )
    expect(text).toBe(`${HEAD}spec:
  servers:
  - name: a-test
    zones:
    - a.test
    - b.test
    forwardPlugin:
      upstreams:
      - 10.0.0.1:5353
  upstreamResolvers:
    upstreams:
    - type: Network
      address: 192.0.2.53
  cache:
    positiveTTL: 60s
  logLevel: Trace
`)
    const lost = items.filter((item) => item.includes(': lost, '))
    expect(lost.map((item) => item.replace(/^(\S*?)[:=].*: lost, /, '$1: '))).toEqual([
      'server: _x.test is no zone that spec.servers takes: letters, digits, dashes and dots alone',
      'address: the operator writes the Corefile, and its resource has no answers for a whole domain',
      'host-record: the operator writes the Corefile, and its resource has no names with addresses',
      'cache-size: the resource has the seconds of the cache alone',
      'port: the operator has the port in its hands: its Service listens on 53',
    ])
    expect(items).toContain('max-cache-ttl=60: cache:')
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('never takes names of the cluster along', async () => {
    const { text, items, proof } = await operated(kubeDns('{"local": ["10.0.0.1"], "b.cluster.local": ["10.0.0.2"]}'))
    expect(text).not.toContain('- local\n')
    expect(text).toContain('- b.cluster.local\n')
    expect(items[0]).toMatch(/lost, the server for local would take the names of the cluster/)
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('has no more than the release of OpenShift knows', async () => {
    const sources = kubeDns('{"acme.local": ["10.150.0.1"]}', '["192.0.2.53"]')
    const { text, items } = await operated(sources, { openshift: '4.9' })
    expect(text).not.toContain('upstreamResolvers')
    expect(items[1]).toBe('192.0.2.53: lost, upstreamResolvers of the resource came in OpenShift 4.10')
  })

  it('is the one of every cluster where nothing goes into it, whatever names disagree', async () => {
    const pod = (name: string, ip: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  hostAliases:\n  - ip: ${ip}\n    hostnames: [db.internal]\n  containers: []\n`
    const { text, codes, items } = await operated({ 'a.yaml': pod('a', '10.0.0.1'), 'b.yaml': pod('b', '10.0.0.2') })
    expect(text).toBe(`${HEAD}spec: {}\n`)
    expect(codes).toEqual([])
    expect(items.every((item) => item.includes('lost, '))).toBe(true)
  })
})

const written = `# the cluster's
apiVersion: operator.openshift.io/v1
kind: DNS
metadata:
  name: default
spec:
  servers:
  - name: corp  # keep
    zones:
    - corp.example
    - b.test
    forwardPlugin:
      policy: Sequential
      upstreams:
      - 10.0.0.9
      - 10.0.0.8
    # after corp
  upstreamResolvers:
    policy: Sequential
    upstreams:
    - port: 53
      type: SystemResolvConf
status:
  clusterIP: 172.30.0.10
`

describe('a resource that is there', () => {
  it('gets a server at the end and its resolvers, and keeps every other byte', async () => {
    const sources = kubeDns('{"acme.local": ["10.150.0.1"], "b.test": ["10.0.0.8", "10.0.0.9"]}', '["192.0.2.53"]')
    const { text, codes, items } = await operated(sources, { into: written })
    expect(text).toBe(
      written
        .replace(
          '    # after corp\n',
          '    # after corp\n  - name: acme-local\n    zones:\n    - acme.local\n    forwardPlugin:\n      upstreams:\n      - 10.150.0.1\n',
        )
        .replace('    - port: 53\n      type: SystemResolvConf\n', '    - type: Network\n      address: 192.0.2.53\n'),
    )
    expect(codes).toEqual([])
    expect(items).toContain('b.test: 10.0.0.8: - b.test')
  })

  it('stays where it says otherwise, until somebody decides', async () => {
    const one = written.replace('    - b.test\n', '')
    const sources = kubeDns('{"corp.example": ["10.1.1.1", "10.1.1.2"]}')
    const undecided = await operated(sources, { into: one })
    expect([undecided.text, undecided.codes]).toEqual([one, ['upstreams-differ 1']])
    const decided = await operated(sources, { into: one, accept: ['upstreams-differ'] })
    expect(decided.text).toBe(
      one
        .replace('policy: Sequential', 'policy: Random')
        .replace('10.0.0.9', '10.1.1.1')
        .replace('10.0.0.8', '10.1.1.2'),
    )
    expect(decided.codes).toEqual([])
  })

  it('takes no zone away from a server that has others too', async () => {
    const { text, codes } = await operated(kubeDns('{"b.test": ["10.1.1.1"]}'), {
      into: written,
      accept: ['upstreams-differ'],
    })
    expect([text, codes]).toEqual([written, ['server-has-other-zones 0']])
  })

  it('names a server below a domain of the sources', async () => {
    const { codes } = await operated(kubeDns('{"example": ["10.1.1.1"]}'), { into: written })
    expect(codes).toEqual(['corefile-has-deeper-zone 1'])
  })

  it('may be JSON, or a list of objects, or say nothing', async () => {
    const sources = kubeDns('{"acme.local": ["10.150.0.1"]}')
    const server = { name: 'acme-local', zones: ['acme.local'], forwardPlugin: { upstreams: ['10.150.0.1'] } }
    const object = { apiVersion: 'operator.openshift.io/v1', kind: 'DNS', metadata: { name: 'default' } }
    const list = (spec: object) => ({ kind: 'List', items: [{ ...object, spec }] })
    const json = await operated(sources, { into: `${JSON.stringify(list({ logLevel: 'Normal' }), null, 4)}\n` })
    expect(json.text).toBe(`${JSON.stringify(list({ logLevel: 'Normal', servers: [server] }), null, 4)}\n`)
    const empty = await operated(sources, { into: `${HEAD}spec: {}\n` })
    expect(empty.text).toBe((await operated(sources)).text)
  })

  it('has to be one that the operator takes', async () => {
    const into = `${HEAD}spec:\n  servers:\n  - name: tls\n    zones: [tls.test]\n    forwardPlugin: {upstreams: [10.0.0.1], transportConfig: {transport: TLS}}\n`
    const { cannotEdit } = await operated(kubeDns('{"acme.local": ["10.150.0.1"]}'), { into })
    expect(cannotEdit).toBe('dns.yaml: the operator does not take the resource: server tls has TLS without serverName')
  })

  it('stays as it is where there is nothing to say', async () => {
    const template = `${HEAD}spec: {{ toYaml .Values.dns }}\n`
    const { text, cannotEdit } = await operated(dnsmasq('no-resolv', 'address=/a.test/10.0.0.1'), { into: template })
    expect([text, cannotEdit]).toEqual([template, null])
  })

  it('is read by the operator as it is meant, or not touched, however it is written', async () => {
    const sources = { ...kubeDns('{"acme.local": ["10.150.0.1"]}', '["192.0.2.53"]'), ...dnsmasq('max-cache-ttl=60') }
    const bits = [
      '\n',
      '  ',
      ':',
      '- ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      '#',
      '"',
      '&a ',
      '*a',
      '|',
      '\t',
      '---\n',
      '{{ x }}',
      ',',
      '\r',
      '~',
    ]
    const edit = fc.tuple(fc.nat({ max: written.length }), fc.nat({ max: 10 }), fc.constantFrom('', ...bits))
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let into = written
        for (const [at, gone, text] of edits) into = into.slice(0, at) + text + into.slice(at + gone)
        fc.pre(operatorDnsIn(into).length === 1)
        const { text, corefile, cannotEdit } = await operated(sources, { into, accept: ['upstreams-differ'] })
        const [object] = operatorDnsIn(text)
        if (cannotEdit !== null) expect(text).toBe(into)
        else expect(object && operatorCorefile(readOperatorDns(object), '5.1').corefile).toBe(corefile)
      }),
      { numRuns: 60 },
    )
  })

  it('cannot be edited where an alias or a template writes it', async () => {
    const sources = kubeDns('{"acme.local": ["10.150.0.1"]}')
    const template = `${HEAD}spec:\n  logLevel: {{ .Values.level }}\n`
    const alias = `x: &s {logLevel: Normal}\n${HEAD}spec: *s\n`
    for (const into of [template, alias]) {
      const { text, cannotEdit } = await operated(sources, { into })
      expect(text).toBe(into)
      expect(cannotEdit).toMatch(/an alias or a template/)
    }
  })
})
