import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** An answer is handed on only where the next plugin is a forward as well (plugin/forward/forward.go ServeDNS). */
export default defineRule({
  id: 'forward-next-unused',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.11.4' },
  check({ servers, report }) {
    for (const block of servers.blocks) {
      const last = block.occurrences('forward').at(-1)
      if (last === undefined || !isWhole(servers, block)) continue
      const line = last.property('next') ?? last.property('next_on_nodata')
      if (line === null) continue
      const written = [line.name, ...line.args].map(({ value }) => value).join(' ')
      report({
        at: line.name.place,
        message: `${written} does nothing in the last forward of a block: its answer goes to the client, as there is no forward behind it (add one, or take the line out)`,
        help: 'The forward that is asked next must stand in the same block, behind this one.',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A forward that is to ask the next one and has none behind it',
  why: '`next` hands an answer such as NXDOMAIN on to the next forward of the block. In the last one, or the only one, there is nobody to hand it to: CoreDNS starts, and the client gets the NXDOMAIN.',
  links: ['plugin/forward/forward.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.53 {\n        next NXDOMAIN\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 {\n        next NXDOMAIN\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.53\n    forward . 10.0.0.2 {\n        next NXDOMAIN SERVFAIL\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 {\n        next NXDOMAIN SERVFAIL\n    }\n    forward . 10.0.0.2\n}\n',
      also: ['forward-shadowed'],
    },
  ],
}
