import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineIndex } from '../../src/text/lines.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'é', '語', '😀', '\t', '\r', '\n', '\r\n') })

describe('LineIndex', () => {
  it('counts a last line without a line break, and an empty one behind the last line break', () => {
    expect(new LineIndex('').lineCount).toBe(1)
    expect(new LineIndex('a').lineCount).toBe(1)
    expect(new LineIndex('a\n').lineCount).toBe(2)
    expect(new LineIndex('a\r\nb').lineCount).toBe(2)
  })

  it('ends a line with \\n alone: a lone \\r belongs to its line, one before \\n to the line break', () => {
    const lines = new LineIndex('a\rb\r\nc\r')
    expect(lines.lineCount).toBe(2)
    expect(lines.lineText(1)).toBe('a\rb')
    expect(lines.lineText(2)).toBe('c\r')
    expect(new LineIndex('\r\n').lineText(1)).toBe('')
    expect(new LineIndex('\n\r\n').lineText(2)).toBe('')
  })

  it('gives 1-based lines and UTF-16 columns, up to the end of the text', () => {
    const lines = new LineIndex('a😀b\nc')
    expect(lines.positionAt(0)).toEqual({ line: 1, column: 1 })
    expect(lines.positionAt(3)).toEqual({ line: 1, column: 4 })
    expect(lines.positionAt(4)).toEqual({ line: 1, column: 5 })
    expect(lines.positionAt(5)).toEqual({ line: 2, column: 1 })
    expect(lines.positionAt(6)).toEqual({ line: 2, column: 2 })
  })

  it('refuses places that do not exist', () => {
    const lines = new LineIndex('a\nb')
    expect(() => lines.positionAt(4)).toThrow(RangeError)
    expect(() => lines.positionAt(-1)).toThrow(RangeError)
    expect(() => lines.bytePositionAt(Number.NaN)).toThrow(RangeError)
    expect(() => lines.lineStart(0)).toThrow(RangeError)
    expect(() => lines.lineText(3)).toThrow(RangeError)
  })

  it('takes a column behind the end of a line for its end', () => {
    const lines = new LineIndex('ab\r\ncd')
    expect(lines.offsetAt(1, 2)).toBe(1)
    expect(lines.offsetAt(1, 99)).toBe(2)
    expect(lines.offsetAt(2, 99)).toBe(6)
  })

  it('agrees with splitting the text, for every offset', () => {
    fc.assert(
      fc.property(text, (value) => {
        const lines = new LineIndex(value)
        expect(lines.lineCount).toBe(value.split('\n').length)
        for (let offset = 0; offset <= value.length; offset++) {
          const before = value.slice(0, offset).split('\n')
          const position = lines.positionAt(offset)
          expect(position).toEqual({ line: before.length, column: (before.at(-1) ?? '').length + 1 })
          expect(lines.lineStart(position.line) + position.column - 1).toBe(offset)
          if (offset <= lines.lineEnd(position.line)) {
            expect(lines.offsetAt(position.line, position.column)).toBe(offset)
          }
        }
        const rebuilt = Array.from({ length: lines.lineCount }, (_, index) => lines.lineText(index + 1))
        expect(rebuilt).toEqual(
          value.split('\n').map((line, index, all) => (index < all.length - 1 ? line.replace(/\r$/, '') : line)),
        )
      }),
    )
  })

  it('counts UTF-8 bytes, whatever the order of the questions', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(1000), { minLength: 1 }), (value, picks) => {
        const lines = new LineIndex(value)
        const boundaries = [0]
        for (const character of value) boundaries.push((boundaries.at(-1) ?? 0) + character.length)
        for (const pick of picks) {
          const offset = boundaries[pick % boundaries.length] ?? 0
          const before = value.slice(0, offset).split('\n').at(-1) ?? ''
          expect(lines.bytePositionAt(offset).column).toBe(Buffer.byteLength(before) + 1)
        }
      }),
    )
  })

  it('indexes a text of a million lines', () => {
    const lines = new LineIndex('10.0.0.1 a.example\n'.repeat(1_000_000))
    expect(lines.lineCount).toBe(1_000_001)
    expect(lines.positionAt(19 * 999_999 + 3)).toEqual({ line: 1_000_000, column: 4 })
  })
})
