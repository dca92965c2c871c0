import { defineRule, type RuleText } from '../lint/rule.ts'
import { hasGlobMeta } from '../values/glob.ts'
import type { Reason } from '../verdict/reason.ts'

const KINDS: readonly string[] = [
  'import-wildcards',
  'import-bad-pattern',
  'import-many-arguments',
  'import-without-argument',
  'empty-import',
]

/** What caddyfile/parse.go:doImport demands of a pattern: one argument, one `*`, one `?`, no brackets. */
export default defineRule({
  id: 'import-glob',
  severity: 'error',
  effects: ['refused', 'hygiene'],
  explains: ({ kind }) => KINDS.includes(kind),
  check({ servers, verdict, reasons, report }) {
    for (const reason of reasons) report({ at: reason.at, message: words(reason) })
    if (verdict.unknown.length > 0) return
    for (const { argument, pattern, from } of servers.configuration.imports) {
      if (from !== 'nothing' || !hasGlobMeta(pattern)) continue
      report({
        at: argument,
        severity: 'info',
        effect: 'hygiene',
        message: `no file matches ${pattern} here; CoreDNS only writes a warning to its log and goes on`,
      })
    }
  },
})

function words({ kind, subject }: Reason): string {
  switch (kind) {
    case 'import-without-argument':
      return 'import needs the name of a snippet or file, so CoreDNS does not start'
    case 'import-many-arguments':
      return `import takes one snippet or file, "${subject}" is one too many: CoreDNS does not start; give each a line`
    case 'empty-import':
      return 'import needs the name of a snippet or file, and this is empty: CoreDNS does not start'
    case 'import-bad-pattern':
      return `CoreDNS cannot read the pattern "${subject}" and does not start`
    default:
      return `the pattern "${subject}" has more than one wildcard or brackets, and CoreDNS does not start; give each folder an import of its own`
  }
}

export const text: RuleText = {
  summary: 'An import pattern that CoreDNS does not take, or that matches nothing',
  why: 'An import takes one snippet, file or pattern, and a pattern at most one `*` and one `?`. A pattern that matches nothing is only a line in the log, so a folder that was never mounted goes unnoticed.',
  links: ['caddyfile/parse.go doImport'],
  examples: [
    {
      bad: 'import conf.d/*/*.conf\n. {\n    whoami\n}\n',
      good: 'import conf.d/a/*.conf\n. {\n    whoami\n}\n',
      files: { 'conf.d/a/x.conf': '' },
    },
    { bad: '. {\n    import\n    whoami\n}\n', good: '. {\n    whoami\n}\n' },
    {
      bad: '(a) {\n    errors\n}\n. {\n    import a a\n    import a\n    whoami\n}\n',
      good: '(a) {\n    errors\n}\n. {\n    import a\n    whoami\n}\n',
    },
  ],
}
