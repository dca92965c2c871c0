import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LintResult } from '../../src/lint/result.ts'
import { checkstyle } from '../../src/report/checkstyle.ts'
import { gitlab } from '../../src/report/gitlab.ts'
import { junit } from '../../src/report/junit.ts'
import type { ReportContext } from '../../src/report/reporter.ts'
import { readSituation } from './situation.ts'
import { readXml, type XmlElement } from './xml-reader.ts'

/** What a schema says of an element. */
interface Declared {
  readonly required: readonly string[]
  readonly optional?: readonly string[]
  readonly children?: readonly string[]
  /** Whether text may stand in it. */
  readonly hasText?: boolean
}

/** Of src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd in jenkinsci/xunit-plugin, as far as it is used. */
const junitSchema: Readonly<Record<string, Declared>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { required: ['name', 'tests', 'failures', 'errors'], optional: ['file'], children: ['testcase'] },
  testcase: { required: ['name'], optional: ['classname', 'time'], children: ['failure', 'error', 'system-out'] },
  failure: { required: [], optional: ['type', 'message'], hasText: true },
  error: { required: [], optional: ['type', 'message'], hasText: true },
  'system-out': { required: [], hasText: true },
}

/** What com.puppycrawl.tools.checkstyle.XMLLogger writes, and readers of it ask for. */
const checkstyleSchema: Readonly<Record<string, Declared>> = {
  checkstyle: { required: ['version'], children: ['file'] },
  file: { required: ['name'], children: ['error'] },
  error: { required: ['line', 'severity', 'message', 'source'], optional: ['column'] },
}

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, and of Code Climate's SPEC.md what an issue needs. */
const validateIssues = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['type', 'check_name', 'description', 'categories', 'severity', 'fingerprint', 'location'],
    properties: {
      type: { const: 'issue' },
      check_name: { type: 'string', minLength: 1 },
      description: { type: 'string', minLength: 1, pattern: '^[^\\n]*$' },
      content: { type: 'object', required: ['body'], properties: { body: { type: 'string' } } },
      categories: {
        type: 'array',
        minItems: 1,
        items: {
          enum: [
            'Bug Risk',
            'Clarity',
            'Compatibility',
            'Complexity',
            'Duplication',
            'Performance',
            'Security',
            'Style',
          ],
        },
      },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      fingerprint: { type: 'string', minLength: 1 },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./)' },
          lines: {
            type: 'object',
            required: ['begin', 'end'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
})

function expectValid(element: XmlElement, schema: Readonly<Record<string, Declared>>): void {
  const declared = schema[element.name]
  if (declared === undefined) throw new Error(`no element ${element.name}`)
  const { required, optional = [], children = [], hasText = false } = declared
  expect(Object.keys(element.attributes)).toEqual(expect.arrayContaining([...required]))
  expect([...required, ...optional]).toEqual(expect.arrayContaining(Object.keys(element.attributes)))
  if (!hasText) expect(element.text).toBe('')
  for (const child of element.children) {
    expect(children).toContain(child.name)
    expectValid(child, schema)
  }
}

function expectAllValid(result: LintResult, context: ReportContext): void {
  const suites = readXml(junit(result, context))
  expectValid(suites, junitSchema)
  const cases = suites.children.flatMap((suite) => suite.children)
  const count = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length
  expect(suites.attributes).toMatchObject({
    tests: String(cases.length),
    failures: String(count('failure')),
    errors: String(count('error')),
  })
  for (const { attributes, children } of suites.children) expect(attributes.tests).toBe(String(children.length))
  const files = readXml(checkstyle(result, context))
  expectValid(files, checkstyleSchema)
  for (const { attributes } of files.children.flatMap((file) => file.children)) {
    expect(['error', 'warning', 'info', 'ignore']).toContain(attributes.severity)
    expect(attributes.line).toMatch(/^[1-9]\d*$/)
  }
  const issues = JSON.parse(gitlab(result, context))
  validateIssues(issues)
  expect(validateIssues.errors).toBeNull()
  const fingerprints = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)
  expect(new Set(fingerprints).size).toBe(fingerprints.length)
}

const folder = join(import.meta.dirname, 'golden')

describe('junit, checkstyle and gitlab', () => {
  it.each(readdirSync(folder))('are as their schemas ask: %s', (name) => {
    const [situation = ''] = readFileSync(join(folder, name), 'utf8').split(/^-----/m)
    const { result, context } = readSituation(situation)
    expectAllValid(result, context)
  })

  it('hold whatever a file or its name says, and say it again', () => {
    const hostile = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, message, reason) => {
        const found = {
          files: { Corefile: 'x' },
          findings: [{ rule: 'a', severity: 'warning', at: 'Corefile:1:1 x', message, help: reason }],
        }
        const { result: plain, context } = readSituation(JSON.stringify(found))
        const files = plain.files.map((file) => ({
          ...file,
          path,
          findings: file.findings.map((finding) => ({ ...finding, path })),
        }))
        expectAllValid({ ...plain, files, unreadable: [{ path, message: reason }] }, context)
      }),
    )
  })

  it('name a file by its very path, as far as XML can', () => {
    const { result, context } = readSituation(
      `{ files: { "a&b\\t<c>\\"d\\u009be": x }, findings: [{ rule: a, severity: info, at: "a&b\\t<c>\\"d\\u009be:1:1", message: m }] }`,
    )
    expect(readXml(checkstyle(result, context)).children[0]?.attributes.name).toBe('a&b\t<c>"d\u009be')
    expect(checkstyle(result, context)).not.toContain('\u009b')
    expect(JSON.parse(gitlab(result, context))[0].location.path).toBe('a&b\t<c>"d\u009be')
  })

  it('say which file could not be read', () => {
    const { result: plain, context } = readSituation('files: {}')
    const result = { ...plain, unreadable: [{ path: 'gone.yaml', message: 'no such file' }] }
    const [suite] = readXml(junit(result, context)).children
    expect(suite).toMatchObject({ attributes: { name: 'gone.yaml', errors: '1' } })
    expect(readXml(checkstyle(result, context)).children[0]?.children[0]?.attributes.message).toBe(
      'cannot read: no such file',
    )
  })

  it('know a finding again when lines come before it', () => {
    const issues = (before: string) => {
      const line = before.split('\n').length
      const { result, context } = readSituation(
        JSON.stringify({
          files: { Corefile: `${before}x {` },
          findings: [{ rule: 'a', severity: 'info', at: `Corefile:${line}:1 x`, message: 'm' }],
        }),
      )
      return JSON.parse(gitlab(result, context)).map(({ fingerprint }: { fingerprint: string }) => fingerprint)
    }
    expect(issues('# a\n\n')).toEqual(issues(''))
  })
})
