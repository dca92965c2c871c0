import type { Place } from '../expand/token-view.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { zonesWritten } from '../lint/word-kinds.ts'

/** What a variable brings stays one word, blanks and all (caddyfile/parse.go replaceEnvVars). */
export default defineRule({
  id: 'env-multi-value',
  severity: 'error',
  effects: ['refused', 'misbehaves'],
  fragments: true,
  explains: ({ kind, stage, subject, at }) =>
    stage === 'setup' && kind === 'invalid-value' && /\S\s+\S/.test(subject) && at.list.hasReference(at.index),
  check({ servers, reasons, report }) {
    for (const { at, plugin, subject } of reasons) {
      report({
        at,
        message: `${written(at)} is one word to CoreDNS, "${subject}", which ${plugin} does not take: it does not start (use a variable for each value)`,
        help: HELP,
      })
    }
    for (const { place, value } of zonesWritten(servers)) {
      if (!isSplit(place, value)) continue
      report({
        at: place,
        effect: 'misbehaves',
        message: `${written(place)} is one word to CoreDNS: the zone "${value}", blanks and all, which no query asks for (use a variable for each zone)`,
        help: HELP,
      })
    }
  },
})

const HELP = 'To bring several words by one variable, write them to a file before the start and import that.'

function written({ list, index }: Place): string {
  return list.value(index).replace(/,$/, '')
}

function isSplit({ list, index }: Place, value: string): boolean {
  return list.hasReference(index) && /\S\s+\S/.test(value)
}

export const text: RuleText = {
  summary: 'A variable that is to bring several words and brings one',
  why: 'CoreDNS replaces a variable inside its word and does not split what comes out. A list of upstreams in one variable is one odd address, with which CoreDNS does not start; a list of zones is one zone that nobody asks for.',
  links: ['coredns/coredns#3657', 'coredns/coredns#5003', 'caddyfile/parse.go replaceEnvVars'],
  examples: [
    {
      bad: '.:53 {\n    forward . {$UPSTREAMS}\n}\n',
      good: '.:53 {\n    forward . {$UPSTREAM1} {$UPSTREAM2}\n}\n',
      environment: { UPSTREAMS: '10.0.0.2 10.0.0.3', UPSTREAM1: '10.0.0.2', UPSTREAM2: '10.0.0.3' },
    },
    {
      bad: '{$ZONES} {\n    forward . 10.0.0.2\n}\n',
      good: '{$ZONE1} {$ZONE2} {\n    forward . 10.0.0.2\n}\n',
      environment: { ZONES: 'a.example b.example', ZONE1: 'a.example', ZONE2: 'b.example' },
    },
  ],
}
