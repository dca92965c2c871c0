import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings, marked } from './lint-text.ts'

describe('refused-setup', () => {
  it('says of a line behind a brace that closes too early what CoreDNS takes it for', async () => {
    const text =
      '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough {\n        }\n        cache 30\n    }\n    forward . 10.0.0.1\n}\n'
    const found = await findings(text, { rules, pedantic: false })
    const refused = found.filter(({ effect }) => effect === 'refused')
    expect(refused.map((one) => [one.ruleId, marked(text, one)])).toEqual([['refused-setup', 'cache']])
    expect(refused[0]?.message).toBe(
      'CoreDNS takes "cache" for a second hosts, which may stand once, and does not start: a brace above it closes the block of hosts too early',
    )
  })
})
