import { endOfLine } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without a server block CoreDNS starts its default, `.:53 { whoami log }` (core/dnsserver/register.go init). */
export default defineRule({
  id: 'empty-corefile',
  severity: 'error',
  effects: ['misbehaves'],
  check({ servers, corefile, verdict, report }) {
    // A file of a custom ConfigMap is imported by another Corefile, and may well be empty.
    if (corefile.name.endsWith('.server')) return
    const { main, blocks } = servers.configuration
    if (blocks.length > 0 || verdict.kind !== 'accepted') return
    const start = main.count > 0 ? main.start(0) : 0
    report({
      at: { list: main, range: { start, end: endOfLine(main.text, start) } },
      message: 'no server block is left: CoreDNS serves its default instead, whoami and log for every name on port 53',
      help: 'Snippets, comments and blocks whose address is an empty variable count for nothing.',
    })
  },
})

export const text: RuleText = {
  summary: 'A Corefile without any server block',
  why: 'When nothing but comments and snippets is left, CoreDNS does not complain: it starts its built-in default, which answers every query with who asked, and resolves no name.',
  links: ['core/dnsserver/register.go init'],
  examples: [
    {
      bad: '(common) {\n    errors\n}\n',
      good: '(common) {\n    errors\n}\n.:53 {\n    import common\n    whoami\n}\n',
    },
    { bad: '# .:53 {\n#     whoami\n# }\n', good: '.:53 {\n    whoami\n}\n' },
  ],
}
