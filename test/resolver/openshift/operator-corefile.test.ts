import { describe, expect, it } from 'vitest'
import { openShiftOf } from '../../../grammar/openshift.ts'
import { coreDnsOf } from '../../../src/migrate/proof.ts'
import { operatorCorefile } from '../../../src/resolver/openshift/operator-corefile.ts'
import { DEFAULT_OPERATOR_DNS } from '../../../src/sources/openshift-dns.ts'
import type { OperatorDns, OperatorForwarding } from '../../../src/sources/operator-dns.ts'
import { fingerprint } from '../../conformance/case.ts'
import { resources, shipped } from '../../conformance/cases/openshift.ts'
import { readRecording } from '../../conformance/record.ts'
import { corpusFiles, hasShared, needsShared } from '../../shared.ts'

const says: OperatorForwarding = {
  policy: undefined,
  transport: undefined,
  serverName: undefined,
  caBundle: undefined,
  protocolStrategy: undefined,
}
const resolvers = (given: Partial<OperatorDns['resolvers']>): OperatorDns => ({
  ...DEFAULT_OPERATOR_DNS,
  resolvers: { ...says, upstreams: [], ...given },
})
const network = (address: string | undefined, port?: number) => ({ type: 'Network', address, port })
const forwardOf = (dns: OperatorDns, openshift = '5.1') =>
  /(?:^|\n) {4}forward \. (.*?)(?: \{|\n)/.exec(operatorCorefile(dns, openshift).corefile)?.[1]

describe('what the operator writes', () => {
  it.each(shipped)('is accepted by the CoreDNS that it ships: $id', ({ openshift, text }) => {
    const release = openShiftOf(openshift)
    if ('error' in release) throw new Error(release.error)
    expect(coreDnsOf(text, release.release).verdict.kind).toBe('accepted')
  })

  it('was accepted by those of them that could be run', () => {
    const recording = readRecording('openshift')
    const byText = new Map(Object.values(recording.cases).map((one) => [one.of, one.verdicts]))
    const asked = shipped.flatMap(({ id, openshift, text }) => {
      const release = openShiftOf(openshift)
      const verdict = 'error' in release ? undefined : byText.get(fingerprint({ id, text }))?.[release.release]
      return verdict === undefined ? [] : [verdict]
    })
    expect(asked.length).toBeGreaterThan(25)
    // The cluster is not there while they are judged.
    for (const verdict of asked) expect(verdict).toMatch(/^(?:ok|environment:kubernetes.*)$/)
  })

  it('asks the node where nothing is said, and what is said twice once', () => {
    expect(forwardOf(DEFAULT_OPERATOR_DNS)).toBe('/etc/resolv.conf')
    const twice = [
      network('2001:db8::a'),
      network('2001:DB8::A', 53),
      { type: '', address: undefined, port: undefined },
    ]
    expect(forwardOf(resolvers({ upstreams: twice }))).toBe('[2001:DB8::A]:53 /etc/resolv.conf')
    expect(forwardOf(resolvers({ upstreams: twice }), '4.9')).toBe('/etc/resolv.conf')
  })

  it('rounds the seconds of the cache, and takes its own below one', () => {
    const cache = (positiveTTL: string) =>
      /cache (\d+) \{/.exec(
        operatorCorefile({ ...DEFAULT_OPERATOR_DNS, cache: { positiveTTL, negativeTTL: undefined } }, '4.12').corefile,
      )?.[1]
    expect(['1h', '1.5s', '400ms', '0', 'no'].map(cache)).toEqual(['3600', '2', '900', '900', '900'])
  })

  it('stays as it is where the operator refuses the resource', () => {
    const refusal = (dns: OperatorDns) => operatorCorefile(dns, '5.1').refusal
    expect(refusal(resources.tls ?? DEFAULT_OPERATOR_DNS)).toBeNull()
    expect(refusal(resolvers({ transport: 'TLS' }))).toMatch(/without serverName/)
    expect(refusal(resolvers({ transport: 'TLS', serverName: 'a.example' }))).toMatch(/resolv\.conf/)
    expect(refusal(resolvers({ upstreams: [network(undefined)] }))).toMatch(/no address/)
    const server = { ...says, name: 'a', zones: ['a.test'], upstreams: ['dns.example'], transport: 'TLS' }
    expect(refusal({ ...DEFAULT_OPERATOR_DNS, servers: [{ ...server, serverName: 'a.example' }] })).toMatch(/a name as/)
  })

  it.runIf(hasShared)(`says the same as the Corefiles that the operator is tested with${needsShared}`, () => {
    const prefix = 'openshift__cluster-dns-operator__pkg_operator_controller_testdata_'
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
    const files = new Map(corpusFiles('corefiles').map(({ name, text }) => [name.replace(prefix, ''), plain(text)]))
    const server = (name: string, zones: readonly string[], upstreams: readonly string[], policy?: string) => ({
      ...{ ...says, name, zones, upstreams },
      policy,
    })
    const dns: OperatorDns = {
      ...DEFAULT_OPERATOR_DNS,
      servers: [
        server('foo', ['foo.com'], ['1.1.1.1', '2.2.2.2:5353'], 'RoundRobin'),
        server('bar', ['bar.com', 'example.com'], ['3.3.3.3']),
        server('fizz', ['fizz.com'], ['5.5.5.5', '6.6.6.6'], 'Sequential'),
        server('buzz', ['buzz.com', 'example.buzz.com'], ['4.4.4.4'], 'Random'),
      ],
    }
    const written = (resource: OperatorDns) => plain(operatorCorefile(resource, '5.1').corefile)
    expect(written(dns)).toBe(files.get('default_corefile'))
    const cached = files.get('default_corefile_cache_configured')
    const [, positive, negative] = /cache (\d+) \{ denial 9984 (\d+) /.exec(cached ?? '') ?? []
    const cache = { positiveTTL: `${positive}s`, negativeTTL: `${negative}s` }
    expect(written({ ...DEFAULT_OPERATOR_DNS, cache })).toBe(cached)
  })
})
