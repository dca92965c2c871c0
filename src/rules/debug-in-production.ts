import { removeDirective } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** With `debug` a panic is not recovered (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'debug-in-production',
  severity: 'warning',
  effects: ['hygiene'],
  fix: 'unsafe',
  check({ servers, report }) {
    for (const debug of servers.plugins('debug')) {
      const edit = removeDirective(debug)
      report({
        at: debug.name.place,
        message:
          'debug lets one query that meets a bug in a plugin end CoreDNS; without it only that query fails (take it out when you are done debugging)',
        fix: edit && { title: 'take out debug', safety: 'unsafe', edits: [edit], list: debug.name.place.list },
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
  ],
}
