import { propertySpans } from '../../grammar/lookup.ts'
import { replaceToken } from '../lint/edits.ts'
import { readHostLines } from '../lint/host-lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isTypoOf } from '../text/suggest.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** What is no option of `hosts` is an entry, and one without an address is dropped (plugin/hosts/setup.go hostsParse). */
export default defineRule({
  id: 'hosts-option-typo',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, release, report }) {
    for (const hosts of servers.plugins('hosts')) {
      const { odd, last, options } = readHostLines(hosts, release)
      for (const { kind, meant, name } of odd) {
        if (kind !== 'option' || meant === null) continue
        const { value, place } = name
        const since = value === meant ? addedIn(hosts, meant, release) : null
        // Names behind fallthrough are refused.
        const isTooEarly = meant === 'fallthrough' && last !== null && isBehind(last, name)
        const isLoss =
          meant === 'fallthrough' && !options.has('fallthrough') && hosts.block.answerersBehind('hosts').length > 0
        report({
          at: place,
          severity: isLoss ? 'error' : 'warning',
          message:
            since === null
              ? `hosts takes "${value}" for an entry without an address and drops it, so ${(options.has(meant) ? null : EFFECTS[meant]) ?? 'it does nothing'}: did you mean "${meant}"?`
              : `hosts ${meant} came with CoreDNS ${since}; older ones take it for an entry without an address and drop it`,
          ...(isTooEarly
            ? { help: '`fallthrough` belongs behind the last entry: CoreDNS refuses entries that follow it.' }
            : {}),
          fix:
            isTypoOf(value, meant) && !isTooEarly
              ? { title: `write ${meant}`, safety: 'unsafe', edits: [replaceToken(place, meant)] }
              : null,
        })
      }
    }
  },
})

/** What the option would do. */
const EFFECTS: Readonly<Record<string, string>> = {
  fallthrough: 'names that hosts does not list get SERVFAIL',
  ttl: 'records keep their TTL of 3600 seconds',
  no_reverse: 'addresses are still answered with names',
  reload: 'the file is still looked at every 5 seconds',
}

function addedIn({ grammar }: OccurrenceView, option: string, release: string): string | null {
  const spans = grammar === null ? [] : propertySpans(grammar, option)
  return spans.find(({ since }) => !isSince(release, since))?.since ?? null
}

function isBehind({ place: a }: WordView, { place: b }: WordView): boolean {
  return a.list === b.list && a.index > b.index
}

export const text: RuleText = {
  summary: 'A misspelled option in a hosts block',
  why: 'A line of a hosts block that is no option is taken for an entry, and an entry without an address is dropped. So `falltrough` is no error: CoreDNS starts without fallthrough, and every name that hosts does not list fails.',
  links: ['plugin/hosts/setup.go hostsParse'],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        falltrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      also: ['hosts-missing-fallthrough'],
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        no_revers\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        no_reverse\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough_unsupported\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      release: '1.14.3',
    },
  ],
}
