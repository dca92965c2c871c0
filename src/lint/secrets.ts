import { type Line, type PluginGrammar, valueFor } from '../../grammar/schema.ts'
import type { Range } from '../text/range.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView, ServersView, WordView } from '../verdict/servers-view.ts'

/** The words of a Corefile's own text that the grammar marks as secret, as ranges of that text, sorted. */
export function secretRanges(servers: ServersView): Range[] {
  const { main } = servers.configuration
  const words: WordView[] = []
  for (const block of servers.blocks) {
    for (const [name, occurrences] of block.plugins) {
      const grammar = servers.program.describe(name)?.grammar
      if (grammar === undefined || !mentionsSecrets(grammar)) continue
      for (const occurrence of occurrences)
        for (const word of secretWords(grammar, occurrence, servers.release)) words.push(word)
    }
  }
  const ranges = words
    .filter(({ place }) => place.list === main)
    .map(({ place }) => ({ start: main.start(place.index), end: main.end(place.index) }))
  return ranges.sort((a, b) => a.start - b.start)
}

const telling = new WeakMap<PluginGrammar, boolean>()

function mentionsSecrets(grammar: PluginGrammar): boolean {
  let mentions = telling.get(grammar)
  if (mentions === undefined) {
    mentions = JSON.stringify(grammar).includes('"secret":true')
    telling.set(grammar, mentions)
  }
  return mentions
}

function* secretWords(grammar: PluginGrammar, occurrence: OccurrenceView, release: string): Generator<WordView> {
  const pick = <T>(versioned: Parameters<typeof valueFor<T>>[0]) =>
    valueFor(versioned, (since) => isSince(release, since))
  yield* secretsAmong(pick(grammar.line), occurrence.args)
  const properties = pick(grammar.properties) ?? {}
  for (const { name, args } of occurrence.lines()) {
    const property = Object.hasOwn(properties, name.value) ? properties[name.value] : undefined
    if (property !== undefined) yield* secretsAmong(pick(property.line), args)
  }
}

function* secretsAmong({ args }: Line, words: readonly WordView[]): Generator<WordView> {
  let next = 0
  for (const argument of args) {
    const taken = argument.count === 'one' || argument.count === 'optional' ? 1 : words.length - next
    if (argument.secret === true) yield* words.slice(next, next + taken)
    next += taken
  }
}
