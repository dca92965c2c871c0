import { describe, expect, it } from 'vitest'
import { MappedTextBuilder } from '../../src/embed/offset-map.ts'

/** `ab`, an escape for two units, a gap, a fold of three line breaks, `c`. */
function example() {
  const source = '"ab\\U0001F600\\\n  \n\n\n  c"'
  const builder = new MappedTextBuilder(source, 1)
  builder.copy(1, 2)
  builder.copy(2, 3)
  builder.write('😀', 3, 13)
  builder.fold('\n\n', 15, 22)
  builder.copy(22, 23)
  return builder.build()
}

describe('an offset map', () => {
  const { text, map } = example()
  const outer = (start: number, end: number) => Object.values(map.toOuter({ start, end }))

  it('knows the text that was put together', () => {
    expect(text).toBe('ab😀\n\nc')
    expect(map.length).toBe(text.length)
  })

  it('maps units that mean themselves one by one, and others as a whole', () => {
    expect(outer(0, 1)).toEqual([1, 2])
    expect(outer(1, 2)).toEqual([2, 3])
    expect(outer(2, 3)).toEqual([3, 13])
    expect(outer(3, 4)).toEqual([3, 13])
    expect(outer(5, 6)).toEqual([15, 22])
    expect(outer(1, 7)).toEqual([2, 23])
  })

  it('puts an empty range before the unit that follows, at the end behind the last', () => {
    expect(outer(0, 0)).toEqual([1, 1])
    expect(outer(3, 3)).toEqual([3, 3])
    expect(outer(4, 4)).toEqual([15, 15])
    expect(outer(7, 7)).toEqual([23, 23])
  })

  it('tells what belongs together and what was folded', () => {
    expect(map.unitAt(1)).toEqual({ start: 1, end: 2 })
    expect(map.unitAt(3)).toEqual({ start: 2, end: 4 })
    expect(map.unitAt(4)).toEqual({ start: 4, end: 6 })
    expect([0, 3, 5, 6].map((at) => map.isFolded(at))).toEqual([false, false, true, false])
    expect([0, 3, 5, 6].map((at) => map.isCopied(at))).toEqual([true, false, false, true])
  })

  it('of no text at all knows where it would stand', () => {
    const empty = new MappedTextBuilder('""', 1).build()
    expect(empty.text).toBe('')
    expect(empty.map.toOuter({ start: 0, end: 0 })).toEqual({ start: 1, end: 1 })
    expect(() => empty.map.toOuter({ start: 0, end: 1 })).toThrow(RangeError)
  })
})
