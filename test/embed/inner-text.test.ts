import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Document, Scalar } from 'yaml'
import { applyEdits } from '../../src/text/edit.ts'
import { configMap, editedOuter, editsOf, only, valueByParser } from './outer.ts'

const runs = 500

/** Lines as they occur in Corefiles, and as nobody should write them. */
const innerText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '',
        '. {',
        '}',
        '    errors',
        '    hosts {',
        '      10.0.0.1 registry',
        '# note',
        '  ',
        'x: y #z',
      ),
      fc.string({
        unit: fc.constantFrom(
          'a',
          'b',
          ' ',
          '\t',
          '"',
          "'",
          '\\',
          '#',
          ':',
          '-',
          '{',
          ',',
          'é',
          '語',
          '😀',
          '\r',
          '\u0001',
          '\u2028',
          '\u00a0',
        ),
        maxLength: 12,
      }),
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join('\n'))

/** A value as the yaml package writes it, in every style and layout it knows. */
const writtenByPackage = fc
  .record({
    text: innerText,
    type: fc.constantFrom(
      Scalar.BLOCK_LITERAL,
      Scalar.BLOCK_FOLDED,
      Scalar.QUOTE_DOUBLE,
      Scalar.QUOTE_SINGLE,
      Scalar.PLAIN,
    ),
    lineWidth: fc.constantFrom(0, 20, 40, 80),
    indent: fc.constantFrom(1, 2, 4),
    flow: fc.boolean(),
    crlf: fc.boolean(),
  })
  .map(({ text, type, lineWidth, indent, flow, crlf }) => {
    const scalar = new Scalar(text)
    scalar.type = type
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { other: 'kept', Corefile: scalar, last: 'kept' } }
    const document = new Document(object)
    if (flow) document.set('data', document.createNode(object.data, { flow: true }))
    const outer = document.toString({ lineWidth, indent })
    return crlf ? outer.replaceAll('\n', '\r\n') : outer
  })

/** Pieces of a scalar's source in no order that anyone would choose. */
function sourceOf(...pieces: string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
}

const breaks = ['\n    ', '\n\n    ', ' \n \t  ', '\r\n    ', '\n   \r\n\n     ']
const words = ['a', 'bc', ' ', '  ', '\t', 'é', '😀', '.', '{', '}', '#', '\r']
const doubleQuoted = sourceOf(
  ...words,
  ...breaks,
  '\\n',
  '\\\n     ',
  '\\\r\n   ',
  '\\ ',
  '\\t',
  '\\\t',
  '\\"',
  '\\\\',
  '\\x1b',
  '\\u00e9',
  '\\ud83d\\ude00',
  '\\U0001F600',
  '\\/',
  '\\N',
).map((source) => `"${source}"`)
const singleQuoted = sourceOf(...words, ...breaks, "''", '"', '\\').map((source) => `'${source}'`)
const plain = sourceOf(...words, ...breaks, "'", '"', '\\', ':').map((source) => `a${source}z`)

const blockLine = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '    ',
    '      ',
    '    . {',
    '      errors',
    '    \thosts',
    '    }',
    '   less',
    '    a b ',
    '    é😀',
  ),
  fc.string({ unit: fc.constantFrom(' ', 'a', '\t', '\r', '#'), maxLength: 6 }).map((line) => `    ${line}`),
)
const block = fc
  .record({
    style: fc.constantFrom('|', '>'),
    chomping: fc.constantFrom('', '-', '+'),
    indicator: fc.constantFrom('', '', '1', '2', '3'),
    comment: fc.constantFrom('', '  # note'),
    lines: fc.array(blockLine, { maxLength: 9 }),
    lineBreak: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ style, chomping, indicator, comment, lines, lineBreak }) =>
    [`${style}${indicator}${chomping}${comment}`, ...lines].map((line) => line + lineBreak).join(''),
  )

const outerTexts = {
  'as the yaml package writes it': writtenByPackage,
  'in double quotes': fc
    .oneof(
      doubleQuoted,
      doubleQuoted.map((source) => `!!str &a ${source} # note`),
    )
    .map((scalar) => configMap(scalar)),
  'in single quotes': singleQuoted.map((scalar) => configMap(scalar)),
  plain: plain.map((scalar) => configMap(scalar)),
  'in a block': block.map((scalar) => configMap(scalar)),
  'in a block at the end of the file': fc
    .tuple(block, fc.constantFrom('', '\r', ' '), fc.boolean())
    .map(([scalar, end, stripped]) => {
      const outer = configMap(scalar).replace(/ {2}other: kept\n$/, '')
      return stripped ? outer.replace(/\r?\n$/, '') + end : outer
    }),
  'in a flow map': fc
    .oneof(doubleQuoted, singleQuoted, plain)
    .map((scalar) => `{kind: ConfigMap, data: {"Corefile": ${scalar}, other: kept}}\n`),
}

describe.each(Object.entries(outerTexts))('a value %s', (_, outers) => {
  it('is read as the parser reads it, every unit mapped to where it stands', async () => {
    let read = 0
    await fc.assert(
      fc.asyncProperty(outers, async (outer) => {
        const value = valueByParser(outer)
        if (value === undefined) return
        read++
        const embedded = await only(outer)
        expect(embedded.text).toBe(value)
        let end = embedded.range.start
        for (let at = 0; at < value.length; at++) {
          const range = embedded.toOuter({ start: at, end: at + 1 })
          // In order; a unit may share its range with the one before, but never reaches back behind it.
          expect(range.start >= end || value.length > 1).toBe(true)
          expect(range.end).toBeLessThanOrEqual(embedded.range.end)
          if (/[a-z{}#.]/.test(value[at] ?? '')) expect(outer.slice(range.start, range.end)).toBe(value[at])
          expect(embedded.toOuter({ start: at, end: at }).start).toBe(range.start)
          end = range.end
        }
        expect(embedded.toOuter({ start: 0, end: value.length }).end).toBe(
          Math.max(end, embedded.toOuter({ start: 0, end: 0 }).start),
        )
      }),
      { numRuns: runs },
    )
    expect(read).toBeGreaterThan(runs / 50)
  })

  it('reads as the edited text after its edits were made in the outer one', async () => {
    let made = 0
    await fc.assert(
      fc.asyncProperty(
        outers
          .filter((outer) => valueByParser(outer) !== undefined)
          .chain((outer) => fc.tuple(fc.constant(outer), editsOf(valueByParser(outer) ?? ''))),
        async ([outer, edits]) => {
          const embedded = await only(outer)
          const edited = editedOuter(outer, embedded, edits)
          if (edited === null) return
          made++
          expect(valueByParser(edited)).toBe(applyEdits(embedded.text, edits))
          expect(valueByParser(edited, 'other')).toBe(valueByParser(outer, 'other'))
          expect(edited.startsWith(outer.slice(0, embedded.range.start))).toBe(true)
          expect(edited.endsWith(outer.slice(embedded.range.end))).toBe(true)
        },
      ),
      { numRuns: runs },
    )
    expect(made).toBeGreaterThan(runs / 500)
  })
})

it('ranges and edits outside of the text, and edits that overlap, are refused', async () => {
  const embedded = await only(configMap('|\n    . {\n    }\n'))
  const deletion = (start: number, end: number) => ({ start, end, text: '' })
  expect(() => embedded.toOuterEdits([deletion(0, 3), deletion(2, 5)])).toThrow(RangeError)
  expect(() => embedded.toOuterEdits([deletion(0, 999)])).toThrow(RangeError)
  expect(() => embedded.toOuter({ start: 0, end: 999 })).toThrow(RangeError)
})

it('an edit that changes nothing is none', async () => {
  const embedded = await only(configMap('"a\n    b"'))
  expect(embedded.toOuterEdits([{ start: 1, end: 1, text: '' }])).toEqual([])
})
