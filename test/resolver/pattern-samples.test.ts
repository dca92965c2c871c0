import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pattern } from '../../src/resolver/decision.ts'
import { isTriedBy, namesOf, neverMatches, samplesOf } from '../../src/resolver/pattern-samples.ts'
import { compileRegexp } from '../../src/values/re2.ts'

const matches = (expression: string, name: string) => {
  const compiled = compileRegexp(expression)
  return 'matches' in compiled && compiled.matches(name)
}

describe('names that an expression matches', () => {
  it.each([
    '^ip-(?P<a>[0-9]+)\\.corp\\.example\\.$',
    '^(.*)\\.a\\.example\\.$',
    '(one|two)\\.example',
    '^[a-z]+[.]example[.]$',
    '(?i)^Host',
    '.*',
    '^[b-f]+\\.x\\.$',
    '^x{7}y\\.$',
    '^(?:[a-z0-9-]{3,}\\.)+corp\\.$',
    '^(?i:HOST)-\\d{1,3}\\.$',
    '^[[:alpha:]][[:^digit:]]\\.a\\.$',
    '^\\pL+\\.\\p{Greek}?a\\.$',
    '^\\Qa.b\\E\\.c\\.$',
    '^\\x61\\x{62}\\143\\.$',
    '^(a|b(?P<n>c|d)){2}\\.$',
    '^(?:|www\\.)host\\.$',
    '^a?b*c+?(?s).$',
    '^[^.]+\\.svc\\.',
    '\\bdb\\b',
    '^[]a-]+\\.$',
    '^\\S+\\.\\w+\\.$',
    '^db-(?:1[0-9]|2[0-4])\\.$',
    '\\Awww\\.z\\.\\z',
  ])('%s', (expression) => {
    const samples = samplesOf(expression)
    expect(samples.length).toBeGreaterThan(0)
    expect(samples.filter((name) => !name.endsWith('.') || !matches(expression, name))).toEqual([])
  })

  it.each(['(', '^a$', '^[!#]\\.$', '(?=a)'])('none of %s is wrong', (expression) => {
    expect(samplesOf(expression).every((name) => matches(expression, name))).toBe(true)
  })

  it('lie in the zones whose names come to it', () => {
    expect(samplesOf('^ip-([0-9]+)\\.', ['example.org.'])).toContain('ip-0.example.org.')
    expect(samplesOf('^web', ['b.', 'c.']).every((name) => /\.[bc]\.$/.test(name))).toBe(true)
    expect(samplesOf('^web\\.other\\.$', ['example.org.'])).toEqual([])
  })

  it('are there for all that is made of the usual parts', () => {
    const part = fc.constantFrom('a', '[a-z]', '\\d', '[^.]', '(?:b|cd)', '(x)', '\\.e', '[c-e]', 'f|g', '.')
    const repeated = fc
      .tuple(part, fc.constantFrom('', '', '+', '*', '?', '{2}', '{1,3}', '+?'))
      .map(([text, sign]) => (sign === '' || text.length === 1 ? text + sign : `(?:${text})${sign}`))
    fc.assert(
      fc.property(fc.array(repeated, { minLength: 1, maxLength: 6 }), (parts) => {
        const expression = `^h(?:${parts.join('')})z\\.$`
        const samples = samplesOf(expression)
        return samples.length > 0 && samples.every((name) => matches(expression, name))
      }),
    )
  })
})

describe('a pattern', () => {
  const pattern = (source: string, more: Partial<Pattern> = {}): Pattern => ({
    source,
    names: null,
    zones: ['example.org.'],
    within: '',
    ...more,
  })

  it('has the names that it comes with, or those that are made', () => {
    expect(namesOf(pattern('prefix a.', { names: ['a.zz.'] }))).toEqual(['a.zz.'])
    expect(namesOf(pattern('^a\\.'))).toContain('a.example.org.')
  })

  it('is tried by names in its zones that it matches', () => {
    expect(isTriedBy(pattern('^[#]\\.'), '#.example.org.')).toBe(true)
    expect(isTriedBy(pattern('^[#]\\.'), 'a.example.org.')).toBe(false)
    expect(isTriedBy(pattern('^[#]\\.'), '#.example.com.')).toBe(false)
  })

  it('never matches where no name ends as it does', () => {
    expect(neverMatches(pattern('^a$'))).toBe(true)
    expect(neverMatches(pattern('^a'))).toBe(false)
  })
})
