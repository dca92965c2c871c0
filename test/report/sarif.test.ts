import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { lint } from '../../src/index.ts'
import { sarifReporter } from '../../src/report/sarif.ts'
import { rules } from '../../src/rules/index.ts'
import { ruleTexts } from '../../src/rules/texts.ts'
import { readSituation } from './situation.ts'

/** The published schema of SARIF 2.1.0, as a package that checks with it ships it. */
const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
// Draft 4, whose `id` newer drafts do not know; they read the rest alike.
const { id: _id, $schema: _draft, ...readable } = schema
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats.default(ajv)
const validate = ajv.compile(readable)

const sarif = sarifReporter(rules, ruleTexts)
const folder = join(import.meta.dirname, 'golden')
const context = { colours: false, links: false, columns: 100, elapsed: null, releaseNote: null }

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly partialFingerprints: Readonly<Record<string, string>>
}

async function runOf(text: string, path = 'Corefile') {
  const document = JSON.parse(sarif(await lint([{ path, text }]), context))
  validate(document)
  expect(validate.errors).toBeNull()
  return document.runs[0]
}

const fingerprintsOf = async (text: string, path?: string) =>
  ((await runOf(text, path)).results as Result[]).map((result) => Object.values(result.partialFingerprints)[0])

describe('sarif', () => {
  it.each(readdirSync(folder))('meets the published schema: %s', (name) => {
    const [situation = ''] = readFileSync(join(folder, name), 'utf8').split(/^-----/m)
    const { result, context } = readSituation(situation)
    validate(JSON.parse(sarif(result, context)))
    expect(validate.errors).toBeNull()
  })

  it('would fail the schema with a line that is none', () => {
    const { result, context } = readSituation(
      `{ files: { Corefile: x }, findings: [{ rule: a, severity: info, at: 'Corefile:1:1', message: m }] }`,
    )
    const document = JSON.parse(sarif(result, context))
    document.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0
    expect(validate(document)).toBe(false)
  })

  it('holds the pages of the rules that found something, and the results point at them', async () => {
    const { tool, results } = await runOf('. {\n  foward . 10.0.0.1\n  cache 30s\n  forward . 10.0.0.1\n}\n')
    const found = tool.driver.rules as { id: string; help: { markdown: string }; fullDescription: { text: string } }[]
    expect(found.map(({ id }) => id)).toEqual(['cache-argument-not-seconds', 'unknown-plugin'])
    for (const { ruleId, ruleIndex } of results as Result[]) expect(found[ruleIndex]?.id).toBe(ruleId)
    expect(found[1]?.help.markdown).toContain(ruleTexts['unknown-plugin']?.why)
  })

  it('has a valid page for every rule', () => {
    const findings = rules.map(({ id }) => ({ rule: id, severity: 'info', at: 'Corefile:1:1', message: 'm' }))
    const { result, context } = readSituation(JSON.stringify({ files: { Corefile: 'x' }, findings }))
    const document = JSON.parse(sarif(result, context))
    validate(document)
    expect(validate.errors).toBeNull()
    const pages = document.runs[0].tool.driver.rules as {
      shortDescription?: unknown
      fullDescription: { text: string }
    }[]
    expect(pages.length).toBe(rules.length)
    // What GitHub shows of a description.
    for (const { fullDescription } of pages) expect(fullDescription.text.length).toBeLessThanOrEqual(1024)
  })

  it('knows a finding again when lines come before it or its indentation changes', async () => {
    const before = await fingerprintsOf('. {\n  foward . 10.0.0.1\n}\n')
    const after = await fingerprintsOf('# a comment\n\n. {\n    errors\n\n\t  foward .   10.0.0.1\n}\n')
    expect(before).not.toEqual([])
    expect(after).toEqual(expect.arrayContaining(before.slice(0, 1)))
  })

  it('tells findings apart by text, file and, where these are the same, by their order', async () => {
    const twice = await fingerprintsOf(
      '. {\n  foward . 10.0.0.1\n}\na.org {\n  foward . 10.0.0.1\n  fxrward . 10.0.0.1\n}\n',
    )
    const other = await fingerprintsOf('. {\n  foward . 10.0.0.1\n}\n', 'other.Corefile')
    const all = [...twice, ...other]
    expect(new Set(all).size).toBe(all.length)
  })

  it('tells what could not be read', () => {
    const { result, context } = readSituation('{ files: {} }')
    const unreadable = [{ path: 'none/Corefile', message: 'no such file' }]
    const [run] = JSON.parse(sarif({ ...result, unreadable }, context)).runs
    expect(run.invocations[0].executionSuccessful).toBe(false)
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe('cannot read: no such file')
  })
})
