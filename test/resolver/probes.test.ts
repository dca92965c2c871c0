import { describe, expect, it } from 'vitest'
import type { Vocabulary } from '../../src/resolver/decision.ts'
import { probesOf } from '../../src/resolver/probes.ts'

const vocabulary = (
  more: { [Key in 'names' | 'domains' | 'addresses' | 'clusterDomains']?: string[] } = {},
): Vocabulary => ({
  names: new Set(more.names),
  domains: new Set(more.domains),
  addresses: new Set(more.addresses),
  clusterDomains: new Set(more.clusterDomains),
  patterns: [],
})
const asked = (...vocabularies: Vocabulary[]) =>
  [...probesOf(vocabularies)].map(({ query }) => `${query.name} ${query.type}`)

describe('the probes', () => {
  it('ask every name, its ancestors, what is below and beside it, and another spelling', () => {
    const queries = asked(vocabulary({ names: ['a.example.'] }))
    for (const name of [
      'a.example.',
      'example.',
      'zzprobe.example.',
      'zza.zzb.a.example.',
      'xa.example.',
      'A.ExAmPlE.',
      'zzprobe.',
      '.',
    ]) {
      expect(queries).toContain(`${name} A`)
    }
    expect(queries).toContain('a.example. AAAA')
    expect(queries).toContain('a.example. HTTPS')
  })

  it('ask what both configurations mention, once', () => {
    const queries = asked(vocabulary({ names: ['a.example.'] }), vocabulary({ names: ['A.example.', 'b.example.'] }))
    expect(queries).toContain('b.example. A')
    expect(new Set(queries).size).toBe(queries.length)
  })

  it('ask fresh names that nobody has', () => {
    const queries = asked(vocabulary({ names: ['zzprobe.example.'] }))
    expect(queries).toContain('zzprobe1.example. A')
  })

  it('ask for addresses and their neighbours in reverse', () => {
    const queries = asked(vocabulary({ addresses: ['10.0.0.255', '2001:db8::ff'] }))
    expect(queries).toContain('255.0.0.10.in-addr.arpa. PTR')
    expect(queries).toContain('0.1.0.10.in-addr.arpa. PTR')
    expect(queries.filter((query) => query.includes('8.b.d.0.1.0.0.2.ip6.arpa.'))).toHaveLength(6)
  })

  it('ask for a Service, a pod and what is none in every cluster domain', () => {
    const queries = asked(vocabulary({ clusterDomains: ['cluster.local.'] }))
    for (const name of ['kubernetes.default.svc', '10-0-0-1.default.pod', 'zzprobe', 'svc', 'pod']) {
      expect(queries).toContain(`${name}.cluster.local. A`)
    }
  })

  it('stay in proportion to the names, and say when some are asked less', () => {
    const many = Array.from({ length: 10_000 }, (_, number) => `n${number}.example.`)
    const probes = probesOf([vocabulary({ names: many })])
    expect(probes.reduced).not.toBe(null)
    expect(probes.count).toBeLessThan(150_000)
    expect([...probes].some(({ query }) => query.name === 'n9999.example.')).toBe(true)
  })

  it('never ask what cannot be asked', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example.`
    for (const query of asked(vocabulary({ names: [long, `${'x'.repeat(63)}.`] })))
      expect(query.split(' ')[0]?.length).toBeLessThanOrEqual(254)
  })
})
