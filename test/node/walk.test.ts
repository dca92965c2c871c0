import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { walk } from '../../src/node/walk.ts'
import { directoryWith } from './directory.ts'

describe('walk', () => {
  it('finds files by the names Corefiles have, sorted, and names them from the directory as it was given', async () => {
    const directory = directoryWith({
      'deploy/Corefile': '',
      'deploy/CoreFile': '',
      'deploy/Corefile.prod': '',
      'deploy/Corefile.md': '',
      'deploy/Corefile~': '',
      'deploy/stub.corefile': '',
      'deploy/a.override': '',
      'deploy/b.server': '',
      'deploy/cm.yaml': '',
      'deploy/cm.yml': '',
      'deploy/cm.json': '',
      'deploy/main.go': '',
      'deploy/dns.yaml.j2': '',
      'deploy/dns.yml.tmpl': '',
      'deploy/dns.json.tpl': '',
      'deploy/dns.yaml.bak': '',
      'deploy/_helpers.tpl': '',
      'deploy/main.tf': '',
      'deploy/main.tf.json': '',
      'deploy/main.tfvars': '',
      'deploy/mycorefile': '',
      'other/c.override': '',
      'other/z.yaml': '',
    })
    const names = ['CoreFile', 'Corefile', 'Corefile.prod', 'a.override', 'b.server', 'cm.json', 'cm.yaml', 'cm.yml']
    const others = ['dns.json.tpl', 'dns.yaml.j2', 'dns.yml.tmpl', 'main.tf', 'main.tf.json']
    const expected = [...names, ...others, 'stub.corefile'].map((name) => `deploy/${name}`)
    expect((await walk('.', directory)).paths).toEqual([...expected, 'other/z.yaml'])
    expect((await walk('deploy', directory)).paths).toEqual(expected)
    expect((await walk('deploy/', directory)).paths).toEqual(expected)
    expect((await walk('./deploy', directory)).paths).toEqual(expected.map((path) => `./${path}`))
    expect((await walk('../', join(directory, 'deploy'))).paths).toContain('../deploy/Corefile')
    const absolute = await walk(directory, '/')
    expect(absolute.paths).toEqual([...expected, 'other/z.yaml'].map((path) => `${directory}/${path}`))
  })

  it('leaves out what .gitignore files leave out, the inner one having the last word', async () => {
    const directory = directoryWith({
      '.git/info/exclude': 'excluded.yaml\n',
      '.gitignore': '/build/\n*.gen.yaml\n',
      'build/Corefile': '',
      'a/build/Corefile': '',
      'a/x.gen.yaml': '',
      'a/excluded.yaml': '',
      'a/.gitignore': '!kept.gen.yaml\nlocal.yaml\n',
      'a/kept.gen.yaml': '',
      'a/local.yaml': '',
      'b/local.yaml': '',
    })
    const expected = ['a/build/Corefile', 'a/kept.gen.yaml', 'b/local.yaml']
    expect((await walk('.', directory)).paths).toEqual(expected)
    expect((await walk('a', directory)).paths).toEqual(expected.slice(0, 2))
  })

  it('looks into a directory that was asked for, even an ignored one', async () => {
    const directory = directoryWith({ '.git/HEAD': '', '.gitignore': 'build/\n', 'build/deep/Corefile': '' })
    expect((await walk('.', directory)).paths).toEqual([])
    expect((await walk('build', directory)).paths).toEqual(['build/deep/Corefile'])
    expect((await walk('build/deep', directory)).paths).toEqual(['build/deep/Corefile'])
  })

  it('never looks into .git, node_modules, and what Kubernetes keeps beside a mounted ConfigMap', async () => {
    const directory = directoryWith({
      '.git/Corefile': '',
      'node_modules/x/Corefile': '',
      '..2026_01_01/Corefile': '',
      '.github/Corefile': '',
    })
    symlinkSync('..2026_01_01', join(directory, '..data'))
    symlinkSync('..data/Corefile', join(directory, 'Corefile'))
    expect((await walk('.', directory)).paths).toEqual(['.github/Corefile', 'Corefile'])
  })

  it('follows links to files within the work tree, never links to directories, and does not run in circles', async () => {
    const outside = directoryWith({ Corefile: 'secret' })
    const directory = directoryWith({ '.git/HEAD': '', 'a/text': '', 'b/': '' })
    symlinkSync('../a/text', join(directory, 'b/Corefile'))
    symlinkSync('..', join(directory, 'b/up'))
    symlinkSync('b', join(directory, 'c'))
    symlinkSync(join(outside, 'Corefile'), join(directory, 'a/Corefile'))
    symlinkSync('nowhere', join(directory, 'a/b.corefile'))
    symlinkSync('itself.yaml', join(directory, 'itself.yaml'))
    expect((await walk('.', directory)).paths).toEqual(['b/Corefile'])
    expect((await walk('c', directory)).paths).toEqual(['c/Corefile'])
  })

  it('is quick with many files', async () => {
    const directory = directoryWith({ '.gitignore': '*.log\n/out/\n', '.git/HEAD': '' })
    for (let folder = 0; folder < 50; folder++) {
      const path = join(directory, `folder${folder}`)
      mkdirSync(path)
      for (let file = 0; file < 100; file++) writeFileSync(join(path, `${file}.yaml`), '')
    }
    const started = performance.now()
    expect((await walk('.', directory)).paths.length).toBe(5000)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('the hooks for pre-commit', () => {
  const hooks = parse(readFileSync(join(import.meta.dirname, '../../.pre-commit-hooks.yaml'), 'utf8')) as {
    readonly files: string
    readonly exclude: string
  }[]
  const names =
    'Corefile CoreFile Corefile.prod Corefile.md Corefile~ x.corefile x.Corefile cm.yaml cm.yml cm.json cm.yaml.j2'
  const others =
    'cm.yml.tmpl cm.json.tpl cm.yaml.bak main.tf main.tofu main.tf.json main.tfvars a.md b.txt mycorefile cm.yaml~'

  it('get the files that a directory is looked through for', async () => {
    const all = `${names} ${others}`.split(' ')
    const { paths } = await walk('.', directoryWith(Object.fromEntries(all.map((name) => [name, '']))))
    expect(hooks.length).toBeGreaterThan(0)
    for (const { files, exclude } of hooks) {
      const given = all.filter((name) => new RegExp(files).test(name) && !new RegExp(exclude).test(name))
      expect(given.toSorted()).toEqual([...paths].sort())
    }
  })
})
