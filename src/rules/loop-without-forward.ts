import { FORWARDERS } from '../../grammar/roles.ts'
import { isWhole } from '../lint/answering.ts'
import { removeDirective } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** loop sends a query through its block and waits for it to come back (plugin/loop/loop.go): nothing leaves a block that forwards nothing. */
export default defineRule({
  id: 'loop-without-forward',
  severity: 'info',
  effects: ['hygiene'],
  releases: { since: '1.2.1' },
  fix: 'safe',
  check({ servers, program, report }) {
    for (const loop of servers.plugins('loop')) {
      const { block } = loop
      const names = [...block.plugins.keys()]
      // A plugin of somebody else may forward as well.
      if (names.some((name) => FORWARDERS.has(name) || program.answers(name) === null)) continue
      if (!isWhole(servers, block)) continue
      const edit = removeDirective(loop)
      report({
        at: loop.name.place,
        message:
          'loop finds nothing here: the block forwards nothing, so no query can come back; all it does is log a failed HINFO query at each start (take it out)',
        fix: edit && { title: 'take out loop', safety: 'safe', edits: [edit], list: loop.name.place.list },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A loop in a block that forwards nothing',
  why: 'loop sends one odd query through its block when CoreDNS starts, and looks whether it comes back by way of an upstream. Where nothing is forwarded it cannot, and the query fails: the log has an error about HINFO that people then look into.',
  links: ['coredns/coredns#4062', 'coredns/coredns#5779', 'plugin/loop/loop.go'],
  examples: [
    {
      bad: 'cluster.local:53 {\n    loop\n    kubernetes cluster.local\n}\n',
      good: 'cluster.local:53 {\n    kubernetes cluster.local\n}\n',
    },
  ],
}
