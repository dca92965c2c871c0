import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../lint/servers-view.ts'
import { isSubdomain } from '../values/name.ts'

/** `hosts` without `fallthrough` answers SERVFAIL for every other name of its zones (plugin/hosts/hosts.go:ServeDNS). */
export default defineRule({
  id: 'hosts-missing-fallthrough',
  severity: 'error',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, report }) {
    for (const hosts of servers.plugins('hosts')) {
      const zones = hosts.zones(hosts.args.slice(1))
      const [answerer] = hosts.block
        .answerersBehind('hosts')
        .filter(({ plugin }) => plugin !== 'whoami' && plugin !== 'erratic')
      if (answerer === undefined) continue
      const fallthrough = lastFallthrough(hosts)
      if (fallthrough === 'all' || (fallthrough !== null && zones.every((zone) => passes(fallthrough, zone)))) continue
      const names = [...hosts.lines()].filter(isEntry).length
      const scope = zones.map((zone) => `"${zone}"`).join(' ')
      const edit = fallthrough === null ? insertProperty(hosts, 'fallthrough') : null
      report({
        at: hosts.name.place,
        message: 'hosts ends the search here: names it does not list get SERVFAIL (add fallthrough to pass them on)',
        related: [{ at: answerer.name.place, message: `is never asked for another name in ${scope}` }],
        help: `hosts runs before ${answerer.plugin} wherever it stands in the file${names > 0 ? `; it lists ${names} line${names === 1 ? '' : 's'}` : ''}.`,
        fix: edit && { title: 'pass other names on', safety: 'unsafe', edits: [edit] },
      })
    }
  },
})

/** The zones of the last `fallthrough`, which is the one that counts; `all` for one without zones, null for none. */
function lastFallthrough(hosts: OccurrenceView): readonly string[] | 'all' | null {
  const last = hosts.properties('fallthrough').at(-1)
  if (last === undefined) return null
  return last.args.length === 0 ? 'all' : hosts.zones(last.args)
}

function passes(fallthrough: readonly string[], zone: string): boolean {
  return fallthrough.some((passed) => isSubdomain(passed, zone))
}

function isEntry({ name }: { name: { value: string } }): boolean {
  return /^[0-9a-fA-F:.]+$/.test(name.value)
}

export const text: RuleText = {
  summary: 'A hosts block that ends the search for every name it does not list',
  why: 'hosts is asked before kubernetes, file and forward, wherever it stands in the block. Without fallthrough it answers SERVFAIL for each name of its zones that it does not list, so one hosts block in "." takes all external names away.',
  links: ['coredns/coredns#2370', 'coredns/coredns#7942', 'coredns/coredns#3276', 'plugin/hosts/hosts.go ServeDNS'],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
