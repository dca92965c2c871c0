import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/duration-unit.ts'
import { findings } from './lint-text.ts'

const find = (line: string) => findings(`. {\n    ${line}\n    whoami\n}\n`, { rules: [rule] })
const said = async (line: string) => (await find(line)).map(({ message }) => message)

describe('duration-unit', () => {
  it('says which of the two is due, and writes it', async () => {
    expect(await said('reload 30')).toEqual(['reload needs a unit, "30" has none: CoreDNS does not start; write 30s'])
    expect(await said('hosts {\n        ttl 60s\n    }')).toEqual([
      'hosts ttl needs a whole number of seconds, "60s" has a unit: CoreDNS does not start; write 60',
    ])
    expect(await said('hosts {\n        ttl 1m30s\n    }')).toEqual([
      'hosts ttl needs a whole number of seconds, "1m30s" has a unit: CoreDNS does not start; write 90',
    ])
    const [found] = await find('reload 30')
    expect(found?.fix).toEqual({ title: 'write 30s', safety: 'safe', edits: [{ start: 15, end: 17, text: '30s' }] })
  })

  it('offers nothing where the time is no whole number of seconds', async () => {
    const [found] = await find('hosts {\n        ttl 1500ms\n    }')
    expect(found?.message).toBe(
      'hosts ttl needs a whole number of seconds, "1500ms" has a unit: CoreDNS does not start',
    )
    expect(found?.fix).toBeNull()
  })

  it('is silent about what is right, and about what is wrong in another way', async () => {
    expect(await said('reload 30s')).toEqual([])
    expect(await said('hosts {\n        ttl 60\n    }')).toEqual([])
    expect(await said('reload soon')).toEqual([])
  })
})
