import { describe, expect, it } from 'vitest'
import { outcomeOf, pathOf } from './decide.ts'

const corefile = (lines: string, head = 'IN A example', rest = '') =>
  `. {\n  template ${head} {\n    ${lines}\n  }\n  ${rest}\n}\n`

describe('template', () => {
  it('fills in what it matched', () => {
    const text = corefile(
      'match ^ip-(?P<a>\\d+)-(\\d+)\\.\n    answer "{{ .Name }} 60 IN A 10.0.{{ .Group.a }}.{{ index .Match 2 }}"\n    fallthrough',
      'IN A example',
      'forward . 10.9.9.9',
    )
    expect(outcomeOf(text, 'IP-1-2.example')).toEqual({
      kind: 'records',
      records: [{ name: 'ip-1-2.example.', ttl: 60, type: 'A', data: '10.0.1.2' }],
    })
    expect(outcomeOf(text, 'ip-1-300.example').kind).toBe('servfail')
    expect(outcomeOf(text, 'x.example').kind).toBe('upstream')
    expect(outcomeOf(text, 'ip-1-2.example AAAA').kind).toBe('upstream')
    expect(outcomeOf(text, 'ip-1-2.example.org').kind).toBe('upstream')
  })

  it('is SERVFAIL where no expression matches and nothing falls through, and wrote nothing up to 1.9.2', () => {
    const text = corefile('match ^a\\.\n    answer "{{ .Name }} A 10.0.0.1"', 'IN A example', 'forward . 10.9.9.9')
    expect(outcomeOf(text, 'b.example').kind).toBe('servfail')
    expect(outcomeOf(text, 'b.example', { release: '1.9.1' }).kind).toBe('dropped')
    expect(outcomeOf(text, 'b.example', { release: '1.9.3' }).kind).toBe('servfail')
  })

  it('answers with an rcode, with and without records', () => {
    expect(outcomeOf(corefile('rcode NXDOMAIN', 'ANY ANY'), 'a.test MX')).toEqual({ kind: 'nxdomain' })
    expect(outcomeOf(corefile('rcode SERVFAIL', 'ANY ANY'), 'a.test').kind).toBe('servfail')
    expect(outcomeOf(corefile('rcode NXDOMAIN\n    answer "a. A 10.0.0.1"', 'ANY ANY'), 'a.test')).toMatchObject({
      kind: 'rcode',
      rcode: 'NXDOMAIN',
      records: [{ name: 'a.' }],
    })
    expect(outcomeOf(corefile('authority "b. NS ns.b."', 'ANY ANY'), 'a.b')).toMatchObject({ kind: 'referral' })
    expect(outcomeOf(corefile('answer ""', 'ANY ANY'), 'a.b').kind).toBe('unknown')
  })

  it('looks up the target of a CNAME through the server, for addresses alone', () => {
    const text = corefile('answer "{{ .Name }} 60 IN CNAME b.test."', 'IN ANY a.test', 'forward . 10.0.0.1')
    expect(outcomeOf(text, 'a.test')).toMatchObject({
      kind: 'alias',
      target: 'b.test.',
      reached: { kind: 'upstream', asks: { name: 'b.test.', type: 'A' } },
    })
    expect(outcomeOf(text, 'a.test TXT')).toMatchObject({ kind: 'alias', reached: null })
  })

  it('tries several in their order', () => {
    const text =
      '. {\n  template IN A {\n    match ^a\\.\n    rcode REFUSED\n    fallthrough\n  }\n  template ANY ANY {\n    rcode NXDOMAIN\n  }\n}\n'
    expect(outcomeOf(text, 'a.test').kind).toBe('refused')
    expect(outcomeOf(text, 'b.test').kind).toBe('nxdomain')
    expect(pathOf(text, 'a.test')).toEqual(['template answered: template IN A .'])
  })

  it('takes values and conditions from expressions', () => {
    const lines = (more: string) =>
      `match ^n(?P<num>\\d+)\\.\n    var n int(group('num')) + 1\n    expr n > 5 && type() == 'A'${more}\n    answer "{{ .Name }} 60 IN A 10.0.0.{{ .Var.n }}"`
    const text = (more = '') => corefile(lines(more), 'IN A example', 'forward . 10.9.9.9')
    expect(outcomeOf(text(), 'n7.example')).toMatchObject({ records: [{ data: '10.0.0.8' }] })
    expect(outcomeOf(text(), 'n2.example').kind).toBe('servfail')
    expect(outcomeOf(text('\n    fallthrough'), 'n2.example').kind).toBe('upstream')
    expect(outcomeOf(text("\n    expr client_ip() == '10.1.1.1'"), 'n7.example').kind).toBe('unknown')
  })

  it('does not know the client that nobody named', () => {
    const remote = corefile('answer "a. TXT {{ .Remote }}"', 'ANY ANY')
    expect(outcomeOf(remote, 'a').kind).toBe('unknown')
    expect(outcomeOf(remote, 'a', {}, { client: '10.1.1.1' })).toMatchObject({ records: [{ data: '"10.1.1.1"' }] })
  })
})
