import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import { line, whyNoLine } from '../../src/migrate/corefile-line.ts'

/** The words that CoreDNS reads of a line. */
function wordsOf(text: string): string[] {
  const tokens = new TokenList(text)
  return Array.from({ length: tokens.count }, (_, index) => tokens.value(index))
}

const word = fc
  .array(fc.constantFrom(...'ab.#"\\{}$% \t\n\u00a0\u2028', '{$X}', '{%X%}', 'import', '\\"'), { maxLength: 6 })
  .map((pieces) => pieces.join(''))

describe('a line of words', () => {
  it('is read as these words by CoreDNS, or said not to be one', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        const text = line('etcd', ...words)
        if (whyNoLine(text) === null) expect(wordsOf(text)).toEqual(['etcd', ...words])
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [['hosts', '/dev/null'], 'hosts /dev/null'],
    [['tls', '/a b.pem'], 'tls "/a b.pem"'],
    [['path', '/#x'], 'path "/#x"'],
    [['credentials', 'me', ''], 'credentials me ""'],
    [['credentials', 'me', 'say "hi"'], 'credentials me "say \\"hi\\""'],
    [['credentials', 'me', 'a\\b'], 'credentials me a\\b'],
  ])('%j is %s', (words, text) => {
    expect(line(...words)).toBe(text)
    expect(whyNoLine(text)).toBeNull()
    expect(wordsOf(text)).toEqual(words)
  })

  it.each([
    [['path', '{$HOME}'], 'variable'],
    [['path', 'x{%HOME%}'], 'variable'],
    [['credentials', 'me', '{'], 'brace'],
    [['credentials', '}', 'x'], 'brace'],
    [['credentials', 'me', '# \\'], 'backslash'],
    [['credentials', 'me', '#\\"x'], 'backslash'],
    [['path', 'a\nb'], 'U+000A'],
    [['import', '*.conf'], 'import'],
  ])('%j cannot be written', (words, why) => {
    expect(whyNoLine(line(...words))).toContain(why)
  })

  it('may open and close a block', () => {
    expect([whyNoLine('hosts /dev/null {'), whyNoLine('    ttl 30'), whyNoLine('}')]).toEqual([null, null, null])
  })
})
