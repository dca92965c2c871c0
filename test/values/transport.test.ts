import { describe, expect, it } from 'vitest'
import { splitTransport } from '../../src/values/transport.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('splitTransport', () => {
  agreesAtEveryRelease('parse.Transport', (release, text) => {
    const { transport, address } = splitTransport(text, release)
    return { value: [transport, address] }
  })

  it('knew https from 1.1.3', () => {
    expect(splitTransport('https://.', '1.1.2')).toEqual({ transport: 'dns', address: 'https://.' })
    expect(splitTransport('https://.', '1.1.3')).toEqual({ transport: 'https', address: '.' })
  })
})
