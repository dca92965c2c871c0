import { describe, expect, it } from 'vitest'
import * as forward from '../../../grammar/plugins/forward.ts'
import { faultsOf, reasonsOf } from './reasons-of.ts'

const inBlock = (line: string, to = '1.1.1.1') => `forward . ${to} {\n${line}\n}`
const noFiles = { fileExists: () => false }

describe('upstreams of forward', () => {
  it('are names from 1.14.4 on, if Go would look them up', () => {
    const block = 'forward . dns.example 10.0.0.256 1.1.1.1,8.8.8.8'
    expect(faultsOf(forward, block, '1.14.3', noFiles)).toEqual([
      'invalid-value dns.example',
      'invalid-value 10.0.0.256',
      'invalid-value 1.1.1.1,8.8.8.8',
    ])
    expect(faultsOf(forward, block, '1.14.4', noFiles)).toEqual([
      'invalid-value 10.0.0.256',
      'invalid-value 1.1.1.1,8.8.8.8',
    ])
  })

  it('rest on what resolves and what exists', () => {
    const assumed: string[] = []
    const assume = (what: string) => assumed.push(what)
    expect(reasonsOf(forward, 'forward . dns.example:5300 /etc/resolv.conf', '1.15.0', { assume })).toEqual([])
    expect(assumed).toEqual(['the name dns.example resolves when CoreDNS starts', 'file /etc/resolv.conf exists'])
  })

  it('crash 1.6.9 where they have no health check, and nothing in 1.6.2', () => {
    expect(faultsOf(forward, 'forward . https://1.1.1.1', '1.6.2')).toEqual([])
    expect(faultsOf(forward, 'forward . https://1.1.1.1', '1.6.9')).toEqual(['panic https://1.1.1.1'])
    expect(faultsOf(forward, 'forward . https://1.1.1.1', '1.7.0')).toEqual(['invalid-value https://1.1.1.1'])
    expect(faultsOf(forward, 'forward . https://1.1.1.1', '1.14.5')).toEqual([])
  })

  it('took two schemes themselves before 1.2.3', () => {
    expect(faultsOf(forward, 'forward . tls://1.1.1.1 dns://8.8.8.8', '1.0.6')).toEqual([])
    expect(faultsOf(forward, 'forward . grpc://1.1.1.1', '1.1.3', noFiles)).toEqual(['invalid-value grpc://1.1.1.1'])
  })

  it('must not all be directories', () => {
    const isThere = { fileExists: (path: string) => path.endsWith('/') }
    expect(faultsOf(forward, 'forward . /etc/', '1.15.0', isThere)).toEqual(['invalid-value /etc/'])
    expect(faultsOf(forward, 'forward . /etc/ 1.1.1.1', '1.15.0', isThere)).toEqual([])
    expect(faultsOf(forward, 'forward . /etc/ 1.1.1.1', '1.14.4', isThere)).toEqual(['invalid-value /etc/'])
  })
})

describe('the block of forward', () => {
  it('crashes for a FROM that is no zone, from 1.8.4 to 1.9.0', () => {
    expect(faultsOf(forward, 'forward a..b 1.1.1.1', '1.8.0')).toEqual([])
    expect(faultsOf(forward, 'forward a..b 1.1.1.1', '1.9.0')).toEqual(['panic a..b'])
    expect(faultsOf(forward, 'forward a..b 1.1.1.1', '1.9.1')).toEqual(['invalid-value a..b'])
  })

  it('names the TLS server once, whatever else has a percent sign', () => {
    const line = 'tls_servername b.example'
    expect(faultsOf(forward, inBlock(line, 'tls://1.1.1.1%a.example'), '1.13.2')).toEqual([
      'conflict tls://1.1.1.1%a.example',
    ])
    expect(faultsOf(forward, inBlock(line, 'tls://1.1.1.1%a.example'), '1.13.1')).toEqual([])
    expect(faultsOf(forward, inBlock(line, 'fe80::1%eth0'), '1.15.0')).toEqual([])
    expect(faultsOf(forward, inBlock(line, 'quic://1.1.1.1%a.example'), '1.15.0')).toEqual([
      'conflict quic://1.1.1.1%a.example',
    ])
  })

  it('compares the last max_age with the last expire or its default', () => {
    expect(faultsOf(forward, inBlock('max_age 9s'), '1.14.3')).toEqual(['conflict 9s'])
    expect(faultsOf(forward, inBlock('max_age 30s\nexpire 1m\nexpire 20s'), '1.14.3')).toEqual([])
    expect(faultsOf(forward, inBlock('max_age 0s'), '1.14.3')).toEqual([])
  })

  it('reads the options of health_check by release', () => {
    const line = 'health_check 5s no_rec domain a..b'
    expect(faultsOf(forward, inBlock(line), '1.15.0')).toEqual(['invalid-value a..b'])
    expect(faultsOf(forward, inBlock(line), '1.9.2')).toEqual([])
    expect(faultsOf(forward, inBlock(line), '1.8.0')).toEqual(['invalid-value domain'])
    expect(faultsOf(forward, inBlock('health_check 5s no_rec'), '1.6.7')).toEqual(['unknown-property no_rec'])
  })

  it('tells every fault of a block', () => {
    const lines = 'expire 10\nmax_fails -1\nforce_tcp on\nnext NXDOMIAN'
    expect(faultsOf(forward, inBlock(lines), '1.15.0')).toEqual([
      'duration-unit 10',
      'invalid-value -1',
      'argument-count on',
      'invalid-value NXDOMIAN',
    ])
  })
})
