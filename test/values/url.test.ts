import { describe, expect, it } from 'vitest'
import { parseUrl, userInformation, withoutUserInformation } from '../../src/values/url.ts'

describe('URLs', () => {
  it('come apart as in Go', () => {
    expect(parseUrl('HTTPS://u:p@a:80/b?c#d', '1.15.0')).toEqual({ scheme: 'https', host: 'a:80', path: '/b' })
    expect(parseUrl('a:80', '1.15.0')).toEqual({ scheme: 'a', host: '', path: '' })
    expect(parseUrl('//a/b', '1.15.0')).toEqual({ scheme: '', host: 'a', path: '/b' })
    expect(parseUrl('a/b', '1.15.0')).toEqual({ scheme: '', host: '', path: 'a/b' })
    expect(parseUrl('http://[::1]:80', '1.15.0')).toEqual({ scheme: 'http', host: '[::1]:80', path: '' })
  })

  it.each([
    '10.0.0.1:80',
    ':80',
    'http://a:b',
    'http://[::1',
    'http://a b',
    'http://a\\',
    'http://%41',
    'a%zz',
    'a#%',
    'a\nb',
  ])('are refused: %j', (text) => {
    expect(parseUrl(text, '1.15.0')).toBeNull()
  })

  it('have one colon in the host since 1.15.0, if they are http', () => {
    expect(parseUrl('http://::1', '1.14.7')).toEqual({ scheme: 'http', host: '::1', path: '' })
    expect(parseUrl('http://::1', '1.15.0')).toBeNull()
    expect(parseUrl('tcp://::1', '1.15.0')).toEqual({ scheme: 'tcp', host: '::1', path: '' })
  })
})

describe('names and passwords in URLs', () => {
  it.each([
    ['http://root:secret@10.0.0.1:2379/x', 'http://***@10.0.0.1:2379/x'],
    ['a https://token@host, http://b:c@d', 'a https://***@host, http://***@d'],
    ['http://a:b@c@host', 'http://***@host'],
    ['http://root:se/cr#et@host/p', 'http://***@host/p'],
  ])('are hidden: %s', (text, shown) => {
    expect(withoutUserInformation(text)).toBe(shown)
  })

  it.each([
    'http://10.0.0.1:2379',
    'http://host:8080/~user@example.org',
    'http://host/@scope/name',
    'user@example.org',
    'grpc://@host',
    '{remote}:{port} - {>id} "{type} {class} {name}"',
  ])('are none: %s', (text) => {
    expect(userInformation(text)).toEqual([])
  })

  it('are found at their places', () => {
    const text = 'endpoint http://root:secret@10.0.0.1:2379'
    expect(userInformation(text).map(({ start, end }) => text.slice(start, end))).toEqual(['root:secret'])
  })
})
