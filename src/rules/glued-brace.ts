import type { Place } from '../expand/token-view.ts'
import { gluedBraces, isGlued } from '../lint/brace-faults.ts'
import { insertBefore } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { Reason } from '../verdict/reason.ts'

/** A brace without a blank before it is part of the word (caddyfile/lexer.go:next), so no block is opened or closed. */
export default defineRule({
  id: 'glued-brace',
  severity: 'error',
  effects: ['misbehaves', 'refused'],
  fix: 'unsafe',
  explains: ({ at, stage, kind }, { configuration }) => {
    const [first] = gluedBraces(configuration)
    if (first === undefined || at.list !== first.list) return false
    return isGlued(configuration, at) || (at.index > first.index && isAftermath({ stage, kind }))
  },
  check({ servers, reasons, report }) {
    const { configuration } = servers
    const own = reasons.filter(({ at }) => at.list === configuration.main)
    const refusedWords = new Set(own.map(({ at }) => at.index))
    const lastAftermath = own.filter(isAftermath).reduce((last, { at }) => Math.max(last, at.index), -1)
    const keys = new Set(configuration.blocks.flatMap(({ keys }) => keys.map(({ at }) => at.index)))
    for (const place of gluedBraces(configuration)) {
      const word = place.list.value(place.index)
      const opens = word.endsWith('{')
      const isKey = keys.has(place.index)
      const refused = refusedWords.has(place.index) || lastAftermath > place.index
      const what = opens || word === '{}' ? 'opened' : 'closed'
      report({
        at: place,
        effect: refused ? 'refused' : 'misbehaves',
        message: isKey
          ? `"${word}" is read as the name of a zone, so this block is never ${what}; put a space before the brace`
          : word === '{}'
            ? `"{}" is one word to CoreDNS and no empty block; take it out`
            : `"${word}" is one word to CoreDNS, so no block is ${what} here; put a space before the brace`,
        help: refused
          ? 'CoreDNS does not start.'
          : isKey
            ? `CoreDNS starts and serves the zone "${word}.", which no query matches.`
            : 'CoreDNS starts, and takes the word for an argument.',
        fix: separated(place, word),
      })
    }
  },
})

function separated(place: Place, word: string): ProposedFix {
  const title = 'put a space before the brace'
  if (word === '{}')
    return {
      title: 'take out the empty braces',
      safety: 'unsafe',
      edits: [{ ...insertBefore(place, ''), end: place.list.end(place.index) }],
    }
  const at = place.list.start(place.index) + word.length - 1
  return { title, safety: 'unsafe', edits: [{ start: at, end: at, text: ' ' }] }
}

/** What goes wrong behind such a word, because its brace is missing. */
function isAftermath({ stage, kind }: Pick<Reason, 'stage' | 'kind'>): boolean {
  return stage === 'syntax' && kind !== 'import-not-found'
}

export const text: RuleText = {
  summary: 'A brace without a space before it',
  why: 'CoreDNS splits a line at blanks alone. In `example.org{` the brace belongs to the name: the server starts, serves a zone called "example.org{." that nobody asks for, and refuses the names that were meant.',
  links: ['coredns/coredns#7121', 'caddyfile/lexer.go next', 'caddyfile/parse.go blockContents'],
  examples: [
    { bad: 'example.org{\n    whoami\n}\n', good: 'example.org {\n    whoami\n}\n' },
    {
      bad: '. {\n    forward . 10.0.0.53{\n        max_fails 2\n    }\n}\n',
      good: '. {\n    forward . 10.0.0.53 {\n        max_fails 2\n    }\n}\n',
    },
    {
      bad: '. {\n    errors{\n        stacktrace\n    }\n    whoami\n}\n',
      good: '. {\n    errors {\n        stacktrace\n    }\n    whoami\n}\n',
    },
  ],
}
