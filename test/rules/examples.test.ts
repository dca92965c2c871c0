import type { RuleText } from '../../src/lint/rule.ts'
import { rules } from '../../src/rules/index.ts'
import { describeExamples } from './examples.ts'

// The examples are the pages' own: what they claim is tested here, on every rule.
for (const rule of rules) {
  const { text }: { text: RuleText } = await import(`../../src/rules/${rule.id}.ts`)
  describeExamples(rule, text, rules)
}
