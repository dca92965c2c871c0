import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

// What is no entry is told by one of these, and never by two.
const own = rules.filter(({ id }) =>
  [
    'hosts-invalid-entry',
    'hosts-cname',
    'hosts-option-typo',
    'hosts-wildcard',
    'hosts-entry-after-fallthrough',
    'unknown-option',
  ].includes(id),
)

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: own, ...more })
const hosts = (...lines: string[]) => `. {\n    hosts {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`
const said = async (line: string, more: Partial<LintTextOptions> = {}) =>
  (await find(hosts(line), more)).map(({ ruleId, message }) => `${ruleId}: ${message}`)

describe('lines of a hosts block', () => {
  it.each([
    '10.0.0.1 a.example b.example',
    'fd00::1 a.example',
    'fe80::1%eth0 a.example',
    '::ffff:10.0.0.1 a.example',
    'ttl 60',
    'reload 0s',
    'no_reverse',
    'fallthrough',
    '{$ADDRESS} a.example',
    '10.0.0.1 {$NAME}',
    '10.0.0.1 *.{$ZONE}.*',
    '{{ .Values.address }} a.example',
    '{{- range .Values.hosts }}',
  ])('%s: nothing to say', async (line) => {
    expect(await said(line)).toEqual([])
  })

  it.each([
    ['10.0.0.300 a.example', 'hosts-invalid-entry: "10.0.0.300" is no address for a.example'],
    ['10.0.0 a.example', 'hosts-invalid-entry: "10.0.0" is no address'],
    ['10.0.0.0/24 a.example', 'hosts-invalid-entry: "10.0.0.0/24" is a network'],
    ['fd00::/64 a.example', 'hosts-invalid-entry: "fd00::/64" is a network'],
    ['[fd00::1] a.example', 'hosts-invalid-entry: "[fd00::1]" is an address with a port or brackets'],
    ['10.0.0.1:53 a.example', 'hosts-invalid-entry: "10.0.0.1:53" is an address with a port'],
    ['localhost 127.0.0.1', 'hosts-invalid-entry: "localhost" is no address'],
    ['10.0.0.1', 'hosts-invalid-entry: no name stands behind 10.0.0.1'],
    [
      'ads.example',
      'hosts-invalid-entry: "ads.example" is no address, so hosts drops this line (write ADDRESS NAME...)',
    ],
    ['forward . 10.0.0.53', 'hosts-invalid-entry: forward stands inside the block of hosts'],
    ['log example.org', 'hosts-invalid-entry: log stands inside the block of hosts'],
    ['log', 'hosts-invalid-entry: log stands inside the block of hosts'],
    ['alias.example a.example', 'hosts-cname: "alias.example" is no address'],
    ['a.example. 300 IN CNAME b.example.', 'hosts-cname: hosts serves addresses only and drops this CNAME line'],
    ['a.example. IN MX 10 b.example.', 'hosts-cname: hosts serves addresses only and drops this MX line'],
    ['Fallthrough', 'hosts-option-typo: hosts takes "Fallthrough" for an entry'],
    ['tll 60', 'hosts-option-typo: hosts takes "tll" for an entry'],
    ['10.0.0.1 a.*.example', 'hosts-wildcard: a.*.example matches no name but itself'],
  ])('%s', async (line, message) => {
    const found = await said(line)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })

  it('a line with two addresses is not mended', async () => {
    const [found] = await find(hosts('a.example 10.0.0.1 10.0.0.2'))
    expect(found?.fix).toBeNull()
  })

  it('what stands behind fallthrough is told by the verdict alone', async () => {
    const [found, ...others] = await find(hosts('fallthrough', '10.0.0.1 a.example'))
    expect([found?.ruleId, found?.effect, others]).toEqual(['hosts-entry-after-fallthrough', 'refused', []])
    const ids = async (...lines: string[]) => (await find(hosts(...lines))).map(({ ruleId }) => ruleId)
    expect(await ids('fallthrough', 'tll 60')).toEqual(['unknown-option'])
    expect(await ids('fallthrough', 'a.example 10.0.0.1')).toEqual(['hosts-entry-after-fallthrough'])
  })

  it('mends the block that holds the entry, and no other', async () => {
    const other = hosts('fallthrough', '10.0.0.1 a.example').replace('. {', 'example {')
    const text = hosts('10.0.0.1 a.example', 'fallthrough') + other + hosts('fallthrough').replace('. {', 'test {')
    const [found] = await find(text)
    const moved = found?.fix?.edits.map(({ start }) => text.lastIndexOf('example {', start)) ?? []
    expect(moved).toEqual([text.indexOf('example {\n'), text.indexOf('example {\n')])
  })

  it('does not mend what an import brings', async () => {
    const files = { names: '10.0.0.2 b.example\n' }
    const [found] = await find(hosts('fallthrough', 'import names'), { files })
    expect([found?.ruleId, found?.fix]).toEqual(['hosts-entry-after-fallthrough', null])
  })

  it('entries in a snippet are found there', async () => {
    const text = `(names) {\n    a.example 10.0.0.1\n}\n. {\n    hosts {\n        import names\n    }\n}\n`
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('a.example 10.0.0.1')
  })

  it('a leading wildcard is one from 1.14.5 on', async () => {
    expect(await said('10.0.0.1 *.a.example')).toEqual([])
    expect(await said('10.0.0.1 *.a.example', { release: '1.14.3' })).toHaveLength(1)
  })

  it('a misspelled fallthrough in front of entries is not mended: CoreDNS would refuse them', async () => {
    const [found] = await find(hosts('falltrough', '10.0.0.1 a.example'))
    expect([found?.ruleId, found?.fix]).toEqual(['hosts-option-typo', null])
  })

  it('is an error only where fallthrough is lost and something would answer', async () => {
    const severity = async (text: string) => (await find(text))[0]?.severity
    expect(await severity(hosts('falltrough'))).toBe('warning')
    expect(await severity(hosts('falltrough').replace(/}\n$/, '    forward . 10.0.0.53\n}\n'))).toBe('error')
  })

  it('an option of a later release is told as such', async () => {
    expect(await said('ttl 60', { release: '1.3.1' })).toEqual([
      'hosts-option-typo: hosts ttl came with CoreDNS 1.4.0; older ones take it for an entry without an address and drop it',
    ])
  })

  it('two fallthrough lines, or one that shares its line, are left to a person', async () => {
    const [two] = await find(hosts('fallthrough', 'fallthrough a.example', '10.0.0.1 a.example'))
    expect([two?.ruleId, two?.fix]).toEqual(['hosts-entry-after-fallthrough', null])
  })

  it('reads a long block in one go', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `10.0.0.1 host${at}.example`)
    expect(await find(hosts(...lines, 'falltrough'))).toHaveLength(1)
  })
})
