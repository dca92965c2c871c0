import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/env-unset-drops-block.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, environment: Record<string, string> = {}) => findings(text, { rules: [rule], environment })

describe('env-unset-drops-block', () => {
  it.each([
    ['a variable with a value', '{$ZONE} {\n    whoami\n}\n', { ZONE: 'example.org' }],
    ['a port beside it, with which an empty zone is refused', '{$ZONE}:53 {\n    whoami\n}\n', {}],
    ['a further address that is there', '{$ZONE} example.org {\n    whoami\n}\n', {}],
    ['an empty word that is refused in other words', '. {\n    forward . {$UPSTREAM}\n}\n', { UPSTREAM: '' }],
    ['an empty word that is written so', '. {\n    cache ""\n}\n', {}],
    ['an address that an import may bring', 'a.example,\nimport {$FILE}\n{$ZONE} {\n    whoami\n}\n', {}],
    ['a comment', '# {$ZONE}\n. {\n    whoami\n}\n', {}],
  ])('is silent about %s', async (_, text, environment) => {
    expect(await find(text, environment)).toEqual([])
  })

  it('is an error where the block is lost, a warning for one address, info where nobody knows', async () => {
    const text = '{$ZONE} {\n    whoami\n}\n'
    const [lost] = await find(text, { ZONE: '' })
    expect([lost?.severity, lost && marked(text, lost)]).toEqual(['error', '{$ZONE}'])
    expect((await find('{$ZONE} a.example {\n    whoami\n}\n', { ZONE: '' }))[0]?.severity).toBe('warning')
    expect((await find(text))[0]?.severity).toBe('info')
    expect((await find('{%ZONE%} {\n    whoami\n}\n'))[0]?.severity).toBe('info')
  })

  it('names the empty word of a plugin', async () => {
    const text = '. {\n    log {$NAME}\n}\n'
    const [found] = await find(text, { NAME: '' })
    expect([found?.severity, found && marked(text, found)]).toEqual(['warning', '{$NAME}'])
  })
})
