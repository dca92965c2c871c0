import { propertiesOf } from '../../grammar/lookup.ts'
import { FORWARDERS } from '../../grammar/roles.ts'
import type { ServerBlock } from '../expand/configuration.ts'
import type { TokenView } from '../expand/token-view.ts'
import { isWhole, passedOn, passesZone, zonesAnswered, zonesCover, zonesMeet, zoneText } from '../lint/answering.ts'
import { readForward } from '../lint/forwarding.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { matchesEveryName, readTemplate, type TemplateView } from '../lint/templates.ts'
import { parseIp } from '../values/ip.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** Plugins run in the order of their build, not of the file (core/dnsserver/zdirectives.go), which matters where two could answer. */
export default defineRule({
  id: 'plugin-order-ignored',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  check(context) {
    const { servers, program, release } = context
    if (servers.configuration.problems.length > 0) return
    for (const block of servers.blocks) {
      if (!isWhole(servers, block)) continue
      // Of a plugin that nobody placed it is a guess when it runs.
      const answerers = block.answerers.filter(({ plugin }) => program.isPlaced(plugin))
      const before = new Map<string, ZoneIndex<OccurrenceView>>()
      for (const late of answerers) {
        for (const early of rivals(before, late, release)) if (report(context, block, early, late)) break
        const own = before.get(late.plugin) ?? new ZoneIndex<OccurrenceView>()
        before.set(late.plugin, own)
        for (const zone of new Set(zonesAnswered(late, release) ?? [])) own.add(zone, late)
      }
    }
  },
})

/** The answerers of other plugins that run before one and may take its names, in run order; `before` has them by plugin and zone. */
function* rivals(
  before: ReadonlyMap<string, ZoneIndex<OccurrenceView>>,
  late: OccurrenceView,
  release: string,
): Generator<OccurrenceView> {
  const [zone] = zonesAnswered(late, release) ?? []
  if (zone === undefined) return
  for (const [plugin, answerers] of before) {
    if (plugin === late.plugin) continue
    // Only a template that takes a part of what hosts serves is worth a word: others take all of it, the first zone too.
    const all = plugin === 'template' && late.plugin === 'hosts'
    let last: OccurrenceView | null = null
    for (const answerer of all ? answerers.within('.') : answerers.around(zone)) {
      if (answerer !== last) yield answerer
      last = answerer
    }
  }
}

/** Says what is wrong with two answerers of which the first runs before the second; false where nothing is. */
function report(context: RuleContext, block: BlockView, early: OccurrenceView, late: OccurrenceView): boolean {
  const { release, program } = context
  const zones = zonesAnswered(late, release)
  const taken = zonesAnswered(early, release)
  if (zones === null || taken === null || zones.length === 0 || !zonesMeet(zones, taken)) return false
  // An external plugin may pass names on in a way of its own.
  if (program.isExternal(early.plugin) && !canFallThrough(early, release)) return false
  if (isForShow(late))
    return early.plugin !== 'template' && takesAll(early, taken, zones) && reportUseless(context, early, late)
  if (!isWrittenBehind(block, early, late) || early.plugin === 'hosts') return false
  if (early.plugin !== 'template')
    return takesAll(early, taken, zones) && reportNeverAsked(context, block, early, late, zones)
  const template = readTemplate(early)
  if (template === null) return false
  if (late.plugin === 'hosts') {
    const name = listedName(late, zones, taken, template)
    if (name !== null) return reportName(context, early, late, name)
  }
  const forAddresses = template.type === 'ANY' || (template.type === 'A' && !FORWARDERS.has(late.plugin))
  if (!forAddresses || !matchesEveryName(template) || !zonesCover(taken, zones)) return false
  return reportTemplate(context, block, early, late, template)
}

/** They answer any name with nothing of use. */
function isForShow({ plugin }: OccurrenceView): boolean {
  return plugin === 'whoami' || plugin === 'erratic'
}

function canFallThrough({ grammar }: OccurrenceView, release: string): boolean {
  return grammar !== null && propertiesOf(grammar, release).has('fallthrough')
}

function isWrittenBehind({ block }: BlockView, one: OccurrenceView, other: OccurrenceView): boolean {
  let positions = positionsIn.get(block)
  if (positions === undefined) {
    positions = new Map(block.occurrences.map(({ tokens }, position) => [tokens, position]))
    positionsIn.set(block, positions)
  }
  return (positions.get(one.tokens) ?? -1) > (positions.get(other.tokens) ?? -1)
}

const positionsIn = new WeakMap<ServerBlock, ReadonlyMap<TokenView, number>>()

/** Whether no query for the zones gets past a plugin. */
function takesAll(answerer: OccurrenceView, own: readonly string[], zones: readonly string[]): boolean {
  if (!zonesCover(own, zones)) return false
  if (FORWARDERS.has(answerer.plugin)) {
    const forward = readForward(answerer)
    if (forward === null || forward.passesAnswers || zonesMeet(forward.except, zones)) return false
  }
  const passed = passedOn(answerer)
  return typeof passed !== 'string' && !zones.some((zone) => passesZone(passed, zone)) && !zonesMeet(passed, zones)
}

function reportUseless({ report }: RuleContext, early: OccurrenceView, late: OccurrenceView): true {
  report({
    at: late.name.place,
    severity: 'info',
    effect: 'hygiene',
    message: `${late.plugin} never answers here: ${early.plugin} runs before it and takes every name`,
    related: [{ at: early.name.place, message: 'takes every name' }],
  })
  return true
}

function reportNeverAsked(
  { release, report }: RuleContext,
  block: BlockView,
  early: OccurrenceView,
  late: OccurrenceView,
  zones: readonly string[],
): true {
  const which = zones.includes('.') ? 'every name' : `every name of ${zones.map(zoneText).join(' and ')}`
  report({
    at: late.name.place,
    severity: FORWARDERS.has(late.plugin) && block.servesRoot ? 'error' : 'warning',
    message: `${late.plugin} is never asked: ${early.plugin} runs before it, whatever the order of the lines, and takes ${which} (${canFallThrough(early, release) ? `add fallthrough to ${early.plugin}` : 'put one of them into a block of its own'})`,
    related: [{ at: early.name.place, message: 'runs first' }],
  })
  return true
}

function reportName({ report }: RuleContext, early: OccurrenceView, late: OccurrenceView, name: WordView): true {
  report({
    at: early.name.place,
    message: `template answers ${name.value} instead of hosts: it runs before hosts, whatever the order of the lines (leave the name out of its match)`,
    related: [{ at: name.place, message: `${late.plugin} lists it` }],
  })
  return true
}

function reportTemplate(
  { report }: RuleContext,
  block: BlockView,
  early: OccurrenceView,
  late: OccurrenceView,
  { type }: TemplateView,
): true {
  report({
    at: early.name.place,
    severity: FORWARDERS.has(late.plugin) && block.servesRoot ? 'error' : 'warning',
    message: `template takes every ${type === 'ANY' ? '' : `${type} `}query before ${late.plugin} is asked: it runs first, whatever the order of the lines (let its match or its zone leave out the names of ${late.plugin})`,
    related: [{ at: late.name.place, message: `is not asked${type === 'ANY' ? '' : ` for ${type}`}` }],
  })
  return true
}

/** How many names of a hosts block are compared with an expression. */
const MOST_NAMES = 1000

/** The first name of a hosts block that a template answers. */
function listedName(
  hosts: OccurrenceView,
  own: readonly string[],
  taken: readonly string[],
  template: TemplateView,
): WordView | null {
  const { type, matches } = template
  let seen = 0
  for (const line of hosts.lines()) {
    const ip = parseIp(line.name.value)
    if (ip === undefined) continue
    if (++seen > MOST_NAMES) return null
    if (type !== 'ANY' && type !== (ip.length === 4 ? 'A' : 'AAAA')) continue
    for (const word of line.args) {
      if (!word.known) continue
      const name = normalizeName(word.value)
      const inBoth = [own, taken].every((zones) => zones.some((zone) => isSubdomain(zone, name)))
      if (inBoth && matches(name)) return word
    }
  }
  return null
}

export const text: RuleText = {
  summary: 'Two plugins that could answer the same names and run in another order than written',
  why: 'CoreDNS runs the plugins of a block in an order that is built in, not in the order of the file: template before hosts, hosts before kubernetes, then file, auto, secondary, etcd, and forward behind all of them. Where two of them could answer the same name, moving lines changes nothing, and the later one may never be asked.',
  links: [
    'coredns/coredns#5350',
    'coredns/coredns#5204',
    'coredns/coredns#6035',
    'coredns/coredns#3124',
    'core/dnsserver/zdirectives.go Directives',
  ],
  examples: [
    {
      bad: 'b.example {\n    hosts {\n        10.0.0.1 r1.b.example\n        fallthrough\n    }\n    template IN A b.example {\n        answer "{{ .Name }} 60 IN A 10.9.9.9"\n    }\n}\n',
      good: 'b.example {\n    hosts {\n        10.0.0.1 r1.b.example\n        fallthrough\n    }\n    template IN A b.example {\n        match ^r[^1]\n        answer "{{ .Name }} 60 IN A 10.9.9.9"\n        fallthrough\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    template ANY ANY cluster.local {\n        rcode NXDOMAIN\n    }\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: 'example.org {\n    etcd {\n        endpoint http://localhost:2379\n    }\n    file db.example.org\n}\n',
      good: 'example.org {\n    etcd {\n        endpoint http://localhost:2379\n    }\n    file db.example.org {\n        fallthrough\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n    whoami\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
