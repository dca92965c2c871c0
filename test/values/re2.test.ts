import fc from 'fast-check'
import { RE2JS } from 're2js'
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

  it('matches what the engine matches, whatever text it looks for first', () => {
    const part = fc.constantFrom('a', 'b', '\\.', '.', '^', '$', '|', '(', ')', '(?:', '(?i)', '[ab]', '\\b', 'é', '😀')
    const sign = fc.constantFrom('', '', '', '?', '*', '+', '{0}', '{2}', '{0,1}', '{', '+?')
    const expressions = fc.array(fc.tuple(part, sign), { maxLength: 7 }).map((parts) => parts.flat().join(''))
    const texts = fc.array(fc.constantFrom('a', 'b', 'A', '.', 'ab', 'é', '😀', '{', '*'), { maxLength: 6 })
    fc.assert(
      fc.property(expressions, texts, (expression, letters) => {
        const read = compileRegexp(expression)
        const text = letters.join('')
        if (isInvalid(read)) return
        const expected = RE2JS.compile(expression).matcher(text).find()
        expect([read.matches(text), read.find(text) !== null]).toEqual([expected, expected])
      }),
      { numRuns: 3_000 },
    )
  })

  it('is refused as Go refuses it', () => {
    expect(compileRegexp('a(?=b)')).toMatchObject({
      error: expect.stringContaining('invalid or unsupported Perl syntax'),
    })
  })
})
