import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/uppercase-zone.ts'
import { findings } from './lint-text.ts'

const find = (text: string, release = '1.14.3') => findings(text, { rules: [rule], release })

describe('uppercase-zone', () => {
  it.each(['example.org', '2001:DB8::/32', '{$ZONE}', '{$ZONE}.ORG', '{$ZONE', 'TLS://example.org'])(
    'is silent about %s',
    async (key) => {
      expect(await find(`${key} {\n    whoami\n}\n`)).toEqual([])
    },
  )

  it('knows from which release on it does not matter', async () => {
    expect(await find('A.example {\n    whoami\n}\n', '1.14.6')).toHaveLength(1)
    expect(await find('A.example {\n    whoami\n}\n', '1.14.7')).toEqual([])
  })

  it('does not mend what would then be there twice', async () => {
    const [found] = await find('A.example {\n    whoami\n}\na.example {\n    whoami\n}\n')
    expect(found?.fix).toBeNull()
    const twins = await find('A.example {\n    whoami\n}\na.Example {\n    whoami\n}\n')
    expect(twins.map((one) => one.fix)).toEqual([null, null])
    expect((await find('A.example {\n    whoami\n}\na.example:54 {\n    whoami\n}\n'))[0]?.fix).not.toBeNull()
    expect((await find('A.example, {\n    whoami\n}\n'.replace(', {', ',\nB.example {')))[0]?.fix?.edits[0]?.text).toBe(
      'a.example,',
    )
  })
})
