import { describe, expect, it } from 'vitest'
import type { ExternalPlugins } from '../../grammar/program-options.ts'
import { readProgram } from '../../src/lint/program-reader.ts'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from '../rules/lint-text.ts'

const block = (...lines: readonly string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

/** What all rules find in a text of a program with these plugins. */
async function run(text: string, externalPlugins: ExternalPlugins, release = '1.15.0') {
  const declared = readProgram({ externalPlugins }) ?? new Map()
  const options = { ...optionsFor(text, { rules, release, pedantic: false }), externalPlugins: declared }
  const { files } = await lint([{ path: 'Corefile', text }], options)
  const [file] = files
  return {
    found: (file?.findings ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`),
    rules: (file?.findings ?? []).map(({ ruleId }) => ruleId),
    corefile: file?.corefiles[0],
    secrets: (file?.secrets ?? []).map(({ start, end }) => text.slice(start, end)),
  }
}

const fanout = (more: object = {}): ExternalPlugins => ({ fanout: { before: 'forward', ...more } })
const zoned = {
  line: {
    args: [
      { name: 'ZONE', value: { kind: 'zone' } },
      { name: 'TO', count: 'many' },
    ],
  },
  properties: { fallthrough: {}, timeout: { since: '1.10.0' }, tries: { until: '1.12.0' } },
} as const

describe('an external plugin in a server block', () => {
  it('is told about where nobody described it', async () => {
    const { corefile, found } = await run(block('fanout . 10.0.0.53 10.0.0.54'), ['fanout'])
    expect(corefile).toMatchObject({ verdict: 'unknown', unknown: ['plugin fanout is not described'] })
    expect(found).toEqual([])
  })

  it('may or may not answer unless that is said', async () => {
    const text = block('errors', 'fanout . 10.0.0.53')
    expect((await run(text, fanout())).found).toEqual([])
    expect((await run(text, fanout({ answers: true }))).found).toEqual([])
    expect((await run(text, fanout({ answers: false }))).rules).toEqual(['no-backend-in-block'])
  })

  it('is missed where hosts ends the search before it', async () => {
    const text = block('hosts {', '10.0.0.1 a.example', '}', 'fanout . 10.0.0.53')
    expect((await run(text, fanout({ answers: true }))).found).toEqual([
      'hosts-missing-fallthrough: hosts ends the search here: names that it does not list get SERVFAIL and never reach fanout (add fallthrough)',
    ])
    expect((await run(text, fanout())).rules).toEqual([])
    expect((await run(text, { fanout: { before: 'hosts', answers: true } })).rules).toEqual([])
    // Which zones it answers for nobody said, so of a part of the names nobody can say that it misses them.
    const part = block('hosts /etc/hosts corp.example', 'fanout . 10.0.0.53')
    expect((await run(part, fanout({ answers: true }))).rules).toEqual([])
    expect((await run(part, fanout({ answers: true, grammar: zoned }))).rules).toEqual(['hosts-missing-fallthrough'])
  })

  it('runs where its place is, which decides who is asked', async () => {
    const first = block('fanout . 10.0.0.54', 'forward . 10.0.0.53')
    const last = block('forward . 10.0.0.53', 'fanout . 10.0.0.54')
    const never = (plugin: string) => [expect.stringContaining(`plugin-order-ignored: ${plugin} is never asked`)]
    const before = fanout({ answers: true, grammar: zoned })
    const after: ExternalPlugins = { fanout: { after: 'forward', answers: true, grammar: zoned } }
    expect((await run(first, after)).found).toEqual(never('fanout'))
    expect((await run(last, after)).found).toEqual([])
    expect((await run(last, before)).found).toEqual(never('forward'))
    expect((await run(first, before)).found).toEqual([])
    // Nobody placed it, or it may pass names on in a way of its own.
    expect((await run(first, { fanout: { answers: true, grammar: zoned } })).found).toEqual([])
    expect((await run(last, fanout({ answers: true }))).found).toEqual([])
    const { fallthrough, ...properties } = zoned.properties
    expect((await run(last, fanout({ answers: true, grammar: { ...zoned, properties } }))).found).toEqual([])
  })

  it('is refused by its grammar, in the words of the rules', async () => {
    const text = block('fanout . 10.0.0.53 {', 'timeuot', 'timeout', 'tries', '}', 'fanout')
    const options = fanout({ grammar: zoned, answers: true })
    expect((await run(text, options)).found).toEqual([
      'unknown-option: fanout has no option "timeuot", so CoreDNS does not start: did you mean "timeout"?',
      'removed-in-version: fanout tries was removed in CoreDNS 1.12.0: 1.15.0 does not start with it',
      'invalid-argument: fanout has the wrong number of words, so CoreDNS does not start; expected fanout ZONE TO...',
    ])
    const older = await run(block('fanout . 10.0.0.53 {', 'timeout', '}'), options, '1.9.0')
    expect(older.found).toEqual([
      'option-not-in-version: fanout timeout came with CoreDNS 1.10.0: 1.9.0 does not start with it',
    ])
    expect(older.corefile?.verdict).toBe('refused')
  })

  it('keeps its secrets', async () => {
    const grammar = { line: { args: [{ name: 'USER' }, { name: 'TOKEN', secret: true }] } } as const
    expect((await run(block('fanout me hunter2', 'whoami'), fanout({ grammar }))).secrets).toEqual(['hunter2'])
  })
})
