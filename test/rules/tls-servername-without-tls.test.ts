import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/tls-servername-without-tls.ts'
import { findings, marked } from './lint-text.ts'

const forward = (to: string, ...options: string[]) =>
  `. {\n    forward . ${to} {\n${options.map((option) => `        ${option}\n`).join('')}    }\n}\n`
const find = (text: string) => findings(text, { rules: [rule] })

describe('tls-servername-without-tls', () => {
  it('is silent where an upstream speaks TLS, or nothing asks for it', async () => {
    expect(await find(forward('tls://9.9.9.9', 'tls_servername dns.quad9.net'))).toEqual([])
    expect(await find(forward('https://9.9.9.9', 'tls_servername dns.quad9.net'))).toEqual([])
    expect(await find(forward('tls://9.9.9.9 10.0.0.2', 'tls_servername dns.quad9.net'))).toEqual([])
    expect(await find(forward('9.9.9.9', 'max_fails 3'))).toEqual([])
  })

  it('is silent where an upstream is not known', async () => {
    expect(await find(forward('{$UPSTREAM}', 'tls_servername dns.quad9.net'))).toEqual([])
    expect(await find(forward('9.9.9.9 {$SECOND}', 'tls_servername dns.quad9.net'))).toEqual([])
  })

  it('marks the option that does nothing', async () => {
    const text = forward('9.9.9.9', 'max_fails 3', 'tls_servername dns.quad9.net')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('tls_servername')
    expect(found?.message).toContain('9.9.9.9 leave unencrypted')
    expect(await find(forward('9.9.9.9', 'tls'))).toHaveLength(1)
  })

  it('offers no fix where an upstream is a file or a name', async () => {
    expect((await find(forward('/etc/resolv.conf', 'tls_servername a.example')))[0]?.fix).toBeNull()
    expect((await find(forward('9.9.9.9 /etc/resolv.conf', 'tls_servername a.example')))[0]?.fix).toBeNull()
  })

  it('knows port 853 by itself, though not on the own machine', async () => {
    const text = forward('9.9.9.9:853 10.0.0.2', 'max_fails 3')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('9.9.9.9:853')
    expect(found?.fix?.edits.map((edit) => edit.text)).toEqual(['tls://9.9.9.9:853'])
    expect(await find(forward('127.0.0.1:853', 'max_fails 3'))).toEqual([])
    expect(await find(forward('9.9.9.9:8530', 'max_fails 3'))).toEqual([])
  })
})
