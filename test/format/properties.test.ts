import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatText } from '../../src/format/format-text.ts'
import { anyText, mutated, nearlyCorefile } from '../arbitrary-text.ts'
import { loadSuite } from '../conformance/case.ts'
import { importFiles } from '../conformance/import-files.ts'
import { corpusFiles, hasShared, needsShared, sharedLines } from '../shared.ts'
import { comments, laidOut, reading } from './reading.ts'

const examples = [
  '.:53 {\n    errors  # e\n    hosts {\n      10.0.0.1     a.example.org\n        10.0.0.100   b\n        fallthrough\n    }\n\n\n    forward . /etc/resolv.conf\n  }\n# next\nb.org,\nc.org\n{\n\twhoami }',
  '(common) { log . {\n  class error\n }\n}\nexample.org { import common\n    file db.example.org { reload 10s }\n} . {\n    import common\n    template IN A {\n        answer "{{ .Name }} 60 IN A\n   10.0.0.1"\n    }\n}',
  'a.org\nwhoami\n\n\n  log # x\n\n}\nb.org {\n  import x\n # y\n}\nimport z\nimport z\n',
  '\ufeff# c\r\n. {\r\n  rewrite name a#b c  d # e\r\n\r\n\r\n}\r\n',
]

const corpus = corpusFiles('corefiles')
  .map(({ text }) => text)
  .filter((text) => text.length < 3000)

const texts = fc.oneof(
  anyText,
  nearlyCorefile,
  fc.constantFrom(...examples, ...corpus).chain(mutated),
  fc
    .constantFrom(...examples, ...corpus)
    .chain(mutated)
    .chain(mutated)
    .chain(mutated),
)

function expectSame(text: string): void {
  const after = laidOut(text)
  expect(laidOut(after)).toBe(after)
  if (after === text) return
  const findImport = (of: string) => importFiles({ text: of, files: { x: 'errors\n', z: 'd.org {\n whoami\n}\n' } })
  expect(reading(after, findImport(after))).toEqual(reading(text, findImport(text)))
  expect(comments(after)).toEqual(comments(text))
}

describe('laying out any text', () => {
  it('changes nothing but white space, is done at once, keeps comments at their words, and CoreDNS reads the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expectSame(text)
        expect(laidOut(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      }),
      { numRuns: 1500 },
    )
  })

  it('needs its last look at the result only where a mark of byte order would come to stand first', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.includes('\ufeff'))
        expect(formatText(text, { kind: 'corefile', isFile: true }).untouched).not.toBe('fragile')
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps the words and lines of a fragment', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const after = laidOut(text, 'fragment')
        expect(laidOut(after, 'fragment')).toBe(after)
        expect(after.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
        expect(comments(after)).toEqual(comments(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe.each(['language', 'language-generated', 'servers', 'plugins', 'generated'])(
  'the texts of suite %s',
  (name) => {
    it('are read the same', async () => {
      const { cases } = await loadSuite(name)
      let changed = 0
      for (const one of cases) {
        const after = laidOut(one.text)
        expect(laidOut(after), one.id).toBe(after)
        if (after === one.text) continue
        changed++
        expect(reading(after, importFiles({ ...one, text: after })), one.id).toEqual(
          reading(one.text, importFiles(one)),
        )
      }
      expect(changed).toBeGreaterThan(0)
    })
  },
)

describe.skipIf(!hasShared)(`Corefiles as people keep them${needsShared}`, () => {
  it('are read the same', () => {
    for (const { name, text } of corpusFiles('corefiles')) {
      expect(() => expectSame(text), name).not.toThrow()
      expect(formatText(text, { kind: 'corefile', isFile: true }).untouched, name).not.toBe('fragile')
    }
  })

  it('with changes are read the same', () => {
    for (const { text } of sharedLines<{ text: string }>('oracle/cases.jsonl')) expectSame(text)
  })
})

it('lays out a text of many lines, and one that is nested deeply', () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => ` 10.0.${n >> 8}.${n & 255}\ta${n}  # c\n`)
  const text = `. {\nhosts {\n${lines.join('')}}\n}\n`
  expect(laidOut(text).length).toBeGreaterThan(text.length)
  const deep = `. {\n${'log {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}}\n`
  expect(laidOut(deep).length).toBeLessThan(deep.length * 60)
})
