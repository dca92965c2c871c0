import { describe, expect, it } from 'vitest'
import { defineRule, type RunContext } from '../../src/lint/rule.ts'
import { type LintOptions, lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from '../rules/lint-text.ts'

const probe = (checkRun: (context: RunContext) => void) =>
  defineRule({ id: 'probe', severity: 'warning', effects: ['hygiene'], checkRun })

/** Reports the word `here` of a text. */
const atHere = (text: string) =>
  probe(({ look, report }) => {
    look({ path: 'a.yaml', name: 'ConfigMap a' })
    const start = text.indexOf('here')
    report({ at: { path: 'a.yaml', range: { start, end: start + 4 } }, message: 'found' })
  })

async function run(text: string, more: Partial<LintOptions> = {}) {
  const options = { ...optionsFor('', { rules: [atHere(text)] }), around: [{ path: 'a.yaml', text }], ...more }
  return lint([{ path: 'Corefile', text: '. {\n    whoami\n}\n' }], options)
}

describe('a look at the run as a whole', () => {
  it('is taken once, and what it finds is in the file that it is about', async () => {
    const { files, summary } = await run('key: here\n')
    expect(
      files.map(({ path, findings, corefiles, objects }) => [path, findings.length, corefiles.length, objects]),
    ).toEqual([
      ['Corefile', 0, 1, undefined],
      ['a.yaml', 1, 0, ['ConfigMap a']],
    ])
    expect([summary.files, summary.warnings]).toEqual([1, 1])
    expect(files[1]?.findings[0]?.url).toContain('probe.md')
  })

  it('leaves files alone of which nothing is said', async () => {
    const options = {
      ...optionsFor('', { rules }),
      around: [{ path: 'a.yaml', text: 'kind: Deployment\n# coredns\n' }],
    }
    const { files } = await lint([{ path: 'Corefile', text: '. {\n    whoami\n}\n' }], options)
    expect(files.map(({ path }) => path)).toEqual(['Corefile'])
  })

  it('goes by severities, also those of one file, and is off where some Corefiles alone are asked for', async () => {
    const severities = async (more: Partial<LintOptions>) =>
      (await run('key: here\n', more)).files.flatMap(({ findings }) => findings.map(({ severity }) => severity))
    expect(await severities({ severities: { probe: 'error' } })).toEqual(['error'])
    expect(await severities({ severities: { probe: 'off' } })).toEqual([])
    expect(await severities({ overrides: () => ({ severities: { probe: 'info' } }) })).toEqual(['info'])
    expect(await severities({ selects: () => true })).toEqual([])
  })

  it.each([
    ['key: here # corefile-ignore probe -- meant', ['meant']],
    ['# corefile-ignore probe, other -- meant\nkey: here', ['meant']],
    ['# corefile-ignore probe\nkey: |\n  a\n\n  here', ['']],
    ['# corefile-ignore-file probe -- all\na: b\nkey: here', ['all']],
    ['# corefile-ignore other\nkey: here', []],
    ['# corefile-ignore probe\nother: a\nkey: here', []],
    ['key: here\n# corefile-ignore probe\nother: a', []],
  ])('is hidden by comments of the file: %j', async (text, reasons) => {
    const { files } = await run(`${text}\n`)
    expect(files.flatMap(({ suppressed }) => suppressed.map(({ reason }) => reason))).toEqual(reasons)
    expect(files.flatMap(({ findings }) => findings)).toHaveLength(1 - reasons.length)
  })

  it('tells a rule that reports what it does not declare', async () => {
    const wrong = probe(({ report }) =>
      report({ at: { path: 'a.yaml', range: { start: 0, end: 0 } }, effect: 'refused', message: '' }),
    )
    await expect(run('', { rules: [wrong] })).rejects.toThrow('rule probe does not declare the effect refused')
  })
})
