import type { Place } from '../expand/token-view.ts'
import { hasOpenQuote } from '../lint/brace-faults.ts'
import { endOfLine } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'

/** A quote without a partner runs to the end of the file (caddyfile/lexer.go:next). */
export default defineRule({
  id: 'unterminated-quote',
  severity: 'error',
  effects: ['refused', 'misbehaves'],
  fix: 'unsafe',
  explains: ({ at, kind }) =>
    hasOpenQuote(at.list) && (at.index === at.list.count - 1 || kind === 'close-expected' || kind === 'unexpected-end'),
  check({ servers, reasons, report }) {
    const { main } = servers.configuration
    if (!hasOpenQuote(main)) return
    const place: Place = { list: main, index: main.count - 1, site: null }
    const start = main.start(place.index)
    const line = endOfLine(main.text, start)
    report({
      at: { list: main, range: { start, end: Math.max(line, start + 1) } },
      effect: reasons.length > 0 ? 'refused' : 'misbehaves',
      message:
        reasons.length > 0
          ? 'this quote has no partner: everything up to the end of the file is one word, and CoreDNS does not start'
          : 'this quote has no partner: everything up to the end of the file is one word, and the lines behind it are lost',
      fix: closed(main.text, start, line),
    })
  },
})

/** Closes the quote at the end of its line, where no other quote makes that doubtful. */
function closed(text: string, start: number, line: number): ProposedFix | null {
  const rest = text.slice(start + 1, line)
  if (rest.trim() === '' || text.slice(line).includes('"')) return null
  const end = start + 1 + rest.trimEnd().length
  return { title: 'close the quote at the end of the line', safety: 'unsafe', edits: [{ start: end, end, text: '"' }] }
}

export const text: RuleText = {
  summary: 'A quote that is never closed',
  why: 'A word in quotes may span lines, so a forgotten quote swallows the rest of the file. Usually CoreDNS then misses a closing brace and does not start; a file without braces starts and silently serves less than it says.',
  links: ['caddyfile/lexer.go next'],
  examples: [
    { bad: '.\nlog . "{type} {name}\nwhoami\n', good: '.\nlog . "{type} {name}"\nwhoami\n' },
    { bad: '. {\n    log . "{type} {name}\n    whoami\n}\n', good: '. {\n    log . "{type} {name}"\n    whoami\n}\n' },
  ],
}
