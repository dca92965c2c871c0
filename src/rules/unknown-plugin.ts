import { pluginStanding } from '../../grammar/external-plugins.ts'
import { propertySpans } from '../../grammar/lookup.ts'
import type { Program } from '../../grammar/program.ts'
import type { Place } from '../expand/token-view.ts'
import { isHostsEntry, looksLikeZone } from '../lint/directive-words.ts'
import { replaceToken } from '../lint/edits.ts'
import { alike, lastOfLine, relatedPlaces } from '../lint/lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { strayPluginOf } from '../lint/stray-plugins.ts'
import { isTypoOf, suggest } from '../text/suggest.ts'
import type { Reason } from '../verdict/reason.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** A directive that no CoreDNS release and no known external plugin goes by (caddyfile/parse.go:directive). */
export default defineRule({
  id: 'unknown-plugin',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: (reason, { configuration, release }) =>
    reason.kind === 'unknown-directive' &&
    pluginStanding(reason.subject, release) === null &&
    (!looksLikeZone(reason.subject) || isHostsEntry(reason.at)) &&
    strayPluginOf(reason, configuration) === null,
  check({ reasons, servers, program, report }) {
    const isEntry = (reason: Reason) => isHostsEntry(reason.at)
    for (const { first, others } of alike(reasons.filter(isEntry), () => '')) {
      report({
        at: first.at,
        message: `CoreDNS reads "${first.subject}" as a plugin and does not start: entries of hosts stand between its braces`,
        related: relatedPlaces(others),
      })
    }
    for (const { first, others } of alike(reasons.filter((reason) => !isEntry(reason)))) {
      const { at, subject } = first
      const places = [at, ...others.map((other) => other.at)]
      const related = relatedPlaces(others)
      if (FOREIGN_COMMENT.test(subject)) {
        report({
          at,
          message: `${subject} begins no comment in a Corefile: CoreDNS looks for a plugin of that name and does not start (write # instead)`,
          related,
          fix: commenting(places, subject),
        })
        continue
      }
      const near = suggest(subject, program.plugins)
      const meant = near !== null && mayBe(near, servers.occurrenceAt(subject, at), program) ? near : null
      const hint = meant === null ? '' : `: did you mean "${meant}"?`
      const isNear = meant !== null && subject.length > 3 && isTypoOf(subject, meant)
      report({
        at,
        message: `CoreDNS has no plugin "${subject}" and does not start${hint}`,
        related,
        help: 'A plugin of your own build belongs under `externalPlugins` in .corefile.yaml.',
        fix: isNear
          ? { title: `write ${meant}`, safety: 'safe', edits: places.map((place) => replaceToken(place, meant)) }
          : null,
      })
    }
  },
})

/** Whether what stands in the braces of a directive is at least in part what a plugin takes there: another one with a like name takes other lines. */
function mayBe(plugin: string, occurrence: OccurrenceView | undefined, program: Program): boolean {
  const grammar = program.describe(plugin)?.grammar
  if (occurrence === undefined || grammar === undefined || grammar.otherLine !== null || grammar.setup !== null)
    return true
  let isEmpty = true
  for (const { name } of occurrence.lines()) {
    if (propertySpans(grammar, name.value).length > 0) return true
    isEmpty = false
  }
  return isEmpty
}

/** How comments begin in other languages. */
const FOREIGN_COMMENT = /^(?:\/\/|;|--|\/\*|<!--)/

/** Not where the line opens or closes a block, which would then be missing; none where all lines do. */
function commenting(places: readonly Place[], subject: string): ProposedFix | null {
  const rest = subject.replace(FOREIGN_COMMENT, '')
  const edits = places.filter(isOfWords).map((at) => replaceToken(at, rest === '' ? '#' : `# ${rest}`))
  return edits.length === 0 ? null : { title: 'make it a comment', safety: 'safe', edits }
}

function isOfWords(at: Place): boolean {
  const end = lastOfLine(at)
  for (let index = at.index; index <= end.index; index++) if (at.list.kind(index) !== 'word') return false
  return true
}

export const text: RuleText = {
  summary: 'A directive that is no plugin',
  why: 'CoreDNS stops at the first directive that it was not built with: none of the server blocks is served, not even those that are right.',
  links: ['coredns/coredns#4000', 'coredns/coredns#7121', 'caddyfile/parse.go directive'],
  examples: [
    {
      bad: '.:53 {\n    promethues :9153\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    prometheus :9153\n    forward . 10.0.0.53\n}\n',
    },
    { bad: '.:53 {\n    forwrad . 10.0.0.53\n}\n', good: '.:53 {\n    forward . 10.0.0.53\n}\n' },
    {
      bad: '.:53 {\n    // for the office\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    # for the office\n    forward . 10.0.0.53\n}\n',
    },
    { bad: '.:53 {\n    my-own-plugin\n    whoami\n}\n', good: null },
  ],
}
