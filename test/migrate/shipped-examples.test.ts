import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../cli/program.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'migrating.md'), 'utf8')
const commands = [...page.matchAll(/^\$ corefile (migrate .+)$/gm)].map(([, command = '']) => command)

describe('the examples of the page about migrations', () => {
  it('have one for each kind of source', () => {
    expect(commands.length).toBeGreaterThanOrEqual(6)
  })

  it.each(commands)('corefile %s is proved', async (command) => {
    const { code, stderr } = await run(root, command.split(' '))
    expect(stderr).toContain(', 0 undeclared, 0 unproved')
    expect(code).toBe(0)
  })
})
