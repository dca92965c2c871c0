import { removeTokens } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** A plugin a second time in a block where its setup allows one (plugin/plugin.go ErrOnce). */
export default defineRule({
  id: 'duplicate-plugin',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: ({ kind, plugin, subject }) => kind === 'once' && plugin === subject,
  check({ reasons, servers, report }) {
    for (const { at, plugin } of reasons) {
      const found = plugin === null ? undefined : servers.occurrenceAt(plugin, at)
      const [first, ...others] = found?.block.occurrences(found.plugin) ?? []
      const second = others.find(({ name }) => name.place.index === at.index && name.place.list === at.list)
      if (first === undefined || second === undefined) continue
      report({
        at,
        message: `${plugin} stands twice in this server block and is allowed once, so CoreDNS does not start; join the two`,
        related: [{ at: first.name.place, message: 'the first one' }],
        help:
          at.site === null ? 'All its lines, also imported ones, are read as one.' : 'This one comes from an import.',
        fix: sameWords(first, second) ? removal(second) : null,
      })
    }
  },
})

function removal({ tokens }: OccurrenceView): ProposedFix | null {
  const from = tokens.place(0)
  const to = tokens.place(tokens.count - 1)
  if (from.site !== null || from.list !== to.list) return null
  return { title: 'remove the second', safety: 'safe', edits: [removeTokens(from, to)] }
}

function sameWords(a: OccurrenceView, b: OccurrenceView): boolean {
  if (a.tokens.count !== b.tokens.count) return false
  for (let number = 0; number < a.tokens.count; number++) {
    if (a.tokens.value(number) !== b.tokens.value(number)) return false
  }
  return true
}

export const text: RuleText = {
  summary: 'A plugin twice in a server block that allows it once',
  why: 'Many plugins may stand once in a server block. A second one, often from an import or a custom ConfigMap, stops the start with "this plugin can only be used once per Server Block".',
  links: ['coredns/coredns#1539', 'coredns/coredns#6487', 'Azure/AKS#2623', 'plugin/plugin.go ErrOnce'],
  examples: [
    {
      bad: '. {\n    cache 30\n    forward . 10.0.0.53\n    cache 30\n}\n',
      good: '. {\n    cache 30\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    errors\n    cache 30\n    forward . 10.0.0.53\n    cache 60\n}\n',
      good: null,
    },
    {
      bad: '(common) {\n    errors\n}\n. {\n    import common\n    errors {\n        stacktrace\n    }\n    whoami\n}\n',
      good: null,
    },
  ],
}
