import { describe, expect, it } from 'vitest'
import { samplesOf } from '../../src/resolver/pattern-samples.ts'
import { compileRegexp } from '../../src/values/re2.ts'

describe('names that an expression matches', () => {
  it.each([
    '^ip-(?P<a>[0-9]+)\\.corp\\.example\\.$',
    '^(.*)\\.a\\.example\\.$',
    '(one|two)\\.example',
    '^[a-z]+[.]example[.]$',
    '(?i)^Host',
    '.*',
  ])('%s', (expression) => {
    const samples = samplesOf(expression)
    const compiled = compileRegexp(expression)
    expect(samples.length).toBeGreaterThan(0)
    expect(samples.every((name) => name.endsWith('.') && 'matches' in compiled && compiled.matches(name))).toBe(true)
  })

  it.each(['(', '^a$', 'x{7}y'])('none of %s is wrong', (expression) => {
    const compiled = compileRegexp(expression)
    expect(samplesOf(expression).every((name) => 'matches' in compiled && compiled.matches(name))).toBe(true)
  })
})
