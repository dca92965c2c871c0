import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import { Collector, spansOf } from '../../src/lint/collector.ts'
import { defineRule, type Finding, type RuleDescription } from '../../src/lint/rule.ts'
import { CorefileUnit } from '../../src/lint/workspace.ts'

const text = '. {\n  whoami\n  # a comment\n  log "a\nb" x\n}\n'
const list = new TokenList(text)
const whoami = { list, index: 2, site: null }

/** What the collector makes of one report. */
function collected(finding: Finding, description: Partial<RuleDescription> = {}) {
  const collector = new Collector(new CorefileUnit('Corefile', text, 'corefile', null), (_, severity) => severity)
  const rule = defineRule({ id: 'probe', severity: 'info', effects: ['hygiene'], check: () => {}, ...description })
  collector.add(rule, '1.15.0', finding)
  return collector.found
}

const report = (finding: Partial<Finding>, description?: Partial<RuleDescription>) =>
  collected({ at: whoami, message: 'm', ...finding }, description)

describe('a report', () => {
  it('takes severity and effect from the rule, and whatever the finding says instead', () => {
    expect(report({})[0]?.diagnostic).toMatchObject({ severity: 'info', effect: 'hygiene', help: null, fix: null })
    const effects = { effects: ['hygiene', 'refused'] } as const
    const said = report({ severity: 'error', effect: 'refused', help: 'h' }, effects)
    expect(said[0]?.diagnostic).toMatchObject({ severity: 'error', effect: 'refused', help: 'h' })
  })

  it('links to the page of its rule', () => {
    expect(report({})[0]?.diagnostic.url).toMatch(/\/docs\/rules\/probe\.md$/)
  })

  it('stands on a token, on the tokens from one through another, or on a range', () => {
    const words = (at: Finding['at']) => {
      const range = report({ at })[0]?.diagnostic.range
      return text.slice(range?.start, range?.end)
    }
    expect(words(whoami)).toBe('whoami')
    expect(words({ from: whoami, to: { list, index: 4, site: null } })).toBe('whoami\n  # a comment\n  log "a\nb"')
    expect(words({ list, range: { start: 15, end: 26 } })).toBe('# a comment')
  })

  it('stands on the first token where the last one is in another text', () => {
    const other = { list: new TokenList('x', 'x'), index: 0, site: null }
    expect(report({ at: { from: whoami, to: other } })[0]?.diagnostic.range).toEqual({ start: 6, end: 12 })
  })

  it('knows the line of any offset', () => {
    const line = (offset: number) => report({ at: { list, range: { start: offset, end: offset } } })[0]?.line
    expect(line(0)).toBe(1)
    expect(line(6)).toBe(2)
    expect(line(text.indexOf('# a'))).toBe(3)
    expect(line(text.indexOf('"a'))).toBe(4)
    expect(line(text.indexOf('b"'))).toBe(5)
    expect(line(text.indexOf(' x'))).toBe(5)
    expect(line(text.length)).toBe(7)
    const blank = new TokenList('\n\n#\n')
    expect(collected({ at: { list: blank, range: { start: 2, end: 3 } }, message: 'm' })[0]?.line).toBe(3)
  })

  it('is one with another of the same place and words', () => {
    const collector = new Collector(new CorefileUnit('Corefile', text, 'corefile', null), (_, severity) => severity)
    const rule = defineRule({ id: 'probe', severity: 'info', effects: ['hygiene'], check: () => {} })
    collector.add(rule, '1.14.0', { at: whoami, message: 'm' })
    collector.add(rule, '1.15.0', { at: whoami, message: 'm' })
    collector.add(rule, '1.15.0', { at: whoami, message: 'other' })
    expect(collector.found.map(({ releases }) => [...releases])).toEqual([['1.14.0', '1.15.0'], ['1.15.0']])
  })

  it('carries a fix sorted, and drops one that changes nothing', () => {
    const declared = { fix: 'unsafe' } as const
    const edits = [
      { start: 6, end: 12, text: 'errors' },
      { start: 0, end: 1, text: 'a' },
    ]
    const fix = { title: 't', safety: 'safe', edits } as const
    expect(report({ fix }, declared)[0]?.diagnostic.fix?.edits).toEqual(edits.toReversed())
    const idle = { title: 't', safety: 'safe', edits: [{ start: 6, end: 12, text: 'whoami' }] } as const
    expect(report({ fix: idle }, declared)[0]?.diagnostic.fix).toBeNull()
  })
})

describe('a malformed report is an error that names the rule', () => {
  const fix = (start: number, end: number) =>
    ({ title: 't', safety: 'safe', edits: [{ start, end, text: '' }] }) as const

  it('for an effect that is not declared', () => {
    expect(() => report({ effect: 'refused' })).toThrow('rule probe does not declare the effect refused')
    expect(() => report({}, { effects: [] })).toThrow('rule probe does not declare the effect undefined')
  })

  it('for a fix that is not declared, or not as unsafe', () => {
    expect(() => report({ fix: fix(0, 1) })).toThrow('rule probe does not declare the fix "t"')
    const unsafe = { ...fix(0, 1), safety: 'unsafe' } as const
    expect(() => report({ fix: unsafe }, { fix: 'safe' })).toThrow('rule probe does not declare the fix "t"')
    expect(() => report({ fix: fix(0, 1) }, { fix: 'unsafe' })).not.toThrow()
  })

  it.each([
    [-1, 2],
    [0, text.length + 1],
    [5, 4],
  ])('for a range outside of its text: %i to %i', (start, end) => {
    const range = { start, end }
    expect(() => report({ at: { list, range } })).toThrow(/^rule probe reports a range outside of its text/)
    expect(() => report({ related: [{ at: { list, range }, message: 'm' }] })).toThrow(/^rule probe reports a range/)
  })

  it('for edits that leave the text or overlap', () => {
    const declared = { fix: 'safe' } as const
    expect(() => report({ fix: fix(0, text.length + 1) }, declared)).toThrow(/^rule probe reports no edit from 0 to/)
    const edits = [
      { start: 0, end: 3, text: '' },
      { start: 2, end: 4, text: '' },
    ]
    const overlapping = { title: 't', safety: 'safe', edits } as const
    expect(() => report({ fix: overlapping }, declared)).toThrow('rule probe reports edits overlap at 2')
  })
})

describe('spansOf', () => {
  const judged = ['1.0.0', '1.1.0', '1.2.0', '1.3.0']
  it.each([
    [judged, null],
    [['1.0.0'], [{ from: '1.0.0', to: '1.0.0' }]],
    [['1.1.0', '1.2.0', '1.3.0'], [{ from: '1.1.0', to: '1.3.0' }]],
    [
      ['1.3.0', '1.0.0'],
      [
        { from: '1.0.0', to: '1.0.0' },
        { from: '1.3.0', to: '1.3.0' },
      ],
    ],
    [[], []],
  ])('of %j', (found, spans) => {
    expect(spansOf(new Set(found), judged)).toEqual(spans)
  })
})
