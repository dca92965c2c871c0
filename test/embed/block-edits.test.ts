import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/text/edit.ts'
import { configMap, edited, editedOuter, only, valueByParser } from './outer.ts'

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

  it('never makes a carriage return part of a line break', async () => {
    expect(await edited('|\n    a\rb\n', 'b', '')).toBeNull()
    expect(await edited('|\n    a\rb\n', 'b', '\n')).toBeNull()
    expect(await edited('|\n    a\rb\n', 'a', 'c')).toBe('|\n    c\rb\n')
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
