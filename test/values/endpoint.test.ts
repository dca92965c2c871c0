import { describe, expect, it } from 'vitest'
import type { Address, HostName } from '../../src/values/endpoint.ts'
import { parseEndpoint, parseForwardTarget, parseHostPort, splitServerName } from '../../src/values/endpoint.ts'
import type { Invalid } from '../../src/values/invalid.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { isSince } from '../../src/values/release.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('parseEndpoint', () => {
  agreesAtEveryRelease('parse.HostPortOrFile', (release, text) => {
    const endpoint = parseEndpoint(text, release)
    if (isInvalid(endpoint)) return endpoint
    if (endpoint.kind === 'address') return { value: [endpoint.written] }
    if (!endpoint.isDirectory) return endpoint.otherwise
    return isSince(release, '1.6.8') ? { error: 'no nameservers found' } : { value: null }
  })

  it('says which file it would be', () => {
    expect(parseEndpoint('/etc/resolv.conf', '1.15.0')).toMatchObject({ kind: 'file needed', path: '/etc/resolv.conf' })
    expect(parseEndpoint('tls://resolv.conf', '1.15.0')).toMatchObject({ kind: 'file needed', path: 'resolv.conf' })
  })

  it('knows the paths that are always a directory', () => {
    const isDirectory = (text: string) => {
      const endpoint = parseEndpoint(text, '1.15.0')
      return !isInvalid(endpoint) && endpoint.kind === 'file needed' && endpoint.isDirectory
    }
    expect(['.', '..', './', '../..', '/', 'tls://.'].map(isDirectory)).toEqual(new Array(6).fill(true))
    expect(['a', './a', '...', '.:53', '/etc', '::1', 'unix://.'].map(isDirectory)).toEqual(new Array(7).fill(false))
  })

  it('knew no schemes before 1.2.3', () => {
    expect(parseEndpoint('dns://1.1.1.1', '1.2.2')).toMatchObject({ kind: 'file needed' })
  })
})

describe('parseForwardTarget', () => {
  agreesAtEveryRelease('forward', (release, text) => {
    const target = parseForwardTarget(text, release)
    if (!isInvalid(target) && target.kind === 'file needed' && target.isDirectory) {
      const none = isSince(release, '1.14.5') ? 'no valid upstream addresses found' : 'no nameservers found'
      return { error: `plugin/forward: ${none}` }
    }
    const outcome = isInvalid(target) || target.kind === 'address' ? target : target.otherwise
    const error = ofForwardAlone(text, outcome, release)
    return error === undefined && !isInvalid(outcome)
      ? { value: outcome.kind === 'address' ? 'ok' : outcome.kind }
      : { error: `plugin/forward: ${error}` }
  })

  /** What plugin/forward/setup.go checks besides: the protocols that it speaks, and no path after https. */
  function ofForwardAlone(text: string, outcome: Address | HostName | Invalid, release: string): string | undefined {
    if (isSince(release, '1.14.5') && /^https:\/\/.*\//.test(text)) {
      return `paths are not allowed in HTTPS upstream addresses (the /dns-query path is used by default): ${text}`
    }
    if (isInvalid(outcome)) return outcome.error
    const spoken = ['dns', 'tls']
    if (isSince(release, '1.14.5')) spoken.push('https')
    if (isSince(release, '1.15.0')) spoken.push('quic')
    if (outcome.kind !== 'address' || outcome.written === '' || spoken.includes(outcome.transport)) return undefined
    const { word } = splitServerName(outcome.written, release)
    return `'${outcome.transport}' is not supported as a destination protocol in forward: ${word}`
  }

  it('reads a host name with its TLS server name', () => {
    expect(parseForwardTarget('tls://dns.example%name.example:8853', '1.15.0')).toMatchObject({
      kind: 'file needed',
      path: 'dns.example%name.example:8853',
      otherwise: { kind: 'host name', transport: 'tls', name: 'dns.example', port: '8853', serverName: 'name.example' },
    })
  })
})

describe('splitServerName', () => {
  it.each([
    ['tls://1.1.1.1%name:853', { word: 'tls://1.1.1.1:853', serverName: 'name' }],
    ['tls://[::1%name]:853', { word: 'tls://[::1]:853', serverName: 'name' }],
    ['1.1.1.1', { word: '1.1.1.1', serverName: '' }],
  ])('takes the name out of %s', (text, parts) => {
    expect(splitServerName(text, '1.14.2')).toEqual(parts)
  })
})

describe('parseHostPort', () => {
  agreesAtEveryRelease('parse.HostPort', (release, text, port) => {
    const address = parseHostPort(text, port, release)
    return isInvalid(address) ? address : { value: address }
  })
})
