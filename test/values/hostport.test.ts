import { describe, expect, it } from 'vitest'
import { isServerAddress, joinHostPort, splitHostPort } from '../../src/values/hostport.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { agreesWithGo } from './recorded.ts'

describe('splitHostPort', () => {
  agreesWithGo('net.SplitHostPort', (text) => {
    const parts = splitHostPort(text)
    return isInvalid(parts) ? parts : { value: [parts.host, parts.port] }
  })
})

describe('joinHostPort', () => {
  agreesWithGo('net.JoinHostPort', (host, port) => ({ value: joinHostPort(host, port) }))
})

describe('isServerAddress', () => {
  it.each(['192.0.2.1', '192.0.2.1:53', '2001:db8::1', '[2001:db8::1]:5353', '192.0.2.1:65535'])('takes %s', (text) => {
    expect(isServerAddress(text)).toBe(true)
  })

  it.each([
    '',
    'ns.example',
    'ns.example:53',
    '192.0.2.1:',
    '192.0.2.1:0',
    '192.0.2.1:65536',
    '192.0.2.1:dns',
    '[2001:db8::1]',
  ])('does not take %j', (text) => {
    expect(isServerAddress(text)).toBe(false)
  })
})
