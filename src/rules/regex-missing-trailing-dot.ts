import { replaceToken } from '../lint/edits.ts'
import { type NameExpression, nameExpressions } from '../lint/name-expressions.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { canEndWithDot, type RegexpTree, regexpTree } from '../values/regexp-tree.ts'

/** Names are compared with their final dot (request.Request.Name), so an expression that ends before it never matches. */
export default defineRule({
  id: 'regex-missing-trailing-dot',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const found of nameExpressions(servers)) {
      const { expression, from, to, use } = found
      if (expression === '' || !/[^^$]/.test(expression)) continue
      const tree = regexpTree(expression)
      if (tree === null || canEndWithDot(tree)) continue
      report({
        at: from === to ? from.place : { from: from.place, to: to.place },
        message: `this expression never matches: ${use} compares it with whole names, which end in a dot${expression.endsWith('$') ? ' (write \\.$ at its end)' : ''}`,
        fix: addDot(found, tree),
      })
    }
  },
})

function addDot({ expression, from, to }: NameExpression, { choices }: RegexpTree): ProposedFix | null {
  if (from !== to || choices.length > 1 || !expression.endsWith('$')) return null
  const raw = from.place.list.raw(from.place.index)
  const end = raw.lastIndexOf('$')
  return {
    title: 'let it match the final dot',
    safety: 'unsafe',
    edits: [replaceToken(from.place, `${raw.slice(0, end)}\\.${raw.slice(end)}`)],
  }
}

export const text: RuleText = {
  summary: 'An expression for names that leaves out their final dot',
  why: 'CoreDNS compares expressions with fully qualified names, `a.example.org.`. An expression that ends in `org$` therefore matches no name at all, and the rewrite or template that it belongs to does nothing.',
  links: ['coredns/coredns#2389', 'plugin/rewrite/name.go regexNameRule', 'plugin/template/template.go match'],
  examples: [
    {
      bad: '. {\n    rewrite name regex (.*)\\.corp\\.example$ {1}.lab.example answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex (.*)\\.corp\\.example\\.$ {1}.lab.example answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    template IN TXT {\n        match "^a\\.(corp|lab)\\.example$"\n        answer "{{ .Name }} 60 IN TXT hello"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN TXT {\n        match "^a\\.(corp|lab)\\.example\\.$"\n        answer "{{ .Name }} 60 IN TXT hello"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: "corp.example {\n    view alias {\n        expr name() matches '^a[.]corp[.]example$'\n    }\n    forward . 10.0.0.53\n}\n",
      good: "corp.example {\n    view alias {\n        expr name() matches '^a[.]corp[.]example[.]$'\n    }\n    forward . 10.0.0.53\n}\n",
    },
  ],
}
