import { describe, expect, it } from 'vitest'
import { globExpression } from '../../src/values/glob.ts'
import { isInvalid } from '../../src/values/invalid.ts'

describe('a pattern of one path element', () => {
  it.each([
    ['*.conf', 'a.conf', true],
    ['*.conf', 'aconf', false],
    ['?-1s', 'a-1s', true],
    ['a-b*', 'a-bc', true],
    ['[a-c]x', 'bx', true],
    ['[a-c]x', '-x', false],
    ['[^a-c]x', 'dx', true],
    ['[\\-a]x', '-x', true],
    ['[c-a]x', 'bx', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a.b|c', 'a.b|c', true],
  ])('%s and %s', (pattern, name, matches) => {
    const expression = globExpression(pattern)
    expect(isInvalid(expression)).toBe(false)
    expect((expression as RegExp).test(name)).toBe(matches)
  })

  it.each(['[', '[a', '[]a]', '[-]', '[a-]', 'a\\'])('%s is malformed', (pattern) => {
    expect(isInvalid(globExpression(pattern))).toBe(true)
  })
})
