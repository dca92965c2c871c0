import { pluginStanding } from '../../grammar/external-plugins.ts'
import { newestProperty, propertySpans } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import type { Program } from '../../grammar/program.ts'
import { removeTokens, replaceToken } from '../lint/edits.ts'
import { alikePlugins, lastOfLine, relatedPlaces } from '../lint/lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { isSince } from '../values/release.ts'
import type { Reason } from '../verdict/reason.ts'

/** A plugin or option that older releases had and the release in use has no more. */
export default defineRule({
  id: 'removed-in-version',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: (reason, { program }) => removedIn(reason, program) !== null,
  check({ reasons, program, release, report }) {
    for (const { first, others } of alikePlugins(reasons)) {
      const { plugin, property, at, subject } = first
      const removed = removedIn(first, program) ?? ''
      const what = plugin === null ? subject : `${plugin} ${property ?? subject}`
      const grammar = (plugin === null ? pluginGrammars.get(subject) : program.describe(plugin))?.grammar
      const instead =
        grammar && (plugin === null ? grammar.instead : (newestProperty(grammar, property ?? '')?.instead ?? null))
      const moved = plugin === null ? movedTo(subject, release) : null
      report({
        at,
        message: `${what} was removed in CoreDNS ${removed}: ${release} does not start with it${advice(instead ?? null)}`,
        ...(moved === null
          ? {}
          : { help: `It lives on as an external plugin at ${moved}, which the official image does not have.` }),
        related: relatedPlaces(others),
        fix: joined([first, ...others].flatMap((reason) => mend(reason, instead ?? null) ?? [])),
      })
    }
  },
})

function advice(instead: string | null): string {
  if (instead === '') return ' (take it out: it did nothing any more)'
  return instead === null ? '' : ` (write ${instead})`
}

/** One fix of several that are alike. */
function joined(fixes: readonly ProposedFix[]): ProposedFix | null {
  const [first] = fixes
  return first === undefined ? null : { ...first, edits: fixes.flatMap(({ edits }) => edits) }
}

function mend(reason: Reason, instead: string | null): ProposedFix | null {
  if (instead === '') return removal(reason)
  if (reason.plugin === null) return instead === 'forward' ? renaming(reason, instead) : null
  const code = /^`([^`]+)`$/.exec(instead ?? '')?.[1]
  if (code === undefined || lastOfLine(reason.at).index !== reason.at.index) return null
  return { title: `write ${code}`, safety: 'safe', edits: [replaceToken(reason.at, code)] }
}

/** An option that did nothing any more when it was removed can go without a trace. */
function removal({ at }: Reason): ProposedFix {
  return { title: 'remove it', safety: 'safe', edits: [removeTokens(at, lastOfLine(at))] }
}

/** Without options of its own one forwarder does what the other did. */
function renaming({ at }: Reason, name: string): ProposedFix | null {
  const end = lastOfLine(at)
  for (let index = at.index; index <= end.index; index++) if (at.list.kind(index) === 'open') return null
  return { title: `write ${name}`, safety: 'safe', edits: [replaceToken(at, name)] }
}

function movedTo(name: string, release: string): string | null {
  const standing = pluginStanding(name, release)
  return standing?.kind === 'removed' ? standing.movedTo : null
}

/** The release that removed what the reason is about, null when none did. */
function removedIn({ kind, plugin, property, subject }: Reason, program: Program): string | null {
  const { release } = program
  if (kind === 'unknown-directive') {
    const standing = pluginStanding(subject, release)
    return standing?.kind === 'removed' ? standing.removed : null
  }
  const grammar = kind === 'unknown-property' && plugin !== null ? program.describe(plugin)?.grammar : undefined
  if (grammar === undefined || property === null) return null
  const spans = propertySpans(grammar, property).filter(
    ({ removed }) => removed !== undefined && isSince(release, removed),
  )
  return spans.at(-1)?.removed ?? null
}

export const text: RuleText = {
  summary: 'A plugin or option that this release no longer has',
  why: 'An upgrade of CoreDNS keeps the old Corefile. What the new release does not know any more stops its start, and with it the DNS of the whole cluster.',
  links: ['aws/containers-roadmap#1115', 'kubernetes/website#24490', 'traefik/mesh#685'],
  examples: [
    { bad: '.:53 {\n    proxy . 10.0.0.53\n}\n', good: '.:53 {\n    forward . 10.0.0.53\n}\n' },
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        resyncperiod\n    }\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    kubernetes cluster.local {\n    }\n    forward . 10.0.0.53\n}\n',
      release: '1.12.0',
    },
  ],
}
