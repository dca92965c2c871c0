import { insertBehind, insertProperty } from '../lint/edits.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** Only `exact` turns the owner of the answer back by itself (plugin/rewrite/name.go newNameRule, parseAnswerRules). */
export default defineRule({
  id: 'rewrite-without-answer',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, since, report }) {
    for (const rewrite of servers.plugins('rewrite')) {
      const rule = readNameRewrite(rewrite)
      if (rule === null || !LEAVES_OWNER.has(rule.match) || turnsOwnerBack(rule.rest.map(({ value }) => value)))
        continue
      const { match, from, to } = rule
      // A prefix without its dot never matches: it gets one at its end.
      if (match === 'prefix' && !from.value.endsWith('.')) continue
      // From 1.8.4 on every kind takes answer rules; before, only `regex` took `answer name`.
      const canAnswer = since('1.8.4')
      report({
        at: { from: rule.words[0]?.place ?? rewrite.name.place, to: to.place },
        message: `answers keep the rewritten name (${to.value} instead of ${from.value}), so many clients drop them as answers to another question${canAnswer ? ' (add answer auto)' : ''}`,
        help: canAnswer
          ? '`answer auto` puts the asked name back into the answer; `answer name FROM TO` does it with an expression of your own.'
          : match === 'regex'
            ? 'Add `answer name FROM TO`, which rewrites the name in the answer back. CoreDNS 1.8.4 and newer can do it alone: `answer auto`.'
            : `Before CoreDNS 1.8.4 only \`rewrite name regex FROM TO answer name FROM TO\` can put the asked name back; \`${match}\` cannot.`,
        fix: canAnswer ? addAnswerAuto(rewrite) : null,
      })
    }
  },
})

const LEAVES_OWNER: ReadonlySet<string> = new Set(['prefix', 'suffix', 'substring', 'regex'])

/** Words may follow one another without a new `answer`, so any `auto` or `name` counts. */
function turnsOwnerBack(rest: readonly string[]): boolean {
  return rest.includes('answer') && (rest.includes('auto') || rest.includes('name'))
}

function addAnswerAuto(rewrite: OccurrenceView): ProposedFix | null {
  const last = rewrite.args.at(-1)
  const edit =
    rewrite.args.length < 2
      ? insertProperty(rewrite, 'answer auto')
      : last === undefined
        ? null
        : insertBehind(last.place, ' answer auto')
  return edit && { title: 'put the asked name back into answers', safety: 'unsafe', edits: [edit] }
}

export const text: RuleText = {
  summary: 'A rewritten name that stays in the answer',
  why: 'A rewrite changes the name before the other plugins see it. Only `exact` changes it back in the answer; with `prefix`, `suffix`, `substring` and `regex` the records carry the rewritten name, and glibc, systemd-resolved and others drop records for a name they did not ask for.',
  links: [
    'coredns/coredns#4833',
    'coredns/coredns#4834',
    'coredns/coredns#1313',
    'coredns/coredns#2389',
    'plugin/rewrite/name.go newNameRule',
  ],
  examples: [
    {
      bad: '.:53 {\n    rewrite name suffix .corp.example .default.svc.cluster.local\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    rewrite name suffix .corp.example .default.svc.cluster.local answer auto\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    rewrite stop {\n        name regex (.*)\\.corp\\.example {1}.default.svc.cluster.local\n    }\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    rewrite stop {\n        name regex (.*)\\.corp\\.example {1}.default.svc.cluster.local\n        answer auto\n    }\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    rewrite name suffix .corp.example .default.svc.cluster.local\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
      good: null,
      release: '1.8.3',
    },
  ],
}
