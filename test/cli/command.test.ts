import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arguments, type Command, chosen, readPlainly } from '../../src/cli/command.ts'
import { runCommander } from '../../src/cli/commander.ts'
import { exitCode } from '../../src/cli/exit-code.ts'
import type { Io } from '../../src/cli/io.ts'

const options = [
  { name: 'format', value: 'FORMAT', group: 'Options', description: '' },
  { name: 'rule', value: 'ID=SEVERITY', group: 'Options', description: '', repeatable: true },
  { name: 'fix', group: 'Options', description: '' },
  { name: 'fix-unsafe', group: 'Options', description: '' },
] as const

let seen: Arguments | null = null
const command: Command = {
  name: 'lint',
  summary: '',
  description: '',
  operands: { name: '[PATH...]', description: '', most: Number.POSITIVE_INFINITY },
  options,
  epilogue: '',
  run: async (args) => {
    seen = args
    return exitCode.fine
  },
}

const output = { write: () => {}, isTerminal: () => false, columns: () => undefined }
const io: Io = {
  program: 'corefile',
  stdin: { read: async () => new Uint8Array() },
  stdout: output,
  stderr: output,
  cwd: '/',
  env: {},
  elapsed: () => 0,
}

/** What commander makes of the words; null where it refuses them or shows help. */
async function readByCommander(words: readonly string[]): Promise<Arguments | null> {
  seen = null
  await runCommander(['lint', ...words], [command], io)
  return seen
}

function shape(args: Arguments | null): unknown {
  return args && { operands: args.operands, options: options.map(({ name }) => args.values(name)) }
}

describe('readPlainly', () => {
  it('reads options, their values and operands in any order', () => {
    const args = readPlainly(['a', '--format', 'json', '--fix', '-', '--rule=x=off', '--rule', 'y=info'], command)
    expect(args?.operands).toEqual(['a', '-'])
    expect([args?.value('format'), args?.has('fix'), args?.has('fix-unsafe')]).toEqual(['json', true, false])
    expect(args?.values('rule')).toEqual(['x=off', 'y=info'])
  })

  it('leaves to commander what is not plain', () => {
    for (const words of [
      ['--help'],
      ['-h'],
      ['--unknown'],
      ['--format'],
      ['--format', '-x'],
      ['--fix=1'],
      ['--', 'a'],
    ]) {
      expect([words, readPlainly(words, command)]).toEqual([words, null])
    }
    expect(readPlainly(['a', 'b'], { ...command, operands: { ...command.operands, most: 1 } })).toBeNull()
  })

  it('reads whatever it reads as commander does', async () => {
    const word = fc.constantFrom(
      ...['a', '-', 'deploy/', '--format', '--format=json', '--format=', 'json', '--rule', '--rule=a=off', 'a=off'],
      ...['--fix', '--fix-unsafe', '--fix=1', '--', '--unknown', '-x', ''],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 7 }), async (words) => {
        const plain = readPlainly(words, command)
        if (plain !== null) expect(shape(plain)).toEqual(shape(await readByCommander(words)))
      }),
      { numRuns: 500 },
    )
  })
})

describe('chosen', () => {
  it('suggests, or lists what there is', () => {
    const words = ['pretty', 'concise', 'json'] as const
    expect(chosen('json', words, '--format')).toBe('json')
    expect(() => chosen('jsn', words, '--format')).toThrow('--format "jsn": did you mean "json"?')
    expect(() => chosen('x', words, '--format')).toThrow('--format "x": write pretty, concise or json')
  })
})
