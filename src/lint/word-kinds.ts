import { type Argument, valueFor } from '../../grammar/schema.ts'
import type { Key } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView, ServersView, WordView } from '../verdict/servers-view.ts'

/** A word, and what the grammar says that it is; null where the grammar has no place for it. */
export interface KnownWord {
  readonly word: WordView
  readonly argument: Argument | null
}

/** Above so many tokens the lines of a directive are data (hosts), which is gone through by nobody twice. */
const MOST_TOKENS = 10_000

/** The words on a directive's line with their kinds; none where nobody described the plugin. */
export function wordsOfLine(occurrence: OccurrenceView, release: string): readonly KnownWord[] {
  const { grammar, args } = occurrence
  if (grammar === null) return []
  return assign(valueFor(grammar.line, (since) => isSince(release, since)).args, args)
}

/** The words behind the properties that the grammar knows, with their kinds; none of a directive that is mostly data. */
function* wordsOfProperties(occurrence: OccurrenceView, release: string): Generator<KnownWord> {
  const { grammar, tokens } = occurrence
  if (grammar === null || tokens.count > MOST_TOKENS) return
  const pick = (since: string) => isSince(release, since)
  const properties = valueFor(grammar.properties, pick) ?? {}
  for (const { name, args } of occurrence.lines()) {
    const property = Object.hasOwn(properties, name.value) ? properties[name.value] : undefined
    // What a release does not know yet has no words there.
    const isThere = property !== undefined && (property.since === undefined || pick(property.since))
    if (isThere) yield* assign(valueFor(property.line, pick).args, args)
  }
}

/** All words of a directive that are zones: on its line and behind its properties. */
function zoneWordsOf(occurrence: OccurrenceView, release: string): readonly WordView[] {
  const all = [...wordsOfLine(occurrence, release), ...wordsOfProperties(occurrence, release)]
  return all.flatMap(({ word, argument }) =>
    argument?.value.kind === 'zone' || argument?.value.kind === 'origin' ? [word] : [],
  )
}

/** A zone as it is written: an address of a server block, or a word of a plugin. */
export interface WrittenZone {
  readonly place: Place
  /** As CoreDNS reads it. */
  readonly value: string
  /** The address that it is, null for a word of a plugin. */
  readonly key: Key | null
}

/** Every zone of a configuration that is known in full: the addresses of the server blocks, and the words of plugins that are zones. */
export function* zonesWritten({ blocks, release }: ServersView): Generator<WrittenZone> {
  for (const { keys, plugins } of blocks) {
    for (const key of keys) if (key.known) yield { place: key.at, value: key.value, key }
    for (const occurrences of plugins.values()) {
      for (const occurrence of occurrences)
        for (const { place, value, known } of zoneWordsOf(occurrence, release))
          if (known) yield { place, value, key: null }
    }
  }
}

function assign(args: readonly Argument[], words: readonly WordView[]): KnownWord[] {
  const found: KnownWord[] = []
  let next = 0
  for (const [at, argument] of args.entries()) {
    const first = words[next]
    if (argument.ifFits === true && argument.value.kind === 'integer' && !/^[+-]?\d+$/.test(first?.value ?? ''))
      continue
    const behind = args.slice(at + 1).filter(({ count }) => count === 'one' || count === 'many').length
    const single = argument.count === 'one' || argument.count === 'optional'
    const taken = single ? 1 : Math.max(words.length - next - behind, 0)
    for (const word of words.slice(next, next + taken)) found.push({ word, argument })
    next += taken
  }
  for (const word of words.slice(next)) found.push({ word, argument: null })
  return found
}
