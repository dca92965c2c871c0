import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-limit-too-low.ts'
import { findings } from './lint-text.ts'

const find = (lines: string, release = '1.15.0') =>
  findings(`. {\n    forward . 10.0.0.2 {\n        ${lines}\n    }\n}\n`, { rules: [rule], release })

describe('forward-limit-too-low', () => {
  it.each(['max_concurrent 0', 'max_concurrent 100', 'max_concurrent {$MAX}', 'max_fails 1'])(
    'is silent about %s',
    async (line) => {
      expect(await find(line)).toEqual([])
    },
  )

  it('says what clients get', async () => {
    expect((await find('max_concurrent 99'))[0]?.message).toContain('gets REFUSED at once')
    expect((await find('max_concurrent 1', '1.8.0'))[0]?.message).toContain(
      'with 1 query waiting for an upstream the next client gets SERVFAIL',
    )
  })
})
