import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { rdjson } from '../../src/report/rdjson.ts'
import { readSituation } from './situation.ts'

// The Reviewdog Diagnostic Format as far as it is used here, after the DiagnosticResult of reviewdog's proto/rdf/reviewdog.proto;
// narrower than that: nothing unknown, and both ends of every range.
const text = { type: 'string', minLength: 1 }
const closed = (properties: object, ...optional: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
})
const position = closed({ line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } })
const range = closed({ start: position, end: position })
const location = closed({ path: text, range })
const diagnostic = closed(
  {
    message: text,
    location,
    severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
    code: closed({ value: text, url: text }),
    suggestions: { type: 'array', minItems: 1, items: closed({ range, text: { type: 'string' } }) },
    related_locations: { type: 'array', minItems: 1, items: closed({ message: text, location }) },
  },
  'suggestions',
  'related_locations',
)
const validate = new Ajv2020({ allErrors: true }).compile(
  closed({ source: closed({ name: text, url: text }), diagnostics: { type: 'array', items: diagnostic } }),
)

const folder = join(import.meta.dirname, 'golden')

/** The bytes between two places, which count lines and bytes from 1. */
function bytesBetween(content: string, { start, end }: { start: Place; end: Place }): string {
  const bytes = Buffer.from(content)
  const offset = ({ line, column }: Place) =>
    Buffer.from(
      content
        .split('\n')
        .slice(0, line - 1)
        .map((one) => `${one}\n`)
        .join(''),
    ).length +
    column -
    1
  return bytes.subarray(offset(start), offset(end)).toString()
}

interface Place {
  readonly line: number
  readonly column: number
}

describe('rdjson', () => {
  it.each(readdirSync(folder))('has the shape that reviewdog reads: %s', (name) => {
    const [situation = ''] = readFileSync(join(folder, name), 'utf8').split(/^-----/m)
    const { result, context } = readSituation(situation)
    validate(JSON.parse(rdjson(result, context)))
    expect(validate.errors).toBeNull()
  })

  it('would not pass without a message', () => {
    expect(validate({ source: { name: 'a', url: 'b' }, diagnostics: [{}] })).toBe(false)
  })

  it('counts columns in bytes, and makes one suggestion of all edits', () => {
    const content = '# größe 👍\n. { # é👍 foward . 1.1.1.1 täil\n}\n'
    const { result, context } = readSituation(
      JSON.stringify({
        files: { Corefile: content },
        findings: [
          {
            rule: 'a',
            severity: 'error',
            at: 'Corefile:2:11 foward',
            message: 'm',
            fix: {
              title: 't',
              safety: 'safe',
              edits: [
                { at: 'Corefile:2:7 é', text: '' },
                { at: 'Corefile:2:11 foward', text: 'forward' },
              ],
            },
          },
        ],
      }),
    )
    const [{ location, suggestions }] = JSON.parse(rdjson(result, context)).diagnostics
    expect(bytesBetween(content, location.range)).toBe('foward')
    expect(suggestions.length).toBe(1)
    expect(bytesBetween(content, suggestions[0].range)).toBe('é👍 foward')
    expect(suggestions[0].text).toBe('👍 forward')
  })

  it('suggests nothing across a secret', () => {
    const { result, context } = readSituation(
      JSON.stringify({
        files: { Corefile: 'a ab b' },
        secrets: ['Corefile:1:3 ab'],
        findings: [
          {
            rule: 'a',
            severity: 'error',
            at: 'Corefile:1:1 a',
            message: 'm',
            fix: {
              title: 't',
              safety: 'safe',
              edits: [
                { at: 'Corefile:1:1 a', text: 'c' },
                { at: 'Corefile:1:6 b', text: 'd' },
              ],
            },
          },
        ],
      }),
    )
    expect(JSON.parse(rdjson(result, context)).diagnostics[0].suggestions).toBeUndefined()
  })
})
