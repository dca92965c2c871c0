import { describe, expect, it } from 'vitest'
import { tool } from '../../src/report/tool.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

describe('corefile', () => {
  it('shows its help where nothing is asked for, and calls that wrong usage', async () => {
    const { code, stdout, stderr } = await run('/', [])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^Usage: corefile COMMAND/)
    for (const name of ['lint', 'explain', 'rules']) expect(stderr).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  it('shows help and version on request', async () => {
    expect(await run('/', ['--version'])).toEqual({ code: 0, stdout: `corefile ${tool.version}\n`, stderr: '' })
    expect((await run('/', ['--help'])).stdout).toMatch(/^Usage: corefile COMMAND/)
    const help = await run('/', ['lint', '--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toMatch(/^Usage: corefile lint \[options\] \[PATH\.\.\.\]/)
    expect(help.stdout).toContain('Exit codes:')
    expect((await run('/', ['help', 'lint'])).stdout).toBe(help.stdout)
  })

  it('is as wide as the terminal', async () => {
    const { stdout } = await run('/', ['lint', '--help'], { columns: 70 })
    const options = stdout.slice(0, stdout.indexOf('Exit codes:'))
    expect(Math.max(...options.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70)
  })

  it('is kubectl corefile where kubectl calls it', async () => {
    const { stdout } = await run('/', ['lint', '--help'], { program: 'kubectl corefile' })
    expect(stdout).toMatch(/^Usage: kubectl corefile lint/)
    expect(stdout).toContain('\n  kubectl corefile lint --fix-unsafe --diff deploy/\n')
    expect((await run('/', ['lint', '--format', 'x'], { program: 'kubectl corefile' })).stderr).toMatch(
      /^kubectl corefile: --format "x"/,
    )
  })

  it('refuses words that a command has no use for', async () => {
    for (const words of [
      ['rules', 'x'],
      ['explain', 'forward', 'x'],
    ]) {
      expect((await run('/', words)).stderr).toMatch(/^corefile: too many arguments for '\w+'/)
    }
  })

  it('suggests a command', async () => {
    expect(await run('/', ['lnt'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "corefile: unknown command 'lnt': did you mean lint?\n",
    })
    const cwd = directoryWith({ 'deploy/': '' })
    expect((await run(cwd, ['deploy', '--fix'])).stderr).toBe(
      'corefile: "deploy" is no command: did you mean corefile lint deploy --fix?\n',
    )
  })
})
