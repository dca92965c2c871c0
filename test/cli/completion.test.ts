import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCommands } from '../../src/cli/commands.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const script = async (shell: string) => (await run('.', ['completion', shell])).stdout

const hasShell = (shell: string) => spawnSync(shell, ['--version']).status === 0

const hasKubectl = spawnSync('kubectl', ['version', '--client'], { timeout: 20_000 }).status === 0

/** The lines that a shell prints for a text. */
function answer(shell: string, args: readonly string[], cwd: string): string[] {
  const { stdout, stderr } = spawnSync(shell, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd },
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

/** A command line, and what must be and must not be among what is offered. */
const lines: readonly (readonly [line: string, offered: readonly string[], not: readonly string[]])[] = [
  ['corefile ', ['lint', 'fmt', 'completion', 'help'], ['--coredns']],
  ['corefile li', ['lint'], ['fmt']],
  ['kubectl-corefile li', ['lint'], ['fmt']],
  ['corefile lint --form', ['--format'], ['--fix']],
  ['corefile lint --pedantic --format ', ['json', 'sarif'], ['Corefile']],
  ['corefile lint --fail-on ', ['error', 'never'], ['Corefile']],
  ['corefile lint --coredns 1.12.', ['1.12.0', '1.12.4'], ['1.11.0']],
  ['corefile lint --kubernetes 1.3', ['1.30', '1.33'], ['1.29']],
  ['corefile lint --env ', [], ['Corefile']],
  ['corefile lint Co', ['Corefile'], []],
  ['corefile lint --fix Co', ['Corefile'], []],
  ['corefile lint --config Co', ['Corefile'], []],
  ['corefile explain hosts-missing-f', ['hosts-missing-fallthrough'], []],
  ['corefile explain forward.max_c', ['forward.max_concurrent'], ['forward.expire']],
  ['corefile completion ', ['bash', 'zsh', 'fish', 'powershell', 'kubectl'], ['Corefile']],
  ['corefile help ', ['lint', 'fmt'], ['Corefile']],
]

describe('corefile completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell', 'kubectl'])('for %s knows every command and option', async (shell) => {
    const text = await script(shell)
    for (const { name, options } of await loadCommands()) {
      expect(text).toMatch(new RegExp(`\\b${name}\\b`))
      for (const option of options) {
        expect(text).toMatch(new RegExp(shell === 'fish' ? `-l ${option.name}\\b` : `--${option.name}\\b`))
      }
    }
  })

  it('wants a shell that it knows', async () => {
    expect(await run('.', ['completion'])).toMatchObject({
      code: 2,
      stderr: 'corefile: name a shell: bash, zsh, fish, powershell, kubectl\n',
    })
    expect(await run('.', ['completion', 'basch'])).toMatchObject({
      code: 2,
      stderr: 'corefile: the shell "basch": did you mean "bash"?\n',
    })
  })

  it.skipIf(!hasShell('bash'))('works in bash', async () => {
    const cwd = directoryWith({ Corefile: '', 'completion.bash': await script('bash') })
    const offered = (line: string) => {
      const asked = `source completion.bash; compopt() { :; }; COMP_LINE=$1 COMP_POINT=\${#1}; _corefile; printf '%s\\n' "\${COMPREPLY[@]}"`
      return answer('bash', ['--norc', '-c', asked, 'bash', line], cwd)
    }
    for (const [line, words, not] of lines) {
      expect(offered(line), line).toEqual(expect.arrayContaining([...words]))
      for (const word of not) expect(offered(line), line).not.toContain(word)
    }
    // Readline replaces only what stands behind the last sign.
    expect(offered('corefile lint --format=js')).toEqual(['json'])
    expect(offered('corefile lint --rule hosts-missing-f')).toEqual(['hosts-missing-fallthrough='])
    expect(offered('corefile lint --rule hosts-missing-fallthrough=w')).toEqual(['warning'])
    expect(offered('corefile lint --output sarif=Co')).toEqual(['Corefile'])
  })

  it.skipIf(!hasShell('bash'))('answers kubectl', async () => {
    const cwd = directoryWith({ Corefile: '', 'kubectl_complete-corefile': await script('kubectl') })
    chmodSync(join(cwd, 'kubectl_complete-corefile'), 0o755)
    const asked = (...words: string[]) => answer('./kubectl_complete-corefile', words, cwd)
    for (const [line, words, not] of lines) {
      const [program = '', ...typed] = line.split(' ')
      if (program !== 'corefile') continue
      const offered = asked(...typed)
      expect(offered.at(-1), line).toMatch(/^:[0-9]$/)
      if (offered.length > 1) expect(offered, line).toEqual(expect.arrayContaining([...words]))
      for (const word of not) expect(offered, line).not.toContain(word)
    }
    expect(asked('lint', '--format=js')).toEqual(['json', ':4'])
    expect(asked('lint', '--rule', 'hosts-missing-f')).toEqual(['hosts-missing-fallthrough=', ':6'])
    expect(asked('lint', '--rule', 'hosts-missing-fallthrough=w')).toEqual(['hosts-missing-fallthrough=warning', ':4'])
    // Files are left to the shell, and not offered where a word of one's own belongs.
    expect(asked('lint', 'Co')).toEqual([':0'])
    expect(asked('lint', '--env', '')).toEqual([':4'])
  })

  it.skipIf(!hasKubectl || !hasShell('bash'))('is asked by kubectl', async () => {
    const files = { 'kubectl-corefile': '#!/bin/sh\n', 'kubectl_complete-corefile': await script('kubectl') }
    const cwd = directoryWith(files)
    for (const name of Object.keys(files)) chmodSync(join(cwd, name), 0o755)
    const { stdout } = spawnSync('kubectl', ['__complete', 'corefile', 'lint', '--fail-on', ''], {
      encoding: 'utf8',
      env: { PATH: `${cwd}:${process.env.PATH}`, HOME: cwd },
    })
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['error', 'never', ':4']))
  })

  it.skipIf(!hasShell('fish'))('works in fish', { timeout: 30_000 }, async () => {
    const cwd = directoryWith({ Corefile: '', 'completion.fish': await script('fish') })
    for (const [line, words, not] of lines) {
      const offered = answer('fish', ['-N', '-c', `source completion.fish; complete -C '${line}'`], cwd)
      const plain = offered.map((row) => row.split('\t')[0])
      expect(plain, line).toEqual(expect.arrayContaining([...words]))
      for (const word of not) expect(plain, line).not.toContain(word)
    }
  })

  it.skipIf(!hasShell('zsh'))('works in zsh', { timeout: 120_000 }, async () => {
    const cwd = directoryWith({ Corefile: '' })
    writeFileSync(join(cwd, '_corefile'), await script('zsh'))
    // A terminal of its own, as there is no other way to ask zsh: typed is when it prompts, read until the words are there.
    const asked = `
      zmodload zsh/zpty
      zpty z zsh -f -i
      zpty -w z 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=10000; stty cols 200; PS1=re''ady'
      while zpty -r z chunk; do [[ $chunk == *ready* ]] && break; done
      zpty -w -n z "$1"$'\\t'
      shown=
      for ((tries = 0; tries < 200; tries++)); do
        while zpty -r -t z chunk; do shown+=$chunk; done
        [[ $shown == *$~2* ]] && break
        sleep 0.1
      done
      print -r -- "$shown"`
    const shown = (line: string, pattern: string) =>
      answer('zsh', ['-f', '-c', asked, 'zsh', line, pattern], cwd).join('\n')
    expect(shown('corefile ', 'completion*fmt*lint*rules')).toMatch(/completion[\s\S]*fmt[\s\S]*lint[\s\S]*rules/)
    expect(shown('corefile lint --format js', 'json')).toContain('json')
    expect(shown('corefile lint --coredns 1.12.', '1.12.0*1.12.1')).toMatch(/1\.12\.0 +1\.12\.1/)
    expect(shown('corefile explain forward.max_conc', 'max_concurrent')).toContain('forward.max_concurrent')
  })
})
