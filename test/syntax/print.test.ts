import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/syntax/parse.ts'
import { print, tokensOf } from '../../src/syntax/print.ts'
import { anyText, mutated } from '../arbitrary-text.ts'
import { corpusFiles, needsShared } from '../shared.ts'

describe('print gives back what parse read', () => {
  it('for any string', () => {
    fc.assert(
      fc.property(anyText, (text) => print(parse(text)) === text),
      { numRuns: 3000 },
    )
  })

  it('with every token once and in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parse(text)
        const indices = [...tokensOf(tree)].map(({ index }) => index)
        expect(indices).toEqual(Array.from({ length: tree.list.count }, (_, index) => index))
      }),
      { numRuns: 2000 },
    )
  })

  it('with an import among the addresses in its place', () => {
    const text = 'a.org,\r\nimport x\n b.org {\n}\n'
    expect(print(parse(text))).toBe(text)
    expect([...tokensOf(parse(text))].map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
  })

  const files = corpusFiles('corefiles')
  it.skipIf(files.length === 0)(`for every file of the corpus and its mutations${needsShared}`, () => {
    for (const { text } of files) {
      expect(print(parse(text))).toBe(text)
      fc.assert(
        fc.property(mutated(text), (changed) => print(parse(changed)) === changed),
        { numRuns: 20 },
      )
    }
  })

  it('for nesting as deep as a file is long', () => {
    const text = `. {\n${'a {\n'.repeat(20_000)}${'}\n'.repeat(20_000)}}\n`
    expect(print(parse(text)) === text).toBe(true)
  })
})
