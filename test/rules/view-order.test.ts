import { describe, expect, it } from 'vitest'
import duplicateZone from '../../src/rules/duplicate-zone.ts'
import viewOrder from '../../src/rules/view-order.ts'
import { findings, marked } from './lint-text.ts'

const view = (key: string, name = 'v', more = '') =>
  `${key} {\n    ${more}view ${name} {\n        expr type() == 'A'\n    }\n    whoami\n}\n`
const plain = (key: string, more = '') => `${key} {\n    ${more}whoami\n}\n`

async function said(text: string, release?: string): Promise<string[]> {
  const rules = [viewOrder, duplicateZone]
  const found = await findings(text, { rules, ...(release === undefined ? {} : { release }) })
  return found.map((one) => `${one.ruleId} ${one.range.start} ${marked(text, one)}`)
}

describe('view-order', () => {
  it.each([
    ['the block without a view last', view('a.org') + plain('a.org')],
    ['another zone', plain('a.org') + view('b.org')],
    ['a zone below', plain('org') + view('a.org')],
    ['another port', plain('a.org:53') + view('a.org:54')],
    ['another address', plain('a.org', 'bind 127.0.0.1\n    ') + view('a.org', 'v', 'bind 127.0.0.2\n    ')],
    ['views alone', view('a.org', 'v') + view('a.org', 'w')],
    ['an address that nobody knows', plain('a.org', 'bind {$A}\n    ') + view('a.org', 'v', 'bind {$A}\n    ')],
  ])('is silent about %s', async (_, text) => {
    expect(await said(text)).toEqual([])
  })

  it('tells each view behind, also in other letters', async () => {
    const text = plain('a.org') + view('A.org', 'v') + view('a.org:53', 'w')
    expect((await said(text)).map((one) => one.replace(/\d+ /, ''))).toEqual([
      'view-order A.org',
      'view-order a.org:53',
    ])
  })

  it('up to 1.14.2 it is the refusal, and that of two blocks without a view stays with duplicate-zone', async () => {
    const text = plain('a.org') + view('a.org') + plain('a.org')
    expect((await said(text, '1.14.2')).map((one) => one.replace(/\d+ /, ''))).toEqual([
      'view-order a.org',
      'duplicate-zone a.org',
    ])
    expect((await said(text, '1.14.3')).map((one) => one.replace(/\d+ /, ''))).toEqual([
      'view-order a.org',
      'duplicate-zone a.org',
    ])
  })

  it('moves the block without a view behind the last view, also at the end of a text without a line end', async () => {
    const text = `${plain('a.org')}${view('a.org', 'v')}${view('a.org', 'w').trimEnd()}`
    const [one] = await findings(text, { rules: [viewOrder] })
    expect(one?.fix?.edits.map((edit) => [edit.start, edit.end, edit.text])).toEqual([
      [0, plain('a.org').length, ''],
      [text.length, text.length, `\n${plain('a.org').trimEnd()}`],
    ])
  })
})
