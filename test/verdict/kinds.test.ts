import { describe, expect, it } from 'vitest'
import type { ValueKind } from '../../grammar/schema.ts'
import {
  boolean,
  cidr,
  directory,
  domain,
  duration,
  file,
  float,
  goTemplate,
  hostPort,
  hostPortOrStar,
  integer,
  ip,
  ipOrCidr,
  listenAddress,
  oneOf,
  oneOfAnyCase,
  orEmpty,
  origin,
  percentage,
  queryClass,
  queryType,
  rcode,
  regexp,
  rootedFile,
  tested,
  text,
  upstream,
  url,
  zone,
} from '../../grammar/schema.ts'
import { isSince } from '../../src/values/release.ts'
import { describeKind, faultOf, type KindContext } from '../../src/verdict/kinds.ts'

const assumed: string[] = []

function contextOf(release: string, more: Partial<KindContext> = {}): KindContext {
  return {
    release,
    isSince: (first) => isSince(release, first),
    fileExists: () => undefined,
    fileText: () => undefined,
    assume: (what) => assumed.push(what),
    root: '',
    wordTests: { even: (word) => (word.length % 2 === 0 ? null : 'odd') },
    ...more,
  }
}

/** The kind of what is wrong with a word, null for nothing. */
function fault(kind: ValueKind, word: string, release = '1.15.0', more: Partial<KindContext> = {}): string | null {
  assumed.length = 0
  return faultOf(kind, word, contextOf(release, more))?.kind ?? null
}

// How Go reads single values is shown in test/values; here is what becomes of them.
describe('faultOf', () => {
  it.each<[string, ValueKind, string, string | null]>([
    ['text', text(), '', null],
    ['origin', origin(), '{}', null],
    ['integer', integer(), '12', null],
    ['integer', integer(), '-12', null],
    ['integer', integer(), 'x', 'invalid-value'],
    ['integer', integer(), '12s', 'duration-unit'],
    ['integer above 1', integer({ min: 1 }), '0', 'out-of-range'],
    ['integer to 5', integer({ max: 5 }), '6', 'out-of-range'],
    ['integer of 8 bits', integer({ bits: 8 }), '128', 'invalid-value'],
    ['unsigned integer', integer({ unsigned: true }), '-1', 'invalid-value'],
    ['unsigned of 16 bits', integer({ unsigned: true, bits: 16 }), '65535', null],
    ['unsigned of 16 bits', integer({ unsigned: true, bits: 16 }), '65536', 'invalid-value'],
    ['float', float(), '1.5e3', null],
    ['float', float({ min: 0, max: 1 }), '1.1', 'out-of-range'],
    ['float', float(), 'x', 'invalid-value'],
    ['boolean', boolean(), 'true', null],
    ['boolean', boolean(), 'yes', 'invalid-value'],
    ['duration', duration(), '1m30s', null],
    ['duration', duration(), '30', 'duration-unit'],
    ['duration', duration(), 'soon', 'invalid-value'],
    ['duration or seconds', duration({ orSeconds: true }), '30', null],
    ['positive duration', duration({ positive: true }), '0s', 'out-of-range'],
    ['duration from 1s', duration({ min: '1s' }), '999ms', 'out-of-range'],
    ['duration to 1h', duration({ max: '1h' }), '61m', 'out-of-range'],
    ['one of', oneOf('a', 'b'), 'b', null],
    ['one of', oneOf('a', 'b'), 'B', 'invalid-value'],
    ['one of, any case', oneOfAnyCase('a', 'b'), 'B', null],
    ['zone', zone(), 'example.org', null],
    ['zone', zone(), 'a..b', 'invalid-value'],
    ['domain', domain(), 'example.org', null],
    ['domain', domain(), 'a..b', 'invalid-value'],
    ['ip', ip(), '::1', null],
    ['ip', ip(), '10.0.0', 'invalid-value'],
    ['cidr', cidr(), '10.0.0.0/8', null],
    ['cidr', cidr(), '10.0.0.1', 'invalid-value'],
    ['ip or cidr', ipOrCidr(), '10.0.0.1', null],
    ['ip or cidr', ipOrCidr(), '10.0.0.0/8', null],
    ['ip or cidr', ipOrCidr(), '10.0.0.0/33', 'invalid-value'],
    ['listen address', listenAddress(), ':8080', null],
    ['listen address', listenAddress(), '8080', 'invalid-value'],
    ['host and port', hostPort('53'), '10.0.0.1', null],
    ['host and port', hostPort('53'), 'a.org', 'invalid-value'],
    ['host and port', hostPort('53'), '*', 'invalid-value'],
    ['host and port or star', hostPortOrStar('53'), '*', null],
    ['url', url(), 'http://10.0.0.1:2379', null],
    ['regexp', regexp(), '(a|b)*', null],
    ['regexp', regexp(), '(?=a)', 'invalid-value'],
    ['regexp of 3 bytes', regexp(3), 'éé', 'out-of-range'],
    ['template', goTemplate(), '{{ .Name }}', null],
    ['template', goTemplate(), '{{ .Name', 'invalid-value'],
    ['percentage', percentage(10, 90), '10%', null],
    ['percentage', percentage(10, 90), '91%', 'out-of-range'],
    ['percentage', percentage(10, 90), '10', 'invalid-value'],
    ['percentage', percentage(10, 90), 'x%', 'invalid-value'],
    ['query type', queryType(), 'AAAA', null],
    ['query type', queryType(), 'aaaa', 'invalid-value'],
    ['query class', queryClass(), 'IN', null],
    ['query class', queryClass(), 'in', 'invalid-value'],
    ['rcode', rcode(), 'NXDOMAIN', null],
    ['rcode', rcode(), 'nope', 'invalid-value'],
    ['a test', tested('even', 'an even word'), 'ab', null],
    ['a test', tested('even', 'an even word'), 'abc', 'invalid-value'],
    ['a test that nobody defines', tested('none', 'x'), 'abc', null],
  ])('%s %#: %j %s is %s', (_, kind, word, expected) => {
    expect(fault(kind, word)).toBe(expected)
  })

  it('throws for a grammar whose limits are no durations', () => {
    expect(() => fault(duration({ min: 'soon' }), '1s')).toThrow(RangeError)
  })
})

describe('a file', () => {
  const there = { fileExists: (path: string) => path === '/etc/x' }

  it('is assumed to be there when nobody knows', () => {
    expect(fault(file(), '/etc/x')).toBeNull()
    expect(assumed).toEqual(['file /etc/x exists'])
  })

  it('is refused when it is not there, unless that is a warning', () => {
    expect(fault(file(), '/etc/x', '1.15.0', there)).toBeNull()
    expect(fault(file(), '/etc/y', '1.15.0', there)).toBe('file-missing')
    expect(fault(directory(), '/etc/y', '1.15.0', there)).toBe('file-missing')
    expect(fault(file('warning'), '/etc/y', '1.15.0', there)).toBeNull()
  })

  it('lies below the root, which may not be known', () => {
    expect(fault(rootedFile(), 'x', '1.15.0', { ...there, root: '/etc/' })).toBeNull()
    expect(fault(rootedFile(), 'x', '1.15.0', { ...there, root: '/var' })).toBe('file-missing')
    expect(fault(rootedFile(), '/etc/x', '1.15.0', { ...there, root: '/var' })).toBeNull()
    expect(fault(rootedFile(), 'x', '1.15.0', { ...there, root: null })).toBeNull()
    expect(assumed).toEqual(['file x exists below the root'])
    expect(fault(file(), 'x', '1.15.0', { ...there, root: '/etc' })).toBe('file-missing')
  })

  it('may be left empty where that stands for none', () => {
    expect(fault(orEmpty(file()), '', '1.15.0', there)).toBeNull()
    expect(fault(file(), '', '1.15.0', there)).toBe('file-missing')
    expect(orEmpty(text())).toEqual(text())
  })
})

describe('an upstream', () => {
  const nothing = { fileExists: () => false }

  it('is an address of a scheme that the plugin has', () => {
    expect(fault(upstream(), '10.0.0.1')).toBeNull()
    expect(fault(upstream('dns', 'tls'), 'tls://10.0.0.1')).toBeNull()
    expect(fault(upstream('dns', 'tls'), 'grpc://10.0.0.1')).toBe('invalid-value')
    expect(fault(upstream(), 'nope', '1.15.0', nothing)).toBe('invalid-value')
  })

  it('is a file that lists servers, assumed to be there where it can be nothing else', () => {
    expect(fault(upstream('dns'), '/etc/resolv.conf')).toBeNull()
    expect(assumed).toEqual(['file /etc/resolv.conf exists'])
    expect(fault(upstream('dns'), '/etc/resolv.conf', '1.15.0', nothing)).toBe('invalid-value')
    expect(fault(upstream('dns'), 'nonsense', '1.10.0')).toBe('invalid-value')
  })

  it('is a name that is looked up, in the releases that look it up', () => {
    expect(fault(upstream('dns', 'tls'), 'dns.example.org')).toBeNull()
    expect(assumed).toEqual(['the name dns.example.org resolves when CoreDNS starts'])
    expect(fault(upstream('dns', 'tls'), 'dns.example.org', '1.14.3')).toBe('invalid-value')
    expect(fault(upstream('dns', 'tls'), '_-')).toBe('invalid-value')
  })
})

describe('describeKind', () => {
  it.each<[ValueKind, string]>([
    [text(), 'a word'],
    [integer(), 'a whole number'],
    [integer({ min: 1 }), 'a whole number, at least 1'],
    [integer({ max: 9 }), 'a whole number, at most 9'],
    [integer({ min: 1, max: 9 }), 'a whole number from 1 to 9'],
    [duration({ min: '1s', max: '1h' }), 'a duration with a unit, such as `10s` from 1s to 1h'],
    [oneOf('a'), '`a`'],
    [oneOf('a', 'b'), 'one of `a`, `b`'],
    [regexp(5), 'a regular expression in RE2 syntax of at most 5 bytes'],
    [percentage(1, 2), 'a percentage from 1% to 2%'],
    [tested('even', 'an even word'), 'an even word'],
  ])('%j is %s', (kind, expected) => {
    expect(describeKind(kind)).toBe(expected)
  })
})
