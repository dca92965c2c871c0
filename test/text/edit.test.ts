import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TextEdit } from '../../src/text/edit.ts'
import { applyEdits, dominantLineEnding, EditSet, editsOverlap } from '../../src/text/edit.ts'

/** A text in pieces of which every second one is replaced: the edits and what must come out. */
const replaced = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 5 }), fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 })))
  .map((pieces) => {
    let text = ''
    let expected = ''
    const edits: TextEdit[] = []
    for (const [kept, old, now] of pieces) {
      text += kept
      expected += kept + now
      edits.push({ start: text.length, end: text.length + old.length, text: now })
      text += old
    }
    return { text, expected, edits }
  })

describe('applyEdits', () => {
  it('replaces, inserts and deletes in the offsets of the text before', () => {
    const edits = [
      { start: 4, end: 7, text: 'B' },
      { start: 0, end: 0, text: '> ' },
      { start: 7, end: 11, text: '' },
    ]
    expect(applyEdits('abc def ghi', edits)).toBe('> abc B')
  })

  it('does not depend on the order of the edits', () => {
    fc.assert(
      fc.property(replaced, fc.infiniteStream(fc.nat()), ({ text, expected, edits }, order) => {
        const keyed = edits.map((edit) => ({ edit, key: order.next().value ?? 0 }))
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ edit }) => edit)
        expect(applyEdits(text, shuffled)).toBe(expected)
      }),
    )
  })

  it('keeps the order of insertions at one place, and puts them before the replacement that starts there', () => {
    const edits = [
      { start: 1, end: 2, text: 'X' },
      { start: 1, end: 1, text: '1' },
      { start: 1, end: 1, text: '2' },
    ]
    expect(applyEdits('abc', edits)).toBe('a12Xc')
  })

  it('refuses overlaps and edits outside of the text', () => {
    const deletion = (start: number, end: number) => ({ start, end, text: '' })
    expect(() => applyEdits('abcdef', [deletion(0, 3), deletion(2, 4)])).toThrow(RangeError)
    expect(() => applyEdits('abcdef', [deletion(0, 3), deletion(1, 1)])).toThrow(RangeError)
    expect(() => applyEdits('abc', [deletion(2, 4)])).toThrow(RangeError)
    expect(() => applyEdits('abc', [deletion(-1, 2)])).toThrow(RangeError)
    expect(() => applyEdits('abc', [deletion(2, 1)])).toThrow(RangeError)
    expect(() => applyEdits('abc', [deletion(Number.NaN, 1)])).toThrow(RangeError)
  })
})

describe('edits of two authors', () => {
  it.each([
    ['share a unit', [1, 3], [2, 4], true],
    ['only touch', [1, 3], [3, 4], false],
    ['insert inside of a replacement', [1, 3], [2, 2], true],
    ['insert at the border of a replacement', [1, 3], [3, 3], false],
    ['insert at the same place', [2, 2], [2, 2], true],
    ['insert at different places', [2, 2], [3, 3], false],
  ] as const)('%s', (_, [aStart, aEnd], [bStart, bEnd], expected) => {
    const a = { start: aStart, end: aEnd }
    const b = { start: bStart, end: bEnd }
    expect(editsOverlap(a, b)).toBe(expected)
    expect(editsOverlap(b, a)).toBe(expected)
  })

  it('are taken whole or not at all, first come first served', () => {
    const edit = fc.record({ start: fc.nat(30), length: fc.nat(4) }).map(({ start, length }) => ({
      start,
      end: start + length,
      text: 'x',
    }))
    const author = fc.array(edit, { minLength: 1, maxLength: 3 }).filter((edits) => disjoint(edits))
    fc.assert(
      fc.property(fc.array(author), (authors) => {
        const set = new EditSet()
        const taken: TextEdit[] = []
        for (const edits of authors) {
          const fits = edits.every((own) => taken.every((other) => !editsOverlap(own, other)))
          expect(set.add(edits)).toBe(fits)
          if (fits) taken.push(...edits)
        }
        expect(set.edits).toHaveLength(taken.length)
        expect(applyEdits('.'.repeat(40), set.edits)).toBe(applyEdits('.'.repeat(40), taken))
      }),
      { numRuns: 500 },
    )
  })

  it('of one author must not overlap', () => {
    expect(() =>
      new EditSet().add([
        { start: 0, end: 3, text: '' },
        { start: 2, end: 4, text: '' },
      ]),
    ).toThrow(RangeError)
  })
})

/** True when edits can be applied together: insertions of one author at one place are fine. */
function disjoint(edits: readonly TextEdit[]): boolean {
  try {
    applyEdits('.'.repeat(40), edits)
    return true
  } catch {
    return false
  }
}

describe('dominantLineEnding', () => {
  it.each([
    ['', '\n'],
    ['a\nb', '\n'],
    ['a\r\nb', '\r\n'],
    ['a\r\nb\nc', '\n'],
    ['a\r\nb\r\nc\n', '\r\n'],
    ['\r\n', '\r\n'],
    ['a\rb', '\n'],
  ])('of %j is %j', (text, expected) => {
    expect(dominantLineEnding(text)).toBe(expected)
  })
})
