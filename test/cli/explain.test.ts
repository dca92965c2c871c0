import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { propertyNames } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { everInTree } from '../../grammar/releases.ts'
import { valueFor } from '../../grammar/schema.ts'
import { rules } from '../../src/rules/index.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

describe('corefile explain', () => {
  it('has a page for every rule', async () => {
    for (const { id, severity } of rules) {
      const { code, stdout } = await run('/', ['explain', id])
      expect([id, code]).toEqual([id, 0])
      expect(stdout).toMatch(new RegExp(`^${id}  ${severity}, .*\\n\\n.+\\.\\n\\n`))
    }
  })

  it('has a page for every plugin and property, in the newest and in the oldest release', async () => {
    for (const plugin of everInTree) {
      for (const release of ['1.0.0', 'latest']) {
        const { code, stdout } = await run('/', ['explain', plugin, '--coredns', release])
        expect([plugin, release, code]).toEqual([plugin, release, 0])
        expect(stdout.startsWith(`${plugin}  since `)).toBe(true)
      }
    }
  })

  it('tells since when, what, and what by default', async () => {
    const { stdout } = await run('/', ['explain', 'forward.max_concurrent'])
    expect(stdout).toBe(
      [
        'forward { max_concurrent MAX }  since 1.6.8, default 0',
        'Most queries that may wait for upstreams at once; 0 is no limit. One more is answered REFUSED at',
        'once (SERVFAIL before 1.8.1) and never sent. kubeadm writes 1000.',
        'MAX: a whole number, at least 0',
        'plugin/forward/setup.go parseForward, https://coredns.io/plugins/forward/',
        '',
      ].join('\n'),
    )
    const plugin = (await run('/', ['explain', 'forward'])).stdout
    expect(plugin).toMatch(/^forward {2}since 1\.0\.\d/)
    expect(plugin).toMatch(/^ {6}max_concurrent MAX +since 1\.6\.8, default 0$/m)
  })

  it('says what the plugins that people meet do, and each of their properties', async () => {
    const { stdout } = await run('/', ['explain', 'hosts'])
    expect(stdout).toMatch(/^hosts {2}since 1\.0\.0\nAnswers addresses and their reverse names/)
    expect(stdout).toContain('corefile explain hosts.fallthrough')
    for (const name of [
      'forward',
      'cache',
      'hosts',
      'kubernetes',
      'template',
      'health',
      'ready',
      'acl',
      'errors',
      'log',
    ]) {
      const grammar = pluginGrammars.get(name)?.grammar
      const current = valueFor(grammar?.properties ?? null, () => true) ?? {}
      const alive = Object.entries(current).filter(([, { until, ignored }]) => (until ?? ignored) === undefined)
      for (const [property] of alive)
        expect([name, property, typeof grammar?.aboutProperties[property]]).toEqual([name, property, 'string'])
    }
  })

  it('says what every plugin does', () => {
    const silent = [...pluginGrammars.values()].filter(({ grammar }) => (grammar.about ?? '') === '')
    expect(silent.map(({ grammar }) => grammar.name)).toEqual([])
  })

  it.each([
    ['forward', '1.15.0', 'every one counts (from 1.1.0 until 1.9.4 a second one is refused).'],
    ['forward', '1.5.0', 'a second one is refused (before 1.1.0 every one counts; from 1.9.4 on every one counts).'],
    ['cache', '1.0.0', 'only the first is read (from 1.1.0 on a second one is refused).'],
    ['chaos', '1.15.0', 'only the first is read.'],
  ])('says of several %s in %s what becomes of them', async (name, release, words) => {
    const { stdout } = await run('/', ['explain', '--coredns', release, name])
    expect(stdout.replace(/\s+/g, ' ')).toContain(`Several ${name} in one server block: ${words}`)
  })

  it('says it of nothing that no release has', () => {
    for (const { grammar } of pluginGrammars.values()) {
      const known = propertyNames(grammar)
      for (const property of Object.keys(grammar.aboutProperties)) expect(known).toContain(property)
    }
  })

  it('knows removed and external plugins', async () => {
    expect((await run('/', ['explain', 'proxy'])).stdout).toMatch(/^proxy {2}since 1\.0\.0, removed in 1\.5\.0/)
    expect((await run('/', ['explain', 'k8s_gateway'])).stdout).toContain('is not part of CoreDNS')
  })

  it.each([
    [['foward'], 'no rule or plugin is called "foward": did you mean "forward"?'],
    [['glued-brce'], 'no rule or plugin is called "glued-brce": did you mean "glued-brace"?'],
    [['zzzzzz'], 'no rule or plugin is called "zzzzzz"; corefile rules lists the rules'],
    [['forward.max_concurent'], 'forward has no property "max_concurent": did you mean "max_concurrent"?'],
    [[], 'name a rule, a plugin, or PLUGIN.PROPERTY to explain'],
    [['--all'], '--all tells the whole grammar: give --format json and nothing else'],
  ])('%j is refused: %s', async (words, message) => {
    expect(await run('/', ['explain', ...words])).toEqual({ code: 2, stdout: '', stderr: `corefile: ${message}\n` })
  })

  it('tells of the plugins of a build what its configuration says', async () => {
    const cwd = directoryWith({
      '.corefile.yaml': `externalPlugins:
  fanout:
    before: forward
    grammar:
      line: { args: [{ name: FROM, value: { kind: zone } }] }
      properties: { race: { since: 1.8.0 } }
  mine: {}
`,
    })
    const page = (await run(cwd, ['explain', 'fanout'])).stdout
    expect(page).toMatch(/^fanout {2}of your build, by \.corefile\.yaml\n/)
    expect(page).toMatch(/In your build of CoreDNS [\d.]+ it runs after loop and before forward/)
    expect(page).toContain('  fanout FROM {\n      race  since 1.8.0\n  }\n')
    expect((await run(cwd, ['explain', 'fanout.race'])).stdout).toBe('fanout { race }  since 1.8.0\n')
    expect((await run(cwd, ['explain', 'fanout.rce'])).stderr).toContain('did you mean "race"?')
    expect((await run(cwd, ['explain', 'mine'])).stdout).toContain('What it accepts is not said in .corefile.yaml')
    expect((await run(cwd, ['explain', 'min'])).stderr).toContain('did you mean "mine"?')
    expect((await run(cwd, ['explain', 'forward'])).stdout).toContain('it runs after fanout and before')
    const { plugin } = JSON.parse((await run(cwd, ['explain', 'fanout', '--format', 'json'])).stdout)
    expect(plugin).toMatchObject({ name: 'fanout', properties: { race: {} } })
    const elsewhere = await run('/', ['explain', '--config', join(cwd, '.corefile.yaml'), 'fanout'])
    expect(elsewhere.stdout).toContain('fanout FROM {')
  })

  it('needs no configuration that can be read to tell of a rule', async () => {
    const cwd = directoryWith({ '.corefile.yaml': 'rulez: 1\n' })
    expect((await run(cwd, ['explain', 'glued-brace'])).code).toBe(0)
    expect((await run(cwd, ['explain', 'forward'])).stderr).toContain('unknown key "rulez"')
  })

  it('gives data', async () => {
    const json = async (...words: string[]) => JSON.parse((await run('/', [...words, '--format', 'json'])).stdout)
    expect(await json('explain', 'forward')).toMatchObject({ version: 1, plugin: { name: 'forward' } })
    expect(await json('explain', 'glued-brace')).toMatchObject({ version: 1, rule: { id: 'glued-brace' } })
    expect((await json('explain', '--all')).plugins).toHaveLength(pluginGrammars.size)
  })
})

describe('corefile rules', () => {
  it('lists every rule', async () => {
    const { code, stdout } = await run('/', ['rules'])
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(rules.length)
  })

  it('gives data in the published shape', async () => {
    const { version, rules: listed } = JSON.parse((await run('/', ['rules', '--format', 'json'])).stdout)
    expect([version, listed.length]).toEqual([1, rules.length])
    for (const rule of listed) {
      expect(Object.keys(rule).sort()).toEqual(
        ['effects', 'fix', 'group', 'id', 'releases', 'severity', 'summary', 'url'].sort(),
      )
      expect(rule.summary).not.toBe('')
    }
  })
})
