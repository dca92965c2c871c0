import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-cidr-from.ts'
import { findings } from './lint-text.ts'

const find = (from: string, release = '1.15.0') =>
  findings(`. {\n    forward ${from} 10.0.0.2\n}\n`, { rules: [rule], release })

describe('forward-cidr-from', () => {
  it.each(['.', 'example.org', '10.0.0.0/16', '10.0.0.1', '2001:db8::/32', '{$NETWORK}'])(
    'is silent about %s',
    async (from) => {
      expect(await find(from)).toEqual([])
    },
  )

  it('counts the zones and names the first', async () => {
    const [found] = await find('10.1.0.0/20')
    expect(found?.message).toContain(
      '10.1.0.0/20 is 16 reverse zones, and forward takes only the first, 0.1.10.in-addr.arpa',
    )
    expect(await find('10.1.0.0/20', '1.8.3')).toEqual([])
  })
})
