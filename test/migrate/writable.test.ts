import { describe, expect, it } from 'vitest'
import { whyNoName } from '../../src/migrate/writable.ts'
import { runExample } from './run-example.ts'

const RELEASE = '1.15.0'

describe('names of sources', () => {
  // Asked of a CoreDNS 1.15.0 as zone of a block, zone of a plugin, in match and in hosts.
  it.each([
    'a.test',
    '_dmarc.a.test',
    '*.a.test',
    'x!y',
    'x#y',
    'x$-y',
    'x%y',
    'x&y',
    'x+y',
    'x,y',
    'x/y',
    'x=y',
    'x^y',
    'x|y',
  ])('%s can be written', (name) => {
    expect(whyNoName(name, RELEASE)).toBeNull()
  })

  it.each([
    ['', 'empty'],
    ['a b', 'blanks'],
    ['a\u0007b', 'U+0007'],
    ['a"b', 'writes "'],
    ["a'b", "writes '"],
    ['a\\b', 'writes \\'],
    ['a;b', 'writes ;'],
    ['a@b', 'writes @'],
    ['a(b', 'writes ('],
    ['münchen.test', 'ASCII'],
    ['a:53', 'port'],
    ['{{ host }}', 'replaced'],
    ['{$HOST}', 'replaced'],
    ['$host.test', 'replaced'],
    ['<host>.test', 'replaced'],
    ['__HOST__.test', 'replaced'],
    ['a..test', 'label'],
    [`${'a'.repeat(64)}.test`, 'label'],
  ])('%j cannot, with the reason', (name, why) => {
    expect(whyNoName(name, RELEASE)).toContain(why)
  })

  it('are quoted where a Corefile holds them, and left out by name where it does not', async () => {
    const conf = `no-resolv
server=/#x.test/10.0.0.1
server=/good.test/a@b.test/10.0.0.2
address=/münchen.test/10.0.0.3
host-record=good.test,x#y.test,10.0.0.4
`
    const { migration, proof } = await runExample({ files: { 'dnsmasq.conf': conf }, dnsmasq: '2.90' }, RELEASE)
    expect(migration.corefile).toContain('"#x.test:53" {')
    expect(migration.corefile).toContain('good.test:53 {')
    expect(migration.corefile).not.toMatch(/a@b|m.nchen|x#y/)
    expect(migration.items.filter(({ fidelity }) => fidelity === 'untranslatable').map(({ note }) => note)).toEqual([
      'a server block of its own; a@b.test is left out: CoreDNS writes @ in a name in another way',
      'münchen.test is left out: CoreDNS compares names in ASCII, as queries have them: xn--...',
      'hosts: other types than A and AAAA are not asked upstream; x#y.test is left out: hosts takes what follows # for a comment',
    ])
    expect(proof.verdict.kind).not.toBe('refused')
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('say no secret where a line cannot be written', async () => {
    const files = { 'start.sh': "skydns -etcd3=true -username=me -password='{$SECRET}' -nameservers=192.0.2.1:53\n" }
    const { migration } = await runExample({ files, accept: ['etcd-version-2'] }, RELEASE)
    expect(JSON.stringify(migration.items)).not.toContain('SECRET')
    expect(migration.corefile).not.toContain('etcd')
  })
})

describe('texts of records', () => {
  it('keep what means something to templates, zone files and the Corefile', async () => {
    const conf = 'no-resolv\ntxt-record=t.test,"{{ .Name }} say \\"hi\\" {$HOME} a\\\\b; #"\n'
    const { migration, proof } = await runExample({ files: { 'dnsmasq.conf': conf }, dnsmasq: '2.90' }, RELEASE)
    expect(migration.corefile).toContain(String.raw`IN TXT \"\123\123 .Name }} say \034hi\034 \123$HOME} a\092b; #\""`)
    expect(proof.verdict.kind).not.toBe('refused')
    expect(proof.comparison?.undeclared).toEqual([])
  })
})
