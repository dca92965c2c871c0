import { describe, expect, it } from 'vitest'
import { isPublicName } from '../../src/values/public-name.ts'

describe('a name of the public DNS', () => {
  it.each([
    'api.github.com',
    'DB.Example.ORG.',
    'foo.co.uk',
    'co.uk',
    'app.dev',
    '1.0.0.10.in-addr.arpa',
    'a.xn--p1ai',
  ])('is %s', (name) => {
    expect(isPublicName(name)).toBe(true)
  })

  it.each([
    'db',
    'com',
    'com.',
    'db.corp.internal',
    'printer.local',
    'nas.lan',
    'db.corp',
    'api.default.svc',
    'db.svc.cluster.local',
    'tv.home.arpa',
    'home.arpa',
    'a.test',
    'a.example',
    'a.invalid',
    'x.localhost',
    'foo.remote',
    'mail.home',
    'service.onion',
    '',
    '.',
  ])('is not %s', (name) => {
    expect(isPublicName(name)).toBe(false)
  })
})
