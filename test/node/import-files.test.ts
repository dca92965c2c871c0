import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importedFiles } from '../../src/node/import-files.ts'
import { directoryWith } from './directory.ts'

function pathsOf(answer: ReturnType<ReturnType<typeof importedFiles>['find']>): readonly string[] | string {
  return answer.kind === 'files' ? answer.files.map(({ path }) => path) : answer.kind
}

describe('importedFiles', () => {
  const files = {
    '.git/HEAD': '',
    'deploy/Corefile': '',
    'deploy/common': 'log',
    'deploy/conf.d/b.conf': 'b',
    'deploy/conf.d/a.conf': 'a',
    'deploy/conf.d/.hidden.conf': 'h',
    'deploy/conf.d/a.txt': '',
    'deploy/sites/x/site.conf': 'x',
    'deploy/sites/y/site.conf': 'y',
    'shared/base': 'errors',
  }

  it('reads relative to the importer, in the order of Go, and names files as the importer is named', () => {
    const cwd = directoryWith(files)
    const { find, textOf } = importedFiles(cwd, null)
    expect(find('common', 'deploy/Corefile')).toEqual({
      kind: 'files',
      files: [{ path: 'deploy/common', text: 'log' }],
    })
    const all = ['deploy/conf.d/.hidden.conf', 'deploy/conf.d/a.conf', 'deploy/conf.d/b.conf']
    expect(pathsOf(find('conf.d/*.conf', 'deploy/Corefile'))).toEqual(all)
    expect(pathsOf(find('conf.d/?.conf', './deploy/Corefile'))).toEqual([
      'deploy/conf.d/a.conf',
      'deploy/conf.d/b.conf',
    ])
    expect(pathsOf(find('sites/*/site.conf', 'deploy/Corefile'))).toEqual([
      'deploy/sites/x/site.conf',
      'deploy/sites/y/site.conf',
    ])
    expect(pathsOf(find('../../shared/base', 'deploy/conf.d/a.conf'))).toEqual(['shared/base'])
    expect(textOf('shared/base')).toBe('errors')
    expect(pathsOf(importedFiles('/', null).find('common', `${cwd}/deploy/Corefile`))).toEqual([`${cwd}/deploy/common`])
  })

  it('tells directories and patterns that are none', () => {
    const { find } = importedFiles(directoryWith(files), null)
    expect(pathsOf(find('conf.d', 'deploy/Corefile'))).toBe('directory')
    expect(pathsOf(find('conf.d/[', 'deploy/Corefile'))).toBe('bad-pattern')
    expect(pathsOf(find('/etc/[', 'deploy/Corefile'))).toBe('bad-pattern')
  })

  it('does not know what is not in the work tree: it may exist where CoreDNS runs', () => {
    const cwd = directoryWith(files)
    const { find, exists } = importedFiles(cwd, null)
    for (const pattern of ['missing', '*.missing', '/etc/passwd', '/etc/*', 'a\0b', `${cwd}/deploy/common`]) {
      expect([pattern, pathsOf(find(pattern, 'deploy/Corefile'))]).toEqual([pattern, 'unknown'])
    }
    expect(pathsOf(find('common', ''))).toBe('unknown')
    expect(pathsOf(find('common', '-'))).toBe('unknown')
    expect(exists('/etc/passwd')).toBeUndefined()
  })

  it('never leaves the work tree, whether by dots or by links', () => {
    const outside = directoryWith({ secret: 'log' })
    const cwd = directoryWith(files)
    symlinkSync(join(outside, 'secret'), join(cwd, 'deploy/link'))
    symlinkSync(outside, join(cwd, 'deploy/out'))
    const { find } = importedFiles(cwd, null)
    const up = `${'../'.repeat(20)}${outside.slice(1)}/secret`
    for (const pattern of ['link', 'out/secret', 'out/*', up]) {
      expect([pattern, pathsOf(find(pattern, 'deploy/Corefile'))]).toEqual([pattern, 'unknown'])
    }
  })

  it('reads absolute paths below the root that was given, and knows that what is not there does not exist', () => {
    const cwd = directoryWith({ ...files, 'rootfs/etc/coredns/Corefile': '', 'rootfs/etc/coredns/zones': 'z' })
    symlinkSync(join(cwd, 'shared/base'), join(cwd, 'rootfs/etc/escape'))
    const { find, exists } = importedFiles(cwd, 'rootfs')
    expect(pathsOf(find('/etc/coredns/zones', 'deploy/Corefile'))).toEqual(['rootfs/etc/coredns/zones'])
    expect(pathsOf(find('/etc/coredns/z*', 'deploy/Corefile'))).toEqual(['rootfs/etc/coredns/zones'])
    expect(pathsOf(find('/etc/missing', 'deploy/Corefile'))).toEqual([])
    expect(pathsOf(find('missing', 'rootfs/etc/coredns/Corefile'))).toEqual([])
    expect(pathsOf(find('missing', 'deploy/Corefile'))).toBe('unknown')
    expect(pathsOf(find('/etc/escape', 'deploy/Corefile'))).toBe('unknown')
    expect(pathsOf(find('/../shared/base', 'deploy/Corefile'))).toBe('unknown')
    expect([exists('/etc/coredns/zones'), exists('/etc/none'), exists('/etc/escape')]).toEqual([true, false, undefined])
    expect(exists('zones')).toBeUndefined()
  })
})
