import type { Place } from '../expand/token-view.ts'
import { amongPlaces, startsLine } from '../lint/lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** A brace on the line behind its directive opens nothing: the plugin reads it as a second occurrence of itself (dispenser.go:NextBlock). */
export default defineRule({
  id: 'brace-on-own-line',
  severity: 'error',
  effects: ['misbehaves', 'refused'],
  fix: 'unsafe',
  explains: ({ stage, at, subject }) => stage === 'setup' && subject === '{' && startsLine(at),
  check({ servers, reasons, report }) {
    if (servers.isTemplate) return
    const isRefused = amongPlaces(reasons.map(({ at }) => at))
    for (const block of servers.blocks) {
      for (const occurrence of [...block.plugins.values()].flat()) {
        const brace = strayBrace(occurrence)
        if (brace === null) continue
        const refused = isRefused(brace)
        const start = brace.list.end(brace.index - 1)
        report({
          at: brace,
          effect: refused ? 'refused' : 'misbehaves',
          severity: refused ? 'error' : 'warning',
          message: refused
            ? `the brace must stand on the line of ${occurrence.plugin}: here it opens nothing, and CoreDNS does not start`
            : `the brace must stand on the line of ${occurrence.plugin}: here it opens nothing, and what it holds is not read as its options`,
          related: [{ at: occurrence.name.place, message: 'belongs to this' }],
          fix:
            brace.list === occurrence.name.place.list &&
            !brace.list.isCut(brace.index - 1) &&
            brace.list.text.slice(start, brace.list.start(brace.index)).trim() === ''
              ? {
                  title: `put it behind ${occurrence.plugin}`,
                  safety: 'unsafe',
                  edits: [{ start, end: brace.list.start(brace.index), text: ' ' }],
                }
              : null,
        })
      }
    }
  },
})

/** The brace that begins the line behind a directive's words. */
function strayBrace(occurrence: OccurrenceView): Place | null {
  const { tokens, args } = occurrence
  const next = args.length + 1
  if (occurrence.open !== null || next >= tokens.count || tokens.value(next) !== '{') return null
  const place = tokens.place(next)
  return startsLine(place) ? place : null
}

export const text: RuleText = {
  summary: 'The opening brace of a plugin on the next line',
  why: 'A plugin looks for its block on its own line. A brace on the next line is taken for the plugin once more: some refuse to start, `log` and `loadbalance` start and ignore the options. A server block may have its brace there.',
  links: ['caddyfile/dispenser.go NextBlock', 'caddyfile/parse.go directive'],
  examples: [
    {
      bad: '. {\n    errors\n    {\n        stacktrace\n    }\n    whoami\n}\n',
      good: '. {\n    errors {\n        stacktrace\n    }\n    whoami\n}\n',
    },
    {
      bad: '. {\n    log\n    {\n        class error\n    }\n    whoami\n}\n',
      good: '. {\n    log {\n        class error\n    }\n    whoami\n}\n',
    },
  ],
}
