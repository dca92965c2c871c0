import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-force-tcp-noop.ts'
import { findings } from './lint-text.ts'

const find = (to: string, ...lines: string[]) =>
  findings(`. {\n    forward . ${to} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`, {
    rules: [rule],
  })

describe('forward-force-tcp-noop', () => {
  it.each([
    ['plain upstreams', '10.0.0.53', ['force_tcp']],
    ['one plain upstream among others', 'tls://9.9.9.9 10.0.0.53', ['force_tcp']],
    ['an upstream that is not known', '{$UPSTREAM}', ['force_tcp']],
    ['the choice of UDP', '10.0.0.53', ['prefer_udp']],
  ])('is silent about %s', async (_, to, lines) => {
    expect(await find(to, ...lines)).toEqual([])
  })

  it('keeps comments and other lines', async () => {
    const [found] = await find('tls://9.9.9.9', '# why', 'force_tcp')
    expect(found?.fix?.safety).toBe('unsafe')
    expect(found?.fix?.edits[0]?.text).toBe('')
    const [{ start = 0, end = 0 } = {}] = found?.fix?.edits ?? []
    expect(end - start).toBe('        force_tcp\n'.length)
  })
})
