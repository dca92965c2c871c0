import type { Place } from '../expand/token-view.ts'
import { gluedBraces } from '../lint/brace-faults.ts'
import { indentation, newlineOf, startOfLine, unit } from '../lint/edits.ts'
import { startsLine } from '../lint/lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { TextEdit } from '../text/edit.ts'

/** A closing brace on the line of a directive or property (caddyfile/parse.go:directive, dispenser.go:RemainingArgs). */
export default defineRule({
  id: 'one-line-block',
  severity: 'error',
  effects: ['refused'],
  fix: 'unsafe',
  explains: ({ kind, stage, subject, at }, { configuration }) =>
    gluedBraces(configuration).length === 0 &&
    (kind === 'unexpected-close' || (stage === 'setup' && subject === '}' && !startsLine(at))),
  check({ reasons, report }) {
    for (const { at } of reasons) {
      report({
        at,
        message:
          'a closing brace must stand on a line of its own: here it is read as a word, and CoreDNS does not start',
        fix: broken(at),
      })
    }
  },
})

/** Breaks the line before the brace, and behind the brace that opened it if that is on the same line. */
function broken({ list, index }: Place): ProposedFix | null {
  const { text } = list
  const newline = newlineOf(list)
  const open = list.opening(index)
  if (open === -1) return null
  const own = indentation(text, list.start(open))
  const edits: TextEdit[] = [{ start: list.end(index - 1), end: list.start(index), text: `${newline}${own}` }]
  const sameLine = startOfLine(text, list.start(open)) === startOfLine(text, list.start(index))
  if (sameLine && open + 1 < index) {
    edits.unshift({ start: list.end(open), end: list.start(open + 1), text: `${newline}${own}${unit(list)}` })
  }
  const next = index + 1
  if (next < list.count && list.sameLine(index))
    edits.push({ start: list.end(index), end: list.start(next), text: newline + own })
  return { title: 'put the brace on a line of its own', safety: 'unsafe', edits }
}

export const text: RuleText = {
  summary: 'A closing brace on the line of a directive',
  why: 'Lines matter in a Corefile: a directive takes every word up to the end of its line. A closing brace there is one word too many, and CoreDNS does not start.',
  links: ['coredns/coredns#7267', 'caddyfile/parse.go directive'],
  examples: [
    { bad: '. { whoami }\n', good: '. {\n    whoami\n}\n' },
    {
      bad: '. {\n    log . { class error }\n    whoami\n}\n',
      good: '. {\n    log . {\n        class error\n    }\n    whoami\n}\n',
    },
  ],
}
