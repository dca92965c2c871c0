import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hclAsJson } from '../../src/embed/hcl-json.ts'
import { fileText } from '../../src/embed/inner-text.ts'

function json(text: string): string | undefined {
  return hclAsJson(fileText(text), { start: 0, end: text.length })?.text
}

/** A value as people write it in HCL: keys with and without quotes, `=` and `:`, commas and line breaks, comments. */
function written(value: fc.JsonValue, random: () => number): string {
  const joint = () =>
    [',', '\n', ',\n', ' # a comment, [with signs]\n', ', /* {"x" */ '][Math.floor(random() * 5)] as string
  if (Array.isArray(value))
    return `[${value.map((one) => written(one, random)).join(', ')}${value.length > 0 && random() < 0.3 ? ',' : ''}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, one]) => {
    const name = /^[a-z]\w*$/.test(key) && random() < 0.5 ? key : JSON.stringify(key)
    return `${name} ${random() < 0.5 ? '=' : ':'} ${written(one as fc.JsonValue, random)}`
  })
  return `{ ${members.reduce((all, one, at) => (at === 0 ? one : `${all}${joint()}${one}`), '')}\n}`
}

const leaf = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab.:1é#/\\"\n') }),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
)
const { value } = fc.letrec<{ value: fc.JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom(...'ab.-'), minLength: 1, maxLength: 5 }), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}))

describe('what jsonencode makes of an expression', () => {
  it('is the JSON of what is written', () => {
    fc.assert(
      fc.property(
        value,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (one, numbers) => {
          let at = 0
          const text = written(one, () => numbers[at++ % numbers.length] as number)
          expect(JSON.parse(json(text) ?? 'undefined')).toEqual(one)
        },
      ),
    )
  })

  it.each([
    'var.stub_domains',
    '{ "a.test" = var.servers }',
    '["${var.server}"]',
    '["a", merge(x, y)]',
    '{ (var.key) = ["a"] }',
    '[for one in var.all : one]',
    '["$${a}"]',
    '{ a = 1 b = 2 }',
    '["a" "b"]',
    '{ a = }',
    '{ a',
    '"open',
    '',
    'true ? 1 : 2',
    '"a" "b"',
    `${'['.repeat(100)}${']'.repeat(100)}`,
  ])('is not known of %s', (text) => {
    expect(json(text)).toBeUndefined()
  })

  it('has each value at its place', () => {
    const text = '{\n  # ours\n  "acme.local" = ["10.0.0.1"]\n  corp = []\n}'
    const inner = hclAsJson(fileText(text), { start: 0, end: text.length })
    expect(inner?.text).toBe('{"acme.local":["10.0.0.1"],"corp":[]}')
    const place = (word: string) => {
      const start = inner?.text.indexOf(word) ?? 0
      const range = inner?.toOuter({ start, end: start + word.length })
      return text.slice(range?.start, range?.end)
    }
    expect([place('acme.local'), place('10.0.0.1'), place('"corp"')]).toEqual(['acme.local', '10.0.0.1', 'corp'])
    expect(inner?.toOuterEdits([{ start: 1, end: 2, text: 'x' }])).toBeNull()
  })
})
