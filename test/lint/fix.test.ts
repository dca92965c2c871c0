import { describe, expect, it } from 'vitest'
import type { Safety } from '../../src/lint/diagnostic.ts'
import { fix, isFixable } from '../../src/lint/fix.ts'
import type { Rule } from '../../src/lint/rule.ts'
import { optionsFor } from '../rules/lint-text.ts'
import { configMap, rule, run } from './probes.ts'

/** A rule that replaces a plugin's name by another word wherever it stands. */
function rename(from: string, to: string, safety: Safety = 'safe'): Rule {
  return rule(
    ({ servers, report }) => {
      for (const { name } of servers.plugins(from)) {
        const { list, index } = name.place
        const edits = [{ start: list.start(index), end: list.end(index), text: to }]
        report({ at: name.place, message: `${from} is here`, fix: { title: `write ${to}`, safety, edits } })
      }
    },
    { id: `no-${from}`, fix: 'unsafe' },
  )
}

async function fixed(text: string, rules: readonly Rule[], safety: Safety = 'safe', path = 'Corefile') {
  const { fixed: files, result } = await fix([{ path, text }], optionsFor(text, { rules, path }), safety)
  return { after: files[0]?.after ?? text, applied: files[0]?.applied ?? [], result }
}

describe('fix', () => {
  it('changes nothing where there is nothing to fix', async () => {
    const { fixed: files, result } = await fix(
      [{ path: 'Corefile', text: '. {\n  log\n}\n' }],
      optionsFor('', { rules: [rename('whoami', 'errors')] }),
      'safe',
    )
    expect(files).toEqual([])
    expect(result.summary.fixable).toBe(0)
  })

  it('applies safe fixes, and unsafe ones only when asked to', async () => {
    const rules = [rename('whoami', 'any'), rename('log', 'errors', 'unsafe')]
    const text = '. {\n  whoami\n  log\n}\n'
    expect((await fixed(text, rules)).after).toBe('. {\n  any\n  log\n}\n')
    expect((await fixed(text, rules, 'unsafe')).after).toBe('. {\n  any\n  errors\n}\n')
  })

  it('goes on until nothing is left, and tells what it did in that order', async () => {
    const rules = [rename('whoami', 'any'), rename('any', 'errors'), rename('errors', 'log')]
    const { after, applied, result } = await fixed('. {\n  whoami\n}\n', rules)
    expect(after).toBe('. {\n  log\n}\n')
    expect(applied).toEqual(['write any', 'write errors', 'write log'])
    expect(result.files[0]?.text).toBe(after)
    expect(result.files[0]?.findings).toEqual([])
  })

  it('lets one of two fixes for the same place wait, in which case it may no longer be needed', async () => {
    const rules = [rename('whoami', 'errors'), { ...rename('whoami', 'log'), id: 'other' }]
    const { after, applied } = await fixed('. {\n  whoami\n}\n', rules)
    expect(after).toBe('. {\n  errors\n}\n')
    expect(applied).toEqual(['write errors'])
  })

  it('comes to an end where two rules undo each other', async () => {
    const { after, applied } = await fixed('. {\n  errors\n}\n', [rename('errors', 'log'), rename('log', 'errors')])
    expect(after).toBe('. {\n  errors\n}\n')
    expect(applied.length).toBeLessThan(20)
  })

  it('leaves out the one fix with which CoreDNS would no longer start, and applies all others', async () => {
    const lines = Array.from({ length: 9 }, (_, number) => `a${number} {\n  whoami\n}\n`)
    const text = `${lines.join('')}b {\n  any\n}\n${lines.join('').replaceAll(/^a/gm, 'c')}`
    const rules = [rename('whoami', 'errors'), rename('any', 'nonsense')]
    const { after, applied, result } = await fixed(text, rules)
    expect(after).toBe(text.replaceAll('whoami', 'errors'))
    expect(applied).toHaveLength(18)
    expect(result.files[0]?.corefiles[0]?.verdict).toBe('accepted')
    expect(result.files[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['no-any'])
  })

  it('may leave a refused text refused', async () => {
    const { after } = await fixed('. {\n  nonsense\n  whoami\n}\n', [rename('whoami', 'errors')])
    expect(after).toBe('. {\n  nonsense\n  errors\n}\n')
  })

  it('lets one file go on where another one stays as it was', async () => {
    const files = [
      { path: 'a/Corefile', text: '. {\n  any\n}\n' },
      { path: 'b/Corefile', text: '. {\n  whoami\n}\n' },
    ]
    const rules = [rename('whoami', 'errors'), rename('any', 'nonsense')]
    const { fixed: changed } = await fix(files, optionsFor('', { rules }), 'safe')
    expect(changed).toEqual([
      { path: 'b/Corefile', before: files[1]?.text, after: '. {\n  errors\n}\n', applied: ['write errors'] },
    ])
  })

  it('edits the file around the Corefile and nothing else of it', async () => {
    const rules = [rename('whoami', 'errors')]
    const { after } = await fixed(configMap('. {\n    whoami\n}\n'), rules, 'safe', 'cm.yaml')
    expect(after).toBe(configMap('. {\n    errors\n}\n'))
  })

  it('does not write to files that are imported', async () => {
    const text = '. {\n  import x\n}\n'
    const { fixed: changed } = await fix(
      [{ path: 'Corefile', text }],
      optionsFor(text, { rules: [rename('whoami', 'errors')], files: { x: 'whoami\n' } }),
      'safe',
    )
    expect(changed).toEqual([])
  })
})

describe('isFixable', () => {
  it('asks for the safety of the fix', async () => {
    const text = '. {\n  whoami\n  log\n  errors\n}\n'
    const rules = [
      rename('whoami', 'any'),
      rename('log', 'any', 'unsafe'),
      rule(({ servers, report }) => {
        for (const { name } of servers.plugins('errors')) report({ at: name.place, message: 'm' })
      }),
    ]
    const findings = (await run(text, rules)).files[0]?.findings ?? []
    expect(findings.map((finding) => isFixable(finding, 'safe'))).toEqual([true, false, false])
    expect(findings.map((finding) => isFixable(finding, 'unsafe'))).toEqual([true, true, false])
  })
})
