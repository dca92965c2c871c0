import { defineRule, type RuleText } from '../lint/rule.ts'
import { snippetNamed } from '../lint/snippets.ts'
import { didYouMean } from '../text/suggest.ts'

/** A misspelled name is looked for among so many. */
const MOST_NAMES = 100

/** A file that CoreDNS must read to start and that is not there (caddyfile/parse.go:doImport, the set-up of plugins). */
export default defineRule({
  id: 'path-missing',
  severity: 'error',
  effects: ['refused'],
  explains: ({ kind, subject }, { configuration }) =>
    kind === 'file-missing' ||
    kind === 'import-directory' ||
    (kind === 'import-not-found' && snippetNamed(configuration, subject) === undefined),
  check({ servers, reasons, report }) {
    const names = servers.configuration.snippets.slice(0, MOST_NAMES).map(({ name }) => name)
    for (const { at, kind, plugin, subject } of reasons) {
      const what = plugin === null ? 'import' : plugin
      const message =
        kind === 'import-directory'
          ? `${subject} is a directory, and import reads files: CoreDNS does not start; write ${subject}/*`
          : plugin === null
            ? `there is no snippet and no file "${subject}" to import, so CoreDNS does not start${didYouMean(subject, names)}`
            : `${what} needs the file ${subject}, which is not there: CoreDNS does not start`
      report({ at, message })
    }
  },
})

export const text: RuleText = {
  summary: 'A file that must be there and is not',
  why: 'Imports and certificates are read while CoreDNS starts. A file that is missing then stops the start, often after a mount was forgotten or a name changed.',
  links: ['caddyfile/parse.go doImport'],
  examples: [
    {
      bad: '. {\n    import common.conf\n    whoami\n}\n',
      good: '. {\n    import comon.conf\n    whoami\n}\n',
      files: { 'comon.conf': 'errors\n' },
    },
    {
      bad: '(common) {\n    errors\n}\n. {\n    import comon\n    whoami\n}\n',
      good: '(common) {\n    errors\n}\n. {\n    import common\n    whoami\n}\n',
    },
  ],
}
