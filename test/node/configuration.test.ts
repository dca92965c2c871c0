import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfiguration } from '../../src/node/configuration.ts'
import { configurationSchemaFile } from '../../src/node/configuration-schema.ts'
import { lintFiles } from '../../src/node/index.ts'
import { WrongUsage } from '../../src/node/wrong-usage.ts'
import { ruleTexts } from '../../src/rules/texts.ts'
import { directoryWith } from './directory.ts'

const ids = ['hosts-missing-fallthrough', 'glued-brace']
const summaries = Object.fromEntries(ids.map((id) => [id, 'A rule']))
const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(configurationSchemaFile(summaries)))

async function load(text: string) {
  const configuration = await loadConfiguration(directoryWith({ '.corefile.yaml': text }), null, ids)
  if (configuration === null) throw new Error('not found')
  return configuration
}

async function mistakes(text: string): Promise<string[]> {
  const error = await load(text).catch((thrown: unknown) => thrown)
  if (!(error instanceof WrongUsage)) throw new Error(`no mistake in ${text}`)
  return error.message.split('\n')
}

describe('loadConfiguration', () => {
  it('reads every key', async () => {
    const text = `
coredns: 1.10            # not the number 1.1
build: node-cache 1.22.20
clusterDomain: cluster.local
clusterDnsIP: 10.96.0.10
externalPlugins: [fanout]
rules:
  glued-brace: off
ignore:
  - vendor/
overrides:
  - files: ['*.old']
    kubernetes: 1.30
    rules: { hosts-missing-fallthrough: info }
  - files: ['deploy/**']
    clusterDnsIP: [10.0.0.1, 'fd00::1']
`
    expect(validate(parse(text))).toBe(true)
    const configuration = await load(text)
    expect(configuration).toMatchObject({
      path: '.corefile.yaml',
      releases: ['1.10.1'],
      build: 'node-cache 1.22.20',
      severities: { 'glued-brace': 'off' },
      settings: { clusterDomain: 'cluster.local', clusterDnsIp: ['10.96.0.10'] },
    })
    expect([...(configuration.externalPlugins?.keys() ?? [])]).toEqual(['fanout'])
    expect(configuration.ignores('vendor/x/Corefile')).toBe(true)
    expect(configuration.ignores('deploy/Corefile')).toBe(false)
    expect(configuration.ignores('../outside')).toBe(false)
    expect(configuration.overridesFor('Corefile')).toBeNull()
    expect(configuration.overridesFor('deploy/a.old')).toMatchObject({
      releases: ['1.11.1'],
      releaseNote: 'kubeadm 1.30 installs CoreDNS 1.11.1',
      severities: { 'hosts-missing-fallthrough': 'info' },
      settings: { clusterDnsIp: ['10.0.0.1', 'fd00::1'] },
    })
  })

  it('takes an empty file for nothing', async () => {
    expect(await load('')).toMatchObject({ severities: {}, settings: {} })
    expect(await load('# nothing\n')).toMatchObject({ severities: {} })
  })

  it.each([
    ['coredns: 1.12\nrulez: {}\n', ['.corefile.yaml:2:1: unknown key "rulez": did you mean "rules"?']],
    [
      'rules: { glued-bracee: off }\n',
      ['.corefile.yaml:1:10: unknown rule "glued-bracee": did you mean "glued-brace"?'],
    ],
    ['platform: k3\n', ['.corefile.yaml:1:11: platform is "k3": did you mean "k3s"?']],
    ['rules: { glued-brace: eror }\n', ['.corefile.yaml:1:23: glued-brace is "eror": did you mean "error"?']],
    ['rules: { glued-brace: xyz }\n', ['.corefile.yaml:1:23: glued-brace is "xyz": write off, info, warning or error']],
    [
      'overrides:\n  - rules: {}\n  - files: []\n',
      ['.corefile.yaml:2:5: an item of overrides needs files', '.corefile.yaml:3:12: files is empty'],
    ],
    ['ignore: vendor\n', ['.corefile.yaml:1:9: ignore must be a list such as [vendor/, *.example.yaml]']],
    ['ignore: [{}]\n', ['.corefile.yaml:1:10: an item of ignore must be a text such as vendor/']],
    ['clusterDomain: [a]\n', ['.corefile.yaml:1:16: clusterDomain must be a text such as cluster.local']],
    [
      'build: own\n',
      [
        '.corefile.yaml:1:8: build is "own": write official or node-cache, or a text such as node-cache 1.22.20, or a list such as [errors, fanout:github.com/networkservicemesh/fanout]',
      ],
    ],
    ['build: node-cach\n', ['.corefile.yaml:1:8: build is "node-cach": did you mean "node-cache"?']],
    ['build: []\n', ['.corefile.yaml:1:8: build is empty']],
    [
      'externalPlugins:\n  fanout:\n    befor: forward\n    answers: maybe\n',
      [
        '.corefile.yaml:3:5: unknown key "befor": did you mean "before"?',
        '.corefile.yaml:4:14: answers must be true or false',
      ],
    ],
    [
      'externalPlugins: { "a b": }\n',
      ['.corefile.yaml:1:20: externalPlugins cannot have "a b": it is no name of a plugin'],
    ],
    [
      'externalPlugins: 5\n',
      ['.corefile.yaml:1:18: externalPlugins must be a list such as [k8s_gateway], or a mapping of keys to values'],
    ],
    [
      'externalPlugins:\n  fanout:\n    grammar:\n      line: { arg: [] }\n      occurrences: twice\n',
      [
        '.corefile.yaml:4:15: unknown key "arg": did you mean "args"?',
        '.corefile.yaml:5:20: occurrences is "twice": write each, once, first or last',
      ],
    ],
    [
      'externalPlugins:\n  fanout:\n    grammar:\n      properties:\n        worker:\n          since: "1.10"\n          line:\n            args:\n              - { name: N, value: { kind: intger } }\n              - { value: { kind: integer, mn: 2 } }\n              - { name: W, value: { kind: one-of } }\n',
      [
        '.corefile.yaml:6:18: since is "1.10": write a text such as 1.9.0',
        '.corefile.yaml:9:43: kind is "intger": did you mean "integer"?',
        '.corefile.yaml:10:17: an item of args needs name',
        '.corefile.yaml:10:43: unknown key "mn": did you mean "min"?',
        '.corefile.yaml:11:35: value needs values',
      ],
    ],
    ['- a\n', ['.corefile.yaml:1:1: the configuration must be a mapping of keys to values']],
    ['__proto__: 1\n', [expect.stringContaining('unknown key "__proto__"')]],
  ])('says what is wrong and where: %j', async (text, expected) => {
    expect(await mistakes(text)).toEqual(expected)
    expect(validate(parse(text))).toBe(false)
  })

  it('says which releases do not exist, and where', async () => {
    expect(await mistakes('overrides:\n  - files: [a]\n    coredns: "1.13.9"\n')).toEqual([
      '.corefile.yaml:3:14: unknown CoreDNS release "1.13.9": did you mean 1.13.2, the newest 1.13?',
    ])
    expect(await mistakes('coredns: 1.12\nkubernetes: 1.33\n')).toEqual([
      '.corefile.yaml:2:13: a CoreDNS and a Kubernetes release are given: name one of them',
    ])
  })

  it('says which plugins do not exist, stand nowhere or are read by nobody, and where', async () => {
    const text = [
      'build: [errors, kubernets, errors, my:example.org/my, own]',
      'externalPlugins:',
      '  a: { before: forwrad }',
      '  b: { after: c }',
      '  c: { after: b }',
      '  d: { before: errors, after: cache }',
      '  e: { grammar: { name: forward, setup: forwad } }',
      '  f: { grammar: { properties: { p: { quirk: x } } } }',
      'overrides:',
      '  - files: [x]',
      '    build: [a, zzzz]',
      '',
    ].join('\n')
    expect(await mistakes(text)).toEqual([
      '.corefile.yaml:1:17: build names an unknown plugin "kubernets": did you mean "kubernetes"?',
      '.corefile.yaml:1:28: build names errors twice',
      '.corefile.yaml:1:55: build names an unknown plugin "own": did you mean "on"?',
      '.corefile.yaml:3:16: before is "forwrad": did you mean "forward"?',
      '.corefile.yaml:4:15: after is "c", whose own place depends on b',
      '.corefile.yaml:5:15: after is "b", whose own place depends on c',
      '.corefile.yaml:6:24: d has before and after: one of them is enough',
      '.corefile.yaml:7:41: setup is "forwad": forward has no such way of reading',
      '.corefile.yaml:8:45: quirk is "x": ways of reading that data cannot describe are there only for the plugin of CoreDNS that name says',
      '.corefile.yaml:11:16: build names an unknown plugin "zzzz": write name:package for a plugin from elsewhere, or describe it under externalPlugins',
    ])
  })

  it('takes the CoreDNS inside of a tag of NodeLocal DNSCache, unless a release is given', async () => {
    expect(await load('build: node-cache 1.22.20\n')).toMatchObject({
      build: 'node-cache 1.22.20',
      releases: ['1.10.0'],
      releaseNote: 'NodeLocal DNSCache 1.22.20 contains CoreDNS 1.10.0',
    })
    expect(await load('build: node-cache 1.22.20\ncoredns: 1.9.4\n')).toMatchObject({ releases: ['1.9.4'] })
    expect((await load('build: node-cache\n')).releases).toBeUndefined()
  })

  it('says what is no YAML', async () => {
    expect(await mistakes('a: [\n')).toEqual([expect.stringMatching(/^\.corefile\.yaml:\d+:\d+: not YAML: /)])
  })

  it('is found upwards as far as the repository goes', async () => {
    const root = directoryWith({
      '.corefile.yaml': 'coredns: 1.9',
      'repo/.git/HEAD': '',
      'repo/a/b/': '',
      'with/.git/HEAD': '',
      'with/.corefile.yaml': 'coredns: 1.8',
      'with/a/': '',
      'plain/a/': '',
    })
    const at = (path: string) => loadConfiguration(join(root, path), null, ids)
    expect(await at('repo/a/b')).toBeNull()
    expect(await at('with/a')).toMatchObject({ path: '../.corefile.yaml', releases: ['1.8.7'] })
    expect(await at('plain/a')).toMatchObject({ path: '../../.corefile.yaml', releases: ['1.9.4'] })
  })

  it('is the file that was named, or an error', async () => {
    const cwd = directoryWith({ '.corefile.yaml': 'rulez: 1', 'other.yaml': 'coredns: 1.7' })
    expect(await loadConfiguration(cwd, 'other.yaml', ids)).toMatchObject({ path: 'other.yaml', releases: ['1.7.1'] })
    await expect(loadConfiguration(cwd, 'missing.yaml', ids)).rejects.toThrow(
      'cannot read the configuration missing.yaml: no such file',
    )
  })
})

describe('the README', () => {
  it('shows configurations that are right', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    const [, section = ''] = readme.split('\n## Configuration\n')
    const [own = ''] = section.split('\n## ')
    const shown = [...own.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text)
    expect(shown.length).toBeGreaterThan(1)
    const known = [...ids, 'forward-loop']
    for (const text of shown) {
      await loadConfiguration(directoryWith({ '.corefile.yaml': text }), null, known)
    }
    const cwd = directoryWith({
      '.corefile.yaml': shown.at(-1) ?? '',
      Corefile: '. {\n  fanout . 10.0.0.53 {\n    worker-count 0\n    rase\n  }\n  loop\n}\n',
    })
    const { files } = await lintFiles(['Corefile'], { cwd })
    expect(files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([
      'value-out-of-range',
      'unknown-option',
      'plugin-not-in-build',
    ])
  })
})

describe('schema/corefile-config.schema.json', () => {
  it('is what the program reads by', () => {
    const published = readFileSync(join(import.meta.dirname, '../../schema/corefile-config.schema.json'), 'utf8')
    const texts = Object.entries(ruleTexts).map(([id, { summary }]) => [id, summary])
    expect(published).toBe(configurationSchemaFile(Object.fromEntries(texts)))
  })
})

describe('a configuration that somebody made to cause trouble', () => {
  it('is not blown up by aliases', async () => {
    const many = (alias: string) => Array.from({ length: 150 }, () => alias).join(',')
    const properties = Array.from({ length: 150 }, (_, index) => `        p${index + 1}: *p\n`).join('')
    const plugins = Array.from({ length: 150 }, (_, index) => `  x${index + 1}: { grammar: *g }\n`).join('')
    const text = `externalPlugins:
  x0:
    grammar: &g
      line: &l
        args: [&a { name: A, value: { kind: zone } }, ${many('*a')}]
      properties:
        p0: &p
          line: *l
${properties}${plugins}`
    expect(await mistakes(text)).toEqual([
      expect.stringMatching(/^\.corefile\.yaml:\d+:\d+: more than 100000 values are not read$/),
    ])
  })

  it('has its first mistakes told and the others counted, however deep it is', async () => {
    expect(await mistakes(Array.from({ length: 31 }, (_, i) => `zz${i}x: 1\n`).join(''))).toHaveLength(21)
    const deep = await mistakes('['.repeat(50_000))
    expect(deep).toHaveLength(21)
    expect(deep.at(-1)).toMatch(/^and \d+ more$/)
  })
})
