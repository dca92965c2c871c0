import { listPlugins, passedOn, passesZone, zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { insertProperty } from '../lint/edits.ts'
import { readHostLines } from '../lint/host-lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSubdomain } from '../values/name.ts'
import { reverseVersion } from '../values/reverse.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** `hosts` without `fallthrough` answers SERVFAIL for every other name of its zones (plugin/hosts/hosts.go ServeDNS). */
export default defineRule({
  id: 'hosts-missing-fallthrough',
  severity: 'error',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, program, release, report }) {
    for (const hosts of servers.plugins('hosts')) {
      const passed = passedOn(hosts)
      const zones = zonesAnswered(hosts, release)
      // Words on further lines without a brace on the first: what belongs to hosts is another question.
      const isOdd = hosts.open === null && hosts.tokens.count > hosts.args.length + 1
      if (typeof passed === 'string' || zones === null || isOdd) continue
      // PTR queries that hosts cannot answer go on in any case.
      const lost = zones.filter((zone) => !passesZone(passed, zone) && reverseVersion(zone) === 0)
      const takesAll = hosts.block.zones.every((zone) => lost.some((each) => isSubdomain(each, zone)))
      const isMissed = (answerer: OccurrenceView) => {
        if (ANSWERS_FOR_SHOW.has(answerer.plugin)) return false
        const own = zonesAnswered(answerer, release)
        // Of an external plugin that is not described the zones are not known; where nothing is left it misses them all.
        return own === null ? takesAll && program.isExternal(answerer.plugin) : zonesMeet(own, lost)
      }
      const missed = hosts.block.answerersBehind('hosts').filter(isMissed)
      const [first] = missed
      if (first === undefined) continue
      const nothingPasses = passed.length === 0
      const behind = listPlugins(missed)
      const isMisspelled = readHostLines(hosts, release).odd.some(({ meant }) => meant === 'fallthrough')
      const edit = nothingPasses && !isMisspelled ? insertProperty(hosts, 'fallthrough') : null
      report({
        at: (nothingPasses ? hosts.name : lastFallthrough(hosts)).place,
        severity: nothingPasses && takesAll ? 'error' : 'warning',
        message: nothingPasses
          ? `hosts ends the search here: ${takesAll ? 'names' : `names below ${lost.map(zoneText).join(' and ')}`} that it does not list get SERVFAIL and never reach ${behind} (add fallthrough)`
          : `this fallthrough passes on only names below ${passed.map(zoneText).join(' and ')}: others that hosts does not list get SERVFAIL and never reach ${behind} (write fallthrough without a zone)`,
        related: [{ at: first.name.place, message: 'is not asked for them' }],
        help: `hosts runs before ${behind}, whatever the order of the lines.`,
        fix: edit && { title: 'pass on the names that hosts does not list', safety: 'unsafe', edits: [edit] },
      })
    }
  },
})

/** They answer any name with nothing of use, so nobody misses them. */
const ANSWERS_FOR_SHOW: ReadonlySet<string> = new Set(['erratic', 'whoami'])

function lastFallthrough(hosts: OccurrenceView) {
  return hosts.properties('fallthrough').at(-1)?.name ?? hosts.name
}

export const text: RuleText = {
  summary: 'A hosts block that ends the search for every name it does not list',
  why: 'hosts is asked before kubernetes, file and forward, wherever it stands in the block. Without fallthrough it answers SERVFAIL for each name of its zones that it does not list, so one hosts block in "." takes all external names away, and cluster names with them.',
  links: [
    'coredns/coredns#2370',
    'coredns/coredns#7942',
    'coredns/coredns#3276',
    'coredns/coredns#6855',
    'coredns/coredns#2564',
    'plugin/hosts/hosts.go ServeDNS',
  ],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts /etc/coredns/hosts\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts /etc/coredns/hosts {\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts /etc/coredns/hosts corp.example\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts /etc/coredns/hosts corp.example {\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.corp.example\n        fallthrough corp.example\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.corp.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
