import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import schema from '../../schema/lint.schema.json' with { type: 'json' }
import { json } from '../../src/report/json.ts'
import { tool } from '../../src/report/tool.ts'
import { readSituation } from './situation.ts'

/** The schema as published lets later versions add; what this version writes has nothing that it does not name. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed)
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([key, value]) => [key, closed(value)])
  return { ...Object.fromEntries(entries), ...('properties' in part ? { additionalProperties: false } : {}) }
}

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
addFormats.default(ajv)
const validate = ajv.compile(closed(schema) as object)
const folder = join(import.meta.dirname, 'golden')

describe('json', () => {
  it.each(readdirSync(folder))('meets the published schema and names nothing else: %s', (name) => {
    const [situation = ''] = readFileSync(join(folder, name), 'utf8').split(/^-----/m)
    const { result, context } = readSituation(situation)
    validate(JSON.parse(json(result, context)))
    expect(validate.errors).toBeNull()
  })

  it('would fail the schema without a property', () => {
    expect(validate({ version: 1, tool, files: [] })).toBe(false)
  })

  it('gives offsets that cut the same text out of the file', () => {
    const text = '# größe\r\n. {\r\n\tlog\r\n}\r\n'
    const { result, context } = readSituation(
      JSON.stringify({
        files: { Corefile: text },
        findings: [{ rule: 'a', severity: 'info', at: 'Corefile:3:2 log', message: 'm' }],
      }),
    )
    const [finding] = JSON.parse(json(result, context)).files[0].findings
    expect(text.slice(finding.start.offset, finding.end.offset)).toBe('log')
    expect([finding.start.line, finding.start.column, finding.end.column]).toEqual([3, 2, 5])
  })

  it('names the version of the package', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
    expect(tool).toEqual({ name: manifest.name, version: manifest.version })
  })
})
