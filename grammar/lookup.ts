import { isSince } from '../src/values/release.ts'
import { everInTree, isPluginOf, RELEASES, type ReleaseSpan } from './releases.ts'
import { type PluginGrammar, type Property, valueFor } from './schema.ts'

const knownProperties = new WeakMap<PluginGrammar, Map<string, ReadonlyMap<string, Property>>>()

/** The properties of a plugin that a release knows, by name; none where the plugin has no block. Asking again costs nothing. */
export function propertiesOf(grammar: PluginGrammar, release: string): ReadonlyMap<string, Property> {
  let byRelease = knownProperties.get(grammar)
  if (byRelease === undefined) {
    byRelease = new Map()
    knownProperties.set(grammar, byRelease)
  }
  let known = byRelease.get(release)
  if (known === undefined) {
    const properties = valueFor(grammar.properties, (since) => isSince(release, since)) ?? {}
    known = new Map(Object.entries(properties).filter(([, property]) => exists(property, release)))
    byRelease.set(release, known)
  }
  return known
}

/** One of `propertiesOf`, undefined where the release does not know it. */
export function propertyOf(grammar: PluginGrammar, release: string, name: string): Property | undefined {
  const properties = valueFor(grammar.properties, (since) => isSince(release, since)) ?? {}
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  return property !== undefined && exists(property, release) ? property : undefined
}

/** The names of all properties that any release of a plugin knows, sorted. */
export function propertyNames(grammar: PluginGrammar): string[] {
  const own = RELEASES.filter((release) => mayHave(release, grammar))
  return [...new Set(own.flatMap((release) => [...propertiesOf(grammar, release).keys()]))].sort()
}

/** The releases that know a property, oldest span first; empty when none ever did. */
export function propertySpans(grammar: PluginGrammar, name: string): readonly ReleaseSpan[] {
  const spans: { since: string; removed?: string }[] = []
  let open: { since: string; removed?: string } | null = null
  for (const release of RELEASES) {
    const known = mayHave(release, grammar) && propertyOf(grammar, release, name) !== undefined
    if (known && open === null) {
      open = { since: release }
      spans.push(open)
    } else if (!known && open !== null) {
      open.removed = release
      open = null
    }
  }
  return spans
}

/** A property's description from the newest release that knows it, null when none ever did. */
export function newestProperty(grammar: PluginGrammar, name: string): Property | null {
  for (const release of RELEASES.toReversed()) {
    const property = mayHave(release, grammar) ? propertyOf(grammar, release, name) : undefined
    if (property !== undefined) return property
  }
  return null
}

function exists({ since, until }: Property, release: string): boolean {
  return (since === undefined || isSince(release, since)) && (until === undefined || !isSince(release, until))
}

/** Whether a program of the release may have the plugin: one that never was CoreDNS's own may be in any. */
function mayHave(release: string, { name }: PluginGrammar): boolean {
  return isPluginOf(release, name) || !everInTree.has(name)
}
