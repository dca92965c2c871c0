import type { FilledIn } from '../../grammar/node-cache.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import type { Configuration } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'

/** Words that a program replaces before CoreDNS reads them, by their places: what stands for each. */
export class StandIns {
  readonly #standIns = new Map<TokenList, Map<number, string>>()

  /** Finds them among the words that are not known; all of a word must be such a placeholder, and its place one where any value will do. */
  constructor(configuration: Configuration, filledIn: ReadonlyMap<string, FilledIn>) {
    const { blocks, unknowns } = configuration
    if (!unknowns.some(({ kind, subject }) => kind === 'placeholder' && filledIn.has(subject))) return
    for (const { directives } of blocks) {
      for (const [name, tokens] of directives) {
        for (let number = 1; number < tokens.count; number++) {
          const { list, index } = tokens.place(number)
          if (configuration.unknownTokens.get(list)?.has(index) !== true) continue
          const found = filledIn.get(list.value(index))
          if (found === undefined || (found.only !== undefined && name !== 'bind')) continue
          const isFurther = number > 1 && tokens.continuesLine(number - 2) && tokens.continuesLine(number - 1)
          if (found.only === 'bind-further' && !isFurther) continue
          this.#add(list, index, found.standIn)
        }
      }
    }
  }

  #add(list: TokenList, index: number, standIn: string): void {
    const known = this.#standIns.get(list)
    if (known === undefined) this.#standIns.set(list, new Map([[index, standIn]]))
    else known.set(index, standIn)
  }

  /** True where nothing is filled in. */
  get isEmpty(): boolean {
    return this.#standIns.size === 0
  }

  /** What stands for a word; undefined for one that is read as it is. */
  of({ list, index }: Pick<Place, 'list' | 'index'>): string | undefined {
    return this.#standIns.get(list)?.get(index)
  }
}
