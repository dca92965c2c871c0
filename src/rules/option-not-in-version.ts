import { pluginStanding } from '../../grammar/external-plugins.ts'
import { propertySpans } from '../../grammar/lookup.ts'
import type { Program } from '../../grammar/program.ts'
import { alikePlugins, relatedPlaces } from '../lint/lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSince } from '../values/release.ts'
import type { Reason } from '../verdict/reason.ts'

/** A plugin or option that came later than the release in use. */
export default defineRule({
  id: 'option-not-in-version',
  severity: 'error',
  effects: ['refused'],
  explains: (reason, { program }) => addedIn(reason, program) !== null,
  check({ reasons, program, report }) {
    for (const { first, others } of alikePlugins(reasons)) {
      const { plugin, property, at, subject } = first
      const { release } = program
      const what = plugin === null ? `the plugin ${subject}` : `${plugin} ${property ?? subject}`
      report({
        at,
        message: `${what} came with CoreDNS ${addedIn(first, program)}: ${release} does not start with it`,
        related: relatedPlaces(others),
        help: 'Take it out until the cluster runs that release, or name the right release with --coredns.',
      })
    }
  },
})

/** The first release that has what the reason is about, null when it is known already or never will be. */
function addedIn({ kind, plugin, property, subject }: Reason, program: Program): string | null {
  const { release } = program
  if (kind === 'unknown-directive') {
    const standing = pluginStanding(subject, release)
    return standing?.kind === 'not-yet' ? standing.since : null
  }
  const grammar = kind === 'unknown-property' && plugin !== null ? program.describe(plugin)?.grammar : undefined
  if (grammar === undefined || property === null) return null
  const spans = propertySpans(grammar, property)
  if (spans.some(({ removed }) => removed !== undefined && isSince(release, removed))) return null
  return spans.find(({ since }) => !isSince(release, since))?.since ?? null
}

export const text: RuleText = {
  summary: 'A plugin or option that is newer than this release',
  why: 'Documentation describes the newest CoreDNS; clusters run older ones. An option that the release does not know yet stops its start.',
  links: ['coredns/coredns#4362', 'coredns/coredns#5440', 'kubernetes-sigs/kubespray#6657'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.53 {\n        max_concurrent 1000\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53\n}\n',
      release: '1.6.7',
    },
    { bad: '.:53 {\n    acl {\n        block\n    }\n    whoami\n}\n', good: null, release: '1.6.2' },
  ],
}
