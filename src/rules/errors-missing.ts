import { isWhole } from '../lint/answering.ts'
import { insertDirective } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Nothing of one block counts for another, so each needs an `errors` of its own. */
export default defineRule({
  id: 'errors-missing',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fix: 'unsafe',
  check({ servers, program, report }) {
    if (!program.has('errors')) return
    for (const block of servers.blocks) {
      const at = block.keys[0]?.at
      // A block for names such as hostname.bind has nothing that could go wrong.
      if (at === undefined || block.has('errors') || block.answerers.length === 0 || !isWhole(servers, block)) continue
      const edit = insertDirective(block, 'errors')
      const others = servers.blocks.some((other) => other !== block && other.has('errors'))
      report({
        at,
        message: `failures in this block are not logged${others ? ', for errors of another block does not count here' : ''}: a dead upstream leaves no trace (add errors)`,
        fix: edit && { title: 'log failures', safety: 'unsafe', edits: [edit], ...listOf(block.block.open) },
      })
    }
  },
})

function listOf<T>(open: { readonly list: T } | null): { readonly list?: T } {
  return open === null ? {} : { list: open.list }
}

export const text: RuleText = {
  summary: 'A block whose failures are not logged',
  why: 'errors writes a line when a plugin fails, such as a forward whose upstream does not answer. Each server block has its own plugins: what stands in the block of `.` does nothing for a stub domain with a block of its own.',
  links: ['coredns/coredns#5104', 'plugin/errors/README.md'],
  examples: [
    {
      bad: 'corp.example:53 {\n    cache 30\n    forward . 10.0.0.53\n}\n',
      good: 'corp.example:53 {\n    errors\n    cache 30\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
