import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replaceReferences } from '../../src/expand/references.ts'

const values: Readonly<Record<string, string>> = {
  A: '1',
  B: '{$A}',
  EMPTY: '',
  LOOP: 'x{$LOOP}',
  OPEN: '{$',
  WIN: '{%A%}',
}
const given = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)
const replaced = (text: string) => replaceReferences(text, given)

// That these are CoreDNS's own readings is shown by the rows P2 of test/expand/conformance.test.ts.
describe('replaceReferences', () => {
  it.each([
    ['a', 'a'],
    ['{$A}', '1'],
    ['{%A%}', '1'],
    ['x{$A}y{%A%}z', 'x1y1z'],
    ['{$A}{$A}', '11'],
    ['{$EMPTY}', ''],
    ['{$B}', '1'],
    ['{%B%}', '1'],
    ['{$}', '{$}'],
    ['{$}{$A}', '{$}{$A}'],
    ['{%%}', '{%%}'],
    ['{$A', '{$A'],
    ['$A ${A} %A%', '$A ${A} %A%'],
    ['{$WIN}', '{%A%}'],
  ])('%j is %j', (text, expected) => {
    expect(replaced(text)).toEqual({ text: expected, unknown: [], isEndless: false })
  })

  it('leaves what nobody gave, and names it once', () => {
    expect(replaced('{$X}{$A}{$X}{%Y%}')).toEqual({ text: '{$X}1{$X}{%Y%}', unknown: ['Y', 'X'], isEndless: false })
  })

  it('notices a value that brings itself again', () => {
    expect(replaced('{$LOOP}')).toMatchObject({ isEndless: true })
  })

  it('ends for any text and any values', () => {
    const piece = fc.constantFrom('{$', '{%', '}', '%}', 'A', 'B', 'a', '{$A}', '{%B%}')
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, text, (word, a, b) => {
        const result = replaceReferences(word, (name) => ({ A: a, B: b })[name])
        if (!word.includes('{$') && !word.includes('{%')) expect(result.text).toBe(word)
        if (result.isEndless) expect(result.text).toBe(word)
      }),
    )
  })
})
