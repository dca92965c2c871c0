import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import { listIndentOf, YamlEdits, type YamlLayout, type YamlValue, yamlLines } from '../../src/embed/yaml-edits.ts'
import { YamlReader } from '../../src/embed/yaml-reader.ts'
import { applyEdits } from '../../src/text/edit.ts'

function editing(text: string, layout: YamlLayout = { newline: '\n', listIndent: 0 }) {
  const map = new YamlReader(text).documents[0]?.contents as YAMLMap
  return {
    map,
    set: (key: string, value: YamlValue, at: YAMLMap = map) =>
      applyEdits(text, [new YamlEdits(text, layout).set(at, key, value)]),
    append: (key: string, value: YamlValue) =>
      applyEdits(text, [new YamlEdits(text, layout).append(map.get(key) as YAMLSeq, value)]),
  }
}

const words = fc.oneof(
  fc.constantFrom(
    'yes',
    'on',
    '1.1',
    '10.0.0.1',
    '10.0.0.1:53',
    '2001:db8::1',
    '[::1]:53',
    '',
    'a b',
    '~',
    '1e3',
    '12:30',
  ),
  fc.string({ maxLength: 6 }),
)
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.integer(),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('value'), { minKeys: 1, maxKeys: 3 }),
  ),
}))

describe('a value in block style', () => {
  it('is read as what it is, whatever it holds', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 2), (value, listIndent) => {
        const text = yamlLines({ a: value as YamlValue }, { newline: '\n', listIndent }).join('\n')
        expect(parse(text)).toEqual({ a: value })
        // As readers of YAML 1.1 see it, to whom yes and 12:30 are no strings.
        expect(parse(text, { version: '1.1' })).toEqual({ a: value })
      }),
    )
  })
})

describe('an edit', () => {
  const styles = ['block', 'flow', 'json', 'wide json'] as const
  const written = (value: unknown, style: (typeof styles)[number]) =>
    style === 'block'
      ? stringify(value)
      : style === 'flow'
        ? stringify(value, { collectionStyle: 'flow' })
        : `${JSON.stringify(value, null, style === 'json' ? 0 : 2)}\n`

  it.each(styles)('of %s says what is meant, and nothing else', (style) => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-c]$/), values, { minKeys: 1 }),
        fc.constantFrom('a', 'b', 'z'),
        values,
        (map, key, value) => {
          const { set } = editing(written(map, style))
          expect(parse(set(key, value as YamlValue))).toEqual({ ...map, [key]: value })
        },
      ),
    )
  })

  it.each(styles)('puts an item behind the last of %s', (style) => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), values, (list, value) => {
        const { append } = editing(written({ list, after: 1 }, style))
        expect(parse(append('list', value as YamlValue))).toEqual({ list: [...list, value], after: 1 })
      }),
    )
  })

  it('keeps comments, and ends of lines', () => {
    const text = 'spec:  # all of it\r\n  # ours\r\n  a: 1 # one\r\n    # of a\r\n  # last\r\nb: 2\r\n'
    const { map, set } = editing(text, { newline: '\r\n', listIndent: 2 })
    expect(set('list', ['x', { k: 1 }], map.get('spec') as YAMLMap)).toBe(
      'spec:  # all of it\r\n  # ours\r\n  a: 1 # one\r\n    # of a\r\n  list:\r\n    - x\r\n    - k: 1\r\n  # last\r\nb: 2\r\n',
    )
  })

  it('fills what is empty', () => {
    expect(editing('spec: {}\n').set('spec', { a: ['b'] })).toBe('spec:\n  a:\n  - b\n')
    expect(editing('spec:\nb: 1\n').set('spec', { a: 'c' })).toBe('spec:\n  a: c\nb: 1\n')
  })
})

describe('the indentation of lists', () => {
  it.each([
    ['a:\n- b\n', 0],
    ['a:\n  b:\n    - c\n', 2],
    ['a: [b]\n', undefined],
  ])('%j', (text, indent) => {
    expect(listIndentOf(new YamlReader(text).documents[0]?.contents, text)).toBe(indent)
  })
})
