import { describe, expect, it } from 'vitest'
import { hostsAsCoreDns, hostsAsDnsmasq, hostsAsLibc, readHostsFile } from '../../src/sources/hosts-file.ts'
import { inetAton } from '../../src/sources/inet-aton.ts'
import { at, source } from './places.ts'

const text = `# comment
10.1.1.1 one.test ONE-Alias.Test. short   # why
\t10.1.1.2\tone.test\r
010.1.1.9 zeros.test
fe80::1%eth0 zone.test
::ffff:10.1.2.3 mapped.test
10.1.1.3 *.wild.test#x
10.1.1.4
1.2.3 brief.test
`

const file = readHostsFile(source('hosts', text))

function pairs(view: ReturnType<typeof hostsAsDnsmasq>): string[] {
  return view.entries.flatMap(({ address, names }) => names.map(({ value }) => `${address} ${value}`))
}

describe('a hosts file', () => {
  it('keeps every line with the places of its words', () => {
    expect(file.lines.map(({ range }) => at(text, range))).toEqual([
      '10.1.1.1 one.test ONE-Alias.Test. short',
      '10.1.1.2\tone.test',
      '010.1.1.9 zeros.test',
      'fe80::1%eth0 zone.test',
      '::ffff:10.1.2.3 mapped.test',
      '10.1.1.3 *.wild.test',
      '10.1.1.4',
      '1.2.3 brief.test',
    ])
    const words = file.lines.flatMap(({ address, names }) => [address, ...names])
    expect(words.map(({ range }) => at(text, range))).toEqual(words.map(({ value }) => value))
  })

  it('is what dnsmasq makes of it', () => {
    const view = hostsAsDnsmasq(file)
    expect(pairs(view)).toEqual([
      '10.1.1.1 one.test',
      '10.1.1.1 one-alias.test',
      '10.1.1.1 short',
      '10.1.1.2 one.test',
      '::ffff:10.1.2.3 mapped.test',
      '10.1.1.3 *.wild.test',
    ])
    expect(view.skipped.map(({ text: skipped }) => skipped)).toEqual(['010.1.1.9', 'fe80::1%eth0', '10.1.1.4', '1.2.3'])
    expect(view.entries.map(({ isIpv6 }) => isIpv6)).toEqual([false, false, true, false])
  })

  it('is what CoreDNS makes of it', () => {
    expect(pairs(hostsAsCoreDns(file))).toEqual([
      '10.1.1.1 one.test',
      '10.1.1.1 one-alias.test',
      '10.1.1.1 short',
      '10.1.1.2 one.test',
      'fe80::1 zone.test',
      '10.1.2.3 mapped.test',
      '10.1.1.3 *.wild.test',
    ])
  })

  it('is what the libraries of a pod make of it', () => {
    expect(pairs(hostsAsLibc(file, 'glibc'))).not.toContain('8.1.1.9 zeros.test')
    const musl = pairs(hostsAsLibc(file, 'musl'))
    expect(musl).toContain('8.1.1.9 zeros.test')
    expect(musl).toContain('10.1.1.1 ONE-Alias.Test.')
    expect(musl).toContain('1.2.0.3 brief.test')
  })
})

describe('inet_aton', () => {
  it('reads short, octal and hexadecimal addresses', () => {
    const read = ['1.2.3.4', '010.1.1.1', '1.2', '0x7f.1', '3232235777', '255.255.255.255'].map(inetAton)
    expect(read.map((bytes) => bytes?.join('.'))).toEqual([
      '1.2.3.4',
      '8.1.1.1',
      '1.0.0.2',
      '127.0.0.1',
      '192.168.1.1',
      '255.255.255.255',
    ])
    for (const text of [
      '',
      '1.2.3.4.5',
      '256.1.1.1',
      '1.2.3.256',
      '08.1.1.1',
      'a',
      '1..2',
      '4294967296',
      '0x',
      '-1',
      '1.2.65536',
    ]) {
      expect([text, inetAton(text)]).toEqual([text, undefined])
    }
  })
})
