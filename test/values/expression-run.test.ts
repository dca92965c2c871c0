import { describe, expect, it } from 'vitest'
import { type Functions, runnableExpression, UNKNOWN_VALUE } from '../../src/values/expression-run.ts'
import { ExpressionError } from '../../src/values/expression-tokens.ts'

const functions: Functions = {
  name: () => 'www.example.org.',
  type: () => 'AAAA',
  port: () => UNKNOWN_VALUE,
  fails: () => {
    throw new ExpressionError('no')
  },
}
const run = (text: string) => runnableExpression(text, '1.15.0')(functions)

describe('an expression', () => {
  it.each([
    ['true', true],
    ["type() == 'AAAA'", true],
    ["type() in ['A', 'AAAA']", true],
    ["type() not in ['A', 'AAAA']", false],
    ["name() matches '^www\\\\.'", true],
    ["name() matches '^mail\\\\.'", false],
    ["name() endsWith '.example.org.' and not (type() == 'A')", true],
    ["lower('A') + 'b' == 'ab' ? 1 : 2", 1n],
    ['1 + 2 * 3', 7n],
    ['7 % 4 == 3 && 1.5 < 2', true],
    ['len(name())', 16n],
    ["'b' > 'a' || fails()", true],
    ['let a = 2; a * a', 4n],
  ])('%s', (text, expected) => {
    expect(run(text)).toBe(expected)
  })

  it('is unknown as far as it depends on what is unknown', () => {
    expect(run("port() == '53'")).toBe(UNKNOWN_VALUE)
    expect(run("port() == '53' or true")).toBe(true)
    expect(run("port() == '53' and false")).toBe(false)
    expect(run("port() == '53' and true")).toBe(UNKNOWN_VALUE)
    expect(run("not (port() == '53')")).toBe(UNKNOWN_VALUE)
    expect(run("port() in ['53']")).toBe(UNKNOWN_VALUE)
    expect(run("type() in [port(), 'AAAA']")).toBe(true)
    expect(run('{"a": 1}')).toBe(UNKNOWN_VALUE)
  })

  it.each(['1 + true', "name() matches '('", '1 % 0', 'fails()'])('fails: %s', (text) => {
    expect(() => run(text)).toThrow(ExpressionError)
  })
})
