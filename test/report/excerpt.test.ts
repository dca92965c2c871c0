import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt } from '../../src/report/excerpt.ts'
import { displayWidth } from '../../src/text/width.ts'

describe('excerpt', () => {
  it('leaves a line alone that fits', () => {
    expect(excerpt('  forward . 10.0.0.1', 2, 9, 40)).toEqual({ shown: '  forward . 10.0.0.1', column: 2, width: 7 })
  })

  it('keeps the beginning of a long line where the span is seen from there', () => {
    expect(excerpt('forward . 10.0.0.1 10.0.0.2', 0, 7, 20)).toEqual({
      shown: 'forward . 10.0.0.1 …',
      column: 0,
      width: 7,
    })
  })

  it('has room for the mark behind a line that fills the width', () => {
    const line = 'forward . 10.0.0.1 a'
    expect(excerpt(line, line.length, line.length, line.length).column).toBeLessThan(line.length)
    expect(excerpt(line, line.length - 1, line.length, line.length)).toEqual({ shown: line, column: 19, width: 1 })
  })

  it('never is wider than allowed, and marks what the span covers', () => {
    const piece = fc.constantFrom('a', 'forward ', '\t', '東', 'é', '\u001b', '👍', '"', ' ')
    const line = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(line, fc.nat(200), fc.nat(200), fc.integer({ min: 20, max: 80 }), (text, a, b, columns) => {
        const characters = [...text]
        const offset = (index: number) => characters.slice(0, index % (characters.length + 1)).join('').length
        const [start, end] = [offset(a), offset(b)].sort((x, y) => x - y) as [number, number]
        const cut = excerpt(text, start, end, columns)
        expect(displayWidth(cut.shown)).toBeLessThanOrEqual(columns)
        expect(cut.column).toBeLessThan(columns)
        const first = [...text.slice(start, end)][0]
        if (first !== undefined && /[a"]/.test(first)) {
          expect(characterAt(cut.shown, cut.column)).toBe(first)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('costs no more for a huge line', () => {
    const line = 'x'.repeat(5_000_000)
    const started = performance.now()
    for (let at = 0; at < 1000; at++) excerpt(line, at * 5000, at * 5000 + 10, 100)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** The character that stands at a column. */
function characterAt(shown: string, column: number): string | undefined {
  const characters = [...shown]
  let index = 0
  while (displayWidth(characters.slice(0, index).join('')) < column) index++
  return characters[index]
}
