import { describe, expect, it } from 'vitest'
import { outcomeOf } from './decide.ts'

const zone = `$ORIGIN a.test.
@ 300 IN SOA ns me 1 2 3 4 5
@ IN NS ns
ns IN A 10.0.0.1
www IN A 10.0.0.2
* IN A 10.0.0.3
b.c.d IN A 10.0.0.4
alias IN CNAME www
out IN CNAME www.b.test.
lost IN CNAME none.x.www
child IN NS ns.child
ns.child IN A 10.0.0.5
tree IN DNAME other
x.other IN TXT t
`
const files = { '/zone': zone }
const text = (more = '') => `a.test {\n  file /zone${more}\n}\nb.test {\n  forward . 10.9.9.9\n}\n`
const ask = (question: string, release = '1.15.0', more = '') => outcomeOf(text(more), question, { files, release })
const data = (question: string, release?: string) => {
  const outcome = ask(question, release)
  return outcome.kind === 'records'
    ? outcome.records.map((record) => `${record.name} ${record.data}`).join(', ')
    : outcome.kind
}

describe('file', () => {
  it('has records, wildcards and names between, by release', () => {
    expect(data('WWW.a.test')).toBe('www.a.test. 10.0.0.2')
    expect(data('www.a.test MX')).toBe('nodata')
    expect(data('x.a.test')).toBe('x.a.test. 10.0.0.3')
    expect(data('x.www.a.test')).toBe('nxdomain')
    expect(data('c.d.a.test')).toBe('nodata')
    expect(data('c.d.a.test', '1.11.4')).toBe('c.d.a.test. 10.0.0.3')
    expect(data('d.a.test')).toBe('d.a.test. 10.0.0.3')
    expect(data('a.test SOA')).toBe('a.test. ns.a.test. me.a.test. 1 2 3 4 5')
    expect(data('a.test')).toBe('nodata')
  })

  it('takes the apex of the root for a wildcard since 1.15.0, and never what is called so', () => {
    const root = '@ 300 IN SOA ns me 1 2 3 4 5\n@ IN NS ns\n@ IN A 10.0.0.1\n* IN A 10.0.0.2\nwww IN A 10.0.0.3\n'
    const own = (question: string, release: string, zone = root) =>
      outcomeOf('. {\n  file /root\n}\n', question, { files: { '/root': zone }, release })
    for (const name of ['x', 'y.x']) {
      const records = [{ name: `${name}.`, type: 'A', data: '10.0.0.1' }]
      expect(own(name, '1.15.0')).toMatchObject({ kind: 'records', records })
      expect(own(`${name} MX`, '1.15.0').kind).toBe('nodata')
      expect(own(name, '1.14.7').kind).toBe('nxdomain')
      expect(own(name, '1.15.0', root.replace('@ IN A 10.0.0.1\n', '')).kind).toBe('nxdomain')
    }
    expect(own('x.www', '1.15.0').kind).toBe('nxdomain')
  })

  it('refers to the servers of a zone below', () => {
    expect(ask('x.child.a.test')).toEqual({
      kind: 'referral',
      records: [
        { name: 'child.a.test.', ttl: 300, type: 'NS', data: 'ns.child.a.test.' },
        { name: 'ns.child.a.test.', ttl: 300, type: 'A', data: '10.0.0.5' },
      ],
    })
  })

  it('follows aliases inside and outside of the zone', () => {
    expect(ask('alias.a.test')).toMatchObject({ kind: 'alias', reached: { records: [{ data: '10.0.0.2' }] } })
    expect(ask('alias.a.test MX')).toMatchObject({ kind: 'alias', target: 'www.a.test.', reached: null })
    expect(ask('out.a.test')).toMatchObject({
      kind: 'alias',
      reached: { kind: 'upstream', asks: { name: 'www.b.test.' } },
    })
    expect(ask('lost.a.test')).toMatchObject({ kind: 'alias', reached: { kind: 'nxdomain' } })
    expect(ask('x.tree.a.test TXT')).toMatchObject({
      kind: 'alias',
      records: [{ type: 'DNAME' }, { name: 'x.tree.a.test.', data: 'x.other.a.test.' }],
      reached: { records: [{ data: '"t"' }] },
    })
  })

  it('passes on what it does not have, where it falls through', () => {
    expect(ask('x.www.a.test', '1.15.0', ' {\n    fallthrough\n  }').kind).toBe('servfail')
    expect(ask('www.a.test', '1.15.0', ' {\n    fallthrough\n  }').kind).toBe('records')
  })

  it('refuses names outside of its zones where it is the last one, since 1.12.3', () => {
    const narrow = '. {\n  file /zone a.test\n}\n'
    expect(outcomeOf(narrow, 'b.test', { files }).kind).toBe('refused')
    expect(outcomeOf(narrow, 'b.test', { files, release: '1.12.0' }).kind).toBe('servfail')
  })

  it('is a symbol without its text, and SERVFAIL without a zone in it', () => {
    expect(outcomeOf(text(), 'x.a.test')).toMatchObject({
      kind: 'file',
      zone: 'a.test.',
      path: '/zone',
      otherwise: { kind: 'nxdomain' },
    })
    expect(outcomeOf(text(), 'x.a.test', { files: {} }).kind).toBe('servfail')
    expect(outcomeOf(text(), 'x.a.test', { files: { '/zone': '$INCLUDE /other\n' } }).kind).toBe('unknown')
  })
})

describe('auto', () => {
  const auto = '. {\n  auto {\n    directory /zones (.*)\\.zone {1}\n  }\n  forward . 10.9.9.9\n}\n'
  const around = { files: { '/zones/a.test.zone': zone, '/zones/readme': 'x', '/zones/bad.test.zone': 'x' } }

  it('serves the files whose names fit', () => {
    expect(outcomeOf(auto, 'www.a.test', around)).toMatchObject({ kind: 'records' })
    expect(outcomeOf(auto, 'x.www.a.test', around).kind).toBe('nxdomain')
    expect(outcomeOf(auto, 'www.bad.test', around).kind).toBe('upstream')
  })

  it('is a symbol where nobody said which files there are', () => {
    expect(outcomeOf(auto, 'a.test')).toMatchObject({ kind: 'file', path: '/zones', otherwise: { kind: 'upstream' } })
  })
})
