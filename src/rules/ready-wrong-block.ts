import { READY_REPORTERS } from '../../grammar/roles.ts'
import { isWhole, listPlugins } from '../lint/answering.ts'
import { insertDirective } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** `ready` asks the plugins of its own block alone (plugin/ready/setup.go setup). */
export default defineRule({
  id: 'ready-wrong-block',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.5.0' },
  fix: 'unsafe',
  check({ servers, program, report }) {
    const [ready] = servers.plugins('ready')
    if (ready === undefined) return
    // A plugin that nobody described may report as well.
    const mayReport = ({ plugins }: BlockView) =>
      reportersIn(plugins).length > 0 || [...plugins.keys()].some((name) => program.describe(name) === null)
    const asking = servers.blocks.filter((block) => block.has('ready'))
    if (asking.some((block) => mayReport(block) || !isWhole(servers, block))) return
    for (const block of servers.blocks) {
      const reporters = reportersIn(block.plugins)
      const [first] = reporters
      if (first === undefined || block.has('ready')) continue
      const words = ['ready', ...ready.args.map(({ value }) => value)]
      const isKnown = ready.args.every(({ known }) => known) && ready.open === null
      const edit = isKnown ? insertDirective(block, words.join(' ')) : null
      report({
        at: ready.name.place,
        message: `/ready says OK before ${listPlugins(reporters)} has its data, because ready asks the plugins of its own block alone: pods get traffic that they answer with SERVFAIL (put ready into the block with ${listPlugins(reporters)})`,
        related: [{ at: first.name.place, message: 'nobody asks whether this is ready' }],
        fix: edit && {
          title: `put ready beside ${first.plugin}`,
          safety: 'unsafe',
          edits: [edit],
          ...(block.block.open === null ? {} : { list: block.block.open.list }),
        },
      })
      return
    }
  },
})

function reportersIn(plugins: ReadonlyMap<string, readonly OccurrenceView[]>): OccurrenceView[] {
  return [...plugins].flatMap(([name, occurrences]) => (READY_REPORTERS.has(name) ? occurrences : []))
}

export const text: RuleText = {
  summary: 'A ready that stands in another block than what takes time to be ready',
  why: 'A pod that is ready gets queries. kubernetes is ready when it has read the services of the cluster, but ready only asks the plugins of the block in which it stands. In a block of its own it says OK at once, and after each restart some clients are told that nothing exists.',
  links: ['plugin/ready/README.md', 'plugin/ready/setup.go setup'],
  examples: [
    {
      bad: '.:53 {\n    ready\n    forward . 10.0.0.1\n}\ncluster.local:53 {\n    kubernetes\n}\n',
      good: '.:53 {\n    ready\n    forward . 10.0.0.1\n}\ncluster.local:53 {\n    ready\n    kubernetes\n}\n',
    },
  ],
}
