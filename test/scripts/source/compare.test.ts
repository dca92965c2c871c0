import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { propertiesOf } from '../../../grammar/lookup.ts'
import { pluginGrammars } from '../../../grammar/plugin-index.ts'
import { pluginOrder } from '../../../grammar/releases.ts'
import { compareSource } from '../../../scripts/source/compare.ts'
import { openSourceTree } from '../../../scripts/source/source-tree.ts'

const release = '1.11.1'
let folder = ''

/** Writes a source tree that reads exactly what the grammar has, with the changes that a test asks for. */
function writeTree({ order = [...pluginOrder(release)], packages = {} as Record<string, string> } = {}): void {
  write('coremain/version.go', `package coremain\n\nconst (\n\tCoreVersion = "${release}"\n)\n`)
  write(
    'core/dnsserver/zdirectives.go',
    `var Directives = []string{\n${order.map((name) => `\t"${name}",\n`).join('')}}\n`,
  )
  write('plugin.cfg', `# a comment\n\n${order.map((name) => `${name}:${packages[name] ?? name}\n`).join('')}`)
  for (const name of order) {
    const grammar = pluginGrammars.get(name)?.grammar
    writeSetup(packages[name] ?? name, grammar === undefined ? [] : [...propertiesOf(grammar, release).keys()])
  }
}

function writeSetup(name: string, words: readonly string[]): void {
  const cases = words.map((word) => `\t\tcase "${word}":\n`).join('')
  const parse = `func parse(c *caddy.Controller) error {\n\tfor c.NextBlock() {\n\t\tswitch c.Val() {\n${cases}\t\t}\n\t}\n}\n`
  write(`plugin/${name}/setup.go`, `package ${name}\n\n${parse}`)
  write(`plugin/${name}/setup_test.go`, `func TestParse(c *caddy.Controller) { if x == "only_tested" {} }\n`)
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function differences(): readonly string[] {
  return compareSource(openSourceTree(folder), release).differences
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coredns-source-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a source tree compared with the grammar', () => {
  it('that reads what the grammar has gives nothing', () => {
    writeTree()
    expect(openSourceTree(folder).release).toBe(release)
    const { differences, notes, plugins, properties } = compareSource(openSourceTree(folder), release)
    expect(differences).toEqual([])
    expect(notes).toEqual([])
    expect(plugins).toBe(pluginOrder(release).length)
    expect(properties).toBeGreaterThan(100)
  })

  it('may know properties that the grammar does not, not at all or not at this release', () => {
    writeTree()
    writeSetup('forward', ['except', 'warm_up', 'next_on_nodata', 'sequential'])
    expect(differences()).toEqual(
      expect.arrayContaining([
        'forward: `warm_up` is read by setup.go parse, the grammar does not know it',
        'forward: `next_on_nodata` is read by setup.go parse, the grammar has it at other releases only',
        'forward: `max_concurrent` is a property of the grammar, the source does not mention it',
      ]),
    )
    expect(differences().join('\n')).not.toMatch(/`(except|sequential|only_tested)`/)
  })

  it('may have other plugins in another order', () => {
    const order = pluginOrder(release).filter((name) => name !== 'hosts' && name !== 'whoami')
    writeTree({ order: ['whoami', ...order, 'weather'] })
    expect(differences()).toEqual([
      `weather: the source has it behind ${order.at(-1)}, the grammar's order does not`,
      "hosts: the grammar's order has it, the source does not",
      'the order differs: the source runs whoami behind nothing, the grammar metadata',
      'weather: has no file in grammar/plugins',
    ])
  })

  it('says what it does not have or cannot take', () => {
    writeTree({ packages: { erratic: 'deprecated', on: 'example.net/caddy/onevent' } })
    rmSync(join(folder, 'plugin/example.net'), { recursive: true })
    const { differences, notes } = compareSource(openSourceTree(folder), release)
    expect(differences).toEqual(['erratic: the source only says that it is gone, the grammar takes it'])
    expect(notes).toEqual(['on: its source is not here but in example.net/caddy/onevent'])
    write('plugin.cfg', 'erratic:erratic\n')
    expect(compareSource(openSourceTree(folder), release).notes[0]).toContain('the latter counts')
  })

  it('needs the release and a folder that is one', () => {
    writeTree()
    expect(compareSource(openSourceTree(folder), '9.9.9').differences[0]).toBe(
      '9.9.9 is no release of grammar/release-data.ts',
    )
    rmSync(join(folder, 'plugin.cfg'))
    expect(() => openSourceTree(folder)).toThrow(`${folder} is no CoreDNS source tree: it has no plugin.cfg`)
  })
})
