import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-tls-no-servername.ts'
import { findings } from './lint-text.ts'

const find = (to: string) => findings(`. {\n    forward . ${to}\n}\n`, { rules: [rule] })

describe('forward-tls-no-servername', () => {
  it.each([
    '10.0.0.53',
    'tls://{$UPSTREAM}',
    'tls://9.9.9.9%dns.quad9.net',
    'tls://10.0.0.53 {\n        tls_servername {$NAME}\n    }',
  ])('is silent about %s', async (to) => {
    expect(await find(to)).toEqual([])
  })

  it('knows the names of public resolvers', async () => {
    expect((await find('10.0.0.53 tls://1.0.0.1'))[0]?.message).toContain('add tls_servername cloudflare-dns.com')
    expect((await find('tls://10.0.0.53'))[0]?.message).toContain('with the name in its certificate')
  })
})
