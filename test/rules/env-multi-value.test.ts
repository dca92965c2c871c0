import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/lint/rule.ts'
import rule from '../../src/rules/env-multi-value.ts'
import { rules } from '../../src/rules/index.ts'
import { findings } from './lint-text.ts'

const environment = { MANY: '10.0.0.2 10.0.0.3', ONE: '10.0.0.2', PADDED: ' 10.0.0.2' }
const find = (text: string, only: readonly Rule[] = [rule]) =>
  findings(text, { rules: only, environment, pedantic: false })

describe('env-multi-value', () => {
  it.each([
    ['one value', '. {\n    forward . {$ONE}\n}\n'],
    ['a blank in front of one', '. {\n    forward . {$PADDED}\n}\n'],
    ['a value that nobody gave', '. {\n    forward . {$OTHER}\n}\n'],
    ['blanks that are written', '. {\n    forward . "10.0.0.2 10.0.0.3"\n}\n'],
    ['a place for any text', '. {\n    log . "{$MANY}"\n    whoami\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('is the only one to speak of it', async () => {
    const found = await find('. {\n    forward . {$MANY}\n}\n', rules)
    expect(found.map(({ ruleId, effect }) => [ruleId, effect])).toEqual([['env-multi-value', 'refused']])
    expect(found[0]?.message).toContain('{$MANY} is one word to CoreDNS, "10.0.0.2 10.0.0.3"')
  })

  it('finds zones of plugins, which are accepted', async () => {
    const found = await find('. {\n    kubernetes {$MANY}\n    whoami\n}\n')
    expect(found.map(({ effect }) => effect)).toEqual(['misbehaves'])
  })
})
