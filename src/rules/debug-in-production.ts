import { removeDirective } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** With `debug` a panic is not recovered (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'debug-in-production',
  severity: 'warning',
  effects: ['hygiene'],
  fix: 'unsafe',
  check({ servers, report }) {
    for (const [list, debugs] of Map.groupBy(servers.plugins('debug'), ({ name }) => name.place.list)) {
      // A snippet that several blocks import is one line.
      const lines = [...new Map(debugs.map((debug) => [debug.name.place.index, debug])).values()]
      const [first, ...others] = lines
      if (first === undefined) continue
      const edits = lines.flatMap((debug) => removeDirective(debug) ?? [])
      report({
        at: first.name.place,
        message:
          'debug lets one query that meets a bug in a plugin end CoreDNS; without it only that query fails (take it out when you are done debugging)',
        related: others.map(({ name }) => ({ at: name.place, message: 'here as well' })),
        fix: edits.length < lines.length ? null : { title: 'take out debug', safety: 'unsafe', edits, list },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A debug that is still there',
  why: 'CoreDNS catches the panic of a plugin, answers that one query with SERVFAIL and goes on. debug switches that off for its listener, so that developers see where it happened: one odd query then takes the DNS of the cluster down. It also logs more than anybody reads.',
  links: ['plugin/debug/README.md', 'core/dnsserver/server.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    debug\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'a.example {\n    debug\n    whoami\n}\nb.example {\n    whoami\n    debug\n}\n',
      good: 'a.example {\n    whoami\n}\nb.example {\n    whoami\n}\n',
    },
  ],
}
