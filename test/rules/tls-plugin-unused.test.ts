import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/tls-plugin-unused.ts'
import { findings } from './lint-text.ts'

const find = (keys: string) => findings(`${keys} {\n    tls cert.pem key.pem\n    whoami\n}\n`, { rules: [rule] })

describe('tls-plugin-unused', () => {
  it.each(['tls://.', 'https://.', '. tls://.', '. quic://.', '{$ZONE}', '. {$ZONE}', 'TLS://.:853'])(
    'is silent about %s',
    async (keys) => {
      expect(await find(keys)).toEqual([])
    },
  )

  it('is an error on a port that is meant for encryption', async () => {
    const severity = async (keys: string) => (await find(keys)).map((each) => each.severity)
    expect(await severity('.')).toEqual(['info'])
    expect(await severity('a.example:853 b.example:853')).toEqual(['error'])
    expect(await severity('.:443')).toEqual(['error'])
  })

  it('mends blocks on one such port alone', async () => {
    const edits = async (keys: string) => (await find(keys))[0]?.fix?.edits.map(({ text }) => text)
    expect(await edits('a.example:853 b.example:853')).toEqual(['tls://', 'tls://'])
    expect(await edits('.:443')).toEqual(['https://'])
    expect(await edits('.:53 .:853')).toBeUndefined()
    const other = 'tls://a.example {\n    tls cert.pem key.pem\n    whoami\n}\n'
    expect(await edits(`${other}b.example:853`)).toBeUndefined()
  })
})
