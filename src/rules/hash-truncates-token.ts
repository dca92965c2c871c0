import { FORWARDERS } from '../../grammar/roles.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { joinHostPort } from '../values/hostport.ts'
import { isIp } from '../values/ip.ts'
import { parsePort } from '../values/number.ts'
import type { OccurrenceView, ServersView } from '../verdict/servers-view.ts'

/** A `#` inside a word starts a comment there, and that comment ends at the next blank (caddyfile/lexer.go next). */
export default defineRule({
  id: 'hash-truncates-token',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    const upstreams = upstreamWords(servers)
    for (const place of cutWords(servers)) {
      const { list, index } = place
      const word = list.value(index)
      const end = list.end(index)
      const comment = /^#\S*/.exec(list.text.slice(end, end + 200))?.[0] ?? '#'
      const behind = wordsBehind(list, index)
      const spot = { list, range: { start: list.start(index), end: end + comment.length } }
      const port = comment.slice(1)
      if (isIp(word) && parsePort(port) !== undefined && upstreams.has(id(place))) {
        const address = joinHostPort(word, port)
        report({
          at: spot,
          message: `CoreDNS reads ${word} and takes ${comment} for a comment, so queries go to port 53: write ${address}`,
          fix: { title: `write ${address}`, safety: 'unsafe', edits: [{ ...spot.range, text: address }] },
        })
      } else if (behind.length > 0) {
        // What a block needs cannot have been meant as a comment.
        const needed = behind.includes('{')
        const read = behind.length > 3 ? `${quoteAll(behind.slice(0, 3))} and more` : quoteAll(behind)
        report({
          at: spot,
          message: `the comment behind "${word}" ends at the next blank, so CoreDNS reads ${read} as well: ${needed ? `take out ${comment} if they belong to the line` : 'put a blank before #'}`,
          fix: needed ? null : blankBefore(end),
        })
      } else if (/^[\w"'/.]/.test(port) && !/^[{}]$/.test(word) && !startsLine(place)) {
        report({
          at: spot,
          severity: 'info',
          effect: 'hygiene',
          message: `CoreDNS reads "${word}" and takes ${comment} for a comment: quote the word if # belongs to it, else put a blank before #`,
        })
      }
    }
  },
})

/** Words that a `#` cuts off, in the texts that the configuration is made of. */
function* cutWords(servers: ServersView): Generator<Place> {
  const { main } = servers.configuration
  const lists = new Map<TokenList, Place['site']>([[main, null]])
  for (const { block } of servers.blocks) {
    for (const { tokens } of block.occurrences) {
      const { list, site } = tokens.place(0)
      if (!lists.has(list)) lists.set(list, site)
    }
  }
  for (const [list, site] of lists) {
    if (!list.text.includes('#')) continue
    for (let index = 0; index < list.count; index++) {
      const place = { list, index, site }
      if (list.isCut(index) && servers.isKnown(place)) yield place
    }
  }
}

/** The words that stand behind the comment on the same line, where a comment to the end of the line was meant. */
function wordsBehind(list: TokenList, index: number): string[] {
  const words: string[] = []
  for (let at = index; list.sameLine(at); at++) words.push(list.value(at + 1))
  return words
}

function quoteAll(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' ')
}

function upstreamWords(servers: ServersView): ReadonlySet<string> {
  const upstreams = new Set<string>()
  const add = ({ args }: OccurrenceView) => {
    for (const { place } of args.slice(1)) upstreams.add(id(place))
  }
  for (const plugin of FORWARDERS) for (const occurrence of servers.plugins(plugin)) add(occurrence)
  return upstreams
}

function id({ list, index }: Place): string {
  return `${list.file}\n${index}`
}

function startsLine({ list, index }: Place): boolean {
  return index === 0 || !list.sameLine(index - 1)
}

function blankBefore(offset: number): ProposedFix {
  return {
    title: 'put a blank before #',
    safety: 'unsafe',
    edits: [{ start: offset, end: offset, text: ' ' }],
  }
}

export const text: RuleText = {
  summary: 'A word that ends at a #',
  why: "Outside of quotes a # begins a comment even in the middle of a word, so dnsmasq's `127.0.0.1#5353` is `127.0.0.1`, on port 53. Such a comment ends at the next blank instead of at the end of the line: what follows is read as more words.",
  links: ['kubernetes/dns#82', 'caddyfile/lexer.go next'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.1#5353\n}\n',
      good: '.:53 {\n    forward . 10.0.0.1:5353\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 2001:db8::1#5353\n}\n',
      good: '.:53 {\n    forward . [2001:db8::1]:5353\n}\n',
    },
    {
      bad: '.:53 {\n    cache 30#seconds are enough\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    cache 30 #seconds are enough\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
