import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const tidy = '. {\n    log\n}\n'
const loose = '. {\n  log  \n    errors\n    any\n\n}\n'
const mended = '. {\n    log\n    errors\n    any\n}\n'
const broken = '. {\n    log\n'

const contentOf = (cwd: string, path: string) => readFileSync(join(cwd, path), 'utf8')

describe('corefile fmt', () => {
  it('prints one file as it should be, and leaves it alone', async () => {
    const cwd = directoryWith({ Corefile: loose })
    expect(await run(cwd, ['fmt', 'Corefile'])).toEqual({ code: 0, stdout: mended, stderr: '' })
    expect(contentOf(cwd, 'Corefile')).toBe(loose)
  })

  it('prints what it reads from standard input', async () => {
    const cwd = directoryWith({})
    expect(await run(cwd, ['fmt', '-'], { stdin: loose })).toEqual({ code: 0, stdout: mended, stderr: '' })
    const manifest = (text: string) => `data:\n  Corefile: ${JSON.stringify(text)}\nkind: ConfigMap\n`
    const options = { stdin: manifest(loose) }
    expect(await run(cwd, ['fmt', '--stdin-filename', 'cm.yaml', '-'], options)).toMatchObject({
      code: 0,
      stdout: manifest(mended),
    })
  })

  it('shows no control characters on a terminal', async () => {
    const cwd = directoryWith({ Corefile: '. {\r\n    log # \u001b[2J\r\n}\r\n' })
    const { stdout } = await run(cwd, ['fmt', 'Corefile'], { terminal: true })
    expect(stdout).toBe('. {\n    log # ␛[2J\n}\n')
  })

  it('wants to be told what to do with several files', async () => {
    const cwd = directoryWith({ Corefile: loose, 'd/Corefile': loose })
    for (const words of [[], ['.'], ['Corefile', 'd/Corefile']]) {
      expect(await run(cwd, ['fmt', ...words])).toEqual({
        code: 2,
        stdout: '',
        stderr: 'corefile: several files are not printed: give --write, --diff or --check\n',
      })
    }
  })

  it('writes what is laid out otherwise, and says so', async () => {
    const cwd = directoryWith({
      Corefile: loose,
      'a/Corefile': tidy,
      'b.yaml': 'a:   1\n',
      '.gitignore': 'out\n',
      'out/Corefile': loose,
    })
    expect(await run(cwd, ['fmt', '--write'])).toEqual({ code: 0, stdout: '', stderr: 'formatted Corefile\n' })
    expect(contentOf(cwd, 'Corefile')).toBe(mended)
    expect(contentOf(cwd, 'out/Corefile')).toBe(loose)
    expect(await run(cwd, ['fmt', '--write'])).toEqual({ code: 0, stdout: '', stderr: '2 files, nothing to change\n' })
  })

  it('leaves out what the configuration ignores', async () => {
    const cwd = directoryWith({ Corefile: loose, '.corefile.yaml': 'ignore: [Corefile]\n' })
    const { code, stderr } = await run(cwd, ['fmt', '--check', 'Corefile'])
    expect([code, stderr]).toEqual([
      0,
      '0 files, nothing to change\ncorefile: Corefile was not checked: left out by ignore in .corefile.yaml\n',
    ])
  })

  it('names with --check what would change', async () => {
    const cwd = directoryWith({ Corefile: tidy, 'a/Corefile': loose })
    expect(await run(cwd, ['fmt', '--check', '.'])).toEqual({
      code: 1,
      stdout: 'a/Corefile\n',
      stderr: '2 files, 1 would change\n',
    })
    expect((await run(cwd, ['fmt', '--check', 'Corefile'])).code).toBe(0)
  })

  it('shows with --diff what would change, without secrets', async () => {
    const cwd = directoryWith({ Corefile: '. {\n    tsig {\n      secret a. IwBTJx9wrDp4Y1RyC3H0gA==\n    }\n}\n' })
    const { code, stdout } = await run(cwd, ['fmt', '--diff', 'Corefile'])
    expect(code).toBe(1)
    expect(stdout).toContain('-      secret a. ***\n+        secret a. ***\n')
    expect(stdout).not.toContain('IwBTJ')
  })

  it('leaves what CoreDNS cannot read, and says where', async () => {
    const cwd = directoryWith({ 'a/Corefile': broken, Corefile: loose })
    const message = 'corefile: a/Corefile:2:5: left as it is: CoreDNS stops reading here (corefile lint says why)\n'
    expect(await run(cwd, ['fmt', '--write', '.'])).toEqual({
      code: 3,
      stdout: '',
      stderr: `formatted Corefile\n${message}`,
    })
    expect(contentOf(cwd, 'a/Corefile')).toBe(broken)
    expect(await run(cwd, ['fmt', '-'], { stdin: broken })).toMatchObject({ code: 3, stdout: broken })
  })

  it('leaves what is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('. {\n  log # '), Buffer.from([0xff]), Buffer.from('\n    any\n}\n')])
    const cwd = directoryWith({ Corefile: bytes })
    for (const words of [['--write'], [], ['--check']]) {
      const { code, stderr } = await run(cwd, ['fmt', ...words, 'Corefile'])
      expect([code, stderr]).toEqual([3, expect.stringContaining('Corefile is not valid UTF-8: it was left alone')])
    }
    expect(readFileSync(join(cwd, 'Corefile')).equals(bytes)).toBe(true)
  })

  it('is silent about a named file without a Corefile, and refuses a directory without any', async () => {
    const cwd = directoryWith({ 'd/values.yaml': 'a: 1\n' })
    expect(await run(cwd, ['fmt', '--write', 'd/values.yaml'])).toMatchObject({ code: 0, stdout: '' })
    expect((await run(cwd, ['fmt', '--write', 'd'])).code).toBe(2)
  })

  it.each([
    [['--write', '--check', 'Corefile'], '--write changes files, --diff and --check change none: give one of them'],
    [['--write', '-'], 'what - reads goes to standard output: leave --write away'],
    [['--stdin-filename', 'x', 'Corefile'], '--stdin-filename names what - reads: give - as the path'],
  ])('refuses %s', async (words, message) => {
    const cwd = directoryWith({ Corefile: loose })
    expect(await run(cwd, ['fmt', ...words])).toEqual({ code: 2, stdout: '', stderr: `corefile: ${message}\n` })
  })

  it('goes on behind what cannot be read', async () => {
    const cwd = directoryWith({ Corefile: loose })
    const { code, stderr } = await run(cwd, ['fmt', '--write', 'gone', 'Corefile'])
    expect([code, stderr]).toEqual([3, 'formatted Corefile\ncorefile: cannot read gone: no such file\n'])
  })
})
