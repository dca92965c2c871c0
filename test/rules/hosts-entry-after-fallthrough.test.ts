import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings } from './lint-text.ts'

describe('hosts-entry-after-fallthrough', () => {
  it('leaves an entry alone that is behind the fallthrough of another hosts, which old releases join', async () => {
    const text =
      '. {\n    hosts {\n        fallthrough\n    }\n    hosts /etc/more {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
    const found = (await findings(text, { rules, release: '1.0.6' })).filter(
      ({ ruleId }) => ruleId === 'hosts-entry-after-fallthrough',
    )
    expect(found.map(({ fix, related }) => [fix, related])).toEqual([[null, []]])
  })
})
