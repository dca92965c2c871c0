import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/text/edit.ts'
import { configMap, editedOuter, only, valueByParser } from './outer.ts'

/** What becomes of a scalar when `old` in its value is replaced by `now` (at the end when there is no `old`); null when its style cannot say it. */
async function edited(scalar: string, old: string | undefined, now: string, lineBreak = '\n') {
  const outer = configMap(scalar, lineBreak)
  const embedded = await only(outer)
  const start = old === undefined ? embedded.text.length : embedded.text.indexOf(old)
  if (start === -1) throw new Error(`no ${JSON.stringify(old)} in ${JSON.stringify(embedded.text)}`)
  const result = editedOuter(outer, embedded, [{ start, end: start + (old ?? '').length, text: now }])
  if (result === null) return null
  const from = outer.indexOf(scalar)
  return result.slice(from, result.length - (outer.length - from - scalar.length))
}

const literal = '|\n    . {\n        hosts {\n          10.0.0.1 a\n        }\n    }\n'

describe('an edit of a literal block', () => {
  it.each([
    [
      'gives a new line the indentation of the block',
      '      10.0.0.1 a\n',
      '      10.0.0.1 a\n      fallthrough\n',
      '|\n    . {\n        hosts {\n          10.0.0.1 a\n          fallthrough\n        }\n    }\n',
    ],
    [
      'replaces a word',
      '10.0.0.1',
      '10.0.0.2',
      '|\n    . {\n        hosts {\n          10.0.0.2 a\n        }\n    }\n',
    ],
    ['deletes whole lines with their indentation', '    hosts {\n      10.0.0.1 a\n    }\n', '', '|\n    . {\n    }\n'],
    ['joins lines', ' {\n    hosts', ' hosts', '|\n    . hosts {\n          10.0.0.1 a\n        }\n    }\n'],
    [
      'leaves an empty line without blanks',
      '      10.0.0.1 a',
      '',
      '|\n    . {\n        hosts {\n\n        }\n    }\n',
    ],
    ['adds at the end', undefined, 'b {\n}\n', `${literal}    b {\n    }\n`],
    ['cannot let the first line start with a blank', '. {', ' . {', null],
    ['cannot take the last line break away', '}\n}\n', '}\n}', null],
    ['cannot add empty lines at the end', undefined, '\n', null],
    ['cannot write a control character', 'hosts', 'ho\u0001sts', null],
    ['cannot delete everything', '. {\n    hosts {\n      10.0.0.1 a\n    }\n}\n', '', null],
  ])('%s', async (_, old, now, expected) => {
    expect(await edited(literal, old, now)).toBe(expected)
  })

  it('uses the line break of the file', async () => {
    const windows = literal.replaceAll('\n', '\r\n')
    expect(await edited(windows, '}\n}', '}\nlog\n}', '\r\n')).toBe(
      windows.replace(/ {4}\}\r\n$/, '    log\r\n    }\r\n'),
    )
  })

  it('keeps the end that the header asks for', async () => {
    expect(await edited('|-\n    a\n    b\n', undefined, '\nc')).toBe('|-\n    a\n    b\n    c\n')
    expect(await edited('|-\n    a\n', undefined, '\n')).toBeNull()
    expect(await edited('|+\n    a\n\n\n', undefined, 'b\n')).toBe('|+\n    a\n\n\n    b\n')
    expect(await edited('|+\n    a\n', undefined, '\n')).toBe('|+\n    a\n\n')
  })

  it('keeps to the number in the header', async () => {
    expect(await edited('|1\n     a\n   b\n', 'b', ' c')).toBe('|1\n     a\n    c\n')
    expect(await edited('|1\n     a\n   b\n', '  a', 'a')).toBeNull()
  })

  it('is there for every fix that adds, replaces or deletes lines inside', async () => {
    const lines = ['. {', '    errors', '', '\tlog', '      10.0.0.1 é😀', '    }', '# note  ', '}']
    const outer = configMap(`|\n${lines.map((line) => (line ? `    ${line}` : '')).join('\n')}\n`)
    const embedded = await only(outer)
    const starts = [...embedded.text.matchAll(/^/gm)].map(({ index }) => index).slice(1, lines.length)
    const added = fc.constantFrom('', 'log\n', '    fallthrough\n', '\n', 'a {\n\n}\n')
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.constantFrom(...starts), added, (a, b, text) => {
        const edits = [{ start: Math.min(a, b), end: Math.max(a, b), text }]
        const result = editedOuter(outer, embedded, edits)
        expect(result).not.toBeNull()
        expect(valueByParser(result ?? '')).toBe(applyEdits(embedded.text, edits))
        expect(result).not.toMatch(/^ +$/m)
      }),
    )
  })
})

describe('an edit of a folded block', () => {
  const folded = '>\n    one\n    two\n\n      more\n    three\n'

  it.each([
    ['replaces words on a line', 'two', 'zwei', '>\n    one\n    zwei\n\n      more\n    three\n'],
    ['adds to a line', 'more', 'more and more', '>\n    one\n    two\n\n      more and more\n    three\n'],
    ['cannot add a line', 'two', 'two\nand', null],
    ['cannot empty a line', 'two', '', null],
    ['cannot reach over a fold', 'one two', 'one', null],
    ['cannot make a line start with a blank', 'three', ' three', null],
  ])('%s', async (_, old, now, expected) => {
    expect(await edited(folded, old, now)).toBe(expected)
  })
})

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

it('edits that overlap or leave the text are refused', async () => {
  const embedded = await only(configMap(literal))
  const deletion = (start: number, end: number) => ({ start, end, text: '' })
  expect(() => embedded.toOuterEdits([deletion(0, 3), deletion(2, 5)])).toThrow(RangeError)
  expect(() => embedded.toOuterEdits([deletion(0, 999)])).toThrow(RangeError)
  expect(() => embedded.toOuter({ start: 0, end: 999 })).toThrow(RangeError)
})
