import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'
import { breaksOf, switchable } from '../../scripts/mutate/breaks.ts'

const SOURCE = `
const LIMIT = 3
export function find(names: readonly string[], isOpen: boolean): string | null {
  if (names.length === 0 || !isOpen) return null
  return names.filter((name) => name !== 'a').some((name) => name.startsWith('b')) ? 'found' : null
}
export const text = { why: 'x' === 'x' }
`

/** The function of the source with one of its breaks, or none. */
async function broken(what: string | null): Promise<(names: readonly string[], isOpen: boolean) => unknown> {
  const breaks = breaksOf(SOURCE)
  const at = what === null ? -1 : breaks.findIndex((one) => one.what === what)
  expect(at === -1).toBe(what === null)
  const { stripTypeScriptTypes } = await import('node:module')
  const body = stripTypeScriptTypes(switchable(SOURCE, breaks)).replaceAll('export ', '')
  const switches = globalThis as { broken?: number }
  const find = new Function(`${body}\nreturn find`)()
  return (...args) => {
    switches.broken = at
    try {
      return find(...args)
    } finally {
      delete switches.broken
    }
  }
}

describe('breaking a source', () => {
  it('changes nothing as long as no break is switched on', async () => {
    const find = await broken(null)
    expect([find(['b'], true), find(['c'], true), find(['b'], false), find([], true)]).toEqual([
      'found',
      null,
      null,
      null,
    ])
  })

  it('breaks what it says', async () => {
    expect((await broken('negated'))(['b'], true)).toBeNull()
    expect((await broken('early return dropped'))(['b'], false)).toBe('found')
    expect((await broken('! dropped'))(['b'], true)).toBeNull()
    expect((await broken('|| -> &&'))(['b'], false)).toBe('found')
    expect((await broken('some -> every'))(['b', 'c'], true)).toBeNull()
    expect((await broken("'b' emptied"))(['c'], true)).toBe('found')
    expect((await broken('startsWith -> endsWith'))(['bc'], true)).toBeNull()
  })

  it('leaves the texts of a rule alone, and knows what is evaluated once', () => {
    const breaks = breaksOf(SOURCE)
    expect(breaks.filter(({ start }) => start > SOURCE.indexOf('export const text'))).toEqual([])
    expect(breaks.filter(({ isStatic }) => isStatic).map(({ what }) => what)).toEqual(['3 -> 4'])
  })

  it('makes a source of every rule', () => {
    const folder = join(import.meta.dirname, '../../src/rules')
    for (const name of readdirSync(folder).filter((each) => each !== 'index.ts' && each !== 'texts.ts')) {
      const source = readFileSync(join(folder, name), 'utf8')
      expect(() => parseAst(switchable(source, breaksOf(source)), { lang: 'ts' }), name).not.toThrow()
    }
  })
})
