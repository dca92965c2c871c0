import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { gitVariables, TestRepository } from '../node/repository.ts'
import { run } from './program.ts'

const good = '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
const bad = good.replace('        fallthrough\n', '')
const misspelled = 'example.org {\n    foward . 10.0.0.1\n}\n'

const lint = (path: string, ...words: string[]) => run(path, ['lint', ...words], { env: gitVariables })

/** The places and rules of what is shown. */
async function shown(path: string, ...words: string[]): Promise<string[]> {
  const { stdout } = await lint(path, '--format', 'json', ...words)
  const files = JSON.parse(stdout).files as { path: string; findings: { rule: string; start: { line: number } }[] }[]
  return files.flatMap(({ path: file, findings }) => findings.map(({ rule, start }) => `${file}:${start.line} ${rule}`))
}

describe('corefile lint --changed', () => {
  it('catches a finding on a line that did not change', async () => {
    const repository = TestRepository.with({ Corefile: good + misspelled })
    repository.write({ Corefile: bad + misspelled })
    expect(await shown(repository.path, '--changed')).toEqual(['Corefile:2 hosts-missing-fallthrough'])
    const { code, stdout } = await lint(repository.path, '--changed')
    expect(code).toBe(1)
    expect(stdout).toMatch(/; 1 also in HEAD \([0-9a-f]{7}\)\./)
  })

  it('is content where nothing is new, wherever lines went, and where nothing is there', async () => {
    const repository = TestRepository.with({ Corefile: bad, 'docs/a.md': '' })
    repository.write({ Corefile: `# a comment\n\n${bad}` })
    expect(await lint(repository.path, '--changed')).toMatchObject({ code: 0, stderr: '' })
    expect(await lint(repository.path, '--changed', 'docs')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('shows all of a new file, and nothing of one that was renamed or is gone', async () => {
    const repository = TestRepository.with({ 'old/Corefile': bad, 'gone/Corefile': bad, 'old/x.conf': misspelled })
    repository.git('mv', 'old', 'moved')
    rmSync(join(repository.path, 'gone'), { recursive: true })
    repository.write({ 'new/Corefile': bad })
    expect(await shown(repository.path, '--changed')).toEqual(['new/Corefile:2 hosts-missing-fallthrough'])
    expect(await shown(repository.path, '--changed', 'moved/Corefile')).toEqual([])
    expect(await shown(join(repository.path, 'moved'), '--changed')).toEqual([])
    expect(await shown(repository.path, '--changed', join(repository.path, 'new'))).toHaveLength(1)
  })

  it('reads what the earlier version imports as it was, through globs and links', async () => {
    const repository = TestRepository.with({
      'deploy/Corefile': 'import ../parts/*.conf\nimport ../linked.conf\n. {\n    forward . 10.0.0.53\n}\n',
      'parts/a.conf': misspelled,
      'parts/b.conf': '# nothing\n',
      'real/c': misspelled.replace('org', 'com'),
    })
    symlinkSync('real/c', join(repository.path, 'linked.conf'))
    repository.commit()
    expect(await shown(repository.path, '--changed', 'deploy/Corefile')).toEqual([])
    repository.write({ 'parts/b.conf': misspelled.replace('org', 'net') })
    expect(await shown(repository.path, '--changed', 'deploy/Corefile')).toEqual(['parts/b.conf:2 unknown-plugin'])
  })

  it('judges both by the configuration of the work tree and the options of the run', async () => {
    const repository = TestRepository.with({
      Corefile: '. {\n    forward . 10.0.0.1 {\n        next NXDOMAIN\n    }\n}\n',
      'root/etc/imported': misspelled,
      other: '. {\n    import /etc/imported\n}\n',
    })
    repository.write({ '.corefile.yaml': "coredns: 1.9.3\noverrides:\n  - files: ['other']\n    coredns: 1.12.0\n" })
    expect(await shown(repository.path)).not.toEqual([])
    expect(await shown(repository.path, '--changed')).toEqual([])
    expect(await shown(repository.path, '--coredns', '1.10.0', '--changed')).toEqual([])
    const words = ['--as', 'corefile', '--root', 'root', 'other']
    expect(await shown(repository.path, ...words)).not.toEqual([])
    expect(await shown(repository.path, ...words, '--changed')).toEqual([])
  })

  it('compares with where the branch began, or with the commit that is named', async () => {
    const origin = TestRepository.with({ Corefile: good })
    const clone = origin.clone()
    clone.git('switch', '-q', '-c', 'feature')
    clone.commit({ Corefile: bad })
    origin.commit({ Corefile: good + misspelled })
    clone.git('fetch', '-q')
    const { stdout } = await lint(clone.path, '--changed')
    expect(stdout).toContain('Corefile:2:5: error')
    expect(await shown(clone.path, '--changed=HEAD')).toEqual([])
    expect(await shown(clone.path, '--changed', 'HEAD~1')).toHaveLength(1)
    clone.write({ Corefile: bad + misspelled })
    expect(await shown(clone.path, '--changed', 'origin/main')).toEqual(['Corefile:2 hosts-missing-fallthrough'])
  })

  it('takes a word behind it for a path where that is one', async () => {
    const repository = TestRepository.with({ 'a/Corefile': good, 'b/Corefile': good })
    repository.write({ 'a/Corefile': bad, 'b/Corefile': bad })
    expect(await shown(repository.path, '--changed', 'a')).toHaveLength(1)
    expect(await shown(repository.path, '--changed', 'main', 'a', 'b')).toHaveLength(2)
    expect(await shown(repository.path, '--changed', '--', 'a')).toHaveLength(1)
  })

  it('reads the text of an editor against the file it is of', async () => {
    const repository = TestRepository.with({ 'deploy/Corefile': good + misspelled })
    const surroundings = { env: gitVariables, stdin: bad + misspelled }
    const { stdout } = await run(
      repository.path,
      ['lint', '--changed', '--stdin-filename', 'deploy/Corefile', '-'],
      surroundings,
    )
    expect(stdout).toMatch(/^deploy\/Corefile:2:5: error.*\n1 error.*; 1 also in HEAD/)
  })

  it('works together with a baseline', async () => {
    const repository = TestRepository.with({ Corefile: bad })
    await lint(repository.path, '--update-baseline')
    repository.commit({ Corefile: `${bad}${misspelled}` })
    repository.write({ Corefile: `${bad}${misspelled}a.test {\n    erors\n    forward . 10.0.0.1\n}\n` })
    const words = ['--baseline', '.corefile-baseline.json', '--changed']
    expect(await shown(repository.path, ...words)).toEqual(['Corefile:11 unknown-plugin'])
    expect((await lint(repository.path, ...words)).stdout).toMatch(/1 in \.corefile-baseline\.json; 1 also in HEAD/)
  })

  it('does not tell again what could not be checked in files that did not change', async () => {
    const open = '. {\n    forward . {$UPSTREAM}\n}\n'
    const repository = TestRepository.with({ 'a/Corefile': open, 'b/Corefile': open })
    repository.write({ 'a/Corefile': `# a\n${open}` })
    const { stdout } = await lint(repository.path, '--changed')
    expect(stdout.match(/^not fully checked: .*$/gm)).toEqual([
      expect.stringMatching(/^not fully checked: a\/Corefile:\d+:\d+: variable UPSTREAM/),
      'not fully checked: 1 file that did not change',
    ])
    const { files } = JSON.parse((await lint(repository.path, '--changed', '--format', 'json')).stdout)
    expect(files[1].corefiles[0].unknown).toHaveLength(1)
  })

  it('mends only what it shows', async () => {
    const twice = (text: string) => `${text}a.test {\n    forwrd . 10.0.0.1\n}\n`
    const repository = TestRepository.with({ Corefile: misspelled })
    repository.write({ Corefile: twice(misspelled) })
    expect((await lint(repository.path, '--changed', '--fix', '--diff')).stdout).not.toContain('-    foward')
    expect((await lint(repository.path, '--changed', '--fix')).stdout).toMatch(
      /^1 file, no new problems; .*1 also in HEAD/,
    )
    expect(readFileSync(join(repository.path, 'Corefile'), 'utf8')).toBe(twice(misspelled).replace('forwrd', 'forward'))
  })

  it('works in a sparse checkout of a partial clone, and says what such a clone does not have', async () => {
    const origin = TestRepository.with({ 'dns/Corefile': good, 'other/Corefile': bad, 'other/x.yaml': 'a: 1\n' })
    origin.git('config', 'uploadpack.allowFilter', 'true')
    const clone = origin.clone('--filter=blob:none', '--sparse')
    clone.git('sparse-checkout', 'set', 'dns')
    clone.write({ 'dns/Corefile': bad })
    expect(await shown(clone.path, '--changed')).toEqual(['dns/Corefile:2 hosts-missing-fallthrough'])
    expect((await lint(clone.path, '--changed', 'dns')).code).toBe(1)
    clone.write({ 'other/Corefile': bad })
    const { code, stderr } = await lint(clone.path, '--changed', 'other')
    expect([code, stderr]).toEqual([
      2,
      'corefile: this clone is partial and does not have the files as they were: git fetch --refetch --no-filter brings them\n',
    ])
    clone.git('fetch', '-q', '--refetch', '--no-filter')
    expect((await lint(clone.path, '--changed', 'other')).code).toBe(0)
  })

  it('works in a hook, also in another directory and in a further work tree', async () => {
    const repository = TestRepository.with({ 'deploy/Corefile': good })
    repository.git('worktree', 'add', '-q', '-b', 'other', `../${basename(repository.path)}-further`)
    onTestFinished(() =>
      rmSync(join(repository.path, `../${basename(repository.path)}-further`), { recursive: true, force: true }),
    )
    const further = new TestRepository(join(repository.path, `../${basename(repository.path)}-further`))
    further.write({ 'deploy/Corefile': bad })
    const env = { ...gitVariables, GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' }
    const { code, stdout } = await run(join(further.path, 'deploy'), ['lint', '--changed'], { env })
    expect([code, stdout.split(':')[0]]).toEqual([1, 'Corefile'])
  })

  it('leaves nothing behind in the repository', async () => {
    const repository = TestRepository.with({ Corefile: good })
    repository.write({ Corefile: bad, untracked: '' })
    const before = [repository.git('status', '--porcelain'), readFileSync(join(repository.path, '.git/index'), 'hex')]
    await lint(repository.path, '--changed')
    expect([repository.git('status', '--porcelain'), readFileSync(join(repository.path, '.git/index'), 'hex')]).toEqual(
      before,
    )
  })

  it('says what is missing', async () => {
    const error = async (path: string, ...words: string[]) => {
      const { code, stdout, stderr } = await lint(path, ...words)
      expect([code, stdout]).toEqual([2, ''])
      return stderr
    }
    const plain = directoryWith({ Corefile: good })
    expect(await error(plain, '--changed')).toContain('is not in the work tree of a git repository')
    const repository = TestRepository.with({ Corefile: good })
    expect(await error(repository.path, '--changed=mian')).toBe('corefile: git knows no commit "mian"\n')
    expect(await error(repository.path, '--changed=--output=x')).toContain('knows no commit "--output=x"')
    expect(await error(repository.path, '--changed=HEAD:Corefile')).toContain('knows no commit')
    expect(await error(repository.path, '--changed', plain)).toContain('lies outside of the git repository')
    expect(await error(repository.path, '--changed', '-')).toContain('name its file with --stdin-filename')
    const empty = new TestRepository(directoryWith({ Corefile: good }))
    empty.git('init', '-q')
    expect(await error(empty.path, '--changed')).toContain('there is no commit yet')

    repository.git('switch', '-q', '-c', 'feature')
    repository.commit({ Corefile: bad })
    repository.git('switch', '-q', 'main')
    const shallow = repository.clone('--depth=1', '--branch=feature')
    expect(await error(shallow.path, '--changed')).toContain('does not have the default branch of origin: name a base')
    expect(await error(shallow.path, '--changed=HEAD~1')).toContain('this clone is shallow; git fetch --unshallow')
    shallow.git('fetch', '-q', '--depth=1', 'origin', 'main:refs/remotes/origin/main')
    expect(await error(shallow.path, '--changed')).toContain('no commit in common: this clone is shallow')
    const noGit = await run(repository.path, ['lint', '--changed'], { env: { PATH: '/nonexistent' } })
    expect(noGit.stderr).toContain('git, which is not installed')
  })
})
