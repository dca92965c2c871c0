import { foldCase } from '../../values/name.ts'
import type { BlockView, ServersView } from '../../verdict/servers-view.ts'
import type { Decision } from '../decision.ts'

/** The zone under which blocks are kept that may serve any name, as their addresses are not filled in. */
const ANY = '*'

/**
 * Says of two decisions about one query whether they come out of equal text: the same release, the same addresses listened on, and for
 * every zone that the name lies in the same blocks in the same order, word for word after imports and variables. Then the answers are
 * equal, whatever plugins do of which nobody knows more than their text. Plugins that ask the server again are followed where the
 * decision tells; a foreign plugin that asks for names of other blocks is not seen.
 */
export function equalBlocks(old: ServersView, later: ServersView): (one: Decision, other: Decision) => boolean {
  const isSameProgram =
    old.release === later.release && old.program.plugins.join(' ') === later.program.plugins.join(' ')
  if (!isSameProgram) return () => false
  let sides: readonly [Blocks, Blocks] | undefined
  const isSame = (name: string): boolean => {
    sides ??= [new Blocks(old), new Blocks(later)]
    const [before, after] = sides
    return before.listening === after.listening && zonesAbove(name).every((zone) => before.of(zone) === after.of(zone))
  }
  const hasSame = ({ query, lookups = [] }: Decision): boolean => isSame(query.name) && lookups.every(hasSame)
  // What an import brings that nobody gave stands in no text.
  return (one, other) => one.assumes.join('\n') === other.assumes.join('\n') && hasSame(one) && hasSame(other)
}

/** The text of blocks by the zones that they serve, each read once. */
class Blocks {
  readonly listening: string
  readonly #byZone = new Map<string, BlockView[]>()
  readonly #texts = new Map<string, string>()

  constructor({ blocks }: ServersView) {
    for (const block of blocks) {
      const zones = new Set(block.zones.map(foldCase))
      if (block.keys.some(({ known }) => !known)) zones.add(ANY)
      for (const zone of zones) {
        const others = this.#byZone.get(zone)
        if (others === undefined) this.#byZone.set(zone, [block])
        else others.push(block)
      }
    }
    this.listening = blocks
      .flatMap(({ served }) => served.map(({ port, transport, hosts }) => `${transport} ${port} ${hosts.join(' ')}`))
      .filter((text, at, all) => all.indexOf(text) === at)
      .sort()
      .join('\n')
  }

  of(zone: string): string {
    let text = this.#texts.get(zone)
    if (text === undefined) {
      text = (this.#byZone.get(zone) ?? []).map(textOf).join('\n}\n')
      this.#texts.set(zone, text)
    }
    return text
  }
}

/** All words of a block, in lines, quoted so that no two blocks with other words are one text. */
function textOf({ keys, block }: BlockView): string {
  const lines = [keys.map(({ value }) => JSON.stringify(value)).join(' ')]
  for (const { name, tokens } of block.occurrences) {
    const words = [JSON.stringify(name)]
    for (let number = 1; number < tokens.count; number++) {
      words.push(tokens.continuesLine(number - 1) ? ' ' : '\n', JSON.stringify(tokens.value(number)))
    }
    lines.push(words.join(''))
  }
  return lines.join('\n')
}

/** The name and all domains that it lies in, and whatever may serve any name. */
function zonesAbove(name: string): string[] {
  const zones = [ANY, '.']
  const folded = foldCase(name)
  if (folded === '.') return zones
  for (let start = 0; start !== -1 && start < folded.length; ) {
    zones.push(folded.slice(start))
    const dot = folded.indexOf('.', start)
    start = dot === -1 ? -1 : dot + 1
  }
  return zones
}
