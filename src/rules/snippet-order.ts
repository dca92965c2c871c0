import { defineRule, type ExplainContext, type RuleText } from '../lint/rule.ts'
import { snippetNamed } from '../lint/snippets.ts'
import type { Reason } from '../verdict/reason.ts'

/** Snippets must be defined once, before they are used, and must not import themselves (caddyfile/parse.go:begin, doImport). */
export default defineRule({
  id: 'snippet-order',
  severity: 'error',
  effects: ['refused', 'hygiene'],
  explains: isAboutSnippets,
  check({ servers, reasons, verdict, report }) {
    const { snippets, blocks } = servers.configuration
    for (const { at, kind, subject } of reasons) {
      const definition = snippetNamed(servers.configuration, subject)
      report({
        at,
        message: words(kind, subject),
        ...(definition === undefined || definition.at.index === at.index
          ? {}
          : { related: [{ at: definition.at, message: 'defined here' }] }),
      })
    }
    if (blocks.length === 0 || verdict.kind !== 'accepted') return
    for (const { at, name, uses } of snippets) {
      if (uses > 0) continue
      report({
        at,
        severity: 'info',
        effect: 'hygiene',
        message: `nobody imports the snippet "${name}", so nothing in it is read`,
      })
    }
  },
})

function isAboutSnippets({ kind, subject }: Reason, { configuration }: ExplainContext): boolean {
  if (kind === 'snippet-redefined' || kind === 'snippet-imports-itself' || kind === 'snippet-without-brace') return true
  return kind === 'import-not-found' && snippetNamed(configuration, subject) !== undefined
}

function words(kind: Reason['kind'], name: string): string {
  switch (kind) {
    case 'snippet-redefined':
      return `the snippet "${name}" is defined twice, so CoreDNS does not start`
    case 'snippet-imports-itself':
      return `the snippet "${name}" imports itself, so CoreDNS does not start`
    case 'snippet-without-brace':
      return `the snippet "${name}" needs its brace on this line, so CoreDNS does not start`
    default:
      return `the snippet "${name}" is imported before it is defined, so CoreDNS looks for a file and does not start; move the definition up`
  }
}

export const text: RuleText = {
  summary: 'A snippet used before its definition, defined twice, or never used',
  why: 'CoreDNS reads from top to bottom and replaces each import at once. A snippet that comes later is not there yet, and the name is looked for among the files.',
  links: ['caddyfile/parse.go doImport'],
  examples: [
    {
      bad: '.:53 {\n    import common\n    whoami\n}\n(common) {\n    errors\n}\n',
      good: '(common) {\n    errors\n}\n.:53 {\n    import common\n    whoami\n}\n',
    },
    {
      bad: '(a) {\n    errors\n}\n(a) {\n    log\n}\n. {\n    import a\n    whoami\n}\n',
      good: '(a) {\n    errors\n}\n. {\n    import a\n    whoami\n}\n',
    },
  ],
}
