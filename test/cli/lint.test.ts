import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const clean = '. {\n    forward . 10.0.0.53\n}\n'
const bad = '. {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 10.0.0.53\n}\n'
const mended = bad.replace('a.example\n', 'a.example\n        fallthrough\n')
const misspelled = '. {\n    foward . 10.0.0.53\n}\n'
const assumed = /CoreDNS \d+\.\d+\.\d+ assumed/

describe('corefile lint: what is checked', () => {
  it('is the working directory where nothing is named', async () => {
    const cwd = directoryWith({ 'a/Corefile': bad, Corefile: clean })
    const { code, stdout, stderr } = await run(cwd, ['lint'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^a\/Corefile:2:5: error: .*\[hosts-missing-fallthrough\]\n1 error in 1 of 2 files/)
    expect(stderr).toBe('')
  })

  it('says that nothing is wrong, and by which release, in one line', async () => {
    const { code, stdout, stderr } = await run(directoryWith({ Corefile: clean }), ['lint', 'Corefile'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^1 file, no problems\. CoreDNS [\d.]+ assumed, name yours with --coredns or --kubernetes\n$/,
    )
  })

  it('is silent about a named file that holds no Corefile', async () => {
    const cwd = directoryWith({ 'values.yaml': 'a: 1\n', 'package.json': '{}' })
    expect(await run(cwd, ['lint', 'values.yaml', 'package.json'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('says what it does not look into', async () => {
    const { code, stderr } = await run(directoryWith({ 'main.hcl': 'resource' }), ['lint', 'main.hcl'])
    expect([code, stderr]).toEqual([
      0,
      'corefile: main.hcl was not checked: of Terraform only *.tf and *.tofu are looked into\n',
    ])
  })

  it('refuses a directory with nothing to check, and says what it looked for', async () => {
    const cwd = directoryWith({ 'empty/': '', 'yaml/a.yaml': 'a: 1\n' })
    const hint = 'name a file with --as corefile to check it anyway\n'
    const empty = await run(cwd, ['lint', 'empty'])
    expect([empty.code, empty.stdout]).toEqual([2, ''])
    expect(empty.stderr).toBe(
      `corefile: no Corefile found in empty/ (no file there is named like one, nor *.yaml, *.json or *.tf); ${hint}`,
    )
    const yaml = await run(cwd, ['lint', 'yaml/'])
    expect(yaml.code).toBe(2)
    expect(yaml.stderr).toBe(
      `corefile: no Corefile found in yaml/ (looked at 1 file: Corefile, *.corefile, values in YAML, JSON and Terraform); ${hint}`,
    )
  })

  it('goes on behind a file that cannot be read', async () => {
    const { code, stdout, stderr } = await run(directoryWith({ Corefile: bad }), ['lint', 'gone.yaml', 'Corefile'])
    expect(code).toBe(3)
    expect(stdout).toContain('[hosts-missing-fallthrough]')
    expect(stderr).toBe('corefile: cannot read gone.yaml: no such file\n')
  })

  it('reads standard input, by the name it is given', async () => {
    const cwd = directoryWith({})
    expect((await run(cwd, ['lint', '-'], { stdin: bad })).stdout).toMatch(/^-:2:5: error/)
    const named = await run(cwd, ['lint', '--stdin-filename', 'deploy/Corefile'], { stdin: bad })
    expect(named.stdout).toMatch(/^deploy\/Corefile:2:5: error/)
    expect((await run(cwd, ['lint', '.', '--stdin-filename', 'x'])).code).toBe(2)
  })

  it('checks a file as what it is said to be', async () => {
    const cwd = directoryWith({ 'strange.yaml': bad })
    expect((await run(cwd, ['lint', 'strange.yaml'])).code).toBe(0)
    expect((await run(cwd, ['lint', '--as', 'corefile', 'strange.yaml'])).code).toBe(1)
  })

  it('leaves out what the configuration ignores, and says so where it was named', async () => {
    const cwd = directoryWith({ '.corefile.yaml': 'ignore: [old/]\n', 'old/Corefile': bad, Corefile: clean })
    expect((await run(cwd, ['lint', '.'])).code).toBe(0)
    const { code, stderr } = await run(cwd, ['lint', 'old/Corefile'])
    expect([code, stderr]).toEqual([
      0,
      'corefile: old/Corefile was not checked: left out by ignore in .corefile.yaml\n',
    ])
  })
})

describe('corefile lint: options', () => {
  it.each([
    [['--coredns', '1.13.9'], 'unknown CoreDNS release "1.13.9": did you mean 1.13.2, the newest 1.13?'],
    [['--coredns', '1.12', '--kubernetes', '1.33'], 'a CoreDNS and a Kubernetes release are given: name one of them'],
    [['--format', 'jsn'], '--format "jsn": did you mean "json"?'],
    [['--fail-on', 'eror'], '--fail-on "eror": did you mean "error"?'],
    [['--as', 'yaml'], '--as "yaml": write corefile or configmap'],
    [
      ['--rule', 'hosts-missing-falthrough=off'],
      'no rule is called "hosts-missing-falthrough": did you mean "hosts-missing-fallthrough"?',
    ],
    [['--rule', 'glued-brace'], '--rule glued-brace: write ID=SEVERITY or ID=off'],
    [['--rule', 'glued-brace=none'], '--rule glued-brace "none": write error, warning, info or off'],
    [['--output', 'json'], '--output json: write FORMAT=FILE, such as json=report.json'],
    [['--output', 'jsn=x'], '--output "jsn": did you mean "json"?'],
    [['--env', 'NAME'], '--env NAME: write NAME=VALUE; the environment of this process is never used'],
    [['--env-file', 'none'], 'cannot read none: no such file'],
    [['--config', 'none'], 'cannot read the configuration none: no such file'],
    [['--root', 'none'], 'the root none is not a directory'],
    [['--ouput', 'x'], "unknown option '--ouput': did you mean --output?"],
    [['--format'], "option '--format FORMAT' argument missing"],
  ])('%j is refused: %s', async (words, message) => {
    const { code, stdout, stderr } = await run(directoryWith({ Corefile: clean }), ['lint', 'Corefile', ...words])
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `corefile: ${message}\n` })
  })

  it('--fail-on decides from which severity on findings fail', async () => {
    const cwd = directoryWith({ Corefile: bad })
    const codes = async (...words: string[]) => (await run(cwd, ['lint', 'Corefile', ...words])).code
    expect(await codes()).toBe(1)
    expect(await codes('--fail-on', 'never')).toBe(0)
    expect(await codes('--rule', 'hosts-missing-fallthrough=warning')).toBe(0)
    expect(await codes('--rule', 'hosts-missing-fallthrough=warning', '--fail-on', 'warning')).toBe(1)
    expect(await codes('--rule', 'hosts-missing-fallthrough=off', '--fail-on', 'info')).toBe(0)
  })

  it('--kubernetes says which CoreDNS that means', async () => {
    const cwd = directoryWith({ Corefile: clean })
    const { stdout } = await run(cwd, ['lint', '--kubernetes', '1.33'])
    expect(stdout).toBe('1 file, no problems. kubeadm 1.33 installs CoreDNS 1.12.0\n')
  })

  it('--env and --env-file give variables, the option having the last word', async () => {
    const cwd = directoryWith({
      Corefile: '. {\n    forward . {$UPSTREAM}\n}\n',
      vars: "# ours\nexport UPSTREAM='10.0.0.53'\n",
    })
    const verdict = async (...words: string[]) => {
      const { stdout } = await run(cwd, ['lint', 'Corefile', '--format', 'json', ...words])
      return JSON.parse(stdout).files[0].corefiles[0].verdict
    }
    expect(await verdict()).toBe('unknown')
    expect(await verdict('--env-file', 'vars')).toBe('accepted')
    expect(await verdict('--env-file', 'vars', '--env', 'UPSTREAM=not an address')).toBe('refused')
  })

  it('--format and --output write several reports of one run', async () => {
    const cwd = directoryWith({ Corefile: bad })
    const words = ['lint', '--format', 'pretty', '--output', 'json=report.json', '--output', 'concise=report.txt']
    const { code, stdout } = await run(cwd, words, { columns: 60 })
    expect(code).toBe(1)
    expect(stdout).toContain('━━━━━')
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).summary.errors).toBe(1)
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toMatch(/^Corefile:2:5: error/)
    const failed = await run(cwd, ['lint', '--output', 'json=none/report.json'])
    expect([failed.code, failed.stderr]).toEqual([3, 'corefile: cannot write none/report.json: no such file\n'])
  })

  it('is pretty in a terminal, in colours unless somebody objects', async () => {
    const cwd = directoryWith({ Corefile: bad })
    const shown = (env: Record<string, string>, terminal = true) => run(cwd, ['lint'], { terminal, env })
    expect((await shown({})).stdout).toContain('\u001b[1;31merror')
    expect((await shown({ NO_COLOR: '1' })).stdout).not.toContain('\u001b')
    expect((await shown({ TERM: 'dumb' })).stdout).not.toContain('\u001b')
    expect((await shown({ NO_COLOR: '1' })).stdout).toContain('━━━━━')
    const piped = await shown({ FORCE_COLOR: '1' }, false)
    expect(piped.stdout).toMatch(/^Corefile:2:5: error/)
    expect((await run(cwd, ['lint', '--format', 'pretty'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001b[1;31m',
    )
    expect((await shown({ TERM_PROGRAM: 'vscode' })).stdout).toContain('\u001b]8;;https://')
    expect((await shown({})).stdout).not.toContain('\u001b]8')
  })
})

describe('corefile lint: fixes', () => {
  it('--fix-unsafe writes, says what it did, and reports what is left', async () => {
    const cwd = directoryWith({ 'real/Corefile': `\ufeff${bad.replaceAll('\n', '\r\n')}`, 'b.corefile': clean })
    chmodSync(join(cwd, 'real/Corefile'), 0o600)
    symlinkSync('real/Corefile', join(cwd, 'Corefile'))
    const { code, stdout, stderr } = await run(cwd, ['lint', '--fix-unsafe', 'Corefile', 'b.corefile'])
    expect([code, stderr]).toEqual([0, 'fixed Corefile: pass on the names that hosts does not list\n'])
    expect(stdout).toMatch(/^2 files, no problems/)
    expect(readFileSync(join(cwd, 'real/Corefile'), 'utf8')).toBe(`\ufeff${mended.replaceAll('\n', '\r\n')}`)
    expect(statSync(join(cwd, 'real/Corefile')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(cwd, 'real'))).toEqual(['Corefile'])
  })

  it('--fix leaves alone what would change answers', async () => {
    const cwd = directoryWith({ Corefile: bad, 'b.corefile': misspelled })
    const { code, stderr } = await run(cwd, ['lint', '--fix'])
    expect([code, stderr.split(':')[0]]).toEqual([1, 'fixed b.corefile'])
    expect(readFileSync(join(cwd, 'Corefile'), 'utf8')).toBe(bad)
    expect(readFileSync(join(cwd, 'b.corefile'), 'utf8')).toBe(misspelled.replace('foward', 'forward'))
  })

  it('--diff shows what would change and changes nothing', async () => {
    const cwd = directoryWith({ Corefile: bad })
    const { code, stdout, stderr } = await run(cwd, ['lint', '--fix-unsafe', '--diff'])
    expect(code).toBe(1)
    expect(stdout).toBe(
      '--- a/Corefile\n+++ b/Corefile\n@@ -1,6 +1,7 @@\n . {\n     hosts {\n         10.0.0.1 a.example\n+        fallthrough\n     }\n     forward . 10.0.0.53\n }\n',
    )
    expect(stderr).toMatch(
      /^Corefile: changes every name but a\.example: SERVFAIL: .* -> upstream 10\.0\.0\.53\n1 fix in 1 file; as it is: 1 error; --fix-unsafe mends it/,
    )
    const shown = await run(cwd, ['lint'], { terminal: true, columns: 120, env: { NO_COLOR: '1' } })
    expect(shown.stdout).toMatch(/= changes every name but a\.example: SERVFAIL: hosts has no such name/)
    expect(readFileSync(join(cwd, 'Corefile'), 'utf8')).toBe(bad)
    const safe = await run(cwd, ['lint', '--diff'])
    expect([safe.code, safe.stdout, safe.stderr.split(';')[0]]).toEqual([1, '', 'no safe fixes'])
  })

  it('--diff in a terminal is safe to show', async () => {
    const cwd = directoryWith({ Corefile: bad.replace('a.example', 'a.example # \u001b[2J') })
    const { stdout } = await run(cwd, ['lint', '--fix-unsafe', '--diff'], { terminal: true, env: { NO_COLOR: '1' } })
    expect(stdout).toContain('a.example # ␛[2J')
    expect(stdout).not.toContain('\u001b')
  })

  it('- is written to standard output, whether or not there is something to fix', async () => {
    const cwd = directoryWith({})
    const fixed = await run(cwd, ['lint', '--fix-unsafe', '-'], { stdin: bad })
    expect([fixed.code, fixed.stdout]).toEqual([0, mended])
    expect(fixed.stderr).toMatch(assumed)
    const same = await run(cwd, ['lint', '--fix', '-'], { stdin: bad })
    expect([same.code, same.stdout]).toEqual([1, bad])
    expect((await run(cwd, ['lint', '--fix', '-', 'Corefile'], { stdin: bad })).code).toBe(2)
  })

  it('never writes what is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(bad), Buffer.from([0x23, 0xff, 0x0a])])
    const cwd = directoryWith({ Corefile: bytes, 'b.corefile': bad })
    const { code, stdout, stderr } = await run(cwd, ['lint', '--fix-unsafe'])
    expect(code).toBe(3)
    expect(stderr).toContain('corefile: Corefile is not valid UTF-8: it was not changed\n')
    expect(stdout).toMatch(/^Corefile:2:5: error/)
    expect(readFileSync(join(cwd, 'Corefile'))).toEqual(bytes)
    expect(readFileSync(join(cwd, 'b.corefile'), 'utf8')).toBe(mended)
    const input = await run(cwd, ['lint', '--fix-unsafe', '-'], { stdin: bytes })
    expect([input.code, input.stdout]).toEqual([3, ''])
  })
})
