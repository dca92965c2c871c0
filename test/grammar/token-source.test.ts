import { describe, expect, it } from 'vitest'
import { TokenSource } from '../../grammar/token-source.ts'
import { TokenList } from '../../grammar/tokens.ts'

/** All tokens in the order in which they are read: `FILE:TEXT`. */
function drained(source: TokenSource): string[] {
  const seen: string[] = []
  while (source.kind !== null) {
    source.advance()
    const { list, index } = source.last as NonNullable<typeof source.last>
    seen.push(`${list.file}:${list.value(index)}`)
  }
  return seen
}

const whole = (text: string) => {
  const list = new TokenList(text)
  return { list, source: new TokenSource(list, 0, list.count) }
}

describe('a source', () => {
  it('reads a stretch of a list', () => {
    const list = new TokenList('a b c d')
    expect(drained(new TokenSource(list, 1, 3))).toEqual([':b', ':c'])
  })

  it('knows the token before and the token behind', () => {
    const { source } = whole('a {')
    expect([source.last, source.kind, source.value, source.next?.index]).toEqual([null, 'word', 'a', 0])
    source.advance()
    expect([source.last?.index, source.kind, source.value]).toEqual([0, 'open', '{'])
    source.advance()
    expect([source.last?.index, source.kind, source.value, source.next]).toEqual([1, null, null, null])
    source.advance()
    expect(source.last?.index).toBe(1)
  })

  it('skips through a token', () => {
    const { source } = whole('a b c d')
    source.advanceThrough(2)
    expect([source.last?.index, source.value]).toEqual([2, 'd'])
  })

  it('always gets on: its position grows with each step', () => {
    const { list, source } = whole('a b c')
    const positions = [source.position]
    source.advance()
    positions.push(source.position)
    source.splice(list, 0, 0, null, null)
    positions.push(source.position)
    source.advanceThrough(2)
    positions.push(source.position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
  })

  it('reads what is spliced in, the last splice first, then what followed', () => {
    const { list, source } = whole('a b')
    source.advance()
    const site = { list, index: 0, parent: null }
    source.splice(new TokenList('x', 'x'), 0, 1, site, null)
    source.splice(new TokenList('y', 'y'), 0, 1, site, null)
    expect(source.next?.site).toBe(site)
    expect(drained(source)).toEqual(['y:y', 'x:x', ':b'])
  })

  it('takes the token before an import for the last one', () => {
    const { list, source } = whole('a import b c')
    source.advance()
    const before = source.last
    source.advanceThrough(2)
    source.splice(list, 3, 4, null, before)
    expect(source.last).toBe(before)
  })

  it('replaces references', () => {
    const list = new TokenList('{$A} x')
    const source = new TokenSource(list, 0, 2, () => 'import')
    expect([source.value, source.kind]).toEqual(['import', 'word'])
    source.advance()
    expect(source.value).toBe('x')
  })
})

describe('lines', () => {
  it('start with the first token, on a later line, and in another file', () => {
    const { source } = whole('a b\nc')
    const starts = []
    while (source.kind !== null) {
      starts.push([source.startsLine, source.continuesLine])
      source.advance()
    }
    expect(starts).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ])
    expect([source.startsLine, source.continuesLine]).toEqual([false, false])
    const other = whole('a b')
    other.source.advance()
    other.source.splice(new TokenList('x', 'x'), 0, 1, null, other.source.last)
    expect([other.source.startsLine, other.source.continuesLine]).toEqual([true, false])
  })

  it('neither start nor go on where an import leads back in a text', () => {
    const { list, source } = whole('a\nb')
    source.advanceThrough(1)
    source.splice(list, 0, 1, null, source.last)
    expect([source.startsLine, source.continuesLine]).toEqual([false, false])
  })

  it('are counted behind the line breaks inside of a token, written or replaced', () => {
    const { source } = whole('"a\nb" c')
    source.advance()
    expect(source.continuesLine).toBe(true)
    const list = new TokenList('{$A} b')
    const replaced = new TokenSource(list, 0, 2, () => 'x\ny')
    replaced.advance()
    expect([replaced.startsLine, replaced.continuesLine]).toEqual([false, false])
  })
})
