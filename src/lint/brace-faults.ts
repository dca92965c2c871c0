import type { TokenList } from '../../grammar/tokens.ts'
import type { Configuration, ServerBlock } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { countUpTo } from './sorted.ts'

const glued = new WeakMap<Configuration, readonly Place[]>()

/**
 * The words of a configuration that end in a brace which was meant to stand alone: `example.org{`, `cache{`, `{}`, `whoami}`. Not
 * among them: quoted words, references, placeholders, and words that hold a pair, such as a log format or a regular expression.
 */
export function gluedBraces(configuration: Configuration): readonly Place[] {
  const known = glued.get(configuration)
  if (known !== undefined) return known
  const { main, unknownTokens } = configuration
  const found: Place[] = []
  for (
    let at = main.text.search(/[^\s{}"]\{(?=\s|$)|\{\}(?=\s|$)|[^\s{}"]\}(?=\s|$)/m);
    at !== -1;
    at = nextGlued(main.text, at + 1)
  ) {
    const index = main.indexAt(at + 1) - (main.start(main.indexAt(at + 1)) > at ? 1 : 0)
    if (index < 0 || main.end(index) <= at || main.isQuoted(index) || main.hasReference(index)) continue
    if (unknownTokens.get(main)?.has(index) === true || !endsInBrace(main.value(index))) continue
    if (found.at(-1)?.index !== index) found.push({ list: main, index, site: null })
  }
  glued.set(configuration, found)
  return found
}

const GLUED = /[^\s{}"]\{(?=\s|$)|\{\}(?=\s|$)|[^\s{}"]\}(?=\s|$)/gm

function nextGlued(text: string, from: number): number {
  GLUED.lastIndex = from
  return GLUED.exec(text)?.index ?? -1
}

const gluedIndices = new WeakMap<readonly Place[], ReadonlySet<number>>()

/** Whether a place is one of `gluedBraces`. */
export function isGlued(configuration: Configuration, { list, index }: Place): boolean {
  if (list !== configuration.main) return false
  const places = gluedBraces(configuration)
  let indices = gluedIndices.get(places)
  if (indices === undefined) {
    indices = new Set(places.map((place) => place.index))
    gluedIndices.set(places, indices)
  }
  return indices.has(index)
}

function endsInBrace(word: string): boolean {
  if (word === '{}' || /^[^{}\\]+\{$/.test(word)) return true
  // The end of what a template engine reads closes nothing for CoreDNS.
  return /^[^{}\\]+\}$/.test(word) && !word.endsWith('%}')
}

/** The block whose braces hold a place of the same list, null where none does. */
export function blockAround(configuration: Configuration, { list, index }: Place): ServerBlock | null {
  const blocks = blocksIn(configuration).get(list)
  if (blocks === undefined) return null
  // Blocks of one text stand one behind the other, so only the last one that begins here or before can hold the place; only one
  // that nothing closes goes on behind the next. A file that is imported twice has its blocks twice: the first counts.
  const last = blocks.starts[countUpTo(blocks.starts, index) - 1]
  const block = last === undefined ? undefined : blocks.byStart.get(last)
  const { unclosed } = blocks
  if (unclosed !== null && unclosed.start <= index) return unclosed.block
  if (block === undefined || block.close === null) return null
  return block.close.list === list && block.close.index >= index ? block : null
}

/** The blocks that begin in one text, by the index of their first key. */
interface BlocksOfList {
  /** Ascending. */
  readonly starts: number[]
  readonly byStart: Map<number, ServerBlock>
  /** The first one that nothing closes. */
  unclosed: { readonly start: number; readonly block: ServerBlock } | null
}

const beginning = new WeakMap<Configuration, ReadonlyMap<TokenList, BlocksOfList>>()

function blocksIn(configuration: Configuration): ReadonlyMap<TokenList, BlocksOfList> {
  const known = beginning.get(configuration)
  if (known !== undefined) return known
  const lists = new Map<TokenList, BlocksOfList>()
  for (const block of configuration.blocks) {
    const at = block.keys[0]?.at
    if (at === undefined) continue
    const blocks: BlocksOfList = lists.get(at.list) ?? { starts: [], byStart: new Map(), unclosed: null }
    lists.set(at.list, blocks)
    if (block.close === null) blocks.unclosed ??= { start: at.index, block }
    if (blocks.byStart.has(at.index)) continue
    blocks.byStart.set(at.index, block)
    blocks.starts.push(at.index)
  }
  for (const { starts } of lists.values()) starts.sort((a, b) => a - b)
  beginning.set(configuration, lists)
  return lists
}

/** Whether the last quote of a text has no partner, so that it swallowed what follows it. */
export function hasOpenQuote(list: TokenList): boolean {
  return list.count > 0 && list.isUnterminated(list.count - 1)
}
