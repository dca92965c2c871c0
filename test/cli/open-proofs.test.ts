import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import compareSchema from '../../schema/compare.schema.json' with { type: 'json' }
import migrateSchema from '../../schema/migrate.schema.json' with { type: 'json' }
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const ajv = new Ajv2020({ strict: false })
const validate = { compare: ajv.compile(compareSchema), migrate: ajv.compile(migrateSchema) }

describe('a pattern that no question was found for', () => {
  const corefile = (rules: string) => `.:53 {\n${rules}    forward . 10.0.0.53\n    reload\n}\n`
  const strange = '    rewrite name regex ^[!+]+\\.corp\\.$ a.example\n'
  const files = {
    plain: corefile(''),
    strange: corefile(strange),
    moved: corefile(`    errors\n${strange}`),
    usual: corefile('    rewrite name regex ^(db|web)-[0-9]{2,}\\.corp\\.$ a.example\n'),
  }
  const compare = (...words: string[]) => run(directoryWith(files), ['compare', ...words])

  it.each([[['plain', 'strange']], [['strange', 'plain']]])('ends with 3 and says so: %j', async (words) => {
    const { code, stdout } = await compare(...words)
    expect(code).toBe(3)
    expect(stdout).toMatch(/^\d+ probes, all the same, 1 pattern was not tried\n/)
    expect(stdout.replace(/\n {4}/g, ' ')).toContain(
      'Not compared:\n  ^[!+]+\\.corp\\.$: no name was found that it matches; corefile compare --probe NAME/TYPE asks for one',
    )
  })

  it('is in JSON as what is not proved', async () => {
    const { stdout } = await compare('plain', 'strange', '--format', 'json')
    const shape = JSON.parse(stdout)
    expect(shape.unproved).toEqual([])
    expect(shape.untried).toEqual([{ pattern: '^[!+]+\\.corp\\.$', reason: 'no name was found that it matches' }])
    expect(validate.compare(shape)).toBe(true)
  })

  it('is tried where somebody names one', async () => {
    expect((await compare('plain', 'strange', '--probe', '!+.corp/A')).code).toBe(1)
    expect((await compare('plain', 'strange', '--probe', 'a.corp/A')).code).toBe(3)
  })

  it('does not matter where both have it in the same words', async () => {
    expect((await compare('strange', 'moved')).code).toBe(0)
    expect((await compare('strange', 'strange')).code).toBe(0)
  })

  it('is no usual one', async () => {
    const { code, stdout } = await compare('plain', 'usual')
    expect(code).toBe(1)
    expect(stdout).not.toContain('not tried')
  })
})

describe('very many names', () => {
  const hosts = Array.from({ length: 2_500 }, (_, n) => `10.0.${n >> 8}.${n & 255} host${n}.example.org\n`)
  const corefile = (lines: readonly string[]) =>
    `.:53 {\n    hosts /dev/null {\n${lines.join('')}        fallthrough\n    }\n    forward . 10.0.0.53\n    reload\n}\n`
  const last = '10.9.9.9 host2499.example.org\n'
  const files = {
    hosts: hosts.join(''),
    old: corefile(hosts),
    new: corefile([...hosts.slice(0, -1), last]),
  }
  const told =
    /There are very many names: \d+ of about \d+ questions were asked\. Every name was asked for the types of its own records, 4\d\d\d of 50\d\d names, domains and addresses for all other types/

  it('are all asked for, and compare says that some are asked less', async () => {
    const cwd = directoryWith(files)
    const { code, stdout } = await run(cwd, ['compare', 'old', 'new'])
    expect(code).toBe(1)
    expect(stdout.replaceAll('\n', ' ')).toMatch(told)
    expect(stdout).toContain('host2499.example.org')
    const shape = JSON.parse((await run(cwd, ['compare', 'old', 'new', '--format', 'json'])).stdout)
    expect(shape.reduced.whole).toBeGreaterThan(shape.probes)
    expect(shape.reduced.names).toBeGreaterThan(shape.reduced.inFull)
    expect(validate.compare(shape)).toBe(true)
  })

  it('are told in the report of a migration', async () => {
    const cwd = directoryWith(files)
    const { code, stderr } = await run(cwd, ['migrate', 'hosts', '--report', 'move.md'])
    expect(code).toBe(0)
    expect(stderr).toMatch(told)
    expect(readFileSync(join(cwd, 'move.md'), 'utf8')).toMatch(told)
    const { proof } = JSON.parse((await run(cwd, ['migrate', 'hosts', '--format', 'json'])).stdout)
    expect(proof.reduced.whole).toBeGreaterThan(proof.probes)
  })

  it('are not told of where there are few', async () => {
    const few = directoryWith({ hosts: hosts.slice(0, 20).join(''), old: corefile(hosts.slice(0, 20)) })
    expect((await run(few, ['compare', 'old', 'old'])).stdout).not.toContain('very many')
    expect((await run(few, ['migrate', 'hosts'])).stderr).not.toContain('very many')
  })

  it.each([[['compare', 'old', 'new']], [['migrate', 'hosts']]])(
    'are told how far they are on a terminal, and nowhere else: %j',
    async (words) => {
      const runs = (terminal: boolean) => {
        let now = 0
        const elapsed = () => {
          now += 600
          return now
        }
        return run(directoryWith(files), words, { terminal, env: { NO_COLOR: '1' }, elapsed })
      }
      const { stderr } = await runs(true)
      // Each step begins by erasing the one before.
      const steps = stderr.split('\r\u001b[2K')
      const asked = steps.filter((step) => step.startsWith('asked '))
      expect(asked.length).toBeGreaterThan(2)
      expect(asked[0]).toMatch(/^asked 1,000 of 1?\d\d,\d{3} questions$/)
      expect(steps[steps.lastIndexOf(asked.at(-1) ?? '') + 1]?.startsWith('asked')).toBe(false)
      expect((await runs(false)).stderr).not.toContain('asked 1,000')
    },
  )
})
