import type { Rule, RuleText } from '../../src/lint/rule.ts'
import { rules } from '../../src/rules/index.ts'
import { describeExamples } from '../../test/rules/examples.ts'

// The worker says which rule.
const id = (globalThis as { rule?: string }).rule
const { default: rule, text }: { default: Rule; text: RuleText } = await import(`../../src/rules/${id}.ts`)
describeExamples(rule, text, rules)
