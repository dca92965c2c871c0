import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'

/** The last token on the line of a place, in its own text, before a closing brace that ends the block around it. */
export function lastOfLine({ list, index, site }: Place): Place {
  let last = index
  let depth = 0
  while (list.sameLine(last)) {
    const kind = list.kind(last + 1)
    if (kind === 'close' && depth === 0) break
    if (kind === 'open') depth++
    else if (kind === 'close') depth--
    last++
  }
  return { list, index: last, site }
}

/** Whether a token is the first on its line, in its own text. */
export function startsLine({ list, index }: Place): boolean {
  return index === 0 || !list.sameLine(index - 1)
}

/** A test for being one of some places, whatever imported them. */
export function amongPlaces(places: readonly Place[]): (place: Place) => boolean {
  const byList = new Map<TokenList, Set<number>>()
  for (const { list, index } of places) {
    const others = byList.get(list)
    if (others === undefined) byList.set(list, new Set([index]))
    else others.add(index)
  }
  return ({ list, index }) => byList.get(list)?.has(index) === true
}
