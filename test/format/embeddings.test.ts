import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { formatText } from '../../src/format/format-text.ts'
import { format } from '../../src/index.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { mutated } from '../arbitrary-text.ts'

const examples = [
  '. {\n  log  \n\n}\nb.org {\n    whoami # x\n\n  errors\n}\n',
  '.:53\n{\n\thosts {\n\t10.0.0.1  a\n\t10.0.0.100  b\n}\n\n\n}\n# end',
  '(s) { errors }\n. { import s\n}',
]

const texts = fc
  .constantFrom(...examples)
  .chain(mutated)
  .chain(mutated)
  .filter((text) => text.trim() !== '' && text.isWellFormed() && !/[\r\u2028]/.test(text))

const head = 'kind: ConfigMap\nmetadata: {name:   coredns}\ndata:\n  before: |\n    kept   as it is\n\n\n'
const block = (text: string, sign: string, indent: string, lineBreak: string) =>
  `${head}  Corefile: ${sign}\n${text.replaceAll(/^(?=.)/gm, indent)}${text.endsWith('\n') ? '' : '\n'}  after: x\n`.replaceAll(
    '\n',
    lineBreak,
  )

const styles: Readonly<Record<string, (text: string) => string>> = {
  literal: (text) => block(text, '|', '    ', '\n'),
  'literal, stripped': (text) => block(text, '|-', '   ', '\n'),
  'literal, all kept': (text) => block(text, '|+', '        ', '\n'),
  'literal with its indentation': (text) => block(text, '|4', '      ', '\n'),
  'literal, as Windows writes it': (text) => block(text, '|', '    ', '\r\n'),
  folded: (text) => block(text, '>', '    ', '\n'),
  'double-quoted': (text) => `${head}  Corefile: ${JSON.stringify(text)}\n  after: x\n`,
  'single-quoted': (text) =>
    `${head}  Corefile: '${text.replaceAll("'", "''").replaceAll('\n', '\n\n    ')}'\n  after: x\n`,
  JSON: (text) =>
    JSON.stringify({ kind: 'ConfigMap', data: { before: 'a  b\n', Corefile: text, after: 'x' } }, null, 2),
}

function valuesOf(file: string): Record<string, string> | null {
  try {
    return (parseYaml(file, { logLevel: 'silent' }) as { data: Record<string, string> }).data
  } catch {
    return null
  }
}

it.each(Object.keys(styles))('in a value that is %s only the Corefile is laid out, or nothing is', async (style) => {
  const write = styles[style] as (text: string) => string
  let changed = 0
  const property = fc.asyncProperty(texts, async (text) => {
    const file = write(text)
    const before = valuesOf(file)
    // Not every text can be written in every style.
    if (typeof before?.Corefile !== 'string') return
    const result = await format(file, { path: style === 'JSON' ? 'cm.json' : 'cm.yaml' })
    const after = valuesOf(result.text)
    expect({ ...after, Corefile: '' }).toEqual({ ...before, Corefile: '' })
    const { edits } = formatText(before.Corefile, { kind: 'corefile', isFile: false })
    const isDone = edits !== null && result.untouched.length === 0
    expect(after?.Corefile).toBe(isDone ? applyEdits(before.Corefile, edits) : before.Corefile)
    if (result.text !== file) changed++
    else if (edits !== null && edits.length > 0) expect(result.untouched).not.toEqual([])
  })
  await fc.assert(property, { numRuns: 300 })
  if (style !== 'single-quoted' && style !== 'folded') expect(changed).toBeGreaterThan(50)
})
