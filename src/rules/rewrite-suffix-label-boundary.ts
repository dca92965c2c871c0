import { zoneText } from '../lint/answering.ts'
import { servesAbove } from '../lint/asked.ts'
import { insertBefore } from '../lint/edits.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { normalizeName } from '../values/name.ts'

/** The end of a name is compared letter by letter, not label by label (plugin/rewrite/name.go suffixNameRule). */
export default defineRule({
  id: 'rewrite-suffix-label-boundary',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const rewrite of servers.plugins('rewrite')) {
      const rule = readNameRewrite(rewrite)
      if (rule === null || rule.match !== 'suffix') continue
      const { from, to } = rule
      const name = normalizeName(from.value, release)
      if (name.startsWith('.') || name === '.') continue
      // Where no other name comes to the block, none ends in the same letters.
      if (!servesAbove(rewrite.block, name)) continue
      const canAddDots =
        !to.value.startsWith('.') && [from, to].every(({ place, value }) => place.list.raw(place.index) === value)
      report({
        at: { from: from.place, to: to.place },
        message: `"${from.value}" need not begin a label: this rewrites my${zoneText(name)} as well (write .${from.value}, and an exact rule for ${zoneText(name)} itself)`,
        fix: canAddDots
          ? {
              title: `rewrite only names below ${zoneText(name)}`,
              safety: 'unsafe',
              edits: [insertBefore(from.place, '.'), insertBefore(to.place, '.')],
            }
          : null,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A suffix to rewrite that also ends other names',
  why: '`rewrite name suffix corp.example ...` looks at the end of the name only, so `mycorp.example` is rewritten too. With a dot in front, `.corp.example`, only names below corp.example are; the name itself then needs an exact rule.',
  links: ['coredns/coredns#1881', 'plugin/rewrite/name.go suffixNameRule'],
  examples: [
    {
      bad: '. {\n    rewrite name suffix corp.example lab.example answer auto\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name suffix .corp.example .lab.example answer auto\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'example {\n    rewrite stop {\n        name suffix corp.example. lab.example.\n        answer auto\n    }\n    forward . 10.0.0.53\n}\n',
      good: 'example {\n    rewrite stop {\n        name suffix .corp.example. .lab.example.\n        answer auto\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
