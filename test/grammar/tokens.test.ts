import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'

const values = (text: string) => {
  const list = new TokenList(text)
  return Array.from({ length: list.count }, (_, index) => list.value(index))
}

// That these readings are CoreDNS's own is shown in test/expand/conformance.test.ts; here are the parts that only tools see.
describe('TokenList', () => {
  it('knows offsets, quotes included and glued comments not', () => {
    const list = new TokenList('log "a b"#c\nforward . 8.8.8.8#google dns')
    expect(Array.from({ length: list.count }, (_, index) => list.raw(index))).toEqual([
      'log',
      '"a b"',
      'forward',
      '.',
      '8.8.8.8',
      'dns',
    ])
    expect(list.isQuoted(1)).toBe(true)
    expect(list.isCut(4)).toBe(true)
    expect(list.isCut(3)).toBe(false)
  })

  it('counts lines by line feeds alone, those inside quotes too', () => {
    const list = new TokenList('a "x\ny" b\r\nc\rd')
    expect(Array.from({ length: list.count }, (_, index) => list.line(index))).toEqual([1, 1, 2, 3])
    expect(list.lineBreaks(1)).toBe(1)
    expect(list.value(3)).toBe('cd')
  })

  it('pairs braces that balance and leaves the others', () => {
    const list = new TokenList('{ { } } } {')
    expect([0, 1, 5].map((index) => list.closing(index))).toEqual([3, 2, -1])
  })

  it('finds the token behind an offset', () => {
    const list = new TokenList('ab  cd')
    expect([0, 1, 4, 5].map((offset) => list.indexAt(offset))).toEqual([0, 1, 1, 2])
  })

  it('says where a quote has no partner', () => {
    const list = new TokenList('log "a\nb')
    expect(list.isUnterminated(1)).toBe(true)
    expect(values('log "')).toEqual(['log'])
  })

  it('sees stretches without imports and references', () => {
    const list = new TokenList('a b import c {$X} d')
    expect(list.isPlain(0, 2)).toBe(true)
    expect(list.isPlain(0, 3)).toBe(false)
    expect(list.isPlain(3, 4)).toBe(true)
    expect(list.isPlain(3, 5)).toBe(false)
  })

  it('reads a million lines in a flat amount of memory', () => {
    const list = new TokenList(`. {\n hosts {\n${'10.0.0.1 a.example\n'.repeat(1_000_000)}}\n}\n`)
    expect(list.count).toBe(2_000_006)
    expect(list.closing(1)).toBe(2_000_005)
  })
})

it('behind the last token there is none, at the end of the text', () => {
  const list = new TokenList('a b')
  expect([list.start(2), list.end(2), list.line(2), list.value(2), list.kind(2)]).toEqual([3, 3, 0, '', 'word'])
  expect(list.indexAt(3)).toBe(2)
})
