import { replaceToken } from '../lint/edits.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { isInvalid } from '../values/invalid.ts'
import { parseRegexp } from '../values/regexp.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** The target of a rewrite gets a dot at its end (plugin/rewrite/name.go newNameRule, Normalize), behind one that a group may have taken. */
export default defineRule({
  id: 'rewrite-double-dot',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const rewrite of servers.plugins('rewrite')) {
      const rule = readNameRewrite(rewrite)
      if (rule === null || rule.match !== 'regex') continue
      const { from, to } = rule
      const groups = parseRegexp(from.value)
      // The last group takes all that is left of the name, with its final dot.
      if (isInvalid(groups) || !LEFT_OVER.test(from.value)) continue
      const last = `{${groups.names.length}}`
      if (!to.value.endsWith(last) && !to.value.endsWith(`${last}.`)) continue
      report({
        at: { from: from.place, to: to.place },
        message: `${last} takes the dot at the end of the name with it, and CoreDNS puts another one behind it: names that are rewritten get SERVFAIL (write ${mended(from.value)})`,
        fix: leaveDot(from),
      })
    }
  },
})

const LEFT_OVER = /(?<!\\)\(\.[*+]\??\)\$?$/

function mended(expression: string): string {
  return `${expression.replace(/\$$/, '')}\\.$`
}

function leaveDot({ place, value }: WordView): ProposedFix | null {
  const raw = place.list.raw(place.index)
  const at = raw.indexOf(value)
  if (at === -1) return null
  const text = raw.slice(0, at) + mended(value) + raw.slice(at + value.length)
  return { title: 'leave the final dot out of the group', safety: 'unsafe', edits: [replaceToken(place, text)] }
}

export const text: RuleText = {
  summary: 'A rewritten name with two dots at its end',
  why: 'Names have a dot at their end when an expression sees them, so `(.*)` at its end takes that dot too. CoreDNS puts one behind the new name as well; a name with two is none, and every query that the rule takes fails.',
  links: ['plugin/rewrite/name.go newNameRule'],
  examples: [
    {
      bad: '. {\n    rewrite name regex ^foo-(.*)$ bar-{1} answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex ^foo-(.*)\\.$ bar-{1} answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    rewrite name regex (.*)\\.old\\.(.+) {1}.new.{2}. answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name regex (.*)\\.old\\.(.+)\\.$ {1}.new.{2}. answer auto\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
