import { describe, expect, it } from 'vitest'
import { GivenFiles } from '../../src/sources/given-files.ts'

const files = [
  { path: 'a/dnsmasq.d/x.conf', text: 'a' },
  { path: 'a/dnsmasq.d/y.conf', text: 'y' },
  { path: 'b/etc/dnsmasq.d/x.conf', text: 'b' },
  { path: 'hosts.office', text: 'h' },
]

describe('GivenFiles', () => {
  const given = new GivenFiles(files, {
    read: (path) => (path === '/srv/other' ? { path, text: { text: 'other' } as never } : undefined),
    list: (directory) => (directory === '/srv' ? ['other'] : undefined),
  })

  it('takes the file whose path has most of the last names', () => {
    expect(given.read('/etc/dnsmasq.d/x.conf')?.path).toBe('b/etc/dnsmasq.d/x.conf')
    expect(given.read('/etc/dnsmasq.d/y.conf')?.path).toBe('a/dnsmasq.d/y.conf')
    expect(given.read('/etc/hosts.office')?.path).toBe('hosts.office')
  })

  it('lists the directory that fits best', () => {
    expect(given.list('/etc/dnsmasq.d/')).toEqual(['x.conf'])
    expect(given.list('dnsmasq.d')).toEqual(['x.conf', 'y.conf'])
  })

  it('asks the others for what is not there', () => {
    expect(given.read('/srv/other')?.path).toBe('/srv/other')
    expect(given.list('/srv')).toEqual(['other'])
    expect(given.read('/etc/nothing')).toBeUndefined()
    expect(given.list('/nothing')).toBeUndefined()
  })
})
