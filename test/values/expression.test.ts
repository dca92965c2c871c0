import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isExpressionName } from '../../src/values/expression.ts'
import { compileExpression } from '../../src/values/expression-check.ts'
import { BOOL, type Environment, functionType, STRING } from '../../src/values/expression-types.ts'
import { isInvalid } from '../../src/values/invalid.ts'

const environment: Environment = new Map([
  ['name', functionType([], STRING)],
  ['same', functionType([STRING, STRING], BOOL)],
])
const errorOf = (text: string, release = '1.15.0'): string | null => {
  const type = compileExpression(text, environment, release)
  return isInvalid(type) ? type.error : null
}

describe('expressions', () => {
  it.each([
    ["name() == 'a'", null],
    ["same(name(), 'a') && not (name() in ['a', 'b'])", null],
    ["name == 'a'", 'invalid operation: == (mismatched types func and string)'],
    ["name() == 'a", 'literal not terminated'],
    ['name() == a', 'unknown name a'],
    ['same(name())', 'not enough arguments to call same'],
    ['same(name, name())', 'cannot use func as argument (type string) to call same'],
    ['name() < 1', 'invalid operation: < (mismatched types string and int)'],
    ['name()) ', 'unexpected token )'],
    ["name() matches '('", 'error parsing regexp: missing closing ): `(`'],
    ['1 % 0', 'integer divide by zero'],
  ])('%s', (text, error) => {
    expect(errorOf(text)).toBe(error)
  })

  it('have the type of what they give', () => {
    expect(compileExpression("split(name(), '.')[0]", environment, '1.15.0')).toEqual(STRING)
    expect(compileExpression("{'a': 1}.a", environment, '1.15.0')).toEqual({ kind: 'unknown' })
  })

  it('grew with the library', () => {
    expect(errorOf('name() | lower()', '1.11.1')).not.toBeNull()
    expect(errorOf('name() | lower()', '1.11.3')).toBeNull()
    expect(errorOf("if true { 'a' } else { 'b' }", '1.12.0')).not.toBeNull()
    expect(errorOf("if true { 'a' } else { 'b' }", '1.12.1')).toBeNull()
  })

  it('know which words are names', () => {
    expect(['x', '_1', 'len', 'in', 'true', 'let', '1x'].map((word) => isExpressionName(word, '1.15.0'))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('never throw, however deep', () => {
    const part = fc.constantFrom(
      ...'name() "a" \' ( ) [ ] { } # . , ; | ? : :: not in let if else 1 1.. // /* \\ \n'.split(' '),
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.constantFrom('1.10.0', '1.11.4', '1.15.0'),
        (parts, release) => {
          compileExpression(parts.join(' '), environment, release)
        },
      ),
    )
    expect(errorOf('('.repeat(50_000))).toBeNull()
    expect(errorOf(Array.from({ length: 5000 }, () => '1').join('+'))).toBeNull()
  })
})
