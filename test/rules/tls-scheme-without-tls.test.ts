import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import rule from '../../src/rules/tls-scheme-without-tls.ts'
import { findings, type LintTextOptions } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (key: string, ...lines: string[]) => `${key} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('tls-scheme-without-tls', () => {
  it.each([
    ['plain DNS', block('.:853', 'whoami')],
    ['a certificate', block('tls://.', 'tls cert.pem key.pem')],
    ['DNS over HTTP behind a proxy', block('https://.:8080', 'whoami')],
    ['an import that may bring the certificate', block('tls://.', 'import {$FILE}')],
    ['a key that is not known', block('tls://{$ZONE}', 'whoami')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('weighs by protocol', async () => {
    const severity = async (scheme: string) =>
      (await find(block(`${scheme}://.`, 'whoami'))).map((each) => each.severity)
    expect(await severity('tls')).toEqual(['error'])
    expect(await severity('grpc')).toEqual(['warning'])
    expect(await severity('https')).toEqual(['info'])
  })

  it('is refused for others, in some releases for https, and said once', async () => {
    const all = async (key: string, release: string) =>
      (await findings(block(key, 'whoami'), { rules, release, pedantic: false })).map(
        ({ ruleId, effect }) => `${ruleId} ${effect}`,
      )
    const refused = ['tls-scheme-without-tls refused']
    expect(await all('quic://.', '1.15.0')).toEqual(refused)
    expect(await all('https3://.', '1.15.0')).toEqual(refused)
    expect(await all('https://.', '1.8.4')).toEqual(refused)
  })

  it('leaves a port of which only some blocks have TLS to the verdict from 1.15.0 on', async () => {
    const text = block('tls://a.example', 'tls cert.pem key.pem') + block('tls://b.example', 'whoami')
    expect((await find(text, { release: '1.14.7' }))[0]?.message).toContain('chance decides')
    expect(await find(text)).toEqual([])
    expect(await find(text.replace('b.example', 'b.example:8853'))).toHaveLength(1)
  })
})
