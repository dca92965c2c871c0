import { describe, expect, it } from 'vitest'
import { fix } from '../../src/lint/fix.ts'
import type { Rule, RuleText } from '../../src/lint/rule.ts'
import { findings, optionsFor } from './lint-text.ts'

/** Tests what the examples of a rule claim: run alone, and what `rules`, which has it, find besides. */
export function describeExamples(rule: Rule, text: RuleText, rules: readonly Rule[]): void {
  describe(rule.id, () => {
    it('says what it is about', () => {
      expect(text.summary).toMatch(/^[A-Z`].*[^.]$/)
      expect(text.why.length).toBeGreaterThan(40)
    })
    text.examples.forEach(({ bad, good, path = 'Corefile', release, files, environment, also = [] }, at) => {
      const given = {
        path,
        ...(release === undefined ? {} : { release }),
        ...(files === undefined ? {} : { files }),
        ...(environment === undefined ? {} : { environment }),
      }
      const serious = async (source: string) =>
        (await findings(source, { rules, ...given }))
          .filter(({ severity }) => severity !== 'info')
          .map(({ ruleId }) => ruleId)

      it(`example ${at + 1}: finds one thing in the bad text, and other rules find nothing more`, async () => {
        const alone = await findings(bad, { rules: [rule], ...given })
        expect(alone.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toHaveLength(1)
        const others = (await serious(bad)).filter((id) => id !== rule.id)
        expect(others.filter((id) => !also.includes(id))).toEqual([])
      })

      if (good === null) return
      it(`example ${at + 1}: finds nothing in the good text`, async () => {
        expect(await findings(good, { rules: [rule], ...given })).toEqual([])
        expect((await serious(good)).filter((id) => !also.includes(id))).toEqual([])
      })

      it(`example ${at + 1}: mends the bad text`, async () => {
        const [finding] = await findings(bad, { rules: [rule], ...given })
        if (finding?.fix === null || finding === undefined) return
        const { fixed } = await fix([{ path, text: bad }], optionsFor(bad, { rules: [rule], ...given }), 'unsafe')
        expect(fixed[0]?.after).toBe(good)
      })
    })
  })
}
