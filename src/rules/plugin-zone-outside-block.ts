import type { Place } from '../expand/token-view.ts'
import { listZones, zonesAnswered, zoneText } from '../lint/answering.ts'
import { zoneNear } from '../lint/asked.ts'
import { readForward } from '../lint/forwarding.ts'
import { readHostLines } from '../lint/host-lines.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { beginsWithPlugin } from '../lint/zone-keys.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** The block is chosen by its own zones, before a plugin is asked (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'plugin-zone-outside-block',
  severity: 'warning',
  effects: ['misbehaves'],
  check(context) {
    for (const block of context.servers.blocks) {
      if (block.keys.some(({ known }) => !known) || block.zones.length === 0 || beginsWithPlugin(block)) continue
      checkNames(context, block)
      // What is rewritten before a plugin sees it may be a name of any zone.
      if (REWRITERS.some((plugin) => block.has(plugin))) continue
      for (const plugin of ZONED) for (const occurrence of block.occurrences(plugin)) checkZones(context, occurrence)
    }
  },
})

const REWRITERS = ['rewrite', 'autopath', 'federation', 'k8s_external']

/** Plugins that look at queries for the zones of their words only. */
const ZONED = [
  'acl',
  'auto',
  'dnssec',
  'etcd',
  'file',
  'forward',
  'grpc',
  'hosts',
  'kubernetes',
  'secondary',
  'template',
  'transfer',
]

function checkZones({ release, report }: RuleContext, occurrence: OccurrenceView): void {
  const { plugin, block, name, args } = occurrence
  const zones = plugin === 'forward' ? forwardZones(occurrence) : zonesAnswered(occurrence, release)
  if (zones === null || zones === block.zones) return
  const outside = [...new Set(zones)].filter((zone) => zoneNear(block, zone) === undefined)
  const [first] = outside
  if (first === undefined) return
  const all = outside.length === new Set(zones).size
  const word = args.find(({ value }) => zoneText(value.toLowerCase()) === zoneText(first)) ?? name
  report({
    at: word.place,
    severity: all ? 'warning' : 'info',
    message: `${plugin} gets no query for ${listZones(outside)}: this block is asked only for names in ${zonesOf(block)} (${outside.length === 1 ? `give ${zoneText(first)} a server block of its own, or add it` : 'give them a server block of their own, or add them'} in front of this block's brace)`,
  })
}

const textOfZones = new WeakMap<BlockView, string>()

function zonesOf(block: BlockView): string {
  let text = textOfZones.get(block)
  if (text === undefined) {
    text = listZones(block.zones)
    textOfZones.set(block, text)
  }
  return text
}

function forwardZones(occurrence: OccurrenceView): readonly string[] | null {
  const forward = readForward(occurrence)
  return forward === null ? null : [forward.from]
}

function checkNames({ release, report }: RuleContext, block: BlockView): void {
  for (const hosts of block.occurrences('hosts')) {
    const { outside } = readHostLines(hosts, release)
    if (outside === null) continue
    const { first, count } = outside
    const zones = zonesAnswered(hosts, release) ?? []
    const [zone] = zones
    const meant =
      zone !== undefined && zones.length === 1 && !first.value.includes('.') ? `${first.value}.${zoneText(zone)}` : null
    report({
      at: first.place,
      message: `hosts drops ${first.value}${count > 1 ? ` and ${count - 1} more` : ''}: it serves only names in ${listZones(zones)}${meant === null ? '' : hasBeside(first.place, meant) ? ` (take it out: ${meant} is there already)` : ` (write ${meant})`}`,
    })
  }
}

/** Whether a name stands on the same line. */
function hasBeside({ list, index }: Place, name: string): boolean {
  let first = index
  while (first > 0 && list.sameLine(first - 1)) first--
  for (let at = first; ; at++) {
    if (list.value(at).toLowerCase().replace(/\.$/, '') === name.toLowerCase()) return true
    if (!list.sameLine(at)) return false
  }
}

export const text: RuleText = {
  summary: 'A plugin for a zone that the server block is never asked for',
  why: 'CoreDNS first picks the server block whose zone fits the query best; only then the plugins of that block look at their own zones. A zone behind a plugin, or a name in hosts, that lies outside of the zones in front of the brace is never asked for.',
  links: ['coredns/coredns#5514', 'core/dnsserver/server.go ServeDNS', 'plugin/hosts/hostsfile.go addName'],
  examples: [
    {
      bad: 'two.example {\n    file db.one.example one.example\n}\n',
      good: 'one.example {\n    file db.one.example\n}\n',
    },
    {
      bad: 'corp.example {\n    kubernetes cluster.local\n    forward . 10.0.0.53\n}\n',
      good: 'corp.example cluster.local {\n    kubernetes cluster.local\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'corp.example {\n    hosts {\n        10.0.0.1 www\n        10.0.0.2 mail\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: 'corp.example {\n    hosts {\n        10.0.0.1 www.corp.example\n        10.0.0.2 mail.corp.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
