import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/cidr-not-octet.ts'
import { findings } from './lint-text.ts'

const find = (key: string, release = '1.8.0') => findings(`${key} {\n    whoami\n}\n`, { rules: [rule], release })

describe('cidr-not-octet', () => {
  it.each(['10.0.0.0/16', '10.0.0.0/8:1053', '2001:db8::/32', 'example.org', '{$NETWORK}/22', '10.0.0.1'])(
    'is silent about %s',
    async (key) => {
      expect(await find(key)).toEqual([])
    },
  )

  it('says whether it became too much or too little', async () => {
    expect((await find('10.0.0.0/12'))[0]?.message).toContain(
      'makes one of it, 10.in-addr.arpa, which has more addresses',
    )
    expect((await find('10.0.0.0/14'))[0]?.message).toContain(
      '0.10.in-addr.arpa, which has only a part of its addresses',
    )
    expect(await find('10.0.0.0/14', '1.8.4')).toEqual([])
  })

  it('writes scheme and port to every zone, and not too many of them', async () => {
    const edit = async (key: string) => (await find(key))[0]?.fix?.edits[0]?.text
    expect(await edit('tls://10.0.0.0/15:8853')).toBe('tls://0.10.in-addr.arpa:8853 tls://1.10.in-addr.arpa:8853')
    expect(await edit('10.0.0.0/15,\na.example')).toBe('0.10.in-addr.arpa 1.10.in-addr.arpa,')
    expect(await edit('10.0.0.0/9')).toBeUndefined()
    expect(await edit('10.0.0.0/15 1.10.in-addr.arpa')).toBeUndefined()
  })
})
