import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportSite } from '../../grammar/token-source.ts'
import { TokenList } from '../../grammar/tokens.ts'
import { TokenView } from '../../src/expand/token-view.ts'
import { anyText } from '../arbitrary-text.ts'

const asWritten = (list: TokenList, index: number) => list.value(index)

/** A view of a whole list. */
function viewOf(text: string, resolve = asWritten): TokenView {
  const list = new TokenList(text)
  const view = new TokenView(resolve)
  view.append(list, 0, list.count, null)
  return view
}

const values = (view: TokenView) => Array.from({ length: view.count }, (_, number) => view.value(number))

describe('a view', () => {
  it('joins stretches of several texts', () => {
    const main = new TokenList('a b c d')
    const other = new TokenList('x y', 'other')
    const site: ImportSite = { list: main, index: 1, parent: null }
    const view = new TokenView(asWritten)
    view.append(main, 0, 1, null)
    view.append(other, 0, 2, site)
    view.append(main, 3, 4, null)
    expect(values(view)).toEqual(['a', 'x', 'y', 'd'])
    expect(view.place(2)).toEqual({ list: other, index: 1, site })
    expect([view.file(0), view.file(1), view.file(3)]).toEqual(['', 'other', ''])
    expect([view.value(3), view.value(0), view.value(2)]).toEqual(['d', 'a', 'y'])
  })

  it('has nothing before its first and behind its last token', () => {
    expect(() => viewOf('a').place(1)).toThrow(RangeError)
    expect(() => viewOf('a').value(-1)).toThrow(RangeError)
    expect(new TokenView(asWritten).count).toBe(0)
  })

  it('knows which tokens share a line, and which end one', () => {
    const view = viewOf('a "b\nc" d\ne')
    expect([0, 1, 2, 3].map((number) => view.continuesLine(number))).toEqual([true, true, false, false])
    expect([0, 1, 2, 3].map((number) => view.endsLine(number))).toEqual([false, false, true, false])
    expect([0, 1, 2, 3].map((number) => view.line(number))).toEqual([1, 1, 2, 3])
  })

  it('does neither of two tokens where an import goes back in a text', () => {
    const list = new TokenList('a\nb')
    const view = new TokenView(asWritten)
    view.append(list, 1, 2, null)
    view.append(list, 0, 1, { list, index: 0, parent: null })
    expect([view.continuesLine(0), view.endsLine(0)]).toEqual([false, false])
  })

  it('ends a line where the file changes', () => {
    const view = new TokenView(asWritten)
    view.append(new TokenList('a'), 0, 1, null)
    view.append(new TokenList('b', 'other'), 0, 1, null)
    expect([view.continuesLine(0), view.endsLine(0)]).toEqual([false, true])
  })

  it('reads values with their references replaced, and names as written', () => {
    const list = new TokenList('{$A} {$A} {$OPEN} {$CLOSE} }')
    const known: Readonly<Record<string, string>> = { '{$A}': 'x\ny', '{$OPEN}': '{', '{$CLOSE}': '}' }
    const view = new TokenView((of, index) => known[of.value(index)] ?? of.value(index))
    view.append(list, 0, 1, null, true)
    view.append(list, 1, 5, null)
    expect(values(view)).toEqual(['{$A}', 'x\ny', '{', '}', '}'])
    expect([view.opensBlock(2), view.closesBlock(3), view.closesBlock(4), view.opensBlock(1)]).toEqual([
      true,
      true,
      true,
      false,
    ])
    // A line break that comes with a value counts as if it were written.
    expect(view.continuesLine(1)).toBe(false)
  })

  it('sliced and joined again reads the same, from front to back and from back to front', () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), fc.nat(20), (text, a, b) => {
        const view = viewOf(text)
        const [low = 0, high = 0] = [a % (view.count + 1), b % (view.count + 1)].sort((one, other) => one - other)
        const joined = new TokenView(asWritten)
        for (const part of [view.slice(0, low), view.slice(low, high), view.slice(high, view.count)])
          joined.appendView(part)
        expect(values(joined)).toEqual(values(view))
        const backwards = Array.from({ length: view.count }, (_, number) => joined.value(view.count - 1 - number))
        expect(backwards.toReversed()).toEqual(values(view))
        expect(view.slice(low, high).count).toBe(high - low)
      }),
    )
  })
})
