import { type Line, type PluginGrammar, valueFor } from '../../grammar/schema.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import type { Range } from '../text/range.ts'
import { isSince } from '../values/release.ts'
import { userInformation } from '../values/url.ts'
import type { OccurrenceView, PropertyView, ServersView, WordView } from '../verdict/servers-view.ts'

/**
 * What must not be shown of the texts that make a configuration, as ranges of each, sorted: the words that the grammar marks as secret,
 * and the name and password in a URL, wherever it stands.
 */
export function secretRanges(servers: ServersView): ReadonlyMap<TokenList, readonly Range[]> {
  const { main, blocks } = servers.configuration
  const found = new Map<TokenList, Range[]>([[main, []]])
  for (const { directives } of blocks) {
    for (const tokens of directives.values()) for (const list of tokens.lists) if (!found.has(list)) found.set(list, [])
  }
  for (const { words } of secretsIn(servers)) {
    for (const { place } of words)
      found.get(place.list)?.push({ start: place.list.start(place.index), end: place.list.end(place.index) })
  }
  for (const [list, ranges] of found) {
    ranges.push(...userInformation(list.text))
    ranges.sort((a, b) => a.start - b.start)
  }
  return found
}

/** Words of one line that the grammar marks as secret. */
export interface SecretLine {
  readonly occurrence: OccurrenceView
  /** Null for the words behind the directive's name. */
  readonly property: PropertyView | null
  readonly words: readonly WordView[]
}

/** All lines with secret words, imported ones too. */
export function* secretsIn(servers: ServersView): Generator<SecretLine> {
  for (const block of servers.blocks) {
    for (const [name, occurrences] of block.plugins) {
      const grammar = servers.program.describe(name)?.grammar
      if (grammar === undefined || !mentionsSecrets(grammar)) continue
      for (const occurrence of occurrences) yield* secretLines(grammar, occurrence, servers.release)
    }
  }
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

function* secretLines(grammar: PluginGrammar, occurrence: OccurrenceView, release: string): Generator<SecretLine> {
  const pick = <T>(versioned: Parameters<typeof valueFor<T>>[0]) =>
    valueFor(versioned, (since) => isSince(release, since))
  const own = [...secretsAmong(pick(grammar.line), occurrence.args)]
  if (own.length > 0) yield { occurrence, property: null, words: own }
  const properties = pick(grammar.properties) ?? {}
  for (const line of occurrence.lines()) {
    const { name, args } = line
    const property = Object.hasOwn(properties, name.value) ? properties[name.value] : undefined
    const words = property === undefined ? [] : [...secretsAmong(pick(property.line), args)]
    if (words.length > 0) yield { occurrence, property: line, words }
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
