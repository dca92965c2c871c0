import { amongPlaces } from '../lint/lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'

const ODD = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b\u00b4\uff5b\uff5d\u200b-\u200f\u2060\ufeff]/
const NAMES: Readonly<Record<string, { readonly name: string; readonly instead: string }>> = {
  '\uff5b': { name: 'a full-width brace', instead: '{' },
  '\uff5d': { name: 'a full-width brace', instead: '}' },
}

/** Characters that word processors and web pages put in; to CoreDNS they are letters like any other (caddyfile/lexer.go:next). */
export default defineRule({
  id: 'smart-quotes',
  severity: 'warning',
  effects: ['misbehaves', 'refused'],
  fix: 'unsafe',
  explains: ({ at, stage, kind }) =>
    (stage === 'setup' || kind === 'unknown-directive') &&
    !at.list.isQuoted(at.index) &&
    ODD.test(at.list.raw(at.index)),
  check({ servers, reasons, report }) {
    const { main } = servers.configuration
    const isRefused = amongPlaces(reasons.map(({ at }) => at))
    let last = -1
    for (const match of main.text.matchAll(new RegExp(ODD, 'g'))) {
      const index = main.indexAt(match.index + 1) - 1
      if (index === last || index < 0 || main.end(index) <= match.index || main.isQuoted(index)) continue
      last = index
      const place = { list: main, index, site: null }
      const refused = isRefused(place)
      report({
        at: place,
        effect: refused ? 'refused' : 'misbehaves',
        severity: refused ? 'error' : 'warning',
        message: `${describe(match[0])} is a letter like any other to CoreDNS: it belongs to the word and quotes or separates nothing${refused ? ', and CoreDNS does not start' : ''}`,
        fix: replaced(main.text, main.start(index), main.end(index)),
      })
    }
  },
})

function describe(character: string): string {
  const known = NAMES[character]
  if (known !== undefined) return `${known.name} (${character})`
  if (/[\u200b-\u200f\u2060\ufeff]/.test(character)) {
    return `an invisible character (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`
  }
  return `a typographic quote (${character})`
}

function replaced(text: string, start: number, end: number): ProposedFix {
  const edits = [...text.slice(start, end).matchAll(new RegExp(ODD, 'g'))].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    text: plain(match[0]),
  }))
  return { title: 'write plain characters', safety: 'unsafe', edits }
}

function plain(character: string): string {
  const known = NAMES[character]
  if (known !== undefined) return known.instead
  return /[\u200b-\u200f\u2060\ufeff]/.test(character) ? '' : '"'
}

export const text: RuleText = {
  summary: 'Typographic quotes, invisible characters and full-width braces',
  why: 'Text that went through a web page or a word processor comes back with other quotes and with characters nobody sees. CoreDNS knows the plain ones alone and takes these for letters.',
  links: ['caddyfile/lexer.go next'],
  examples: [
    { bad: '. {\n    log . \u201c{type}\u201d\n    whoami\n}\n', good: '. {\n    log . "{type}"\n    whoami\n}\n' },
    { bad: '. {\n    who\u200bami\n}\n', good: '. {\n    whoami\n}\n' },
  ],
}
