import type { Program } from '../../grammar/program.ts'
import { DENIERS, PROCESS_WIDE } from '../../grammar/roles.ts'
import { isWhole, listPlugins, listZones, passedOn, passesZone, zonesAnswered } from '../lint/answering.ts'
import { defineRule, type RuleText, type Spot } from '../lint/rule.ts'
import { beginsWithPlugin } from '../lint/zone-keys.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** The end of a plugin chain answers SERVFAIL (plugin/plugin.go NextOrFailure), a block without plugins REFUSED (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'no-backend-in-block',
  severity: 'error',
  effects: ['misbehaves', 'hygiene'],
  check({ servers, program, release, report }) {
    // Where the text could not be read to its end, what is missing may only have been swallowed.
    const { main, problems } = servers.configuration
    if (problems.length > 0 || (main.count > 0 && main.isUnterminated(main.count - 1))) return
    for (const block of servers.blocks) {
      const at = block.keys[0]?.at
      if (at === undefined || beginsWithPlugin(block)) continue
      if (!isWhole(servers, block) || mayAnswerOtherwise(block, program)) continue
      const { answerers } = block
      if (answerers.length === 0) {
        const empty = block.block.occurrences.length === 0
        if (empty ? block.block.open === null : [...block.plugins.keys()].every((name) => PROCESS_WIDE.has(name)))
          continue
        const keys = block.keys.map(({ value }) => value).join(' ')
        report({
          at,
          severity: empty ? 'info' : 'error',
          effect: empty ? 'hygiene' : 'misbehaves',
          message: empty
            ? `this block is empty, so every query for ${keys} is REFUSED`
            : `no plugin in this block answers, so every query for ${keys} fails (add one that does, such as forward, kubernetes, file or hosts)`,
          ...(servers.blocks.length > 1
            ? {
                help: 'Blocks do not add up: of the blocks whose zones fit a query, only the one with the longest zone is asked.',
              }
            : {}),
        })
        continue
      }
      if (block.has('rewrite') || block.keys.some(({ known }) => !known)) continue
      const byZone = answerersByZone(answerers, release)
      if (byZone === null) continue
      const open = [...new Set(block.zones)].filter((zone) => !endsSomewhere(byZone, zone))
      if (open.length === 0) continue
      const covers = new Set(open.flatMap((zone) => [...byZone.around(zone)]))
      const covering = answerers.filter((answerer) => covers.has(answerer))
      const passing = covering.filter(({ plugin }) => DENIERS.has(plugin))
      const last = passing.at(-1)
      if (last !== undefined) {
        report({
          at: fallthroughOf(last),
          severity: 'warning',
          message: `${listPlugins(passing)} ${listPlugins(passing).includes(' ') ? 'pass on the names they do' : 'passes on the names it does'} not have, but no plugin behind it answers: they get SERVFAIL instead of NXDOMAIN (add forward, or take out fallthrough)`,
        })
      } else if (covering.length === 0 && block.has('kubernetes')) {
        // Pods ask the cluster's server for every name. Other servers for zones of their own may well leave the rest unanswered.
        report({
          at,
          severity: 'warning',
          message: `${listPlugins(answerers)} ${listPlugins(answerers).includes(' ') ? 'answer' : 'answers'} only for ${narrowerZones(answerers, release)}: other names of ${listZones(open)} get SERVFAIL (add forward, or serve only those zones)`,
        })
      }
    }
  },
})

/** Plugins of which nobody said whether they answer, refusals that are meant, and the block for the names that tell a server's version. */
function mayAnswerOtherwise(block: BlockView, program: Program): boolean {
  for (const name of block.plugins.keys()) if (program.answers(name) === null) return true
  const refuses = ({ name }: { name: { value: string } }) => /^(?:block|filter|drop)$/i.test(name.value)
  if (block.occurrences('acl').some((acl) => [...acl.lines()].some(refuses))) return true
  return block.has('chaos') && block.zones.every((zone) => /\.(?:bind|server)\.$/.test(zone))
}

/** The answerers of a block by the zones that they answer for; null where those of one are not known. */
function answerersByZone(answerers: readonly OccurrenceView[], release: string): ZoneIndex<OccurrenceView> | null {
  const byZone = new ZoneIndex<OccurrenceView>()
  for (const answerer of answerers) {
    const zones = zonesAnswered(answerer, release)
    if (zones === null) return null
    for (const zone of zones) byZone.add(zone, answerer)
  }
  return byZone
}

/** Whether a plugin ends the search for a name of the zone that no plugin knows. */
function endsSomewhere(answerers: ZoneIndex<OccurrenceView>, zone: string): boolean {
  for (const answerer of answerers.around(zone)) if (!passesAll(answerer, zone)) return true
  return false
}

function passesAll(answerer: OccurrenceView, zone: string): boolean {
  const passed = passedOn(answerer)
  return passed !== 'unknown' && passesZone(passed, zone)
}

function fallthroughOf(answerer: OccurrenceView): Spot {
  return (answerer.properties('fallthrough').at(-1)?.name ?? answerer.name).place
}

function narrowerZones(answerers: readonly OccurrenceView[], release: string): string {
  return listZones(answerers.flatMap((answerer) => zonesAnswered(answerer, release) ?? []))
}

export const text: RuleText = {
  summary: 'A server block in which nothing answers',
  why: 'Plugins such as errors, log, cache or health answer no query. A query that reaches the end of a block without an answer gets SERVFAIL, and nothing is taken over from other blocks: the block with the longest zone that fits is the only one that is asked.',
  links: [
    'coredns/coredns#2166',
    'coredns/coredns#4062',
    'coredns/coredns#5779',
    'coredns/coredns#5104',
    'kubernetes/kubernetes#83319',
    'plugin/plugin.go NextOrFailure',
  ],
  examples: [
    {
      bad: '.:53 {\n    errors\n    cache 30\n}\n',
      good: '.:53 {\n    errors\n    cache 30\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    errors\n    kubernetes cluster.local\n}\n',
      good: '.:53 {\n    errors\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: 'example.org {\n    file db.example.org {\n        fallthrough\n    }\n}\n',
      good: 'example.org {\n    file db.example.org {\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: 'corp.example {\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
      good: 'corp.example {\n    forward . 10.1.0.53\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
