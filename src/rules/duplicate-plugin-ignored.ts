import { type Property, valueFor } from '../../grammar/schema.ts'
import { defineRule, type Finding, type RuleText } from '../lint/rule.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** Some plugins read the first of several lines, or let each replace the one before (the `occurrences` of their grammar). */
export default defineRule({
  id: 'duplicate-plugin-ignored',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  check({ servers, release, report }) {
    for (const block of servers.blocks) {
      for (const occurrences of block.plugins.values()) {
        const [first] = occurrences
        const grammar = first?.grammar ?? null
        if (first === undefined || grammar === null) continue
        const pick = (since: string) => isSince(release, since)
        if (occurrences.length > 1) {
          const read = valueFor(grammar.occurrences, pick)
          if (read === 'first') for (const other of occurrences.slice(1)) report(ignored(other, first))
          const last = occurrences.at(-1)
          if (read === 'last' && last !== undefined)
            for (const other of occurrences.slice(0, -1)) report(replaced(other, last))
        }
        const properties = valueFor(grammar.properties, pick)
        if (properties === null || grammar.otherLine !== null || UNLIKE.has(first.plugin)) continue
        for (const occurrence of occurrences) for (const finding of repeated(occurrence, properties)) report(finding)
      }
    }
  },
})

/** Their lines of one name stand for different things. */
const UNLIKE: ReadonlySet<string> = new Set(['rewrite', 'proxy', 'bind'])

function ignored(occurrence: OccurrenceView, first: OccurrenceView): Finding {
  const { plugin, name } = occurrence
  if (textOf(occurrence) === textOf(first)) return same(occurrence, first)
  return {
    at: name.place,
    message: `${plugin} is in this block already, and only the first is read: what stands here is ignored without a word (make one of the two)`,
    related: [{ at: first.name.place, message: 'is the one that is read' }],
  }
}

function replaced(occurrence: OccurrenceView, last: OccurrenceView): Finding {
  const { plugin, name } = occurrence
  if (textOf(occurrence) === textOf(last)) return same(last, occurrence)
  return {
    at: name.place,
    message: `a later ${plugin} of this block replaces what this one says, without a word (make one of the two, or give each a block of its own)`,
    related: [{ at: last.name.place, message: 'is the one that counts' }],
  }
}

function same({ plugin, name }: OccurrenceView, first: OccurrenceView): Finding {
  return {
    at: name.place,
    severity: 'info',
    effect: 'hygiene',
    message: `${plugin} is in this block already, in the same words: one is enough`,
    related: [{ at: first.name.place, message: 'is here already' }],
  }
}

/** Lines of one name of which the last counts. */
function repeated(occurrence: OccurrenceView, properties: Readonly<Record<string, Property>>): Finding[] {
  const found: Finding[] = []
  const before = new Map<string, PropertyView>()
  for (const line of occurrence.lines()) {
    const { name, args } = line
    const property = Object.hasOwn(properties, name.value) ? properties[name.value] : undefined
    if (property === undefined || (property.repeat ?? 'last') !== 'last') continue
    // The lines of `disable` are about two caches.
    const id = name.value === 'disable' ? `disable ${args[0]?.value}` : name.value
    const earlier = before.get(id)
    before.set(id, line)
    if (earlier === undefined || wordsOf(earlier) === wordsOf(line) || isOpen(earlier) || isOpen(line)) continue
    found.push({
      at: earlier.name.place,
      message: `a later line replaces this one: ${wordsOf(line)} counts, and ${wordsOf(earlier)} is ignored without a word (take one out)`,
      related: [{ at: line.name.place, message: 'is the one that counts' }],
    })
  }
  return found
}

function wordsOf({ name, args }: PropertyView): string {
  return [name, ...args].map(({ value }) => value).join(' ')
}

function isOpen({ args }: PropertyView): boolean {
  return args.some(({ known }) => !known)
}

function textOf({ tokens }: OccurrenceView): string {
  return Array.from({ length: tokens.count }, (_, number) => tokens.value(number)).join(' ')
}

export const text: RuleText = {
  summary: 'A second line of which CoreDNS reads only one',
  why: 'For some plugins a second occurrence in a block is an error. Others read the first and pass over the rest, or let the last replace those before it: the configuration that is lost leaves no trace in the log. Options inside the braces of a plugin are replaced in the same way.',
  links: ['plugin/reload/setup.go setup', 'plugin/auto/setup.go autoParse', 'plugin/header/setup.go parse'],
  examples: [
    {
      bad: '. {\n    auto one.example {\n        directory /zones/one\n    }\n    auto two.example {\n        directory /zones/two\n    }\n}\n',
      good: 'one.example {\n    auto {\n        directory /zones/one\n    }\n}\ntwo.example {\n    auto {\n        directory /zones/two\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    reload 10s\n    reload 1m\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    reload 10s\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2 10.0.0.3 {\n        policy sequential\n        max_concurrent 1000\n        policy round_robin\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 10.0.0.3 {\n        max_concurrent 1000\n        policy round_robin\n    }\n}\n',
    },
  ],
}
