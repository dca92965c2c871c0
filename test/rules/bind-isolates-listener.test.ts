import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/bind-isolates-listener.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (key: string, ...lines: string[]) => `${key} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('bind-isolates-listener', () => {
  it.each([
    ['one address for all', block('.', 'bind 10.0.0.1') + block('a.example', 'bind 10.0.0.1')],
    ['an address for each', block('.', 'bind 10.0.0.1') + block('a.example', 'bind 10.0.0.2')],
    ['no bind at all', block('.') + block('a.example')],
    ['another port', block('.:53', 'whoami') + block('a.example:1053', 'bind 127.0.0.1')],
    ['another protocol', block('tls://.:853', 'whoami') + block('a.example:853', 'bind 127.0.0.1')],
    ['an address that is not known', block('.') + block('a.example', 'bind {$ADDRESS}')],
    ['an import that may bring the bind', `. {\n    import {$FILE}\n}\n${block('a.example', 'bind 127.0.0.1')}`],
    ['a block that is none', block('log', 'whoami') + block('a.example', 'bind 127.0.0.1')],
    ['a template', block('{{ .Zone }}') + block('.') + block('a.example', 'bind 127.0.0.1')],
    ['a view', block('.', 'view a {\n        expr true\n    }') + block('a.example', 'bind 127.0.0.1')],
    ['a release that knew no such groups', block('.') + block('a.example', 'bind 127.0.0.1'), '1.0.6'],
  ])('is silent about %s', async (_, text, release = '1.15.0') => {
    expect(await find(text, { release })).toEqual([])
  })

  it('says it once for an address, however many blocks are bound to it', async () => {
    const text = block('.') + block('a.example', 'bind ::1 127.0.0.1') + block('b.example', 'bind 127.0.0.1')
    const found = await find(text)
    expect(found.map((one) => marked(text, one))).toEqual(['::1', '127.0.0.1'])
  })

  it('is an error where every address is taken, and info where other blocks answer instead', async () => {
    const severity = async (text: string) => (await find(text)).map((each) => each.severity)
    expect(await severity(block('.') + block('a.example', 'bind 0.0.0.0'))).toEqual(['error'])
    expect(await severity(block('.') + block('a.example', 'bind ::'))).toEqual(['error'])
    expect(await severity(block('.') + block('a.example', 'bind 127.0.0.1'))).toEqual(['warning'])
    expect(await severity(block('.', 'bind 127.0.0.1') + block('a.example'))).toEqual(['info'])
  })

  it('names the block that is missing at the address', async () => {
    const message = async (text: string) => (await find(text))[0]?.message
    expect(await message(block('.:53') + block('a.example:53', 'bind 127.0.0.1'))).toContain(
      'names that they do not serve are REFUSED there, though .:53 answers them at other addresses',
    )
    expect(await message(block('b.example') + block('a.example', 'bind lo'))).toContain(
      'names of b.example are REFUSED',
    )
  })
})
