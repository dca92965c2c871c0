import { defineRule, type RuleText } from '../lint/rule.ts'
import type { Reason } from '../verdict/reason.ts'

/** What CoreDNS refuses beyond single words: a missing or contradictory option, a plugin that needs another, a crash or an endless loop. */
export default defineRule({
  id: 'refused-setup',
  severity: 'error',
  effects: ['refused'],
  catchAll: true,
  explains: ({ stage, kind }) => stage !== 'setup' || (kind !== 'argument-count' && kind !== 'invalid-value'),
  check({ reasons, report }) {
    for (const reason of reasons) report({ at: reason.at, message: words(reason) })
  },
})

function words({ kind, plugin, property, subject, expected, message }: Reason): string {
  const what = [plugin, property].filter((word) => word !== null).join(' ') || `"${subject}"`
  const more = message ?? (expected === null ? null : `expected ${expected}`)
  const why = more === null ? '' : `: ${more}`
  switch (kind) {
    case 'panic':
      return `${what} makes CoreDNS crash when it starts${why}`
    case 'timeout':
      return `${what} makes CoreDNS hang when it starts${why}`
    case 'endless-reference':
      return `${subject} brings its own reference again: CoreDNS replaces it for ever and never starts`
    case 'import-empty-file':
      return `"${subject}" is an empty file, which CoreDNS cannot import before 1.8.0: it does not start`
    case 'import-limit':
      return `the imports below "${subject}" never end, so CoreDNS does not start`
    case 'once':
      if (plugin !== null && subject !== plugin)
        return `CoreDNS takes "${subject}" for a second ${plugin}, which may stand once, and does not start: a brace above it closes the block of ${plugin} too early`
      return `${what} may stand once, so CoreDNS does not start${why}`
    case 'once-property':
      return `${what} may stand once, so CoreDNS does not start${why}`
    case 'file-missing':
      return `${what} names a file that is not there, so CoreDNS does not start${why}`
    default:
      return `CoreDNS does not start with this ${what}${why}`
  }
}

export const text: RuleText = {
  summary: 'Options that CoreDNS refuses together, misses, or crashes on',
  why: 'Some conditions span several lines: an option that must be there, two that exclude each other, a plugin that needs another one in its block. CoreDNS finds out when it starts.',
  links: ['plugin/*/setup.go'],
  examples: [],
}
