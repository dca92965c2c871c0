import { replaceToken } from '../lint/edits.ts'
import { type NameExpression, nameExpressions } from '../lint/name-expressions.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { capitals, regexpTree } from '../values/regexp-tree.ts'

/** The name of a query is in lower case before an expression sees it (request.Request.Name), and expressions tell capitals apart. */
export default defineRule({
  id: 'regex-uppercase',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const found of nameExpressions(servers)) {
      const tree = found.isOfQuery ? regexpTree(found.expression) : null
      if (tree === null) continue
      const places = [...capitals(tree)]
      if (places.length === 0) continue
      const { from, to, use, expression } = found
      report({
        at: from === to ? from.place : { from: from.place, to: to.place },
        message: `the capitals in "${expression}" match nothing: ${use} compares it with names in lower case (write ${lowered(expression, places)})`,
        fix: lower(found, places),
      })
    }
  },
})

function lowered(expression: string, places: readonly { at: number; end: number }[]): string {
  let text = expression
  for (const { at, end } of places) text = text.slice(0, at) + text.slice(at, end).toLowerCase() + text.slice(end)
  return text
}

function lower(
  { expression, from, to }: NameExpression,
  places: readonly { at: number; end: number }[],
): ProposedFix | null {
  const raw = from.place.list.raw(from.place.index)
  const at = raw.indexOf(expression)
  if (from !== to || at === -1) return null
  const fixed = lowered(expression, places)
  return {
    title: `write ${fixed}`,
    safety: 'unsafe',
    edits: [replaceToken(from.place, raw.slice(0, at) + fixed + raw.slice(at + expression.length))],
  }
}

export const text: RuleText = {
  summary: 'Capitals in an expression for names, which match nothing',
  why: 'rewrite, template and view see the name of a query in lower case, however the client wrote it. A capital in an expression matches no such name, so the rule does nothing.',
  links: ['plugin/rewrite/name.go regexNameRule', 'plugin/template/template.go match'],
  examples: [
    {
      bad: '. {\n    rewrite name regex (.*)\\.Corp\\.Example {1}.lab.example answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex (.*)\\.corp\\.example {1}.lab.example answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    template IN TXT {\n        match "^[A-Z]+\\.corp\\.example\\.$"\n        answer "{{ .Name }} 60 IN TXT hello"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN TXT {\n        match "^[a-z]+\\.corp\\.example\\.$"\n        answer "{{ .Name }} 60 IN TXT hello"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
