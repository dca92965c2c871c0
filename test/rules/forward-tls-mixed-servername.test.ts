import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-tls-mixed-servername.ts'
import { findings } from './lint-text.ts'

const find = (text: string, release = '1.15.0') => findings(text, { rules: [rule], release })
const forward = (to: string, name: string) => `. {\n    forward . ${to} {\n        tls_servername ${name}\n    }\n}\n`

describe('forward-tls-mixed-servername', () => {
  it.each([
    ['one operator', forward('tls://1.1.1.1 tls://1.0.0.1', 'one.one.one.one')],
    ['another name of the operator', forward('tls://1.1.1.1 tls://1.1.1.2', 'security.cloudflare-dns.com')],
    ['addresses that nobody knows', forward('tls://10.0.0.1 tls://10.1.0.1', 'dns.corp.example')],
    ['one known address behind an own name', forward('tls://9.9.9.9', 'dns.corp.example')],
    ['upstreams without TLS', forward('1.1.1.1 9.9.9.9', 'cloudflare-dns.com')],
    ['a name that is not known', forward('tls://1.1.1.1 tls://9.9.9.9', '{$NAME}')],
    ['an upstream that is not known', forward('tls://1.1.1.1 tls://{$OTHER}', 'dns.quad9.net')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('is an error where no upstream has the name', async () => {
    const severity = async (text: string) => (await find(text)).map((each) => each.severity)
    expect(await severity(forward('tls://9.9.9.9', 'cloudflare-dns.com'))).toEqual(['error'])
    expect(await severity(forward('tls://9.9.9.9 tls://1.1.1.1', 'cloudflare-dns.com'))).toEqual(['warning'])
    expect(await severity(forward('tls://9.9.9.9 tls://1.1.1.1', 'dns.corp.example'))).toEqual(['error'])
  })

  it('keeps ports and brackets, and names only what is known', async () => {
    const texts = async (to: string) =>
      (await find(forward(to, 'dns.google')))[0]?.fix?.edits.slice(0, -1).map(({ text }) => text)
    expect(await texts('tls://9.9.9.9:8853 tls://8.8.8.8')).toEqual([
      'tls://9.9.9.9%dns.quad9.net:8853',
      'tls://8.8.8.8%dns.google',
    ])
    expect(await texts('tls://[2620:fe::fe]:853')).toEqual(['tls://[2620:fe::fe%dns.quad9.net]:853'])
    expect(await texts('tls://9.9.9.9 tls://10.0.0.1')).toBeUndefined()
    expect((await find(forward('tls://[2620:fe::fe]:853', 'dns.google'), '1.14.1'))[0]?.fix).toBeNull()
    expect((await find(forward('tls://9.9.9.9', 'dns.google'), '1.14.1'))[0]?.fix).not.toBeNull()
  })

  it('says of a name behind % only that there are two', async () => {
    const found = await find(forward('tls://1.1.1.1%cloudflare-dns.com tls://9.9.9.9', 'cloudflare-dns.com'))
    expect(found.map(({ effect }) => effect)).toEqual(['refused'])
  })

  it('leaves names of network interfaces alone in old releases', async () => {
    expect(await find('. {\n    forward . tls://fe80::1%eth0\n}\n', '1.11.1')).toEqual([])
    expect(await find('. {\n    forward . tls://9.9.9.9%dns.quad9.net\n}\n', '1.13.2')).toEqual([])
    expect(await find('. {\n    forward . tls://9.9.9.9%dns.quad9.net\n}\n', '1.6.6')).toEqual([])
  })
})
