import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** transfer asks the plugins of its block for the records (plugin/transfer/setup.go setup); without one that has a zone nobody answers. */
export default defineRule({
  id: 'transfer-without-zone-plugin',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.8.0' },
  check({ servers, program, report }) {
    for (const block of servers.blocks) {
      const [transfer] = block.occurrences('transfer')
      if (transfer === undefined || !isWhole(servers, block)) continue
      const plugins = [...block.plugins.keys()]
      if (
        plugins.some(
          (plugin) => TRANSFERERS.has(plugin) || program.isExternal(plugin) || program.answers(plugin) === null,
        )
      )
        continue
      report({
        at: transfer.name.place,
        message:
          'transfer has nothing to hand out: no plugin of this block has a zone of its own, so servers that ask for the zone get no records (put it into the block of file, auto, secondary or kubernetes)',
        help: 'A zone that is handed out stands in the same block as transfer; blocks do not add up.',
      })
    }
  },
})

/** Plugins with records to hand out (transfer.Transferer). */
const TRANSFERERS: ReadonlySet<string> = new Set([
  'auto',
  'dynupdate',
  'file',
  'k8s_external',
  'kubernetes',
  'secondary',
])

export const text: RuleText = {
  summary: 'A transfer in a block without a zone to hand out',
  why: 'transfer only answers for the plugins of its own block that have a zone: file, auto, secondary, kubernetes and k8s_external. In another block it does nothing, and the secondary servers get no zone.',
  links: ['plugin/transfer/setup.go setup', 'plugin/transfer/transfer.go ServeDNS'],
  examples: [
    {
      bad: 'example.org {\n    transfer {\n        to 127.0.0.1\n    }\n    forward . 10.0.0.53\n}\n',
      good: 'example.org {\n    transfer {\n        to 127.0.0.1\n    }\n    file db.example.org\n}\n',
    },
  ],
}
