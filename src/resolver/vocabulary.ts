import type { Vocabulary } from './decision.ts'

/** The types that entries of hosts files have records of. */
export const TYPES_OF_HOSTS: ReadonlySet<string> = new Set(['A', 'AAAA'])

/** What several configurations together tell names apart by. */
export function joinedVocabulary(vocabularies: readonly Vocabulary[]): Vocabulary {
  const [only] = vocabularies
  if (vocabularies.length === 1 && only !== undefined) return only
  const all = (sets: readonly ReadonlySet<string>[]) => {
    const joined = new Set<string>()
    for (const set of sets) for (const item of set) joined.add(item)
    return joined
  }
  return {
    names: all(vocabularies.map(({ names }) => names)),
    types: joinedTypes(vocabularies),
    domains: all(vocabularies.map(({ domains }) => domains)),
    addresses: all(vocabularies.map(({ addresses }) => addresses)),
    clusterDomains: all(vocabularies.map(({ clusterDomains }) => clusterDomains)),
    patterns: vocabularies.flatMap(({ patterns }) => patterns),
  }
}

/** Of names that all who have them know the types of. */
function joinedTypes(vocabularies: readonly Vocabulary[]): Map<string, ReadonlySet<string>> {
  const joined = new Map<string, ReadonlySet<string>>()
  const isOpen = (name: string) => vocabularies.some(({ names, types }) => names.has(name) && !types?.has(name))
  for (const { types = [] } of vocabularies) {
    for (const [name, own] of types) {
      const before = joined.get(name)
      if (before === own || isOpen(name)) continue
      joined.set(name, before === undefined ? own : new Set([...before, ...own]))
    }
  }
  return joined
}
