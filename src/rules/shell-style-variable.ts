import type { Place } from '../expand/token-view.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isTemplatePath, surroundingsMatch } from '../lint/template-files.ts'
import { wordsOfLine } from '../lint/word-kinds.ts'

/** CoreDNS replaces `{$NAME}` and `{%NAME%}` alone (caddyfile/parse.go replaceEnvVars). */
export default defineRule({
  id: 'shell-style-variable',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check(context) {
    const { corefile, workspace, servers } = context
    if (isTemplatePath(corefile.path) || !corefile.text.includes('$')) return
    // In manifests Flux, envsubst and Terraform fill them in.
    const { unknowns } = servers.configuration
    const isTerraform = unknowns.some(({ kind, subject }) => kind === 'placeholder' && /^%\{/.test(subject))
    if (corefile.embedded === null && !isTerraform) {
      for (const { kind, at, subject } of unknowns) {
        const name = kind === 'placeholder' ? /^\$\{([A-Za-z_]\w*)\}$/.exec(subject)?.[1] : undefined
        if (name !== undefined || /^\$\(.*\)$/s.test(subject)) reportVariable(context, at, subject, name)
      }
    }
    if (surroundingsMatch(corefile, workspace, PLAIN)) return
    for (const { place, value } of words(context)) {
      const name = PLAIN.exec(value)?.[1]
      if (name !== undefined) reportVariable(context, place, `$${name}`, name)
      // The words of a longer command follow; they are no words of anything.
      else if (value.startsWith('$(')) reportVariable(context, place, value, undefined)
    }
  },
})

/** In capitals, as variables of the environment mostly are: `$` ends many a regular expression. */
const PLAIN = /(?<![{\\$])\$([A-Z_][A-Z0-9_]+)(?![a-z])/

/** Words that are no free text: addresses, zones, upstreams. */
const KINDS: ReadonlySet<string> = new Set(['zone', 'origin', 'upstream', 'ip', 'host-port', 'listen-address', 'test'])

function* words({ servers, release }: RuleContext) {
  for (const { keys, plugins } of servers.blocks) {
    for (const { at, value, known } of keys) if (known) yield { place: at, value }
    for (const occurrence of [...plugins.values()].flat()) {
      for (const { word, argument } of wordsOfLine(occurrence, release))
        if (word.known && KINDS.has(argument?.value.kind ?? '')) yield { place: word.place, value: word.value }
    }
  }
}

function reportVariable({ report }: RuleContext, at: Place, written: string, name: string | undefined): void {
  const { list, index } = at
  const raw = list.text.slice(list.start(index), list.end(index))
  report({
    at,
    message:
      name === undefined
        ? `CoreDNS runs no commands: ${written} stays as it is (write what it prints)`
        : `CoreDNS does not replace ${written}, which stays as it is (write {$${name}})`,
    help: 'If something else fills it in before CoreDNS reads the file, ignore the path in the configuration or give the file a name that says so, such as Corefile.tmpl.',
    fix:
      name === undefined
        ? null
        : {
            title: `let CoreDNS replace ${name}`,
            safety: 'unsafe',
            edits: [
              replaceToken(
                at,
                raw.replaceAll(written, () => `{$${name}}`),
              ),
            ],
          },
  })
}

export const text: RuleText = {
  summary: 'A variable written as a shell would have it',
  why: 'CoreDNS replaces `{$NAME}`, and on every system `{%NAME%}`. `${NAME}`, `$NAME` and `$(command)` are words like any other: as a zone they match no query, as an upstream they stop the start.',
  links: ['istio/istio.io#4715', 'caddyfile/parse.go replaceEnvVars'],
  examples: [
    {
      bad: '${ZONE}:53 {\n    forward . 10.0.0.1\n}\n',
      good: '{$ZONE}:53 {\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: '.:53 {\n    forward $ZONE 10.0.0.1\n}\n',
      good: '.:53 {\n    forward {$ZONE} 10.0.0.1\n}\n',
    },
    {
      bad: 'global:53 {\n    forward . $(upstream-of-the-mesh)\n}\n',
      good: 'global:53 {\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
