import { describe, expect, it } from 'vitest'
import { neededParts } from '../../src/values/regexp-parts.ts'

describe('what an expression needs', () => {
  it.each([
    ['^(.*\\.)?d0\\.example\\.$', 'd0.example.', 'd0.example.'],
    ['^web-[0-9]+\\.corp', '.corp', ''],
    ['ab+c$', 'ab', 'bc'],
    ['a?b$', 'b', 'b'],
    ['b[a-z]$', 'b', ''],
    ['a|b$', '', ''],
    ['(?i)abc$', '', ''],
    ['^*abc$', '', ''],
    ['a{2}b\\z', 'a', 'ab'],
    ['^(.*)[.]t0[\\.]a[.]+$', '.t0.a.', '.'],
    ['[\\d][-]$', '-', '-'],
    ['', '', ''],
  ])('%s', (expression, inside, end) => {
    expect(neededParts(expression)).toEqual({ inside, end })
  })
})
