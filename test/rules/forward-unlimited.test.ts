import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-unlimited.ts'
import { findings } from './lint-text.ts'

const find = (lines: string, release = '1.15.0') =>
  findings(`. {\n    forward . 10.0.0.2 {\n        ${lines}\n    }\n}\n`, { rules: [rule], release })

describe('forward-unlimited', () => {
  it.each(['max_concurrent 1', 'max_concurrent {$MAX}', '{$OPTION}'])('is silent about %s', async (line) => {
    expect(await find(line)).toEqual([])
  })

  it('takes 0 for no limit, and knows when there was none to set', async () => {
    expect(await find('max_concurrent 0')).toHaveLength(1)
    expect(await find('max_fails 1')).toHaveLength(1)
    expect(await find('max_fails 1', '1.6.7')).toEqual([])
  })
})
