import type { Key } from '../expand/configuration.ts'
import { indentation, insertBehind, replaceToken, unit } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText } from '../lint/rule.ts'
import { beginsWithPlugin, type Misread, misreadKey } from '../lint/zone-keys.ts'
import { isInvalid } from '../values/invalid.ts'
import { parseIp } from '../values/ip.ts'
import { normalizeName } from '../values/name.ts'
import { parseZoneKey } from '../values/zone.ts'
import type { BlockView, ServersView } from '../verdict/servers-view.ts'

/** Any word is a zone to CoreDNS, so what is meant as something else is served under a name that nobody asks for. */
export default defineRule({
  id: 'zone-key-not-a-domain',
  severity: 'error',
  effects: ['misbehaves', 'hygiene'],
  fix: 'unsafe',
  check(context) {
    const { servers, release, report } = context
    if (servers.configuration.problems.length > 0) return
    for (const block of servers.blocks) {
      if (beginsWithPlugin(block)) continue
      for (const key of block.keys) {
        if (!key.known || isInvalid(parseZoneKey(key.value, release))) continue
        const misread = misreadKey(key.value, release)
        if (misread === null) continue
        const { problem, write, meant } = misread
        if (meant !== null && isServedBy(block, meant, release)) {
          report({
            at: key.at,
            severity: 'info',
            effect: 'hygiene',
            message: `"${key.value}" does nothing here: ${meant}, which this block serves as well, has all names below it`,
          })
          continue
        }
        report({
          at: key.at,
          message: `${problem}, so "${key.value}" is a zone that no query asks for and ${block.keys.length > 1 ? 'gets no answers' : 'this block never answers'}${write === null ? '' : ` (write ${write})`}`,
          ...(misread.help === null ? {} : { help: misread.help }),
          fix: fixFor(context, block, key, misread),
        })
      }
    }
  },
})

function isServedBy(block: BlockView, meant: string, release: string): boolean {
  const read = parseZoneKey(meant, release)
  if (isInvalid(read)) return false
  const served = servedBy(block)
  return read.zones.some((zone) => served.has(`${read.transport} ${idOf(zone, read.port)}`))
}

const servedOf = new WeakMap<BlockView, ReadonlySet<string>>()

/** Transport, zone and port of every address of a block. */
function servedBy(block: BlockView): ReadonlySet<string> {
  let ids = servedOf.get(block)
  if (ids === undefined) {
    ids = new Set(block.served.map(({ transport, zone, port }) => `${transport} ${idOf(zone, port)}`))
    servedOf.set(block, ids)
  }
  return ids
}

/** Null where the new key is one that another block has already: CoreDNS would refuse to start. */
function fixFor({ servers, release }: RuleContext, block: BlockView, key: Key, misread: Misread): ProposedFix | null {
  const { keys, address } = misread
  if (keys === null) return null
  for (const each of keys) {
    const read = parseZoneKey(each, release)
    if (isInvalid(read)) return null
    const taken = zonesTaken(servers)
    if (read.zones.some((zone) => taken.has(idOf(zone, read.port)))) return null
  }
  const raw = key.at.list.raw(key.at.index)
  const replacement = replaceToken(key.at, keys.join(', ') + (raw.endsWith(',') ? ',' : ''))
  const title = `write ${keys.join(', ')}`
  if (address === null) return { title, safety: 'unsafe', edits: [replacement] }
  const { open } = block.block
  if (block.keys.length > 1 || block.has('bind') || open === null || open.list !== key.at.list) return null
  if (open.list.sameLine(open.index)) return null
  if (parseIp(address)?.every((byte) => byte === 0) === true) return { title, safety: 'unsafe', edits: [replacement] }
  const inner = indentation(open.list.text, open.list.start(open.index)) + unit(open.list)
  return {
    title: `${title} and bind ${address}`,
    safety: 'unsafe',
    edits: [replacement, insertBehind(open, `\n${inner}bind ${address}`)],
  }
}

const takenOf = new WeakMap<ServersView, ReadonlySet<string>>()

/** Zone and port of every address of every block. */
function zonesTaken(servers: ServersView): ReadonlySet<string> {
  let ids = takenOf.get(servers)
  if (ids === undefined) {
    ids = new Set(servers.blocks.flatMap(({ served }) => served.map(({ zone, port }) => idOf(zone, port))))
    takenOf.set(servers, ids)
  }
  return ids
}

function idOf(zone: string, port: string): string {
  return `${port} ${normalizeName(zone)}`
}

export const text: RuleText = {
  summary: 'An address of a server block that is a zone nobody asks for',
  why: 'What stands before the brace is a list of zones, and CoreDNS takes nearly any word for one: a wildcard, an address to listen on, two names joined by a comma, an unknown scheme. It starts, serves a zone of that odd name, and refuses the queries that were meant.',
  links: [
    'coredns/coredns#3834',
    'coredns/coredns#6805',
    'plugin/normalize.go SplitHostPort',
    'core/dnsserver/register.go InspectServerBlocks',
  ],
  examples: [
    {
      bad: '*.example.org {\n    file db.example.org\n}\n',
      good: 'example.org {\n    file db.example.org\n}\n',
    },
    {
      bad: '127.0.0.1:53 {\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'a.example,b.example {\n    forward . 10.0.0.1\n}\n',
      good: 'a.example, b.example {\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'udp://.:53 {\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'example.org:domain {\n    forward . 10.0.0.1\n}\n',
      good: 'example.org:53 {\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
