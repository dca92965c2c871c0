import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import rule from '../../src/rules/plugin-outside-block.ts'
import { findings, marked, optionsFor } from './lint-text.ts'

const find = (text: string, path = 'Corefile', files = {}) => findings(text, { rules: [rule], path, files })

/** What the rule says of the files of a run whose imports are not at hand. */
async function said(files: readonly { path: string; text: string }[]) {
  const { findImport: _none, ...options } = optionsFor('', { rules: [rule] })
  const result = await lint(files, options)
  return result.files.flatMap((file) => file.findings.map(({ ruleId, path }) => `${path} ${ruleId}`))
}

describe('plugin-outside-block', () => {
  it.each([
    ['a zone that is called like a plugin', 'local {\n    whoami\n}\n'],
    ['such a zone beside others', 'file example.org {\n    whoami\n}\n'],
    ['such a zone that needs no braces', 'local\nwhoami\n'],
    ['a zone that is called like a plugin of others', 'docker\nwhoami\n'],
    ['such a zone with a port', 'hosts:53 {\n    whoami\n}\n'],
    ['a word in quotes', '"log"\nwhoami\n'],
    ['a block without braces', '.:53\nlog\nwhoami\n'],
    ['a name that nobody knows', 'forwards . 10.0.0.1\n'],
    ['a brace that is glued to a word', '.:53{\n    whoami\n}\nlog . 10.0.0.1\n'],
    ['a template', '{{ .Values.servers }}\nlog\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('is silent about what stands behind an import that may open the block', async () => {
    expect(await said([{ path: 'Corefile', text: 'import head\nlog\nwhoami\n}\n' }])).toEqual([])
    expect(await said([{ path: 'Corefile', text: 'import head\nlog\nwhoami\n' }])).toHaveLength(1)
  })

  it('is silent about directives in a file for the inside of a block', async () => {
    expect(await find('log\nforward . 10.0.0.1\n', 'more.override')).toEqual([])
  })

  it('is silent about a file of plugins alone that nobody calls a Corefile: it may be imported into a block', async () => {
    for (const path of ['conf.d/log.conf', 'common.conf', 'plugins'])
      expect(await find('# for all\nlog\nforward . 10.0.0.1\n', path)).toEqual([])
    for (const path of ['Corefile.dev', 'my.corefile', 'log.server', '-'])
      expect(await find('log\nforward . 10.0.0.1\n', path)).toHaveLength(1)
    expect(await find('a.example {\n    whoami\n}\nlog\n', 'conf.d/log.conf')).toHaveLength(1)
  })

  it('is silent about a file that another Corefile of the run imports into a block', async () => {
    const main = { path: 'Corefile', text: '.:53 {\n    import conf.d/*.Corefile\n    whoami\n}\n' }
    const part = { path: 'conf.d/b.Corefile', text: 'log\n' }
    expect(await said([main, part])).toEqual([])
    const other = { ...part, path: 'other/Corefile' }
    expect(await said([main, other])).toEqual(['other/Corefile plugin-outside-block'])
  })

  it('finds a line in a key of a custom ConfigMap that is imported at the top', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n  log.server: |\n    log\n'
    const found = await find(text, 'custom.yaml')
    expect(found.map((one) => marked(text, one))).toEqual(['log'])
    expect(found[0]?.help).toContain('.override')
    const root = {
      path: 'coredns.yaml',
      text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: |\n    .:53 {\n        whoami\n    }\n    import custom/*.server\n',
    }
    expect(await said([root, { path: 'custom.yaml', text }])).toEqual(['custom.yaml plugin-outside-block'])
  })

  it('says once what a line with braces comes to, and nothing else is said of it', async () => {
    const text = 'hosts {\n    10.0.0.1 a.example\n    10.0.0.2 b.example\n    fallthrough\n}\n'
    const found = await findings(text, { rules })
    expect(found.map(({ ruleId, effect }) => [ruleId, effect])).toEqual([['plugin-outside-block', 'refused']])
  })

  it('is all that is said of such a block', async () => {
    const text =
      'errors\nkubernetes cluster.local in-addr.arpa {\n    fallthrough in-addr.arpa\n}\nforward . 10.0.0.1\n'
    const found = await findings(text, { rules, pedantic: false })
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['plugin-outside-block'])
    const template = 'template IN A mock.internal {\n    answer "{{ .Name }} 60 IN A 10.0.0.1"\n}\n'
    const older = await findings(template, { rules, pedantic: false, release: '1.11.4' })
    expect(older.map(({ ruleId }) => ruleId)).toEqual(['plugin-outside-block'])
  })

  it('leaves a zone that is called local to other rules', async () => {
    const found = await findings('local {\n    log\n}\n', { rules, pedantic: false })
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['no-backend-in-block'])
  })

  it('points at the brace that ends the block before it', async () => {
    const text = '.:53 {\n    whoami\n    }\n    log\n}\n'
    const [found] = await find(text)
    expect(found?.related.map(({ range }) => text.slice(0, range.start).split('\n').length)).toEqual([3])
  })

  it('leaves to others what the words in its braces say: a plugin that is not in this release', async () => {
    const found = await findings('forward . 10.0.0.1 {\n    max_fails 2\n    fanout . 10.0.0.2\n}\n', { rules })
    expect(found.map(({ ruleId }) => ruleId).sort()).toEqual(['plugin-not-in-build', 'plugin-outside-block'])
  })
})
