import type { Configuration, SnippetDefinition } from '../expand/configuration.ts'

const known = new WeakMap<Configuration, ReadonlyMap<string, SnippetDefinition>>()

/** The first definition of a snippet, wherever it stands; undefined for a name that is none. */
export function snippetNamed(configuration: Configuration, name: string): SnippetDefinition | undefined {
  let byName = known.get(configuration)
  if (byName === undefined) {
    byName = new Map(configuration.snippets.toReversed().map((snippet) => [snippet.name, snippet]))
    known.set(configuration, byName)
  }
  return byName.get(name)
}
