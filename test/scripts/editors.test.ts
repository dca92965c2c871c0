import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const editors = join(import.meta.dirname, '../../editors')
const json = (path: string) => JSON.parse(readFileSync(join(editors, path), 'utf8'))

describe('editors/vscode', () => {
  const { contributes } = json('vscode/package.json')

  it('names files that are there', () => {
    const named = [
      ...contributes.languages.map(({ configuration }: { configuration: string }) => configuration),
      ...contributes.grammars.map(({ path }: { path: string }) => path),
    ]
    expect(named).toHaveLength(3)
    for (const path of named) expect(existsSync(join(editors, 'vscode', path))).toBe(true)
    for (const { path, scopeName } of contributes.grammars) {
      expect(json(join('vscode', path)).scopeName).toBe(scopeName)
    }
  })

  it('finds findings in concise lines', () => {
    const [{ pattern }] = contributes.problemMatchers
    const line =
      'deploy/a:b.yaml:24:11: error: hosts ends the search here: names get SERVFAIL [hosts-missing-fallthrough]'
    const match = new RegExp(pattern.regexp).exec(line)
    expect(match?.slice(1, 5)).toEqual(['deploy/a:b.yaml', '24', '11', 'error'])
    expect(match?.[pattern.code]).toBe('hosts-missing-fallthrough')
  })

  it('gives the block of a ConfigMap the colours of a Corefile', () => {
    const [{ begin, while: goesOn }] = json('vscode/corefile-in-yaml.tmLanguage.json').patterns
    for (const line of [
      '  Corefile: |',
      '  Corefile: |-  # ours',
      '"x"',
      '  my.server: |2',
      '  upstreamNameservers: |',
    ]) {
      expect(new RegExp(begin).test(line)).toBe(/Corefile|server: \|2/.test(line))
    }
    const inside = new RegExp(goesOn.replace('\\1', ' {2}'))
    expect(['    .:53 {', '', '   }'].every((line) => inside.test(line))).toBe(true)
    expect(['  other: x', 'kind: B'].some((line) => inside.test(line))).toBe(false)
  })
})

describe('editors/vim', () => {
  it('has what a package of Vim has', () => {
    expect(readdirSync(join(editors, 'vim')).sort()).toEqual(['compiler', 'ftdetect', 'ftplugin', 'syntax'])
  })
})
