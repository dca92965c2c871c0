import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../src/report/tool.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const name = '.corefile-baseline.json'
const hosts = (zone: string) =>
  `${zone} {\n    hosts {\n        10.0.0.1 a.example.org\n    }\n    forward . 10.0.0.53\n}\n`
const clean = '. {\n    forward . 10.0.0.53\n}\n'

/** A directory whose findings are in its baseline. */
async function adopted(files: Readonly<Record<string, string>>, ...words: string[]): Promise<string> {
  const cwd = directoryWith(files)
  const { code, stdout } = await run(cwd, ['lint', '--update-baseline', ...words])
  expect([code, stdout]).toEqual([0, ''])
  return cwd
}

const check = (cwd: string, ...words: string[]) => run(cwd, ['lint', '--baseline', name, ...words])

describe('corefile lint --baseline', () => {
  it('hides what was there, says how much, and changes no verdict', async () => {
    const cwd = await adopted({ Corefile: `${hosts('.')}example.org {\n    foward . 10.0.0.1\n}\n` })
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(`{
  "version": 1,
  "findings": [
    { "path": "Corefile", "rule": "hosts-missing-fallthrough", "in": ".", "text": "hosts {" },
    { "path": "Corefile", "rule": "unknown-plugin", "in": "example.org", "text": "foward . 10.0.0.1" }
  ]
}
`)
    const { code, stdout, stderr } = await check(cwd)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^1 file, no new problems; 1 Corefile refused, suppressed; 2 in \.corefile-baseline\.json\./)
    const { files, summary } = JSON.parse((await check(cwd, '--format', 'json')).stdout)
    expect(files[0]).toMatchObject({ findings: [], corefiles: [{ verdict: 'refused' }] })
    expect(summary).toMatchObject({ errors: 0, refused: 1, hidden: 2 })
  })

  it('shows what is new beside what was there, also of the same words', async () => {
    const cwd = await adopted({ Corefile: hosts('.') })
    writeFileSync(join(cwd, 'Corefile'), hosts('example.org') + hosts('.'))
    const { code, stdout } = await check(cwd)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^Corefile:2:5: error.*\n1 error/)
  })

  it('is not mistaken by one that is mended and one that is made of the same words', async () => {
    const mended = hosts('.').replace('.org\n', '.org\n        fallthrough\n')
    const cwd = await adopted({ Corefile: hosts('.') })
    writeFileSync(join(cwd, 'Corefile'), mended + hosts('example.org'))
    const { code, stdout, stderr } = await check(cwd)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^Corefile:9:5/)
    expect(stderr).toContain('holds 1 finding that is there no more: hosts-missing-fallthrough in Corefile (hosts {)')
  })

  it('knows a finding again wherever its line goes, and in a block of another name', async () => {
    const cwd = await adopted({ Corefile: hosts('.') + hosts('example.org') })
    const lines = fc.array(fc.constantFrom('# a comment', '', '    '), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(lines, lines, fc.boolean(), async (before, between, isRenamed) => {
        const [first, second] = isRenamed ? ['b.test', 'example.com'] : ['.', 'example.org']
        const parts = [...before, hosts(first).replaceAll(/^ {4}/gm, '\t'), ...between, hosts(second)]
        writeFileSync(join(cwd, 'Corefile'), parts.join('\n'))
        expect((await check(cwd)).code).toBe(0)
      }),
      { numRuns: 25 },
    )
  })

  it('fails where it holds what is there no more, until it is updated', async () => {
    const cwd = await adopted({ 'a/Corefile': hosts('.'), 'b/Corefile': hosts('.') })
    writeFileSync(join(cwd, 'a/Corefile'), clean)
    const { code, stderr } = await check(cwd)
    expect(code).toBe(1)
    expect(stderr).toBe(
      `corefile: ${name} holds 1 finding that is there no more: hosts-missing-fallthrough in a/Corefile (hosts {); corefile lint --baseline ${name} --update-baseline takes it out\n`,
    )
    expect((await check(cwd, '--fail-on', 'never')).code).toBe(0)
    const updated = await run(cwd, ['lint', '--update-baseline'])
    expect(updated.stderr).toBe(`corefile: ${name} holds 1 finding in 1 file (0 added, 1 removed)\n`)
    expect((await check(cwd)).code).toBe(0)
  })

  it('cannot tell of the findings of another version', async () => {
    const entry = { path: 'Corefile', rule: 'a-later-rule', text: 'x' }
    const cwd = directoryWith({ Corefile: clean, [name]: JSON.stringify({ version: 1, findings: [entry] }) })
    const { code, stderr } = await check(cwd)
    expect([code, stderr]).toEqual([
      0,
      `corefile: ${name} holds findings of rules that corefile ${tool.version} does not have: a-later-rule; was another version used to write it?\n`,
    ])
    expect((await run(cwd, ['lint', '--update-baseline'])).stderr).toContain('(0 added, 1 removed)')
  })

  it('names what an update adds to a baseline that was there', async () => {
    const cwd = await adopted({ Corefile: hosts('.') })
    writeFileSync(join(cwd, 'Corefile'), `${hosts('.')}a.test {\n    foward . 10.0.0.1\n}\n`)
    expect((await run(cwd, ['lint', '--update-baseline'])).stderr).toBe(
      `corefile: ${name} holds 2 findings in 1 file (1 added, 0 removed); CoreDNS does not start with 1 Corefile
corefile: added: unknown-plugin in Corefile (foward . 10.0.0.1)\n`,
    )
  })

  it('says nothing of files that were not looked at, unless they are gone', async () => {
    const cwd = await adopted({ 'a/Corefile': hosts('.'), 'b/Corefile': hosts('.') })
    expect(await check(cwd, 'a/Corefile')).toMatchObject({ code: 0, stderr: '' })
    expect((await run(cwd, ['lint', '--update-baseline', 'a/Corefile'])).stderr).toContain(
      '2 findings in 2 files (0 added, 0',
    )
    rmSync(join(cwd, 'b/Corefile'))
    expect((await check(cwd, 'a/Corefile')).stderr).toContain('in b/Corefile')
  })

  it('means the same files from every directory, and names them from its own', async () => {
    const cwd = await adopted({ 'deploy/Corefile': hosts('.') })
    const inside = await run(join(cwd, 'deploy'), ['lint', '--baseline', `../${name}`, './Corefile'])
    expect([inside.code, inside.stderr]).toEqual([0, ''])
    const absolute = await check(cwd, join(cwd, 'deploy'))
    expect([absolute.code, absolute.stderr]).toEqual([0, ''])
  })

  it('counts findings that are alike', async () => {
    const twice = '. {\n    forward . 10.0.0.1 {\n        nope\n        nope\n    }\n}\n'
    const cwd = await adopted({ Corefile: twice, 'cm.yaml': 'a: 1\n' })
    expect(readFileSync(join(cwd, name), 'utf8')).toContain('"count": 2 }')
    writeFileSync(join(cwd, 'Corefile'), twice.replace('nope', 'nope\n        nope'))
    expect((await check(cwd)).stdout).toMatch(/^Corefile:5:9: .*\n1 error; .* 2 in/)
  })

  it('never holds a secret', async () => {
    const secret = 'c2VjcmV0LXNlY3JldA=='
    const cwd = await adopted({
      Corefile: `. {\n    tsig {\n        secret a. ${secret} oops\n    }\n    forward . 1.1.1.1\n}\n`,
    })
    const text = readFileSync(join(cwd, name), 'utf8')
    expect(text).toContain('secret a. ***')
    expect(text).not.toContain(secret)
  })

  it('is no Corefile itself', async () => {
    const cwd = await adopted({ Corefile: hosts('.') })
    expect((await check(cwd, '.')).stdout).toMatch(/^1 file, /)
  })

  it.each([
    ['{ "version": 1, "findings": [ }', /^\S+:1:31: not JSON/],
    ['{\n<<<<<<< ours\n', /^\S+:2:1: a merge left its marks here/],
    ['{ "version": 1,\n  "findings": [{ "path": 1, "rule": "a", "text": "b" }] }', /^\S+:2:26: path must be a text/],
    [
      '{ "version": 1, "findings": [{ "path": "a", "rule": "a", "text": "b", "cuont": 2 }] }',
      /:1:71: unknown key "cuont": did you mean "count"/,
    ],
    ['{ "version": 2, "findings": [] }', /written by a newer corefile/],
    ['apiVersion: v1\n', /:1:1: not JSON/],
  ])('refuses what is no baseline, with the place, and never overwrites it: %j', async (text, message) => {
    const cwd = directoryWith({ Corefile: clean, [name]: text })
    for (const words of [['--baseline', name], ['--update-baseline']]) {
      const { code, stderr } = await run(cwd, ['lint', 'Corefile', ...words])
      expect(code).toBe(2)
      expect(stderr.replace(/^corefile: /, '')).toMatch(message)
    }
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text)
  })

  it('says how to write one that is missing, and writes none where something could not be read', async () => {
    const cwd = directoryWith({ Corefile: clean, 'empty/': '' })
    expect((await check(cwd)).stderr).toBe(
      `corefile: cannot read the baseline ${name}: no such file; --update-baseline writes it\n`,
    )
    const partial = await run(cwd, ['lint', '--update-baseline', 'Corefile', 'none'])
    expect([partial.code, partial.stderr]).toEqual([
      3,
      'corefile: cannot read none: no such file\ncorefile: the baseline was not written\n',
    ])
    expect((await run(cwd, ['lint', '--update-baseline', 'empty'])).code).toBe(2)
    expect((await run(cwd, ['lint', '--update-baseline', '--fix'])).code).toBe(2)
    expect((await run(cwd, ['lint', '--update-baseline', '--baseline', 'none/x.json'])).stderr).toContain(
      'cannot write none/x.json: no such file',
    )
  })
})
