import { describe, expect, it } from 'vitest'
import type { KubeDnsConfigMap } from '../../src/sources/kube-dns.ts'
import { readKubeDnsConfigMap } from '../../src/sources/kube-dns-configmap.ts'
import { at, manifest } from './places.ts'

function configMap(data: Record<string, string>): string {
  const entries = Object.entries(data).map(([key, value]) => `  ${key}: |\n    ${value.replaceAll('\n', '\n    ')}\n`)
  return `kind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n${entries.join('')}`
}

function read(data: Record<string, string>, tag?: string): KubeDnsConfigMap {
  return readKubeDnsConfigMap('cm.yaml', manifest(configMap(data)), tag)
}

function servers(stub: string): string[] | undefined {
  return read({ stubDomains: `{"a.test": [${stub}]}` }).asRunning.stubDomains[0]?.servers.map(({ written }) => written)
}

describe('the ConfigMap of kube-dns', () => {
  it('has its values with their places in the file', () => {
    const text = configMap({
      stubDomains: '{"acme.local": ["10.150.0.1", "10.150.0.2:5353"]}',
      upstreamNameservers: '["192.0.2.53","192.0.2.54:5353"]',
      federations: ' one=fed.example , two=other.example',
    })
    const { asRunning, asIntended, refusals, name } = readKubeDnsConfigMap('cm.yaml', manifest(text))
    expect([name, refusals]).toEqual(['ConfigMap kube-system/kube-dns', []])
    expect(asIntended).toEqual(asRunning)
    const [stub] = asRunning.stubDomains
    expect(at(text, stub?.domain.range)).toBe('acme.local')
    expect(stub?.servers.map(({ range }) => at(text, range))).toEqual(['10.150.0.1', '10.150.0.2:5353'])
    expect(stub?.servers.map(({ host, port, asDnsmasq }) => [host, port, asDnsmasq])).toEqual([
      ['10.150.0.1', undefined, '10.150.0.1'],
      ['10.150.0.2', 5353, '10.150.0.2#5353'],
    ])
    expect(asRunning.upstreamNameservers.map(({ range }) => at(text, range))).toEqual(['192.0.2.53', '192.0.2.54:5353'])
    expect(asRunning.federations.map(({ name: one, domain }) => [at(text, one.range), at(text, domain.range)])).toEqual(
      [
        ['one', 'fed.example'],
        ['two', 'other.example'],
      ],
    )
  })

  it('maps places out of JSON in a quoted scalar', () => {
    const text = `kind: ConfigMap\ndata:\n  stubDomains: "{\\"a.test\\": [\\"10.0.0.1\\"]}"\n`
    const [stub] = readKubeDnsConfigMap('cm.yaml', manifest(text)).asRunning.stubDomains
    expect(at(text, stub?.domain.range)).toBe('a.test')
    expect(at(text, stub?.servers[0]?.range)).toBe('10.0.0.1')
  })

  it('is used as a whole or not at all', () => {
    const stubDomains = '{"acme.local": ["10.150.0.1"]}'
    const four = read({ stubDomains, upstreamNameservers: '["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4"]' })
    expect(four.refusals.map(({ key }) => key)).toEqual(['upstreamNameservers'])
    expect(four.asRunning).toEqual({ stubDomains: [], upstreamNameservers: [], federations: [], leftOut: [] })
    expect(four.asIntended.upstreamNameservers).toHaveLength(4)
    expect(four.asIntended.stubDomains).toHaveLength(1)
    const json = read({ stubDomains, federations: '{"foo": "foo.feddomain.com"}' })
    expect(json.refusals.map(({ key }) => key)).toEqual(['federations'])
    expect(json.asIntended.federations).toMatchObject([
      { name: { value: 'foo' }, domain: { value: 'foo.feddomain.com' } },
    ])
  })

  it('has keys that kube-dns does not read', () => {
    const { unknownKeys, problems, asRunning } = read({ upstreamNameServers: '["10.0.0.1"]', stubdomains: '{}' })
    expect(unknownKeys.map(({ value }) => value)).toEqual(['upstreamNameServers', 'stubdomains'])
    expect(problems.map(({ message }) => message)[0]).toContain('did you mean "upstreamNameservers"')
    expect(asRunning.upstreamNameservers).toEqual([])
  })

  it('is JSON as Go reads it', () => {
    expect(read({ stubDomains: 'null', upstreamNameservers: 'null', federations: '  ' }).refusals).toEqual([])
    expect(read({ stubDomains: '{"a.test": null}' }).asRunning.stubDomains).toMatchObject([{ servers: [] }])
    for (const stubDomains of [
      '',
      '[]',
      '"x"',
      '{"a.test": "10.0.0.1"}',
      '{"a.test": [1]}',
      '{"a.test": [null]}',
      '{"a.test": ["10.0.0.1",]}',
      '{"a.test": ["10.0.0.1"]} x',
      '{"a.test": ["10.0.0.1"],}',
      "{'a.test': ['10.0.0.1']}",
      '{“a.test”: [“10.0.0.1”]}',
      '{a.test: ["10.0.0.1"]}',
      '{"a.test": ["10.0.0.1"]',
      '{"a.test" ["10.0.0.1"]}',
    ]) {
      expect([stubDomains, read({ stubDomains }).refusals.length > 0]).toEqual([stubDomains, true])
    }
  })

  it('is understood where kube-dns refuses it and the meaning is plain', () => {
    for (const stubDomains of [
      '{"a.test": "10.0.0.1"}',
      '{"a.test": ["10.0.0.1",]}',
      '{"a.test": ["10.0.0.1"]} x',
      "{'a.test': ['10.0.0.1']}",
      '{“a.test”: [“10.0.0.1”]}',
      '{"A.test.": ["10.0.0.1"]}',
    ]) {
      const { asIntended, asRunning } = read({ stubDomains })
      expect([stubDomains, asIntended.stubDomains[0]?.domain.value]).toEqual([stubDomains, 'a.test'])
      expect(asIntended.stubDomains[0]?.servers.map(({ host }) => host)).toEqual(['10.0.0.1'])
      expect(asRunning.stubDomains).toEqual([])
    }
  })

  it('has of equal domains the last one', () => {
    const text = '{"a.test": ["10.0.0.1"], "a.test": ["10.0.0.2"]}'
    const { asRunning, problems } = read({ stubDomains: text })
    expect(asRunning.stubDomains.map(({ servers: [server] }) => server?.host)).toEqual(['10.0.0.2'])
    expect(asRunning.leftOut).toHaveLength(1)
    expect(problems).toHaveLength(1)
  })

  it('takes the domains that validateStubDomains takes', () => {
    for (const domain of ['local', '10.in-addr.arpa', 'a-b.c', `${'a'.repeat(253)}`]) {
      expect([domain, read({ stubDomains: `{"${domain}": []}` }).refusals]).toEqual([domain, []])
    }
    for (const domain of ['', 'A.test', 'a_b', '*.a', '.a', 'a.', 'a..b', '-a', 'a-', 'a'.repeat(254)]) {
      expect([domain, read({ stubDomains: `{"${domain}": []}` }).refusals.length]).toEqual([domain, 1])
    }
  })

  it('takes the servers that validateStubDomains takes, the surprising ones with a word', () => {
    for (const server of ['10.0.0.1', '10.0.0.1:53', 'ns.example', '2001:db8::1', '1.2.3']) {
      expect([server, servers(`"${server}"`)]).toEqual([server, [server]])
    }
    for (const server of ['[2001:db8::1]:53', '10.0.0.1:', '10.0.0.1:0', '300.1.1.1', '010.0.0.1']) {
      const map = read({ stubDomains: `{"a.test": ["${server}"]}` })
      expect([server, map.refusals, map.problems.length]).toEqual([server, [], 1])
    }
    for (const server of [
      'ns.example:53',
      '[2001:db8::1]',
      'NS.example',
      '10.0.0.1:x',
      '10.0.0.1:65536',
      '',
      'a b',
      '2001:DB8::1',
    ]) {
      expect([server, servers(`"${server}"`)]).toEqual([server, undefined])
    }
  })

  it('depends on the release of kube-dns', () => {
    const taken = (server: string, tag: string) =>
      read({ stubDomains: `{"a.test": ["${server}"]}` }, tag).refusals.length === 0
    expect([taken('2001:DB8::1', '1.26.5'), taken('2001:DB8::1', '1.26.6')]).toEqual([true, false])
    expect([taken('2001:db8::1', '1.14.13'), taken('2001:db8::1', '1.17.0')]).toEqual([false, true])
    expect([taken('10.0.0.1:', '1.15.13'), taken('10.0.0.1:', '1.21.4')]).toEqual([false, true])
    const upstream = (server: string, tag: string) =>
      read({ upstreamNameservers: `["${server}"]` }, tag).refusals.length === 0
    expect([upstream('10.0.0.1:54', '1.14.2'), upstream('10.0.0.1:54', '1.14.10')]).toEqual([false, true])
  })

  it('takes the upstreams that validateUpstreamNameserver takes', () => {
    const taken = (server: string) => read({ upstreamNameservers: `["${server}"]` }).refusals.length === 0
    for (const server of ['10.0.0.1', '10.0.0.1:54', '2001:db8::1', '2001:DB8::1', '[2001:db8::1]:54']) {
      expect([server, taken(server)]).toEqual([server, true])
    }
    for (const server of [
      'ns.example',
      '10.0.0.1:0',
      '10.0.0.1:',
      '[2001:db8::1]',
      '',
      '010.0.0.1',
      '10.0.0.1:65536',
    ]) {
      expect([server, taken(server)]).toEqual([server, false])
    }
  })

  it('says what is no string, and what a template writes', () => {
    const list = readKubeDnsConfigMap('cm.yaml', manifest('kind: ConfigMap\ndata:\n  stubDomains: {a: [b]}\n'))
    expect(list.problems.map(({ message }) => message)).toEqual([
      'stubDomains is not a string: Kubernetes refuses this ConfigMap',
    ])
    expect(list.notUnderstood).toHaveLength(1)
    const template = 'kind: ConfigMap\ndata:\n  {{- if .X }}\n  stubDomains: |\n    {{ toJson .Stubs }}\n  {{- end }}\n'
    const { notUnderstood, refusals } = readKubeDnsConfigMap('cm.yaml', manifest(template))
    expect(notUnderstood.map(({ text, why }) => [text, why])).toEqual([['stubDomains', 'a template writes it']])
    expect(refusals).toEqual([])
  })
})
