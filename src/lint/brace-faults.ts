import type { TokenList } from '../../grammar/tokens.ts'
import type { Configuration, ServerBlock } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'

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
    if (unknownTokens.get(main)?.has(index) === true || !isGlued(main.value(index))) continue
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

function isGlued(word: string): boolean {
  if (word === '{}' || /^[^{}\\]+\{$/.test(word)) return true
  return /^[^{}\\]+\}$/.test(word)
}

/** The block whose braces hold a place of the same list, null where none does. */
export function blockAround(configuration: Configuration, { list, index }: Place): ServerBlock | null {
  for (const block of configuration.blocks) {
    const [key] = block.keys
    if (key?.at.list !== list || key.at.index > index) continue
    if (block.close === null || (block.close.list === list && block.close.index >= index)) return block
  }
  return null
}

/** Whether the last quote of a text has no partner, so that it swallowed what follows it. */
export function hasOpenQuote(list: TokenList): boolean {
  return list.count > 0 && list.isUnterminated(list.count - 1)
}
