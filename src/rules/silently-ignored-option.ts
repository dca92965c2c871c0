import { propertiesOf } from '../../grammar/lookup.ts'
import { RELEASES } from '../../grammar/releases.ts'
import { type PluginGrammar, valueFor } from '../../grammar/schema.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isTypoOf, suggest } from '../text/suggest.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** Some plugins pass over lines that they do not know, and newer releases refuse them (plugin/ready/setup.go, trace, dnstap and others). */
export default defineRule({
  id: 'silently-ignored-option',
  severity: 'warning',
  effects: ['hygiene'],
  fix: 'unsafe',
  check({ servers, release, verdict, report }) {
    const refused = new Set(verdict.reasons.map(({ plugin }) => plugin))
    for (const block of servers.blocks) {
      for (const [plugin, occurrences] of block.plugins) {
        const grammar = occurrences[0]?.grammar ?? null
        if (grammar === null || refused.has(plugin)) continue
        const known = propertiesOf(grammar, release)
        const warning = () => warningOf(grammar, release)
        for (const occurrence of occurrences) {
          if (isUnread(occurrence, grammar, release)) reportBlock(occurrence)
          else if (!passesOver(grammar, release)) continue
          else for (const { name } of occurrence.lines()) if (name.known && !known.has(name.value)) reportLine(name)
        }

        function reportBlock({ open, args, name }: OccurrenceView): void {
          if (open === null || args.some(({ known: isKnown }) => !isKnown)) return
          report({
            at: open,
            message: `${name.value} reads no options here, so it passes over this block${warning()} (take the block out)`,
          })
        }

        function reportLine({ place, value }: WordView): void {
          const meant = suggest(value, known.keys())
          report({
            at: place,
            message: `${plugin} has no option "${value}" and passes over it${warning()}${meant === null ? '' : `: did you mean "${meant}"?`}`,
            fix:
              meant !== null && value.length > 3 && isTypoOf(value, meant)
                ? { title: `write ${meant}`, safety: 'unsafe', edits: [replaceToken(place, meant)] }
                : null,
          })
        }
      }
    }
  },
})

/** Whether lines that are no options of the plugin are passed over. */
function passesOver(grammar: PluginGrammar, release: string): boolean {
  return (
    hasBlock(grammar, release) && valueFor(grammar.unknownProperty, (since) => isSince(release, since)) === 'ignored'
  )
}

/** Whether the set-up does not look for a block, or not behind these words (plugin/loadbalance/setup.go parse, to 1.12.3). */
function isUnread({ plugin, args }: OccurrenceView, grammar: PluginGrammar, release: string): boolean {
  if (plugin === 'loadbalance' && !isSince(release, '1.12.4')) return args[0]?.value !== 'weighted'
  return !hasBlock(grammar, release)
}

function hasBlock(grammar: PluginGrammar, release: string): boolean {
  return valueFor(grammar.properties, (since) => isSince(release, since)) !== null
}

function warningOf(grammar: PluginGrammar, release: string): string {
  const later = firstRefusal(grammar, release)
  return later === null ? '' : `, and CoreDNS ${later} does not start with it`
}

/** The first later release that looks at what this one passes over; null where none does. */
function firstRefusal(grammar: PluginGrammar, release: string): string | null {
  const surplus = (other: string) => valueFor(grammar.line, (since) => isSince(other, since)).surplus
  const refuses = (other: string) => {
    if (grammar.name === 'loadbalance') return isSince(other, '1.12.4')
    return hasBlock(grammar, other) ? !passesOver(grammar, other) : surplus(other) === 'strict'
  }
  return RELEASES.find((other) => other !== release && isSince(other, release) && refuses(other)) ?? null
}

export const text: RuleText = {
  summary: 'An option that a plugin passes over without a word',
  why: 'A few plugins do not look at lines of their block that they do not know, so a misspelled option does nothing and nobody says so. From CoreDNS 1.14.4 on most of them refuse such a line, and an upgrade then ends with a server that does not start.',
  links: [
    'coredns/coredns#8119',
    'coredns/coredns#8120',
    'coredns/coredns#8121',
    'coredns/coredns#8128',
    'coredns/coredns#8133',
  ],
  examples: [
    {
      bad: '.:53 {\n    ready {\n        moniter continuously\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    ready {\n        monitor continuously\n    }\n    forward . 10.0.0.2\n}\n',
      release: '1.14.3',
    },
    {
      bad: '.:53 {\n    reload {\n        jitter 5s\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    reload 30s 5s\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    loadbalance round_robin {\n        prefer 10.0.0.0/8\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    loadbalance round_robin\n    forward . 10.0.0.2\n}\n',
      release: '1.12.2',
    },
  ],
}
