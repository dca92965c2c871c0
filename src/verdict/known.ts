import type { Configuration } from '../expand/configuration.ts'
import type { TokenView } from '../expand/token-view.ts'

/** Whether a token's text is known in full: no variable or placeholder in it that was not given. */
export function isKnown(configuration: Configuration, tokens: TokenView, number: number): boolean {
  if (configuration.unknowns.length === 0) return true
  const { list, index } = tokens.place(number)
  return !configuration.unknownTokens.get(list)?.has(index)
}
