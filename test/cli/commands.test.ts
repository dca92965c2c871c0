import { describe, expect, it } from 'vitest'
import { loadCommand, loadCommands } from '../../src/cli/commands.ts'
import { run } from './program.ts'

describe('the commands', () => {
  it('are found by their names', async () => {
    const commands = await loadCommands()
    expect(commands.length).toBeGreaterThan(8)
    for (const command of commands) expect(await loadCommand(command.name)).toBe(command)
    expect(await loadCommand('help')).toBeUndefined()
  })

  it('show their help alone as among all', async () => {
    for (const { name } of await loadCommands()) {
      const alone = await run('/', [name, '--help'])
      expect(alone.stdout).toMatch(new RegExp(`^Usage: corefile ${name} `))
      expect(await run('/', ['help', name])).toEqual(alone)
    }
  })
})
