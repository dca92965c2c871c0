import { blockAround, gluedBraces, hasOpenQuote } from '../lint/brace-faults.ts'
import { isHostsEntry, looksLikeZone } from '../lint/directive-words.ts'
import { indentation, newlineOf, startOfLine } from '../lint/edits.ts'
import { defineRule, type ExplainContext, type RuleText } from '../lint/rule.ts'
import { strayPluginOf } from '../lint/stray-plugins.ts'
import type { Reason } from '../verdict/reason.ts'

/** A block that is never closed: what follows is read as its directives, or the file ends early (caddyfile/parse.go:closeCurlyBrace). */
export default defineRule({
  id: 'unclosed-brace',
  severity: 'error',
  effects: ['refused', 'hygiene'],
  fix: 'unsafe',
  explains: isUnclosed,
  check({ servers, reasons, report }) {
    const { configuration } = servers
    for (const { at, kind, subject } of reasons) {
      const block = blockAround(configuration, at)
      const open = block?.open ?? configuration.snippets.find(({ close }) => close === null)?.open ?? at
      const newline = newlineOf(at.list)
      if (kind === 'unknown-directive') {
        const start = startOfLine(at.list.text, at.list.start(at.index))
        report({
          at: open,
          message: `this block is not closed before "${subject}", which is read as one of its directives: CoreDNS does not start`,
          related: [{ at, message: 'read as a directive' }],
          fix: { title: 'close the block', safety: 'unsafe', edits: [{ start, end: start, text: `}${newline}` }] },
        })
        continue
      }
      const { text } = at.list
      const end = text.length
      const brace = `${indentation(text, open.list.start(open.index))}}${newline}`
      report({
        at: open,
        message: 'this brace is never closed: the file ends first, and CoreDNS does not start',
        fix:
          at.list === open.list && kind === 'close-expected'
            ? {
                title: 'close the block at the end',
                safety: 'unsafe',
                edits: [{ start: end, end, text: text.endsWith('\n') ? brace : newline + brace }],
              }
            : null,
      })
    }
    if (configuration.problems.length > 0) return
    for (const { block } of servers.blocks) {
      if (block.open === null || block.close !== null) continue
      report({
        at: block.open,
        severity: 'warning',
        effect: 'hygiene',
        message: 'this block is never closed; CoreDNS starts only because the last line of the file closes another one',
      })
    }
  },
})

function isUnclosed(reason: Reason, { configuration }: ExplainContext): boolean {
  const { kind, subject, at } = reason
  if (hasOpenQuote(at.list) || gluedBraces(configuration).length > 0) return false
  if (kind === 'close-expected' || kind === 'unexpected-end') return true
  if (kind !== 'unknown-directive' || !looksLikeZone(subject) || isHostsEntry(at)) return false
  if (strayPluginOf(reason, configuration) !== null) return false
  const around = blockAround(configuration, at)
  return around !== null && around.close === null && !around.keys.some(({ value }) => value === '}')
}

export const text: RuleText = {
  summary: 'A block that is never closed',
  why: 'Without its closing brace a server block swallows the next one, whose address is then an unknown directive, or the file ends in the middle. CoreDNS does not start and names a line far from the mistake.',
  links: ['caddyfile/parse.go closeCurlyBrace'],
  examples: [
    {
      bad: 'example.org:53 {\n    whoami\n\n.:53 {\n    whoami\n}\n',
      good: 'example.org:53 {\n    whoami\n\n}\n.:53 {\n    whoami\n}\n',
    },
    { bad: '. {\n    whoami\n', good: '. {\n    whoami\n}\n' },
  ],
}
