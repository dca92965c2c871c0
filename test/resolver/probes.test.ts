import { describe, expect, it } from 'vitest'
import type { Vocabulary } from '../../src/resolver/decision.ts'
import { type Probes, probesOf } from '../../src/resolver/probes.ts'

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

  const many = Array.from({ length: 10_000 }, (_, number) => `n${number}.example.`)
  const typesOf = (probes: Probes, name: string) =>
    [...probes].flatMap(({ query }) => (query.name === name ? [query.type] : []))

  it('stay in proportion to the names, and say what is asked less', () => {
    const probes = probesOf([vocabulary({ names: many })])
    expect(probes.count).toBeLessThan(150_000)
    expect(probes.reduced).toMatchObject({ names: 10_000, inFull: 2_000 })
    expect(probes.reduced?.whole).toBeGreaterThan(probes.count)
    expect(probesOf([vocabulary({ names: many.slice(0, 2_000) })]).reduced).toBe(null)
  })

  it('are as many as they say, the same ones each time, each once', () => {
    const probes = probesOf([
      vocabulary({ names: many, domains: many.map((name) => `d${name}`), addresses: ['10.0.0.1', '10.0.0.2'] }),
    ])
    const queries = [...probes].map(({ query }) => `${query.name} ${query.type}`)
    expect(queries).toHaveLength(probes.count)
    expect(new Set(queries).size).toBe(probes.count)
    expect([...probes].map(({ query }) => `${query.name} ${query.type}`)).toEqual(queries)
  })

  it('ask every name for the types of its records, however many there are', () => {
    const types = new Map<string, ReadonlySet<string>>(many.map((name) => [name, new Set(['A'])]))
    const [text, order, any] = ['n9997.example.', 'n9998.example.', 'n9999.example.']
    types
      .set(text, new Set(['TXT']))
      .set(order, new Set(['NAPTR', 'A']))
      .delete(any)
    const probes = probesOf([{ ...vocabulary({ names: many }), types }])
    expect(typesOf(probes, 'n9996.example.')).toEqual(['A', 'AAAA'])
    expect(typesOf(probes, text)).toEqual(['A', 'AAAA', 'TXT'])
    expect(typesOf(probes, order)).toEqual(['A', 'AAAA', 'NAPTR'])
    expect(typesOf(probes, any)).toHaveLength(7)
    expect(typesOf(probesOf([{ ...vocabulary({ names: [order] }), types }]), order)).toContain('NAPTR')
  })

  it('ask all types where one side tells no type', () => {
    const types = new Map([['n9999.example.', new Set(['A'])]])
    const known = { ...vocabulary({ names: many }), types }
    expect(typesOf(probesOf([known, known]), 'n9999.example.')).toEqual(['A', 'AAAA'])
    expect(typesOf(probesOf([known, vocabulary({ names: many })]), 'n9999.example.')).toHaveLength(7)
  })

  it('ask the names of one side alone in full', () => {
    const probes = probesOf([vocabulary({ names: many }), vocabulary({ names: [...many, 'new.example.'] })])
    expect(typesOf(probes, 'new.example.')).toHaveLength(7)
    expect(typesOf(probes, 'zzprobe.new.example.')).toHaveLength(7)
  })

  it('ask domains, what is below them, wildcards and zone cuts, however many there are', () => {
    const domains = probesOf([vocabulary({ domains: many })])
    for (const name of ['n9999.example.', 'zzprobe.n9999.example.', 'zza.zzb.n9999.example.', 'xn9999.example.'])
      expect(typesOf(domains, name)).toContain('A')
    const types = new Map<string, ReadonlySet<string>>(many.map((name) => [name, new Set(['A'])]))
    types.set('n9999.example.', new Set(['NS']))
    const names = probesOf([{ ...vocabulary({ names: [...many, '*.wild.example.'] }), types }])
    expect(typesOf(names, 'zzprobe.wild.example.')).toContain('A')
    expect(typesOf(names, 'zzprobe.n9999.example.')).toContain('A')
    expect(typesOf(names, 'zzprobe.n9998.example.')).toEqual([])
  })

  it('ask for every address in reverse', () => {
    const addresses = Array.from({ length: 5_000 }, (_, n) => `10.1.${n >> 8}.${n & 255}`)
    const probes = probesOf([vocabulary({ addresses })])
    const pointers = new Set([...probes].flatMap(({ query }) => (query.type === 'PTR' ? [query.name] : [])))
    expect(addresses.filter((each) => !pointers.has(`${each.split('.').reverse().join('.')}.in-addr.arpa.`))).toEqual(
      [],
    )
  })

  it('never ask what cannot be asked', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example.`
    for (const query of asked(vocabulary({ names: [long, `${'x'.repeat(63)}.`] })))
      expect(query.split(' ')[0]?.length).toBeLessThanOrEqual(254)
  })
})
