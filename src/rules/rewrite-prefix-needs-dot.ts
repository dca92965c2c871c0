import { insertBehind } from '../lint/edits.ts'
import { type NameRewrite, readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** What is to be found in a name gets a dot at its end, whatever its kind (plugin/rewrite/name.go newNameRule, Normalize). */
export default defineRule({
  id: 'rewrite-prefix-needs-dot',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  fix: 'safe',
  fragments: true,
  check({ servers, report }) {
    for (const rewrite of servers.plugins('rewrite')) {
      const rule = readNameRewrite(rewrite)
      if (rule === null || (rule.match !== 'prefix' && rule.match !== 'substring')) continue
      const { match, from, to } = rule
      const { value } = from
      const isWhole = !/[-_]$/.test(value)
      // In a name with dots the last one is where everybody expects it.
      if (value.endsWith('.') || (isWhole && value.includes('.'))) continue
      const isWholeLabel = isWhole && match === 'prefix'
      const expression = regex(rule)
      report({
        at: { from: from.place, to: to.place },
        severity: isWholeLabel ? 'info' : 'warning',
        effect: isWholeLabel ? 'hygiene' : 'misbehaves',
        message: isWholeLabel
          ? `CoreDNS puts a dot behind "${value}", so this rewrites ${value}.example and not ${value}1.example (write ${value}. if that is meant)`
          : `CoreDNS puts a dot behind "${value}", so this rewrites only names that ${match === 'prefix' ? 'begin with' : 'have'} "${value}."${expression === null ? '' : ` (write: ${expression})`}`,
        fix: isWholeLabel ? addDots(from, to) : null,
      })
    }
  },
})

/** The same as an expression; null for texts that would mean something in one. */
function regex({ match, from, to, rest }: NameRewrite): string | null {
  if (!/^[\w-]+$/.test(from.value) || !/^[\w-]+\.?$/.test(to.value)) return null
  const target = to.value.replace(/\.$/, '')
  const words =
    match === 'prefix' ? `^${from.value}(.*)\\.$ ${target}{1}` : `^(.*)${from.value}(.*)\\.$ {1}${target}{2}`
  return ['rewrite name regex', words, ...rest.map(({ value }) => value)].join(' ')
}

/** The words as CoreDNS reads them. */
function addDots(...words: readonly WordView[]): ProposedFix | null {
  const [from, to] = words.map(({ place, value }) => ({ place, value, raw: place.list.raw(place.index) }))
  if (from === undefined || to === undefined || from.raw !== from.value || to.raw !== to.value) return null
  const edits = [from, to].filter(({ value }) => !value.endsWith('.')).map(({ place }) => insertBehind(place, '.'))
  return { title: 'write the dot that CoreDNS puts there', safety: 'safe', edits }
}

export const text: RuleText = {
  summary: 'A part of a name to rewrite that CoreDNS puts a dot behind',
  why: 'rewrite makes a fully qualified name of what it is to look for, of a prefix and a substring too. `prefix foo-` becomes `foo-.`, which no name begins with, and the rule does nothing; `regex` can look for any text.',
  links: ['plugin/rewrite/name.go newNameRule'],
  examples: [
    {
      bad: '. {\n    rewrite name prefix foo- bar- answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex ^foo-(.*)\\.$ bar-{1} answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    rewrite name substring foo bar answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex ^(.*)foo(.*)\\.$ {1}bar{2} answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    rewrite name prefix foo bar answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name prefix foo. bar. answer auto\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
