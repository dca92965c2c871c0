import { isWhole } from '../lint/answering.ts'
import { insertProperty, replaceToken } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** Without `pods verified` kubernetes knows no search path, and autopath does nothing (plugin/kubernetes/autopath.go AutoPath). */
export default defineRule({
  id: 'autopath-without-pods-verified',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, report }) {
    for (const autopath of servers.plugins('autopath')) {
      const last = autopath.args.at(-1)
      if (last === undefined || !last.known || !last.value.startsWith('@')) continue
      const plugin = last.value.slice(1)
      const [asked] = autopath.block.occurrences(plugin)
      if (asked === undefined) {
        if (!isWhole(servers, autopath.block)) continue
        report({
          at: last.place,
          message: `autopath does nothing here: there is no ${plugin} in this block that knows the search path (add ${plugin}, or take autopath out)`,
        })
        continue
      }
      const mode = plugin === 'kubernetes' ? podsMode(asked) : null
      if (mode === null || mode.word?.known === false || mode.value === 'verified') continue
      report({
        at: last.place,
        message: `autopath does nothing here: with pods ${mode.value} kubernetes cannot tell the namespace of a client (write pods verified, or take autopath out)`,
        related: [{ at: (mode.word ?? asked.name).place, message: `pods ${mode.value}` }],
        help: 'pods verified makes every CoreDNS pod watch all pods of the cluster: memory and load on the API server grow with their number.',
        fix: verify(asked, mode.word),
      })
    }
  },
})

/** The mode of the last `pods`, the one that counts; `disabled` where there is none. Null where a line is not known. */
function podsMode(kubernetes: OccurrenceView): { value: string; word: WordView | null } | null {
  let word: WordView | null = null
  for (const line of kubernetes.lines()) {
    if (!line.name.known) return null
    if (line.name.value === 'pods') word = line.args[0] ?? null
  }
  return { value: word?.value ?? 'disabled', word }
}

function verify(kubernetes: OccurrenceView, word: WordView | null): ProposedFix | null {
  const edit = word === null ? insertProperty(kubernetes, 'pods verified') : replaceToken(word.place, 'verified')
  const { list } = (word ?? kubernetes.name).place
  return edit && { title: 'watch the pods of the cluster', safety: 'unsafe', edits: [edit], list }
}

export const text: RuleText = {
  summary: 'An autopath that nobody tells the search path',
  why: "autopath answers the first name of a pod's search path at once, so that the others are never asked. For that it must know in which namespace the pod is, which kubernetes can only tell with `pods verified`. With any other mode autopath is silent and every external name still costs its handful of queries.",
  links: ['coredns/coredns#1099', 'plugin/kubernetes/autopath.go AutoPath', 'plugin/autopath/setup.go setup'],
  examples: [
    {
      bad: '.:53 {\n    autopath @kubernetes\n    kubernetes cluster.local {\n        pods insecure\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    autopath @kubernetes\n    kubernetes cluster.local {\n        pods verified\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    autopath @kubernetes\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    autopath @kubernetes\n    kubernetes cluster.local {\n        pods verified\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    autopath @kubernetes\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
