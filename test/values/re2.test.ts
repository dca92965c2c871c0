import { describe, expect, it } from 'vitest'
import { isInvalid } from '../../src/values/invalid.ts'
import { compileRegexp, type Regexp } from '../../src/values/re2.ts'

function compiled(expression: string): Regexp {
  const read = compileRegexp(expression)
  if (isInvalid(read)) throw new Error(read.error)
  return read
}

describe('a compiled expression', () => {
  it('finds the leftmost match with its groups', () => {
    const expression = compiled(`^(?P<host>[a-z]+)(?:-(\\d+))?\\.example\\.$`)
    expect(expression.names).toEqual(['host', ''])
    expect(expression.find('web-7.example.')).toEqual(['web-7.example.', 'web', '7'])
    expect(expression.find('web.example.')).toEqual(['web.example.', 'web', undefined])
    expect(expression.find('web.example.org.')).toBeNull()
  })

  it.each([
    ['a', 'bab', true],
    ['^a', 'ba', false],
    ['(?i)A', 'a', true],
    ['\\pL', 'ß', true],
    ['a.c', 'a\nc', false],
  ])('%s on %j: %j', (expression, text, expected) => {
    expect(compiled(expression).matches(text)).toBe(expected)
  })

  it('is refused as Go refuses it', () => {
    expect(compileRegexp('a(?=b)')).toMatchObject({
      error: expect.stringContaining('invalid or unsupported Perl syntax'),
    })
  })
})
