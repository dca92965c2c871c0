import { describe, expect, it } from 'vitest'
import { isInvalid } from '../../src/values/invalid.ts'
import { isSince } from '../../src/values/release.ts'
import { parseZoneKey, splitZonePort, zonesOf } from '../../src/values/zone.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('splitZonePort', () => {
  agreesAtEveryRelease('plugin.SplitHostPort', (release, text) => {
    const read = splitZonePort(text, release)
    return isInvalid(read) ? read : { value: [read.port, ...read.zones] }
  })
})

describe('zonesOf', () => {
  agreesAtEveryRelease('plugin.Host.Normalize', (release, text) => {
    const zones = zonesOf(text, release)
    if (zones.length > 0) return { value: zones }
    // Go's nil; before 1.8.4 the empty text stood for a failure.
    return isSince(release, '1.8.4') ? { value: null } : { value: [''] }
  })
})

describe('parseZoneKey', () => {
  it.each([
    ['example.org', '1.15.0', { zones: ['example.org.'], port: '53', portWritten: false, transport: 'dns' }],
    ['Example.ORG:1053', '1.15.0', { zones: ['example.org.'], port: '1053', portWritten: true, transport: 'dns' }],
    ['Example.ORG', '1.14.6', { zones: ['Example.ORG.'], port: '53', portWritten: false, transport: 'dns' }],
    ['tls://.', '1.15.0', { zones: ['.'], port: '853', portWritten: false, transport: 'tls' }],
    ['https3://.', '1.13.1', { zones: ['https3://.'], port: '53', portWritten: false, transport: 'dns' }],
    [
      '10.0.0.0/23:5300',
      '1.8.4',
      {
        zones: ['0.0.10.in-addr.arpa.', '1.0.10.in-addr.arpa.'],
        port: '5300',
        portWritten: true,
        transport: 'dns',
      },
    ],
    ['10.0.1.0/20', '1.8.3', { zones: ['0.10.in-addr.arpa.'], port: '53', portWritten: false, transport: 'dns' }],
    ['10.0.1.0/23', '1.8.3', { zones: ['1.0.10.in-addr.arpa.'], port: '53', portWritten: false, transport: 'dns' }],
  ])('reads %s at %s', (text, release, key) => {
    expect(parseZoneKey(text, release)).toEqual(key)
  })

  it('takes the port of -dns.port for plain DNS only', () => {
    expect(parseZoneKey('.', '1.15.0', '1053')).toMatchObject({ port: '1053' })
    expect(parseZoneKey('tls://.', '1.15.0', '1053')).toMatchObject({ port: '853' })
  })

  it('also wants the zone with its final dot to be one', () => {
    const zone = `${'a'.repeat(63)}.`.repeat(3) + 'a'.repeat(63)
    expect(parseZoneKey(zone, '1.15.0')).toEqual({ error: 'specified zone is too long: 256 > 255' })
    expect(parseZoneKey(zone, '1.8.3')).toMatchObject({ transport: 'dns' })
  })
})
