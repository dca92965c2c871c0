import { blockAround, gluedBraces } from '../lint/brace-faults.ts'
import { removeTokens } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** A surplus brace behind a server block is read as an address: the zone "}." (caddyfile/parse.go:addresses). */
export default defineRule({
  id: 'extra-closing-brace',
  severity: 'error',
  effects: ['misbehaves', 'refused'],
  fix: 'unsafe',
  explains: ({ kind, at }, { configuration }) =>
    kind === 'unknown-directive' && blockAround(configuration, at)?.keys.some(({ value }) => value === '}') === true,
  check({ servers, reasons, report }) {
    const [glued] = gluedBraces(servers.configuration)
    const broken = new Set(reasons.map(({ at }) => blockAround(servers.configuration, at)))
    for (const { block } of servers.blocks) {
      const brace = block.keys.find(({ value, at }) => value === '}' && !at.list.isQuoted(at.index))
      if (brace === undefined) continue
      // The brace that closes a block which was never opened is not to blame.
      if (glued !== undefined && (glued.list !== brace.at.list || glued.index < brace.at.index)) continue
      const refused = broken.has(block)
      report({
        at: brace.at,
        effect: refused ? 'refused' : 'misbehaves',
        message: refused
          ? 'this brace closes nothing: CoreDNS takes it for the name of a zone, reads the next block as its directives, and does not start'
          : 'this brace closes nothing: CoreDNS takes it for the name of a zone and serves "}." on port 53',
        fix: { title: 'remove the brace', safety: 'unsafe', edits: [removeTokens(brace.at, brace.at)] },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A closing brace that closes nothing',
  why: 'Behind the last block a brace is an address like any word. CoreDNS starts and serves a zone called "}."; with a further block behind it, that block is read as directives of the zone.',
  links: ['caddyfile/parse.go addresses'],
  examples: [
    { bad: '.:53 {\n    whoami\n}\n}\n', good: '.:53 {\n    whoami\n}\n' },
    {
      bad: 'a.org {\n    whoami\n}\n}\nb.org {\n    whoami\n}\n',
      good: 'a.org {\n    whoami\n}\nb.org {\n    whoami\n}\n',
    },
  ],
}
