import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'

const program = join(import.meta.dirname, '../../src/cli/bin.ts')

function shell(script: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${script}`], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd, NODE: process.execPath, PROGRAM: program, ...env },
  })
  return { status, stdout, stderr }
}

describe('the program as a process', () => {
  it('does not mind a reader that goes away', () => {
    const { status, stdout, stderr } = shell('"$NODE" "$PROGRAM" explain --all --format json | head -c 1', '/tmp')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '{', stderr: '' })
  })

  it('reads a pipe and a process substitution', () => {
    const cwd = directoryWith({})
    const piped = shell(`printf '. {\\n foward . 10.0.0.53\\n}\\n' | "$NODE" "$PROGRAM" lint -`, cwd)
    expect([piped.status, piped.stdout.split(' ')[0]]).toEqual([1, '-:2:2:'])
    const substituted = shell(`"$NODE" "$PROGRAM" lint <(printf '. {\\n foward . 10.0.0.53\\n}\\n')`, cwd)
    expect(substituted.status).toBe(1)
  })

  it('says, or has Node say, that an --env-file is missing', () => {
    const cwd = directoryWith({ Corefile: '. {\n  whoami\n}\n' })
    const { status, stderr } = shell('"$NODE" "$PROGRAM" lint --env-file nope.env Corefile', cwd)
    expect([2, 3, 9]).toContain(status)
    expect(stderr).toContain('nope.env')
  })

  it('is kubectl corefile under the name that kubectl looks for', () => {
    const cwd = directoryWith({})
    symlinkSync(program, join(cwd, 'kubectl-corefile'))
    const { stdout } = shell('"$NODE" ./kubectl-corefile --help', cwd)
    expect(stdout).toMatch(/^Usage: kubectl corefile /)
  })
})
