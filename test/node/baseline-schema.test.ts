import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { baselineSchemaFile } from '../../src/node/baseline-schema.ts'
import { run } from '../cli/program.ts'
import { directoryWith } from './directory.ts'

const published = readFileSync(join(import.meta.dirname, '../../schema/baseline.schema.json'), 'utf8')
const validate = new Ajv2020({ strict: true }).compile(JSON.parse(published))

describe('schema/baseline.schema.json', () => {
  it('is what the program reads by', () => {
    expect(published).toBe(baselineSchemaFile())
  })

  it('describes what is written', async () => {
    const block = '    hosts {\n        10.0.0.1 a.example.org\n    }\n    forward . 10.0.0.53\n'
    const cwd = directoryWith({
      Corefile: `. {\n${block}}\nexample.org {\n${block}    nonsense\n    nonsense2\n}\nfoo {\n    `,
    })
    expect((await run(cwd, ['lint', '--update-baseline'])).code).toBe(0)
    const baseline = JSON.parse(readFileSync(join(cwd, '.corefile-baseline.json'), 'utf8'))
    expect(baseline.findings.length).toBeGreaterThan(1)
    validate(baseline)
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['a key that nobody knows', { version: 1, findings: [], more: 1 }],
    ['a finding without a rule', { version: 1, findings: [{ path: 'Corefile', text: 'hosts {' }] }],
    ['a count of one', { version: 1, findings: [{ path: 'Corefile', rule: 'x', text: 'hosts {', count: 1 }] }],
  ])('and the program refuse %s', async (_, baseline) => {
    expect(validate(baseline)).toBe(false)
    const cwd = directoryWith({ Corefile: '. {\n    whoami\n}\n', 'b.json': JSON.stringify(baseline) })
    expect((await run(cwd, ['lint', '--baseline', 'b.json'])).code).toBe(2)
  })
})
