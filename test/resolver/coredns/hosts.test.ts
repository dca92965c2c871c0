import { describe, expect, it } from 'vitest'
import { decide, modelOf, outcomeOf } from './decide.ts'

const nobody = { files: {} }
const corefile = (hosts: string) => `. {\n  ${hosts}\n  forward . 10.0.0.1\n}\n`

/** What comes, short: the data of records, or the kind. */
function answer(text: string, question: string, around = {}): string {
  const outcome = outcomeOf(text, question, { ...nobody, ...around })
  return outcome.kind === 'records' ? outcome.records.map(({ data }) => data).join(' ') : outcome.kind
}

describe('hosts', () => {
  const text = corefile(`hosts {
    10.0.0.2 a.example A.example
    10.0.0.3 a.example
    2001:db8::1%eth0 six.example
    ::ffff:10.0.0.4 mapped.example
    010.0.0.1 bad.example
    10.0.0.5 *.wild.example exact.wild.example
    ttl 77
    fallthrough example
  }`)

  it.each([
    ['a.example A', '10.0.0.2 10.0.0.2 10.0.0.3'],
    ['A.EXAMPLE A', '10.0.0.2 10.0.0.2 10.0.0.3'],
    ['a.example AAAA', 'nodata'],
    ['a.example MX', 'nodata'],
    ['six.example AAAA', '2001:db8::1'],
    ['mapped.example A', '10.0.0.4'],
    ['mapped.example AAAA', 'nodata'],
    ['bad.example A', 'upstream'],
    ['b.a.example A', 'upstream'],
    ['other.test A', 'servfail'],
    ['2.0.0.10.in-addr.arpa PTR', 'a.example. a.example.'],
    ['4.0.0.10.in-addr.arpa PTR', 'mapped.example.'],
    ['5.0.0.10.in-addr.arpa PTR', 'exact.wild.example.'],
    ['9.0.0.10.in-addr.arpa PTR', 'upstream'],
    ['0.10.in-addr.arpa PTR', 'upstream'],
    ['x.wild.example A', '10.0.0.5'],
    ['x.wild.example TXT', 'nodata'],
    ['exact.wild.example A', '10.0.0.5'],
    ['wild.example A', 'upstream'],
    ['y.x.wild.example A', 'upstream'],
  ])('%s', (question, expected) => {
    expect(answer(text, question)).toBe(expected)
  })

  it('answers in lower case with its own time to live', () => {
    expect(outcomeOf(text, 'SIX.example AAAA', nobody)).toEqual({
      kind: 'records',
      records: [{ name: 'six.example.', ttl: 77, type: 'AAAA', data: '2001:db8::1' }],
    })
  })

  it('takes asterisks literally up to 1.14.4', () => {
    expect(answer(text, 'x.wild.example', { release: '1.14.4' })).toBe('upstream')
    expect(answer(text, '*.wild.example', { release: '1.14.4' })).toBe('10.0.0.5')
  })

  it.each([
    ['1.6.7', '', 'upstream'],
    ['1.6.8', '', 'nodata'],
    ['1.14.4', '', 'nodata'],
    ['1.14.5', '', 'upstream'],
    ['1.14.6', '', 'upstream'],
    ['1.14.7', '', 'nodata'],
    ['1.14.7', 'fallthrough_unsupported', 'upstream'],
  ])('in %s passes other types of its names on: %s %s', (release, option, expected) => {
    expect(
      answer(corefile(`hosts {\n    ${option}\n    10.0.0.2 a.example\n    fallthrough\n  }`), 'a.example MX', {
        release,
      }),
    ).toBe(expected)
  })

  it('leaves names outside of its zones to the next plugin, and out of its own data', () => {
    const zoned = corefile('hosts /dev/null a.example {\n    10.0.0.2 x.a.example x.b.example\n    no_reverse\n  }')
    expect(answer(zoned, 'x.a.example')).toBe('10.0.0.2')
    expect(answer(zoned, 'y.a.example')).toBe('servfail')
    expect(answer(zoned, 'x.b.example')).toBe('upstream')
    expect(answer(zoned, '2.0.0.10.in-addr.arpa PTR')).toBe('upstream')
  })

  it('adds the entries of a file, in front of its own', () => {
    const files = { '/etc/coredns/hosts': '# c\n10.0.0.9\ta.example b.example # x\n\n10.0.0.8 b.example\n' }
    const text =
      '. {\n  root /etc/coredns\n  hosts hosts {\n    10.0.0.2 a.example\n    fallthrough\n  }\n  whoami\n}\n'
    expect(answer(text, 'a.example', { files })).toBe('10.0.0.9 10.0.0.2')
    expect(answer(text, 'b.example', { files })).toBe('10.0.0.9 10.0.0.8')
    expect(decide(text, 'b.example', { files }).path[0]?.did).toBe('hosts line 2 and 1 more')
  })

  it('is a symbol where the file was not given', () => {
    const text = corefile('hosts /etc/coredns/hosts {\n    fallthrough\n  }')
    expect(outcomeOf(text, 'a.example')).toMatchObject({
      kind: 'file',
      path: '/etc/coredns/hosts',
      name: 'a.example.',
      otherwise: { kind: 'upstream' },
    })
    const own = corefile('hosts {\n    10.0.0.2 a.example\n    fallthrough\n  }')
    expect(decide(own, 'a.example')).toMatchObject({
      outcome: { kind: 'records' },
      assumes: [expect.stringContaining('/etc/hosts')],
    })
    expect(outcomeOf(own, 'b.example').kind).toBe('upstream')
    expect(outcomeOf(own, 'localhost').kind).toBe('file')
  })

  it('knows all names but those of an address that is not filled in', () => {
    const text = corefile('hosts {\n    {$IP} a.example\n    10.0.0.2 b.example\n    fallthrough\n  }')
    expect(answer(text, 'a.example')).toBe('unknown')
    expect(answer(text, 'b.example')).toBe('10.0.0.2')
    expect(answer(text, 'c.example')).toBe('upstream')
  })

  it('is told apart by its names, addresses and zones', () => {
    const { names, domains, addresses } = modelOf(text, nobody).vocabulary
    expect([...names]).toContain('*.wild.example.')
    expect([...domains]).toContain('wild.example.')
    expect([...addresses]).toContain('2001:db8::1')
  })
})
