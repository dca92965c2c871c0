import { propertiesOf } from '../../grammar/lookup.ts'
import { type Argument, type PluginGrammar, valueFor } from '../../grammar/schema.ts'
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

/** Where a release has zones among the words of a plugin. */
interface ZonePlaces {
  /** The arguments of the directive's line, null where none of them is a zone. */
  readonly line: readonly Argument[] | null
  /** The arguments behind the properties with a zone among them. */
  readonly properties: ReadonlyMap<string, readonly Argument[]>
}

const placesOf = new WeakMap<PluginGrammar, Map<string, ZonePlaces>>()

function zonePlaces(grammar: PluginGrammar, release: string): ZonePlaces {
  let byRelease = placesOf.get(grammar)
  if (byRelease === undefined) {
    byRelease = new Map()
    placesOf.set(grammar, byRelease)
  }
  let places = byRelease.get(release)
  if (places === undefined) {
    const { args } = valueFor(grammar.line, (since) => isSince(release, since))
    const properties = new Map<string, readonly Argument[]>()
    // What a release does not know yet has no words there.
    for (const [name, property] of propertiesOf(grammar, release)) {
      const behind = valueFor(property.line, (since) => isSince(release, since)).args
      if (behind.some(isZone)) properties.set(name, behind)
    }
    places = { line: args.some(isZone) ? args : null, properties }
    byRelease.set(release, places)
  }
  return places
}

function isZone({ value }: Argument): boolean {
  return value.kind === 'zone' || value.kind === 'origin'
}

/** The words of a directive that are zones: on its line, and behind its properties unless it is mostly data. */
function zoneWordsOf(occurrence: OccurrenceView, release: string): readonly WordView[] {
  const { grammar, tokens } = occurrence
  if (grammar === null) return []
  const { line, properties } = zonePlaces(grammar, release)
  const found = line === null ? [] : zonesAmong(line, occurrence.args)
  if (properties.size === 0 || tokens.count > MOST_TOKENS) return found
  for (const property of occurrence.lines()) {
    const args = properties.get(property.name.value)
    if (args !== undefined) for (const word of zonesAmong(args, property.args)) found.push(word)
  }
  return found
}

function zonesAmong(args: readonly Argument[], words: readonly WordView[]): WordView[] {
  return assign(args, words).flatMap(({ word, argument }) => (argument !== null && isZone(argument) ? [word] : []))
}

/** A zone as it is written: an address of a server block, or a word of a plugin. */
export interface WrittenZone {
  readonly place: Place
  /** As CoreDNS reads it. */
  readonly value: string
  /** The address that it is, null for a word of a plugin. */
  readonly key: Key | null
}

const written = new WeakMap<ServersView, readonly WrittenZone[]>()

/** Every zone of a configuration that is known in full: the addresses of the server blocks, and the words of plugins that are zones. */
export function zonesWritten(servers: ServersView): readonly WrittenZone[] {
  let zones = written.get(servers)
  if (zones === undefined) {
    zones = readZonesWritten(servers)
    written.set(servers, zones)
  }
  return zones
}

function readZonesWritten({ blocks, release }: ServersView): WrittenZone[] {
  const zones: WrittenZone[] = []
  for (const { keys, plugins } of blocks) {
    for (const key of keys) if (key.known) zones.push({ place: key.at, value: key.value, key })
    for (const occurrences of plugins.values()) {
      for (const occurrence of occurrences)
        for (const { place, value, known } of zoneWordsOf(occurrence, release))
          if (known) zones.push({ place, value, key: null })
    }
  }
  return zones
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
