import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/duplicate-zone.ts'
import { findings, type LintTextOptions } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (keys: string, ...lines: string[]) =>
  `${keys} {\n${[...lines, 'whoami'].map((line) => `    ${line}\n`).join('')}}\n`

describe('duplicate-zone', () => {
  it('stands on the second and names the first', async () => {
    const text = block('a.example') + block('A.example:53')
    const [found] = await find(text)
    expect(found?.message).toBe(
      'a.example.:53 is served twice, so CoreDNS does not start; join the server blocks or change the port',
    )
    expect(found?.range.start).toBe(text.indexOf('A.example'))
    expect(found?.related.map(({ message, range }) => `${text.slice(range.start, range.end)}: ${message}`)).toEqual([
      'a.example: served here first',
    ])
  })

  it('says another thing of one bound and one unbound', async () => {
    const found = await find(block('.') + block('.', 'bind 127.0.0.1'))
    expect(found.map(({ message }) => message)).toEqual([
      '.:53 on 127.0.0.1 is served both with bind and without, so CoreDNS does not start; bind both or neither',
    ])
  })

  it('names the scheme where it is not plain DNS', async () => {
    const [found] = await find(block('tls://.', 'tls a.pem b.pem') + block('tls://.', 'tls a.pem b.pem'))
    expect(found?.message).toContain('tls://.:853 is served twice')
  })

  it('is silent about other ports, schemes, addresses and names', async () => {
    expect(await find(block('.') + block('.:54'))).toEqual([])
    expect(await find(block('.') + block('b.a') + block('a'))).toEqual([])
    expect(await find(block('.', 'bind 127.0.0.1') + block('.', 'bind 127.0.0.2'))).toEqual([])
    expect(await find(block('.:5300') + block('tls://.:5300', 'tls a.pem b.pem'))).toEqual([])
  })

  it('leaves views to view-order', async () => {
    const view = block('.', "view a {\n        expr type() == 'A'\n    }")
    expect(await find(view + block('.'))).toEqual([])
    expect(await find(block('.') + view)).toEqual([])
    expect(await find(block('.') + view, { release: '1.12.0' })).toEqual([])
  })

  it('finds a zone among those that a network stands for', async () => {
    expect(await find(block('10.0.0.0/8') + block('10.in-addr.arpa'))).toHaveLength(1)
    expect(await find(block('10.0.0.0/23') + block('1.0.10.in-addr.arpa'))).toHaveLength(1)
  })
})
