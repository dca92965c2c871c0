import type { OccurrenceView, ServersView } from '../../verdict/servers-view.ts'

/** A word of the plugin that is not known in full, or null. */
export function unknownWord(servers: ServersView, occurrences: readonly OccurrenceView[]): string | null {
  if (servers.configuration.unknownTokens.size === 0) return null
  for (const { tokens } of occurrences) {
    for (let number = 0; number < tokens.count; number++) {
      if (!servers.isKnown(tokens.place(number))) return tokens.value(number)
    }
  }
  return null
}
