import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'
import { insertProperty, removeTokens } from '../lint/edits.ts'
import { isHostEntry } from '../lint/host-lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { countUpTo } from '../lint/sorted.ts'
import type { OccurrenceView, ServersView } from '../verdict/servers-view.ts'

/** Behind `fallthrough` a hosts block takes options only (plugin/hosts/setup.go hostsParse). */
export default defineRule({
  id: 'hosts-entry-after-fallthrough',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: isHostEntry,
  check({ servers, reasons, report }) {
    if (reasons.length === 0) return
    const around = hostsByPlace(servers)
    for (const { at, subject } of reasons) {
      const hosts = around(at)
      // Old releases join two hosts of a block: then the entry is behind the fallthrough of the first one.
      const before = hosts?.properties('fallthrough').filter(({ name }) => name.place.index < at.index) ?? []
      const [fallthrough] = before
      report({
        at,
        message: `the entry ${subject} stands behind fallthrough, so CoreDNS does not start (write fallthrough behind the last entry)`,
        related:
          fallthrough === undefined ? [] : [{ at: fallthrough.name.place, message: 'entries must stand before it' }],
        fix: hosts === undefined || fallthrough === undefined ? null : moveToEnd(hosts),
      })
    }
  },
})

/** Finds the hosts in whose braces a place stands; of one that is imported more than once, any. */
function hostsByPlace(servers: ServersView): (place: Place) => OccurrenceView | undefined {
  const byList = new Map<TokenList, Map<number, OccurrenceView>>()
  for (const hosts of servers.plugins('hosts')) {
    const { open, close } = hosts
    if (open === null || close === null || open.list !== close.list) continue
    const inList = byList.get(open.list) ?? new Map<number, OccurrenceView>()
    byList.set(open.list, inList.set(open.index, hosts))
  }
  const sorted = new Map([...byList].map(([list, found]) => [list, [...found].sort(([a], [b]) => a - b)]))
  const starts = new Map([...sorted].map(([list, found]) => [list, found.map(([start]) => start)]))
  return ({ list, index }) => {
    const [, hosts] = sorted.get(list)?.[countUpTo(starts.get(list) ?? [], index) - 1] ?? []
    return hosts?.close !== null && hosts !== undefined && index < hosts.close.index ? hosts : undefined
  }
}

/** Null where several count, or where a line of its own cannot be taken out. */
function moveToEnd(hosts: OccurrenceView): ProposedFix | null {
  const [only, other] = hosts.properties('fallthrough')
  if (only === undefined || other !== undefined) return null
  const { name, args } = only
  const last = (args.at(-1) ?? name).place
  const insertion = insertProperty(hosts, [name, ...args].map(({ place }) => place.list.raw(place.index)).join(' '))
  if (insertion === null || last.list !== name.place.list || last.site !== name.place.site) return null
  return {
    title: 'write fallthrough behind the entries',
    safety: 'safe',
    edits: [removeTokens(name.place, last), insertion],
  }
}

export const text: RuleText = {
  summary: 'A hosts entry behind fallthrough',
  why: 'hosts reads entries up to `fallthrough`; what follows must be an option. An entry that was added below it stops the start of CoreDNS, or the reload, with "unknown property".',
  links: ['plugin/hosts/setup.go hostsParse'],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n        10.0.0.2 b.example\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        10.0.0.2 b.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        fallthrough example.org\n        fd00::2 b.example.org\n        ttl 60\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        fd00::2 b.example.org\n        ttl 60\n        fallthrough example.org\n    }\n    forward . 10.0.0.53\n}\n',
      also: ['hosts-missing-fallthrough'],
    },
  ],
}
