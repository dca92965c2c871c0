import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixFiles, lintFiles, WrongUsage } from '../../src/node/index.ts'
import { directoryWith } from './directory.ts'

const bad = '. {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 10.0.0.53\n}\n'

function rulesOf(result: Awaited<ReturnType<typeof lintFiles>>): [string, string][] {
  return result.files.flatMap(({ path, findings }) => findings.map(({ ruleId }): [string, string] => [path, ruleId]))
}

describe('lintFiles', () => {
  it('lints files and directories, each file once, and tells what could not be read', async () => {
    const cwd = directoryWith({ 'deploy/Corefile': bad, 'deploy/x.yaml': 'a: 1\n' })
    const result = await lintFiles(['deploy', './deploy/Corefile', 'gone'], { cwd })
    expect(rulesOf(result)).toEqual([['deploy/Corefile', 'hosts-missing-fallthrough']])
    expect(result.unreadable).toEqual([{ path: 'gone', message: 'no such file' }])
    expect(result.summary).toMatchObject({ files: 1, errors: 1 })
  })

  it('lets options beat the configuration, which beats what is assumed', async () => {
    const cwd = directoryWith({
      '.corefile.yaml': 'coredns: 1.9.0\nrules: { hosts-missing-fallthrough: off }\n',
      Corefile: bad,
    })
    const targetOf = (result: Awaited<ReturnType<typeof lintFiles>>) => result.files[0]?.corefiles[0]?.target
    const configured = await lintFiles(['Corefile'], { cwd })
    expect(targetOf(configured)).toMatchObject({ coredns: '1.9.0', from: 'config' })
    expect(rulesOf(configured)).toEqual([])
    const chosen = await lintFiles(['Corefile'], {
      cwd,
      kubernetes: '1.33',
      severities: { 'hosts-missing-fallthrough': 'info' },
    })
    expect(targetOf(chosen)).toMatchObject({ coredns: '1.12.0', from: 'flag' })
    expect(chosen.summary.infos).toBe(1)
  })

  it('lets an option beat what the configuration says of single files', async () => {
    const cwd = directoryWith({
      '.corefile.yaml':
        'overrides:\n  - files: [Corefile]\n    coredns: 1.9.0\n    rules: { hosts-missing-fallthrough: info }\n',
      Corefile: bad,
    })
    const own = await lintFiles(['Corefile'], { cwd })
    expect(own.files[0]?.corefiles[0]?.target).toMatchObject({ coredns: '1.9.0', from: 'config' })
    expect(own.summary).toMatchObject({ errors: 0, infos: 1 })
    const severities = { 'hosts-missing-fallthrough': 'warning' } as const
    const chosen = await lintFiles(['Corefile'], { cwd, coredns: '1.12.0', severities })
    expect(chosen.files[0]?.corefiles[0]?.target).toMatchObject({ coredns: '1.12.0', from: 'flag' })
    expect(chosen.summary).toMatchObject({ warnings: 1, infos: 0 })
  })

  it('never uses the environment of the process', async () => {
    const cwd = directoryWith({ Corefile: '. {\n    forward . {$HOME}\n}\n' })
    const [file] = (await lintFiles(['Corefile'], { cwd })).files
    expect(file?.corefiles[0]).toMatchObject({ verdict: 'unknown' })
    const given = await lintFiles(['Corefile'], { cwd, environment: { HOME: '10.0.0.53' } })
    expect(given.files[0]?.corefiles[0]).toMatchObject({ verdict: 'accepted' })
  })

  it('reads imports from beside the Corefile', async () => {
    const cwd = directoryWith({ Corefile: '. {\n    import common\n}\n', common: 'hosts {\n}\nforward . 10.0.0.53\n' })
    expect(rulesOf(await lintFiles(['Corefile'], { cwd }))).toContainEqual(['common', 'hosts-missing-fallthrough'])
  })

  it('throws where an option is wrong', async () => {
    const cwd = directoryWith({ Corefile: bad })
    await expect(lintFiles(['Corefile'], { cwd, coredns: '9' })).rejects.toThrow(WrongUsage)
    await expect(lintFiles(['Corefile'], { cwd, root: 'none' })).rejects.toThrow('the root none is not a directory')
    await expect(lintFiles(['-'], { cwd })).rejects.toThrow(WrongUsage)
  })
})

describe('fixFiles', () => {
  it('tells what would change and changes nothing', async () => {
    const cwd = directoryWith({ Corefile: bad })
    const { fixed, result } = await fixFiles(['Corefile'], 'unsafe', { cwd })
    expect(fixed).toHaveLength(1)
    expect(fixed[0]?.after).toContain('fallthrough')
    expect(result.summary.errors).toBe(0)
    expect(readFileSync(join(cwd, 'Corefile'), 'utf8')).toBe(bad)
  })
})
