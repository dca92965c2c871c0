import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everything, type Generated, modulesIn, settle } from '../../scripts/generate.ts'

describe('settle', () => {
  const files: readonly Generated[] = [
    { path: 'a.txt', text: 'a\n' },
    { path: 'deep/er/b.txt', text: 'b\n' },
  ]
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'generate-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('writes what is missing or differs, and tells which', async () => {
    writeFileSync(join(folder, 'a.txt'), 'old\n')
    expect(await settle(files, folder, 'write')).toEqual(['a.txt', 'deep/er/b.txt'])
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a\n')
    expect(readFileSync(join(folder, 'deep/er/b.txt'), 'utf8')).toBe('b\n')
    expect(await settle(files, folder, 'write')).toEqual([])
  })

  it('only tells where it checks', async () => {
    writeFileSync(join(folder, 'a.txt'), 'old\n')
    expect(await settle(files, folder, 'check')).toEqual(['a.txt', 'deep/er/b.txt'])
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('old\n')
  })
})

describe('the generated files', async () => {
  const files = await everything()
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? ''

  it('are each made once, below the root', () => {
    const paths = files.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    for (const path of paths) expect(path).not.toMatch(/^\/|\.\./)
  })

  it('are the same each time', async () => {
    expect(await everything()).toEqual(files)
  })

  it('list every plugin and every rule', () => {
    const index = textOf('grammar/plugin-index.ts')
    for (const name of modulesIn('grammar/plugins')) expect(index).toContain(`'./plugins/${name}.ts'`)
    const rules = modulesIn('src/rules').filter((name) => name !== 'index' && name !== 'texts')
    for (const id of rules) {
      expect(textOf('src/rules/index.ts')).toContain(`'./${id}.ts'`)
      expect(textOf('README.md')).toContain(id)
    }
  })

  it('hold the texts of the rules as they are', async () => {
    const source = textOf('src/rules/texts.ts')
    const literal = /JSON\.parse\(\n {2}('.*'),\n\)/.exec(source)?.[1] ?? ''
    const json = literal.slice(1, -1).replace(/\\(['\\])/g, '$1')
    const { text } = (await import('../../src/rules/glued-brace.ts')) as { text: unknown }
    expect(JSON.parse(json)['glued-brace']).toEqual(JSON.parse(JSON.stringify(text)))
  })
})
