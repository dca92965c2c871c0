import { expect, it } from 'vitest'
import { fileText } from '../../src/embed/inner-text.ts'
import { entryOfLiteral } from '../../src/embed/kustomize.ts'

it.each([
  ['Corefile=. {\n}', 'Corefile', '. {\n}'],
  ['Corefile=". {}"', 'Corefile', '. {}'],
  ["a='b=c'", 'a', 'b=c'],
  ['a=', 'a', ''],
  ['a="', 'a', ''],
])('the literal %j makes the entry %s', (literal, key, value) => {
  const entry = entryOfLiteral(fileText(literal))
  expect([entry?.key, entry?.value.text]).toEqual([key, value])
  const range = entry?.value.toOuter({ start: 0, end: value.length })
  expect(literal.slice(range?.start, range?.end)).toBe(value)
})

it.each(['', '=a', 'Corefile'])('%j makes none', (literal) => {
  expect(entryOfLiteral(fileText(literal))).toBeUndefined()
})

it('has edits inside of its value alone', () => {
  const entry = entryOfLiteral(fileText('a="bc"'))
  expect(entry?.value.toOuterEdits([{ start: 2, end: 2, text: 'd' }])).toEqual([{ start: 5, end: 5, text: 'd' }])
  expect(() => entry?.value.toOuter({ start: 0, end: 3 })).toThrow(RangeError)
  expect(() => entry?.value.toOuterEdits([{ start: 2, end: 3, text: '' }])).toThrow(RangeError)
})
