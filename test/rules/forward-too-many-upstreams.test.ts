import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings, marked } from './lint-text.ts'

const many = (count: number) => Array.from({ length: count }, (_, at) => `10.0.1.${at + 1}`)

const find = (text: string) => findings(text, { rules, pedantic: false })

describe('forward-too-many-upstreams', () => {
  it('speaks of the sixteenth, and of no other number of words', async () => {
    const text = `. {\n    forward . ${many(17).join(' ')}\n}\n`
    const found = await find(text)
    expect(found.map((one) => [one.ruleId, one.effect, marked(text, one)])).toEqual([
      ['forward-too-many-upstreams', 'refused', '10.0.1.16'],
    ])
    expect(await find(`. {\n    forward . ${many(15).join(' ')}\n}\n`)).toEqual([])
    expect((await find('. {\n    forward .\n}\n')).map(({ ruleId }) => ruleId)).toEqual(['invalid-argument'])
  })
})
