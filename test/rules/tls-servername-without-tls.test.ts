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

  it('names an upstream that is asked without encryption', async () => {
    const text = forward('9.9.9.9 149.112.112.112', 'tls_servername dns.quad9.net')
    const [found] = await find(text)
    expect(found?.message).toContain('queries to 9.9.9.9 149.112.112.112 leave')
    expect(found?.related.map(({ message, range }) => `${text.slice(range.start, range.end)} ${message}`)).toEqual([
      '9.9.9.9 is asked without encryption',
    ])
    expect((await find(forward('9.9.9.9:853', 'max_fails 3')))[0]?.related).toEqual([])
  })

  it('writes upstreams as they must be for TLS', async () => {
    const edits = async (to: string) =>
      (await find(forward(to, 'tls_servername dns.quad9.net')))[0]?.fix?.edits.map((edit) => edit.text)
    expect(await edits('9.9.9.9:5353')).toEqual(['tls://9.9.9.9:5353'])
    expect(await edits('dns://9.9.9.9:53')).toEqual(['tls://9.9.9.9'])
    expect(await edits('[2620:fe::fe]:53')).toEqual(['tls://[2620:fe::fe]:853'])
    expect(await edits('9.9.9.9:853')).toEqual(['tls://9.9.9.9:853'])
  })
})
