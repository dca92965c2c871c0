import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/rewrite-without-answer.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (line: string, more: Partial<LintTextOptions> = {}) =>
  findings(`. {\n    rewrite ${line}\n    forward . 10.0.0.2\n}\n`, { rules: [rule], ...more })

describe('rewrite-without-answer', () => {
  it.each([
    'name a.example b.example',
    'name exact a.example b.example',
    'stop name exact a.example b.example',
    'name suffix .a.example .b.example answer auto',
    'name regex (.*)\\.a {1}.b answer name (.*)\\.b {1}.a',
    'name regex (.*)\\.a {1}.b answer name (.*)\\.b {1}.a answer value (.*)\\.b {1}.a',
    'name suffix .a.example {$TO}',
    'name prefix a- b-',
    'type ANY HINFO',
    'class CH IN',
    'ttl suffix .a.example 30',
    'edns0 local set 0xffee 0x61',
    'cname exact a.example b.example',
  ])('is silent about %s', async (line) => {
    expect(await find(line)).toEqual([])
  })

  it.each([
    'name suffix .a.example .b.example',
    'name SUFFIX .a.example .b.example',
    'stop name suffix .a.example .b.example',
    'continue name regex (.*)\\.a {1}.b',
    'name prefix a. b.',
    'name substring a b',
    'name suffix .a.example .b.example answer value (.*)\\.b\\.example {1}.a.example',
  ])('finds %s', async (line) => {
    expect(await find(line)).toHaveLength(1)
  })

  it('marks the rule up to its target and says both names', async () => {
    const text = '. {\n    rewrite stop name suffix .a.example .b.example\n    forward . 10.0.0.2\n}\n'
    const [found] = await findings(text, { rules: [rule] })
    expect(found && marked(text, found)).toBe('name suffix .a.example .b.example')
    expect(found?.message).toContain('.b.example instead of .a.example')
  })

  it('offers nothing that the release does not take', async () => {
    const [found] = await find('name suffix .a.example .b.example', { release: '1.8.3' })
    expect(found?.fix).toBeNull()
    expect(found?.help).toContain('regex')
    const [newer] = await find('name suffix .a.example .b.example', { release: '1.8.4' })
    expect(newer?.fix?.edits.map(({ text }) => text)).toEqual([' answer auto'])
  })
})
