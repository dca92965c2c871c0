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
    ['^(.*\\.)?(d0\\.a|d1\\.b|x[0-9]|y+)\\.$', '.', 'd0.a.', 'd1.b.', '.', 'y.'],
    ['(ab|cd)+$', '', 'ab', 'cd'],
    ['(ab|cd)?$', '', ''],
    ['(a(b|c))$', '', ''],
    ['', '', ''],
  ])('%s', (expression, inside, ...ends) => {
    expect(neededParts(expression)).toEqual({ inside, ends })
  })
})
