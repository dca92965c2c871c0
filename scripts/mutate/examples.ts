import type { Rule, RuleText } from '../../src/lint/rule.ts'
import { describeExamples } from '../../test/rules/examples.ts'

// The worker says which rule. Alone: whether others speak up does not depend on this one.
const id = (globalThis as { rule?: string }).rule
const { default: rule, text }: { default: Rule; text: RuleText } = await import(`../../src/rules/${id}.ts`)
describeExamples(rule, text, [rule])
