import { describe, expect, it } from 'vitest'
import type { Vocabulary } from '../../src/resolver/decision.ts'
import { overlaid } from '../../src/resolver/overlay.ts'
import { createStub } from '../../src/resolver/stub.ts'
import { joinedVocabulary, TYPES_OF_HOSTS } from '../../src/resolver/vocabulary.ts'
import { modelOf } from './coredns/decide.ts'

const vocabulary = (names: Readonly<Record<string, readonly string[] | null>>): Vocabulary => ({
  names: new Set(Object.keys(names)),
  types: new Map(Object.entries(names).flatMap(([name, types]) => (types === null ? [] : [[name, new Set(types)]]))),
  domains: new Set(),
  addresses: new Set(),
  clusterDomains: new Set(),
  patterns: [],
})

describe('the types of names', () => {
  it('are those of all sides, and unknown where one of them has the name and does not say', () => {
    const { names, types } = joinedVocabulary([
      vocabulary({ 'a.': ['A'], 'b.': ['TXT'], 'c.': ['A'] }),
      vocabulary({ 'a.': ['MX'], 'c.': null, 'd.': ['SRV'] }),
    ])
    expect([...names]).toEqual(['a.', 'b.', 'c.', 'd.'])
    expect(types).toEqual(
      new Map([
        ['a.', new Set(['A', 'MX'])],
        ['b.', new Set(['TXT'])],
        ['d.', new Set(['SRV'])],
      ]),
    )
  })

  it('are addresses in hosts, what a zone has, and all for names of rules', () => {
    const text =
      '. {\n  hosts /dev/null {\n    10.0.0.1 a.example b.example\n    10.0.0.2 *.c.example\n  }\n  file db zone.example\n  rewrite name b.example d.example\n}\n'
    const zone = '@ SOA ns me 1 2 3 4 5\nsip NAPTR 1 1 "u" "s" "" .\nsip TXT x\n'
    const { names, types } = modelOf(text, { files: { db: zone } }).vocabulary
    expect(types?.get('a.example.')).toBe(TYPES_OF_HOSTS)
    expect(types?.get('sip.zone.example.')).toEqual(new Set(['NAPTR', 'TXT']))
    for (const name of ['b.example.', 'd.example.', '*.c.example.']) {
      expect(names).toContain(name)
      expect(types?.has(name)).toBe(false)
    }
  })

  it('are addresses for names in front of a server', () => {
    const { types } = overlaid(createStub(['10.0.0.53']), [{ name: 'Db', address: '10.0.0.1' }]).vocabulary
    expect(types).toEqual(new Map([['db.', TYPES_OF_HOSTS]]))
  })
})
