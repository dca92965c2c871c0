import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canEndWithDot, capitals, regexpTree } from '../../src/values/regexp-tree.ts'

const mayMatch = (expression: string) => {
  const tree = regexpTree(expression)
  return tree === null ? 'unknown' : canEndWithDot(tree)
}

describe('canEndWithDot', () => {
  it.each([
    'a',
    'a\\.example',
    '^a\\.example\\.$',
    'a\\.?$',
    'a[.]$',
    '.*$',
    'a.$',
    'a[^a]$',
    'a\\W$',
    '(a|b\\.)$',
    '(a$|b)',
    'a\\.(b)?$',
    'a\\.(b|)$',
    'a\\.b*$',
    'a\\.b{0,3}$',
    'a\\.$$',
    '[ -~]$',
    'a*$',
    '\\Aa\\.$',
    '[\\W]$',
    '[a\\.]$',
    'a\\.\\b$',
  ])('%s can', (expression) => {
    expect(mayMatch(expression)).toBe(true)
  })

  it.each([
    'a$',
    '^a\\.example$',
    'a\\z',
    '\\.(com|org)$',
    '(a|b)$',
    '^(.*)\\.(?:a|b)$',
    '^(?P<x>.*)a$',
    '[a-z]+$',
    '\\d{2}$',
    '[^.]$',
    '[^.]+$',
    '\\.a+$',
    '(\\.a$|b$)',
    '^$',
    '\\A\\z',
    '[\\w]$',
    '[a\\d]$',
    '(?i)a$',
  ])('%s cannot', (expression) => {
    expect(mayMatch(expression)).toBe(false)
  })

  it.each(['(?s:.)$', '\\pL$', '[[:alpha:]]$', '\\Qa\\E$', '(?m)a$'])('%s is not looked into', (expression) => {
    expect(mayMatch(expression)).toBe('unknown')
  })

  it('never says no where an expression matches', () => {
    const atom = fc.constantFrom(
      'a',
      '\\.',
      '.',
      '[a.]',
      '[^a]',
      '[^.]',
      '\\w',
      '\\W',
      '^',
      '$',
      '(a|\\.)',
      '(?:a|)',
      'b',
    )
    const repeated = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{0,2}')).map(([one, count]) => {
      return one === '^' || one === '$' ? one : one + count
    })
    const sequence = fc.array(repeated, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
    const expression = fc
      .tuple(sequence, sequence, fc.boolean())
      .map(([one, other, two]) => (two ? `${one}|${other}` : one))
    const name = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 5 }).map((letters) => `${letters.join('')}.`)
    fc.assert(
      fc.property(expression, name, (text, written) => {
        if (new RegExp(text).test(written)) expect(mayMatch(text)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('capitals', () => {
  const found = (expression: string) => {
    const tree = regexpTree(expression)
    return tree === null ? null : [...capitals(tree)].map(({ at, end }) => expression.slice(at, end))
  }

  it.each([
    ['Ab', ['A']],
    ['(a|B)', ['B']],
    ['[A-Z]+', ['[A-Z]']],
    ['[AB]', ['[AB]']],
    ['[A-Za-z]', []],
    ['\\W\\S\\D', []],
    ['(?P<Name>a)', []],
    ['(?i)A', []],
    ['\\pL', null],
  ])('%s', (expression, capital) => {
    expect(found(expression)).toEqual(capital)
  })
})
