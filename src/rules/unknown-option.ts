import { propertiesOf, propertySpans } from '../../grammar/lookup.ts'
import type { Program } from '../../grammar/program.ts'
import { replaceToken } from '../lint/edits.ts'
import { isHostEntry } from '../lint/host-lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isTypoOf, suggest } from '../text/suggest.ts'
import type { Reason } from '../verdict/reason.ts'

/** A line in a plugin's block that begins with a word the plugin never knew. */
export default defineRule({
  id: 'unknown-option',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: (reason, { program }) => neverKnown(reason, program) && !isHostEntry(reason),
  check({ reasons, program, release, report }) {
    for (const { plugin, at, subject } of reasons) {
      const grammar = program.describe(plugin ?? '')?.grammar
      const known = grammar === undefined ? [] : [...propertiesOf(grammar, release).keys()]
      const meant = suggest(subject, known)
      const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`
      report({
        at,
        message: `${plugin} has no option "${subject}", so CoreDNS does not start${meant === null ? '' : `: did you mean "${meant}"?`}`,
        ...(meant === null && known.length <= 20 ? { help: `In CoreDNS ${release} ${takes}.` } : {}),
        fix:
          meant !== null && subject.length > 3 && isTypoOf(subject, meant)
            ? { title: `write ${meant}`, safety: 'safe', edits: [replaceToken(at, meant)] }
            : null,
      })
    }
  },
})

function neverKnown({ kind, plugin, property }: Reason, program: Program): boolean {
  if (kind !== 'unknown-property') return false
  const grammar = plugin === null ? undefined : program.describe(plugin)?.grammar
  return grammar === undefined || property === null || propertySpans(grammar, property).length === 0
}

export const text: RuleText = {
  summary: 'A line in a plugin block that the plugin does not know',
  why: 'Nearly every plugin refuses a line that it does not know, and CoreDNS does not start: a misspelled option takes the whole server down.',
  links: ['coredns/coredns#6891', 'coredns/coredns#4362'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.53 {\n        max_fail 2\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 {\n        max_fails 2\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        except foo.com\n    }\n    forward . 10.0.0.53\n}\n',
      good: null,
    },
  ],
}
