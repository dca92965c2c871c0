import type { TokenList } from '../../grammar/tokens.ts'
import type { Place } from '../expand/token-view.ts'
import type { Reason } from '../verdict/reason.ts'

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

/** What is reported of the same word in the same text, in order; the first one stands for all. */
export interface Alike<T> {
  readonly first: T
  readonly others: readonly T[]
}

/**
 * Puts together what is about the same word of the same text, or what `wordOf` takes for one: a plugin that the program lacks stands in
 * every block. Each place counts once.
 */
export function alike<T extends { readonly at: Place; readonly subject: string }>(
  found: readonly T[],
  wordOf = ({ subject }: T) => subject,
): Alike<T>[] {
  const byList = new Map<TokenList, Map<string, { first: T; others: T[] }>>()
  const groups: Alike<T>[] = []
  for (const one of found) {
    const byWord = byList.get(one.at.list) ?? new Map<string, { first: T; others: T[] }>()
    byList.set(one.at.list, byWord)
    const known = byWord.get(wordOf(one))
    if (known !== undefined) {
      const last = known.others.at(-1) ?? known.first
      if (one.at.index > last.at.index) known.others.push(one)
      continue
    }
    const group = { first: one, others: [] }
    byWord.set(wordOf(one), group)
    groups.push(group)
  }
  return groups
}

/** Reasons put together so where they are about a plugin as a whole; what is about its options stays apart. */
export function alikePlugins(reasons: readonly Reason[]): Alike<Reason>[] {
  const isWhole = ({ plugin }: Reason) => plugin === null
  const apart = reasons.filter((reason) => !isWhole(reason)).map((first) => ({ first, others: [] }))
  return [...alike(reasons.filter(isWhole)), ...apart]
}

/** More places than this are counted, not shown. */
const mostRelated = 5

/** The places of the others as related ones of a finding. */
export function relatedPlaces(others: readonly { readonly at: Place }[]): { at: Place; message: string }[] {
  const left = others.length - mostRelated
  return others.slice(0, mostRelated).map(({ at }, number) => ({
    at,
    message: left > 0 && number === mostRelated - 1 ? `and here, and at ${left} more places` : 'and here',
  }))
}
