import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-policy-not-failover.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, release = '1.15.0') => findings(text, { rules: [rule], release })
const forward = (to: string, ...lines: string[]) =>
  `. {\n    forward . ${to} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`

describe('forward-policy-not-failover', () => {
  it.each([
    ['private servers', forward('10.0.0.2 192.168.1.1 fd00::1')],
    ['public servers', forward('8.8.8.8 1.1.1.1')],
    ['one server', forward('8.8.8.8', 'policy sequential')],
    ['answers that are looked at', forward('10.0.0.2 8.8.8.8', 'failover NXDOMAIN')],
    ['what is not known', forward('10.0.0.2 {$OTHER}', 'policy sequential')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('tells a mixture from an order, and says what the release can do', async () => {
    const mixed = forward('10.0.0.2 8.8.8.8')
    const [found] = await find(mixed)
    expect(found && marked(mixed, found)).toBe('8.8.8.8')
    expect(found?.help).toContain('failover')
    expect((await find(mixed, '1.11.4'))[0]?.help).toContain('next RCODE')
    expect((await find(mixed, '1.11.1'))[0]?.help).toBeNull()
    const order = forward('10.0.0.2 10.0.0.3', 'policy sequential')
    expect((await find(order)).map((one) => marked(order, one))).toEqual(['policy'])
  })
})
