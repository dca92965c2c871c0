import { describe, expect, it } from 'vitest'
import { fix } from '../../src/lint/fix.ts'
import rule from '../../src/rules/duplicate-plugin.ts'
import { findings, type LintTextOptions, marked, optionsFor } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('duplicate-plugin', () => {
  it('stands on the second and names the first', async () => {
    const text = block('cache 30', 'whoami', 'cache 60')
    const [found] = await find(text)
    expect(found?.range.start).toBe(text.indexOf('cache 60'))
    expect(found?.message).toBe(
      'cache stands twice in this server block and is allowed once, so CoreDNS does not start; join the two',
    )
    expect(found?.related.map(({ message, range }) => `${text.slice(range.start, range.end)}: ${message}`)).toEqual([
      'cache: the first one',
    ])
    expect(found?.help).toBe('All its lines, also imported ones, are read as one.')
  })

  it('takes out a second that says the same, in the words of the first alone', async () => {
    const same = block('cache 30', 'whoami', 'cache 30')
    const [found] = await find(same)
    expect(found?.fix?.safety).toBe('safe')
    const { fixed } = await fix([{ path: 'Corefile', text: same }], optionsFor(same, { rules: [rule] }), 'safe')
    expect(fixed[0]?.after).toBe(block('cache 30', 'whoami'))
    for (const other of ['cache 31', 'cache', 'cache 30 example', 'cache 30 {\n    }']) {
      const [differs] = await find(block('cache 30', 'whoami', other))
      expect([other, differs?.fix]).toEqual([other, null])
    }
  })

  it('is silent about one in each block, and about plugins that may stand often', async () => {
    expect(
      await find(`${block('cache 30', 'whoami')}${block('cache 30', 'whoami').replace('.', 'a.example')}`),
    ).toEqual([])
    expect(await find(block('log a.example', 'log b.example', 'whoami'))).toEqual([])
  })

  it('counts what is imported, says so, and takes nothing out of what others import too', async () => {
    const text = `(common) {\n    cache 30\n}\n${block('cache 30', 'import common', 'whoami')}`
    const [found] = await find(text)
    expect(found?.help).toBe('This one comes from an import.')
    expect(found && marked(text, found)).toBe('cache')
    expect(found?.range.start).toBe(text.indexOf('cache'))
    expect(found?.fix).toBeNull()
    const inFile = await find(block('cache 30', 'import other.conf', 'whoami'), {
      files: { 'other.conf': 'cache 30\n' },
    })
    expect(inFile).toHaveLength(1)
    expect(inFile[0]?.fix).toBeNull()
  })

  it('leaves other reasons of the same plugin to others', async () => {
    expect(
      await find(
        block('forward . 10.0.0.1 {\n        max_fails 1\n        tls_servername a\n        tls_servername b\n    }'),
      ),
    ).toEqual([])
  })
})
