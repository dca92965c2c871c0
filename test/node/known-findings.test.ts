import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lint } from '../../src/index.ts'
import type { LintResult } from '../../src/lint/result.ts'
import { knownFindingsOf, separate, without } from '../../src/node/known-findings.ts'

const name = (path: string) => path
const none = () => undefined
const known = (result: LintResult) => knownFindingsOf(result, none, name)
const countOf = (list: readonly { count: number }[]) => list.reduce((sum, { count }) => sum + count, 0)

const line = fc.constantFrom('    foward . 10.0.0.1', '    erors', '    errors', '    cache 30s', '', '    # foward')
const block = fc.record({
  zone: fc.constantFrom('.', 'a.test', 'b.test', 'c.test'),
  lines: fc.array(line, { maxLength: 6 }),
})
const blocks = fc.array(block, { minLength: 1, maxLength: 4 })
const textOf = (parts: readonly { zone: string; lines: readonly string[] }[]) =>
  parts.map(({ zone, lines }, index) => `${zone}:${53 + index} {\n${lines.join('\n')}\n}\n`).join('')
const lintText = (text: string) => lint([{ path: 'Corefile', text }])

describe('separate', () => {
  it('knows all findings of the same text, and no more of another than there were', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, blocks, async (before, after) => {
        const entries = known(await lintText(textOf(before)))
        const same = await lintText(textOf(before))
        expect(separate(same, entries, none, name)).toMatchObject({ known: { size: countOf(entries) }, gone: [] })
        const result = await lintText(textOf(after))
        const { known: found, gone } = separate(result, entries, none, name)
        expect(found.size + countOf(gone)).toBe(countOf(entries))
        // What is left is new by rule and text, or in a block that had no such.
        const left = known(without(result, found, []))
        expect(countOf(left) + found.size).toBe(countOf(known(result)))
        for (const one of left) {
          expect(
            gone.filter(
              ({ rule, text, block: where }) => rule === one.rule && text === one.text && where === one.block,
            ),
          ).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('knows findings again whatever lines come between, and however they are indented', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.array(fc.constantFrom('', '# a', '\t'), { maxLength: 3 }), async (parts, between) => {
        const entries = known(await lintText(textOf(parts)))
        const moved = parts.map(({ zone, lines }) => ({
          zone,
          lines: lines.flatMap((one) => [...between, one.replace(/^ {4}/, '\t')]),
        }))
        const { gone } = separate(await lintText(`${between.join('\n')}\n${textOf(moved)}`), entries, none, name)
        expect(gone).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('tells the lines of a string in JSON apart', async () => {
    const manifest = (corefile: string) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'coredns' },
        data: { Corefile: corefile },
      })
    const of = (corefile: string) => lint([{ path: 'cm.json', text: manifest(corefile) }])
    const entries = known(await of('. {\n\tfoward . 10.0.0.1\n}\n'))
    expect(entries).toEqual([
      expect.objectContaining({ text: 'foward . 10.0.0.1', block: expect.stringMatching(/ > \.$/), count: 1 }),
    ])
    const later = await of('# a comment before it\n. {\n\terors\n\tfoward . 10.0.0.1\n}\n')
    const { known: found, gone } = separate(later, entries, none, name)
    expect([found.size, gone]).toEqual([1, []])
  })

  it('tells the ConfigMaps of a file apart', async () => {
    const map = (of: string, plugin: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${of} }\ndata:\n  Corefile: |\n    . {\n        ${plugin} . 10.0.0.1\n    }\n`
    const both = (a: string, b: string) => lint([{ path: 'cm.yaml', text: `${map('a', a)}---\n${map('b', b)}` }])
    const entries = known(await both('foward', 'forward'))
    const { known: found, gone } = separate(await both('forward', 'foward'), entries, none, name)
    expect([found.size, countOf(gone)]).toEqual([0, 1])
  })

  it('stays linear in findings that are alike', async () => {
    const text = `. {\n${'    foward . 10.0.0.1\n'.repeat(5000)}}\n`
    const result = await lintText(text)
    const entries = known(result)
    expect(entries.length).toBeLessThanOrEqual(2)
    expect(separate(result, entries, none, name).gone).toEqual([])
  })
})
