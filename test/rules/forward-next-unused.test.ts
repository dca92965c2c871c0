import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-next-unused.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, release = '1.15.0') => findings(text, { rules: [rule], release })
const forward = (...lines: string[]) =>
  `    forward . 10.0.0.53 {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n`

describe('forward-next-unused', () => {
  it.each([
    ['a forward behind', `. {\n${forward('next NXDOMAIN')}    forward . 10.0.0.2\n}\n`],
    ['failover, which asks the upstreams of its own', `. {\n${forward('failover SERVFAIL')}}\n`],
    ['an import that may bring another forward', `. {\n${forward('next NXDOMAIN')}    import {$FILE}\n}\n`],
    ['a release that does not know it', `. {\n${forward('next NXDOMAIN')}}\n`, '1.11.3'],
  ])('is silent about %s', async (_, text, release = '1.15.0') => {
    expect(await find(text, release)).toEqual([])
  })

  it('finds next_on_nodata, and does not count the forward of another block', async () => {
    const text = `. {\n${forward('next_on_nodata')}}\na.example {\n    forward . 10.0.0.2\n}\n`
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('next_on_nodata')
  })
})
