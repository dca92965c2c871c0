import { describe, expect, it } from 'vitest'
import { outcomeOf, pathOf } from './decide.ts'

function answer(text: string, question: string, around = {}, query = {}): string {
  const outcome = outcomeOf(text, question, { files: {}, ...around }, query)
  return outcome.kind === 'records' ? outcome.records.map(({ ttl, data }) => `${ttl} ${data}`).join(', ') : outcome.kind
}

describe('cache', () => {
  const text = (cache: string, ttl = 100) =>
    `. {\n  cache ${cache}\n  hosts {\n    10.0.0.1 a.example\n    ttl ${ttl}\n  }\n}\n`

  it.each([
    ['', 100, '1.15.0', 100],
    ['30', 100, '1.15.0', 30],
    ['200', 100, '1.15.0', 100],
    ['30 b.example', 100, '1.15.0', 100],
    ['30 a.example', 100, '1.15.0', 30],
    ['', 2, '1.15.0', 5],
    ['{\n    success 100 50\n  }', 100, '1.15.0', 50],
    ['{\n    success 100 500 200\n  }', 100, '1.15.0', 200],
    ['5000', 4000, '1.14.3', 3600],
    ['5000', 4000, '1.14.4', 4000],
    ['{\n    disable success\n  }', 5000, '1.15.0', 3600],
  ])('%s gives %d in %s: %d', (cache, ttl, release, expected) => {
    expect(answer(text(cache, ttl), 'a.example', { release })).toBe(`${expected} 10.0.0.1`)
  })

  it('says what it does with the answer', () => {
    const did = (cache: string, question = 'a.example') => pathOf(text(cache), question, { files: {} })[0]
    expect(did('30')).toBe('cache changed: would repeat the answer for 30 s')
    expect(did('30', 'a.example MX')).toBe('cache passed: would repeat the answer for 5 s')
    expect(did('30', 'b.example')).toBe('cache passed: ')
    expect(did('30 b')).toBe('cache passed: not its zone (b)')
    expect(did('{\n    disable success\n    serve_stale 2h\n  }')).toBe(
      'cache passed: does not keep the answer (disable success); for 2h more where nobody answers (serve_stale)',
    )
  })

  it('warns of answers that acl does not get to see', () => {
    const both = '. {\n  cache\n  acl {\n    block net 10.0.0.0/8\n  }\n  whoami\n}\n'
    const note = (release: string) =>
      pathOf(both, 'a', { release }, { client: '192.0.2.1' }).join().includes('before acl')
    expect([note('1.12.4'), note('1.14.3'), note('1.15.0')]).toEqual([false, true, false])
  })
})

describe('acl', () => {
  const text = `. {
  acl example.org {
    allow net 10.1.0.0/16 192.0.2.1
    block type A net 10.0.0.0/8
    filter type AAAA
    drop type TXT net *
  }
  acl example.com {
    block
  }
  whoami
}
`
  it.each([
    ['a.example.org A', '10.1.2.3', 'nodata'],
    ['a.example.org A', '10.2.2.3', 'refused'],
    ['a.example.org MX', '10.2.2.3', 'nodata'],
    ['a.example.org TXT', '10.2.2.3', 'dropped'],
    ['a.example.org TXT', '192.0.2.1', 'nodata'],
    ['a.example.com TXT', '192.0.2.1', 'refused'],
    ['a.example.net TXT', '192.0.2.1', 'nodata'],
    ['a.example.org TXT', '2001:db8::1', 'dropped'],
    ['a.example.org A', null, 'unknown'],
    ['a.example.com A', null, 'refused'],
    ['a.example.org AAAA', null, 'nodata'],
  ])('%s from %s: %s', (question, client, expected) => {
    expect(answer(text, question, {}, { client })).toBe(expected)
  })

  it('tells the policy', () => {
    expect(pathOf(text, 'a.example.org A', {}, { client: '10.2.2.3' })).toEqual([
      'acl answered: block type A net 10.0.0.0/8',
      'whoami not-asked: ',
    ])
  })
})

describe('plugins with answers of their own', () => {
  it.each([
    ['any', 'a ANY', '8482 "ANY obsoleted" "See RFC 8482"'],
    ['any', 'a A', 'nodata'],
    ['local', 'localhost A', '604800 127.0.0.1'],
    ['local', 'LocalHost AAAA', '604800 ::1'],
    ['local', 'localhost MX', 'nodata'],
    ['local', 'localhost.example.org A', '604800 127.0.0.1'],
    ['local {\n    localhost_prefix off\n  }', 'localhost.example.org AAAA', 'nodata'],
    ['local', 'x.localhost A', '604800 127.0.0.1'],
    ['local', '1.0.0.127.in-addr.arpa PTR', '604800 localhost.'],
    ['local', '2.0.0.127.in-addr.arpa PTR', 'nxdomain'],
    ['local', '127.in-addr.arpa NS', '604800 localhost.'],
    ['local', 'a MX', 'nodata'],
    ['tsig {\n    require A\n  }', 'a A', 'refused'],
    ['tsig {\n    require A\n  }', 'a MX', 'nodata'],
    ['tsig b {\n    require all\n  }', 'a A', 'nodata'],
    ['minimal', 'a A', 'nodata'],
  ])('%s: %s', (plugin, question, expected) => {
    expect(answer(`. {\n  ${plugin}\n  whoami\n}\n`, question)).toBe(expected)
  })

  it('local knows names below localhost since 1.14.5', () => {
    expect(answer('. {\n  local\n}\n', 'x.localhost A', { release: '1.14.4' })).toBe('nxdomain')
  })

  it('chaos says what it is told to', () => {
    const chaos = (words: string, name: string) =>
      answer(`. {\n  chaos ${words}\n  whoami\n}\n`, `${name} TXT`, {}, { class: 'CH' })
    expect(chaos('', 'version.bind')).toBe('0 "CoreDNS-1.15.0"')
    expect(chaos('"a \\"b\\"" me you', 'version.server')).toBe('0 "a \\"b\\""')
    expect(chaos('v me you me', 'authors.bind')).toBe('0 "me", 0 "you"')
    expect(chaos('', 'authors.bind')).toBe('unknown')
    expect(chaos('', 'hostname.bind')).toBe('unknown')
    expect(chaos('', 'other.bind')).toBe('nodata')
  })

  it('erratic drops, unless it is told not to', () => {
    const erratic = (options: string, question = 'a A') =>
      answer(`. {\n  erratic {\n    ${options}\n  }\n}\n`, question)
    expect(erratic('')).toBe('unknown')
    expect(erratic('drop 0')).toBe('0 192.0.2.53')
    expect(erratic('drop 1')).toBe('dropped')
    expect(erratic('delay 3')).toBe('0 192.0.2.53')
    expect(erratic('delay 3\n    drop')).toBe('0 192.0.2.53')
    expect(erratic('drop 0', 'a MX')).toBe('servfail')
  })
})

describe('plugins whose data lies elsewhere', () => {
  it('dynupdate answers for its zone, past the cache', () => {
    const text =
      'example.org {\n  cache\n  dynupdate a.example.org {\n    file db\n    allow k a.example.org A\n  }\n  whoami\n}\n'
    expect(answer(text, 'x.a.example.org')).toBe('file')
    expect(answer(text, 'b.example.org')).toBe('nodata')
    expect(pathOf(text, 'x.a.example.org')[0]).toBe('cache passed: keeps nothing of the zone of dynupdate')
  })

  it('nomad has a zone of its own', () => {
    expect(answer('. {\n  nomad\n}\n', 'a.default.service.nomad')).toBe('unknown')
    expect(answer('. {\n  nomad\n}\n', 'a.nomad')).toBe('servfail')
  })

  it('siit leaves alone what has an address, and what is no name', () => {
    const text =
      '. {\n  siit {\n    ipv6_prefix 64:ff9b::/96\n  }\n  hosts {\n    10.0.0.1 a\n    2001:db8::1 b\n  }\n}\n'
    expect(answer(text, 'a A')).toBe('3600 10.0.0.1')
    expect(answer(text, 'b AAAA')).toBe('3600 2001:db8::1')
    expect(answer(text, 'b A')).toBe('unknown')
    expect(answer(text, 'c A')).toBe('servfail')
  })
})
