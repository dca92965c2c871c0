import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, visible } from '../../src/text/width.ts'

describe('visible', () => {
  it('leaves ordinary text alone, in any script', () => {
    for (const text of ['forward . /etc/resolv.conf', 'größe', '東京', 'ไทย', '❤️', '한국'])
      expect(visible(text)).toBe(text)
  })

  it('shows control characters as pictures and everything unseen as its code point', () => {
    expect(visible('\u001b[31mred')).toBe('␛[31mred')
    expect(visible('a\u0000b\r\n\u007f')).toBe('a␀b␍␊␡')
    expect(visible('\u009b2J')).toBe('<U+009B>2J')
    expect(visible('a\u202eb\u200bc\u2066d\ufeff')).toBe('a<U+202E>b<U+200B>c<U+2066>d<U+FEFF>')
    expect(visible('\u2028\ud800x\u{e0041}\u3164')).toBe('<U+2028><U+D800>x<U+E0041><U+3164>')
  })

  it('writes tabs as blanks up to the next stop, counted from the column where the text starts', () => {
    expect(visible('a\tb')).toBe('a   b')
    expect(visible('\t', 3)).toBe(' ')
    expect(visible('語\tb')).toBe('語  b')
  })

  it('never lets a control, format or separator character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['東京', 4],
    ['ｆｕｌｌ', 8],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['😀', 2],
    ['❤', 1],
    ['❤\ufe0f', 2],
    ['🇩🇪', 2],
    ['─│·▶', 4],
    ['\u001b', 1],
    ['\u202e', 8],
  ])('of %j is %i', (text, expected) => {
    expect(displayWidth(text)).toBe(expected)
  })

  it('puts a text behind another where both together put it', () => {
    const units = fc.constantFrom('a', '\t', '語', '😀', '\u001b', '\u202e', 'é')
    fc.assert(
      fc.property(fc.string({ unit: units }), fc.string({ unit: units }), (a, b) => {
        const column = displayWidth(a)
        expect(visible(a) + visible(b, column)).toBe(visible(a + b))
        expect(column + displayWidth(b, column)).toBe(displayWidth(a + b))
        expect(displayWidth(visible(a))).toBe(column)
      }),
    )
  })
})
