import { describe, expect, it } from 'vitest'
import {
  type Argument,
  any,
  duration,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  lineTakingBraces,
  many,
  one,
  oneOf,
  optional,
  type PluginDescription,
  plugin,
  property,
  since,
  strictLine,
} from '../../grammar/schema.ts'
import type { Quirks } from '../../grammar/setup.ts'
import { expectedWords } from '../../src/verdict/evaluate.ts'
import { faultsOf, reasonsOf } from '../grammar/plugins/reasons-of.ts'

/** A plugin called `p` with this grammar. */
const made = (description: Partial<PluginDescription> = {}, quirks: Quirks = {}) => ({
  default: plugin('p', { source: 'none', ...description }),
  quirks,
})

/** What is wrong with lines to a plugin of this grammar: `KIND WORD`. */
const faults = (description: Partial<PluginDescription>, lines: string, release = '1.15.0') =>
  faultsOf(made(description), lines, release)

describe('occurrences', () => {
  const args = { line: line(one('N', integer())) }

  it('each is read', () => {
    expect(faults(args, 'p 1\np x\np y')).toEqual(['invalid-value x', 'invalid-value y'])
  })

  it('a second one is refused, or nobody looks at it', () => {
    expect(faults({ ...args, occurrences: 'once' }, 'p 1\np 2')).toEqual(['once p'])
    expect(faults({ ...args, occurrences: 'first' }, 'p 1\np x')).toEqual([])
  })

  it('may differ by release', () => {
    const changed = { ...args, occurrences: since({ '1.0.0': 'each' as const, '1.9.0': 'once' as const }) }
    expect(faults(changed, 'p 1\np 2', '1.8.0')).toEqual([])
    expect(faults(changed, 'p 1\np 2', '1.9.0')).toEqual(['once p'])
  })
})

describe('the words of a line', () => {
  const of = (...args: readonly Argument[]) => ({ line: line(...args) })

  it.each([
    [[one('A')], 'p', ['argument-count p']],
    [[one('A')], 'p a', []],
    [[one('A')], 'p a b', ['argument-count b']],
    [[optional('A')], 'p', []],
    [[optional('A')], 'p a b', ['argument-count b']],
    [[many('A')], 'p', ['argument-count p']],
    [[many('A')], 'p a b c', []],
    [[many('A', undefined, { max: 2 })], 'p a b c', ['argument-count c']],
    [[any('A')], 'p', []],
    [[one('A'), one('B')], 'p a', ['argument-count a']],
    [[], 'p a', ['argument-count a']],
  ])('are counted: case %#', (args, lines, expected) => {
    expect(faults(of(...args), lines)).toEqual(expected)
  })

  it('go to the arguments in order, those that must be there first', () => {
    const args = of(optional('N', integer()), one('M', oneOf('x')))
    expect(faults(args, 'p x')).toEqual([])
    expect(faults(args, 'p 1 x')).toEqual([])
    expect(faults(args, 'p y x')).toEqual(['invalid-value y'])
    expect(faults(of(many('N', integer()), one('M', oneOf('x'))), 'p 1 2 x')).toEqual([])
  })

  it('go to an argument only if they fit, where it says so', () => {
    const args = of(optional('N', integer({ max: 5 }), { ifFits: true }), any('REST', oneOf('x', 'y')))
    expect(faults(args, 'p 3 x y')).toEqual([])
    expect(faults(args, 'p x y')).toEqual([])
    expect(faults(args, 'p 7 x')).toEqual(['out-of-range 7'])
    const tight = of(optional('N', integer(), { ifFits: true }), optional('M', oneOf('x')))
    expect(faults(tight, 'p z x')).toEqual(['invalid-value z'])
  })

  it('may be of some number alone', () => {
    const pairs = { line: { ...line(any('PAIR')), counts: [0, 2] } }
    expect(faults(pairs, 'p')).toEqual([])
    expect(faults(pairs, 'p a')).toEqual(['argument-count a'])
    expect(faults(pairs, 'p a b')).toEqual([])
  })

  it('too many are ignored, left to be read again, or refused at once', () => {
    expect(faults({ line: lineIgnoringRest(one('A')) }, 'p a b c')).toEqual([])
    const left = { line: lineLeavingRest(one('N', integer())) }
    expect(faults(left, 'p 1 p 2')).toEqual([])
    expect(faults(left, 'p 1 b')).toEqual(['argument-count b'])
    expect(faults({ line: strictLine(one('A')) }, 'p a b')).toEqual(['argument-count b'])
    expect(faults({ line: strictLine(one('A')) }, 'p a {\n}')).toContain('argument-count {')
  })

  it('may be a brace where CoreDNS reads the word alone', () => {
    expect(faults({ line: lineTakingBraces(1, one('A')) }, 'p {\n}')).not.toContain('argument-count p')
  })

  it('may be there in some releases alone', () => {
    const args = of(
      one('A'),
      optional('B', undefined, { since: '1.9.0' }),
      optional('C', undefined, { until: '1.5.0' }),
    )
    expect(faults(args, 'p a b', '1.8.0')).toEqual(['argument-count b'])
    expect(faults(args, 'p a b', '1.9.0')).toEqual([])
    expect(faults(args, 'p a b', '1.4.0')).toEqual([])
  })

  it('are not judged where they are not known', () => {
    const unknown = { isKnown: () => false }
    expect(reasonsOf(made(of(one('N', integer()))), 'p x', '1.15.0', unknown)).toEqual([])
    const first = { isKnown: (_: unknown, number: number) => number !== 1 }
    expect(reasonsOf(made(of(one('N', integer()))), 'p x y', '1.15.0', first)).toEqual([])
  })

  it('tell what was expected', () => {
    const [reason] = reasonsOf(made(of(one('FROM'), many('TO'), optional('MAX', integer()))), 'p a', '1.15.0')
    expect(reason).toMatchObject({ plugin: 'p', property: null, stage: 'setup', expected: 'FROM TO... [MAX]' })
    expect(expectedWords([any('ZONES')])).toBe('[ZONES...]')
    expect(expectedWords([])).toBe('nothing behind it')
  })
})

describe('properties', () => {
  const properties = {
    ttl: property({ line: line(one('N', integer({ min: 1 }))), repeat: 'refused' }),
    policy: property({ since: '1.9.0', until: '1.12.0' }),
    wait: property({ line: line(one('T', duration())) }),
    note: property({ line: line(any('WORDS')) }),
  }
  const grammar = { properties }

  it('are read line by line, each fault told', () => {
    expect(faults(grammar, 'p {\n ttl 0\n wait 5\n ttl 2 3\n}')).toEqual([
      'out-of-range 0',
      'duration-unit 5',
      'once-property ttl',
      'argument-count 3',
    ])
  })

  it('are named by their faults', () => {
    const [reason] = reasonsOf(made(grammar), 'p {\n ttl x\n}', '1.15.0')
    expect(reason).toMatchObject({ property: 'ttl', subject: 'x', expected: 'a whole number, at least 1' })
    expect(reason?.at.list.value(reason.at.index)).toBe('x')
  })

  it('exist from one release to another', () => {
    const lines = 'p {\n policy\n}'
    expect(faults(grammar, lines, '1.8.0')).toEqual(['unknown-property policy'])
    expect(faults(grammar, lines, '1.9.0')).toEqual([])
    expect(faults(grammar, lines, '1.12.0')).toEqual(['unknown-property policy'])
  })

  it('that are unknown are refused with what belongs to them, or ignored', () => {
    expect(faults(grammar, 'p {\n x 1 {\n  ttl 0\n }\n ttl 0\n}')).toEqual(['unknown-property x', 'out-of-range 0'])
    expect(faults({ ...grammar, unknownProperty: 'ignored' }, 'p {\n x\n ttl 0\n}')).toEqual(['out-of-range 0'])
  })

  it('are no members of every object', () => {
    expect(faults(grammar, 'p {\n constructor\n}')).toEqual(['unknown-property constructor'])
  })

  it('are not looked for where the plugin has no block', () => {
    expect(faults({ occurrences: 'once' }, 'p {\n}')).toEqual(['once {'])
  })

  it('hang a release before 1.13.0 where the block has no end', () => {
    const lines = 'p {\n ttl 1 } note'
    expect(faults(grammar, lines, '1.12.4')).toEqual(['argument-count }', 'timeout note'])
    expect(faults(grammar, lines, '1.13.0')).toEqual(['argument-count }'])
  })
})

describe('quirks', () => {
  it('read the whole, a line, or what is no property', () => {
    const quirks: Quirks = {
      setups: {
        all: (setup) => {
          while (setup.next()) if (setup.word.value !== 'p') setup.report('conflict')
        },
      },
      lines: { pair: (setup) => (setup.remainingArgs().length === 2 ? [] : setup.report('argument-count')) },
      otherLines: {
        entry: (setup) => {
          setup.check(integer(), setup.word)
          setup.skipArgs()
        },
      },
    }
    expect(faultsOf(made({ setup: 'all' }, quirks), 'p a', '1.15.0')).toEqual(['conflict a'])
    const read = made({ properties: { x: property({ quirk: 'pair' }) }, otherLine: 'entry' }, quirks)
    expect(faultsOf(read, 'p {\n x 1 2\n x 1\n 5 a b\n y a\n}', '1.15.0')).toEqual([
      'argument-count 1',
      'invalid-value y',
    ])
  })

  it('look at an occurrence, and at all of them', () => {
    const quirks: Quirks = {
      afterOccurrence: {
        needs: (setup, { name, properties }) => {
          if (!properties.some((each) => each.name.value === 'x'))
            setup.report('missing-property', { at: name, property: 'x' })
        },
      },
      afterAll: {
        two: (setup, read) => {
          if (read.length > 1) setup.report('conflict', { at: read[1]?.name ?? setup.word, message: 'two' })
        },
      },
    }
    const description = { properties: { x: property() }, afterOccurrence: 'needs', afterAll: 'two' }
    const reasons = reasonsOf(made(description, quirks), 'p {\n x\n}\np', '1.15.0')
    expect(reasons.map(({ kind, property: about, message }) => [kind, about, message])).toEqual([
      ['missing-property', 'x', null],
      ['conflict', null, 'two'],
    ])
  })

  it('that refuse leave the set-up', () => {
    const quirks: Quirks = {
      setups: {
        all: (setup) => {
          setup.next()
          setup.refuse('needs', { message: 'm' })
        },
      },
      afterAll: { never: (setup) => setup.report('conflict') },
    }
    expect(faultsOf(made({ setup: 'all', afterAll: 'never' }, quirks), 'p', '1.15.0')).toEqual(['needs p'])
  })

  it('say nothing of a word that is not known', () => {
    const quirks: Quirks = {
      setups: {
        all: (setup) => {
          while (setup.next()) setup.report('conflict')
        },
      },
    }
    expect(reasonsOf(made({ setup: 'all' }, quirks), 'p a', '1.15.0', { isKnown: () => false })).toEqual([])
  })

  it('that the grammar names and nobody defines are an error', () => {
    expect(() => faults({ setup: 'none' }, 'p')).toThrow('plugin p names the quirk none and does not define it')
  })

  it('whose own error is no refusal let it pass', () => {
    const quirks: Quirks = {
      setups: {
        all: () => {
          throw new TypeError('a bug')
        },
      },
    }
    expect(() => faultsOf(made({ setup: 'all' }, quirks), 'p', '1.15.0')).toThrow('a bug')
  })
})
