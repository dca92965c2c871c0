import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string) => findings(text, { rules, pedantic: false })

describe('multicluster-zone-not-served', () => {
  it('is the only one to speak of it', async () => {
    const text = 'cluster.local {\n    kubernetes {\n        multicluster clusterset.local\n    }\n}\n'
    const found = await find(text)
    expect(found.map((one) => [one.ruleId, one.effect, marked(text, one)])).toEqual([
      ['multicluster-zone-not-served', 'refused', 'clusterset.local'],
    ])
    // With a zone of its own the plugin would no longer have that of its block.
    expect(found[0]?.fix).toBeNull()
  })

  it('is silent about a zone that is served', async () => {
    expect(
      await find('clusterset.local {\n    kubernetes {\n        multicluster clusterset.local\n    }\n}\n'),
    ).toEqual([])
  })
})
