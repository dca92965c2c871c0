import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/zone-key-not-a-domain.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (keys: string, more: Partial<LintTextOptions> = {}) =>
  findings(`${keys} {\n    forward . 10.0.0.2\n}\n`, { rules: [rule], ...more })
const replacement = async (keys: string) => (await find(keys))[0]?.fix?.edits.map(({ text }) => text) ?? null

describe('zone-key-not-a-domain', () => {
  it.each([
    '.',
    '.:53',
    'example.org',
    'Example.ORG.:1053',
    'a.example b.example:53',
    'a.example, b.example',
    'tls://.',
    'dns://example.org',
    'https://dns.example.org:8443',
    'quic://.',
    '10.0.0.0/8',
    '10.0.0.0/24:1053',
    '2001:db8::/32',
    '10.in-addr.arpa',
    '0/25.2.0.192.in-addr.arpa',
    '_acme-challenge.example.org',
    'localhost',
    'xn--bcher-kva.example',
    '{$ZONE}',
    '*.__ZONE__',
    '{{ .Zone }}:53',
    '.:{$PORT}',
    'example.org{',
    '“example.org”',
  ])('is silent about %s', async (keys) => {
    expect(await find(keys)).toEqual([])
  })

  it.each([
    ['*.example.org', ['example.org']],
    ['*.example.org:1053', ['example.org:1053']],
    ['*', ['.']],
    ['*:53', ['.:53']],
    ['a.*.example', null],
    ['a.example,b.example', ['a.example, b.example']],
    ['tls://a.example,b.example', ['tls://a.example, tls://b.example']],
    ['0.0.0.0:53', ['.:53']],
    ['127.0.0.1', ['.', '\n    bind 127.0.0.1']],
    ['[::1]:53', ['.:53', '\n    bind ::1']],
    ['tls://10.0.0.1:853', ['tls://.:853', '\n    bind 10.0.0.1']],
    ['udp://.:53', ['.:53']],
    ['TLS://.', ['tls://.']],
    ['doh://.', null],
    ['http://example.org', null],
    ['example.org:domain', ['example.org:53']],
    ['example.org:dns-tcp', null],
    ['example.org:53:54', null],
    ['https://dns.example/dns-query', ['https://dns.example']],
    ['10.0.0/24', null],
    ['10.0.0.0/33', null],
    ['bücher.example', null],
  ])('finds %s and writes %j', async (keys, edits) => {
    expect(await find(keys)).toHaveLength(1)
    expect(await replacement(keys)).toEqual(edits)
  })

  it('marks the one key of several and leaves the commas', async () => {
    const text = 'a.example, *.b.example, c.example {\n    forward . 10.0.0.2\n}\n'
    const [found] = await findings(text, { rules: [rule] })
    expect(found && marked(text, found)).toBe('*.b.example,')
    expect(found?.message).toContain('gets no answers')
    expect(found?.fix?.edits.map((edit) => edit.text)).toEqual(['b.example,'])
  })

  it('only remarks on a wildcard beside its own zone', async () => {
    const [found] = await find('example.org *.example.org')
    expect(found?.severity).toBe('info')
    expect(found?.fix).toBeNull()
  })

  it('offers nothing that would define a zone twice', async () => {
    const text = 'example.org {\n    file db\n}\n*.example.org {\n    forward . 10.0.0.2\n}\n.:53 {\n    whoami\n}\n'
    expect((await findings(text, { rules: [rule] }))[0]?.fix).toBeNull()
    const address = '.:53 {\n    whoami\n}\n10.0.0.1:53 {\n    forward . 10.0.0.2\n}\n'
    expect((await findings(address, { rules: [rule] }))[0]?.fix).toBeNull()
  })

  it('knows schemes by release', async () => {
    expect((await find('quic://.', { release: '1.10.1' }))[0]?.message).toContain('1.11.0')
    expect(await find('.example.org', { release: '1.9.3' })).toHaveLength(1)
    expect(await find('.example.org')).toEqual([])
  })

  it('is silent where a plugin line has become the keys', async () => {
    expect(await find('. forward . 8.8.8.8')).toEqual([])
  })

  it('binds only where the block has one address, no bind, and a brace of its own line', async () => {
    expect(await replacement('127.0.0.1 a.example')).toBeNull()
    const within = async (text: string) => (await findings(text, { rules: [rule] }))[0]?.fix ?? null
    expect(await within('127.0.0.1 {\n    bind 127.0.0.2\n    forward . 10.0.0.2\n}\n')).toBeNull()
    expect(await within('127.0.0.1 { forward . 10.0.0.2\n}\n')).toBeNull()
    expect(await within('127.0.0.1\nforward . 10.0.0.2\n')).toBeNull()
  })

  it('writes no address that another block has', async () => {
    const other = 'example.org {\n    whoami\n}\n'
    const [found] = await findings(`*.example.org {\n    forward . 10.0.0.2\n}\n${other}`, { rules: [rule] })
    expect(found?.fix).toBeNull()
    const [network] = await findings(`a.example,b.example {\n    whoami\n}\nb.example {\n    whoami\n}\n`, {
      rules: [rule],
    })
    expect(network?.fix).toBeNull()
  })

  it('says nothing of a text that cannot be read to its end', async () => {
    expect(await findings('*.example.org {\n    whoami\n}\nb {\n    log "a\n}\n', { rules: [rule] })).toEqual([])
  })
})
