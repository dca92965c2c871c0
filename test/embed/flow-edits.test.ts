import { describe, expect, it } from 'vitest'
import { edited } from './outer.ts'

describe('an edit in double quotes', () => {
  it.each([
    [
      'escapes what needs it',
      '". {\\n}\\n"',
      '}',
      'a "b" \\ é\t\u0001\u2028\n}',
      '". {\\na \\"b\\" \\\\ é\\t\\u0001\\u2028\\n}\\n"',
    ],
    ['takes folded lines beside it along', '"a b\n\n    c d\n    e"', 'd', 'x y', '"a b\n\n    c x y e"'],
    ['keeps other folds', '"a b\n    c d e f\n    g"', 'd', 'x', '"a b\n    c x e f\n    g"'],
    ['replaces a whole escape', '"a\\U0001F600b"', '😀', 'x', '"axb"'],
    ['stays before an escaped line break', '"ab\\\n    \\ c"', ' c', '!', '"ab!"'],
    ['can empty the value', '"a"', 'a', '', '""'],
    ['does not write half a character', '"a"', 'a', '\ud83d', null],
  ])('%s', async (_, scalar, old, now, expected) => {
    expect(await edited(scalar, old, now)).toBe(expected)
  })
})

describe('an edit in single quotes or without', () => {
  it.each([
    ['doubles quotes', "'. {}'", '{}', "{'x'}", "'. {''x''}'"],
    ['cannot hold a new line', "'. {}'", '{}', '{\n}', null],
    ['cannot hold a control character', "'. {}'", '{}', '\u001b', null],
    ['cannot hold what some take for a line break', "'. {}'", '{}', 'a\u2028b', null],
    ['replaces plain words', 'a b c', 'b', 'x:y', 'a x:y c'],
    ['cannot begin a comment', 'a b c', 'b', '#b', null],
    ['cannot begin a map', 'a b c', 'b', 'b:', null],
    ['cannot make a plain value something else', 'a 5', 'a ', '', null],
    ['cannot begin with an indicator', 'a b', 'a', '- a', null],
    ['cannot end in a blank', 'a b', 'b', '', null],
  ])('%s', async (_, scalar, old, now, expected) => {
    expect(await edited(scalar, old, now)).toBe(expected)
  })
})
