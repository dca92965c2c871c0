import type { Program } from '../../grammar/program.ts'
import type { PluginGrammar } from '../../grammar/schema.ts'
import type { Configuration, Key, Occurrence, ServerBlock } from '../expand/configuration.ts'
import type { Place, TokenView } from '../expand/token-view.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import { zonesOf } from '../values/zone.ts'
import { type Served, servedByBlock } from './servers.ts'

/** One word of a directive, where it is written, and whether all of it is known. */
export interface WordView {
  readonly place: Place
  /** As CoreDNS reads it. */
  readonly value: string
  readonly known: boolean
}

/** One line inside a directive's braces. */
export interface PropertyView {
  readonly name: WordView
  readonly args: readonly WordView[]
}

/** The lines of a directive with more tokens are data (hosts) and are read anew for whoever asks; those of others are kept. */
const MOST_TOKENS_KEPT = 1000

/** A directive as written once: its words, and the lines inside its braces. */
export class OccurrenceView {
  readonly plugin: string
  readonly block: BlockView
  /** The directive's tokens, its name first. */
  readonly tokens: TokenView
  readonly #servers: ServersView
  #args: readonly WordView[] | undefined
  #lines: readonly PropertyView[] | undefined
  #openNumber: number | undefined

  constructor(servers: ServersView, block: BlockView, occurrence: Occurrence) {
    this.#servers = servers
    this.block = block
    this.plugin = occurrence.name
    this.tokens = occurrence.tokens
  }

  /** What the plugin accepts; null where nobody described it, or the program does not have it. */
  get grammar(): PluginGrammar | null {
    return this.#servers.program.describe(this.plugin)?.grammar ?? null
  }

  /** The directive's name. */
  get name(): WordView {
    return this.#word(0)
  }

  /** The words behind the name up to the end of the line or the opening brace. */
  get args(): readonly WordView[] {
    if (this.#args === undefined) {
      const words: WordView[] = []
      let number = 0
      while (this.tokens.continuesLine(number) && this.tokens.value(number + 1) !== '{')
        words.push(this.#word(++number))
      this.#args = words
    }
    return this.#args
  }

  /** The brace that opens the directive's block, on the directive's own line; null where there is none. */
  get open(): Place | null {
    const number = this.#open
    return number === -1 ? null : this.tokens.place(number)
  }

  /** The brace that closes it: the last token, where that is a brace. */
  get close(): Place | null {
    const last = this.tokens.count - 1
    return this.#open === -1 || this.tokens.value(last) !== '}' ? null : this.tokens.place(last)
  }

  get #open(): number {
    if (this.#openNumber === undefined) {
      const behind = this.args.length + 1
      const opens =
        behind < this.tokens.count && this.tokens.continuesLine(behind - 1) && this.tokens.value(behind) === '{'
      this.#openNumber = opens ? behind : -1
    }
    return this.#openNumber
  }

  /** The lines inside the braces in order, read as they are asked for: a hosts block may have a million. */
  lines(): Iterable<PropertyView> {
    if (this.tokens.count > MOST_TOKENS_KEPT) return this.#readLines()
    this.#lines ??= [...this.#readLines()]
    return this.#lines
  }

  *#readLines(): Generator<PropertyView> {
    if (this.#open === -1) return
    const end = this.close === null ? this.tokens.count : this.tokens.count - 1
    for (let number = this.#open + 1; number < end; ) {
      const first = number
      while (number + 1 < end && this.tokens.continuesLine(number)) number++
      const last = number++
      yield new LazyLine(this, first, last)
    }
  }

  /** All lines that begin with a word. */
  properties(name: string): PropertyView[] {
    const found: PropertyView[] = []
    for (const line of this.lines()) if (line.name.value === name) found.push(line)
    return found
  }

  /** The first line that begins with a word, or null. */
  property(name: string): PropertyView | null {
    for (const line of this.lines()) if (line.name.value === name) return line
    return null
  }

  /** Whether a line begins with the word. */
  has(name: string): boolean {
    return this.property(name) !== null
  }

  /** The zones it serves: those of the words, or the block's where there are none (plugin.OriginsFromArgsOrServerBlock). */
  zones(words: readonly WordView[]): readonly string[] {
    if (words.length === 0) return this.block.zones
    return words.flatMap(({ value }) => zonesOf(value, this.#servers.release))
  }

  /** The word at a number of `tokens`. */
  word(number: number): WordView {
    return this.#word(number)
  }

  #word(number: number): WordView {
    const place = this.tokens.place(number)
    return { place, value: this.tokens.value(number), known: this.#servers.isKnown(place) }
  }
}

class LazyLine implements PropertyView {
  readonly #occurrence: OccurrenceView
  readonly #first: number
  readonly #last: number
  #name: WordView | undefined
  #args: readonly WordView[] | undefined

  constructor(occurrence: OccurrenceView, first: number, last: number) {
    this.#occurrence = occurrence
    this.#first = first
    this.#last = last
  }

  get name(): WordView {
    this.#name ??= this.#occurrence.word(this.#first)
    return this.#name
  }

  get args(): readonly WordView[] {
    if (this.#args === undefined) {
      const words: WordView[] = []
      for (let number = this.#first + 1; number <= this.#last; number++) words.push(this.#occurrence.word(number))
      this.#args = words
    }
    return this.#args
  }
}

/** A server block with its plugins in the order in which they run. */
export class BlockView {
  readonly block: ServerBlock
  /** Zone, port, transport and addresses of each of its addresses; keys that are not known are missing. */
  readonly served: readonly Served[]
  readonly #servers: ServersView
  #plugins: ReadonlyMap<string, readonly OccurrenceView[]> | undefined
  #zones: readonly string[] | undefined
  #answerers: readonly OccurrenceView[] | undefined

  constructor(servers: ServersView, block: ServerBlock, served: readonly Served[]) {
    this.#servers = servers
    this.block = block
    this.served = served
  }

  get keys(): readonly Key[] {
    return this.block.keys
  }

  /** The zones as plugins see them, fully qualified and in lower case. */
  get zones(): readonly string[] {
    this.#zones ??= this.served.map(({ zone }) => normalizeName(zone))
    return this.#zones
  }

  /** Whether the block serves every name. */
  get servesRoot(): boolean {
    return this.zones.includes('.')
  }

  /** Whether a zone lies in one that the block serves, or the other way round: whether a query for it can come here. */
  meets(zone: string): boolean {
    return this.zones.some((own) => isSubdomain(own, zone) || isSubdomain(zone, own))
  }

  /** The occurrences of every plugin by name, in run order. */
  get plugins(): ReadonlyMap<string, readonly OccurrenceView[]> {
    if (this.#plugins === undefined) {
      const plugins = new Map<string, OccurrenceView[]>()
      const position = (name: string) => this.#servers.program.position(name)
      const sorted = [...this.block.occurrences].sort((a, b) => position(a.name) - position(b.name))
      for (const occurrence of sorted) {
        const view = new OccurrenceView(this.#servers, this, occurrence)
        const others = plugins.get(occurrence.name)
        if (others === undefined) plugins.set(occurrence.name, [view])
        else others.push(view)
      }
      this.#plugins = plugins
    }
    return this.#plugins
  }

  /** The occurrences of one plugin in written order, none where the block lacks it. */
  occurrences(name: string): readonly OccurrenceView[] {
    return this.plugins.get(name) ?? NONE
  }

  has(name: string): boolean {
    return this.plugins.has(name)
  }

  /** The plugins that answer names, in the order in which they are asked. */
  get answerers(): readonly OccurrenceView[] {
    const { program } = this.#servers
    this.#answerers ??= [...this.plugins.values()].flat().filter(({ plugin }) => program.answers(plugin) === true)
    return this.#answerers
  }

  /** The plugins that answer names and run behind `name`, in run order. */
  answerersBehind(name: string): readonly OccurrenceView[] {
    const { program } = this.#servers
    const own = program.position(name)
    return this.answerers.filter(({ plugin }) => program.position(plugin) > own)
  }
}

const NONE: readonly OccurrenceView[] = []

/** The server blocks of a Corefile as a release sees them, in words that rules use. */
export class ServersView {
  readonly configuration: Configuration
  readonly program: Program
  readonly blocks: readonly BlockView[]
  #names: ReadonlySet<string> | undefined
  readonly #occurrences = new Map<string, readonly OccurrenceView[]>()
  /** The occurrences of a plugin by the import that brought them, then by the index of their names. */
  readonly #places = new Map<string, Map<Place['site'], Map<number, OccurrenceView[]>>>()

  constructor(configuration: Configuration, served: readonly Served[], program: Program) {
    this.configuration = configuration
    this.program = program
    this.blocks = configuration.blocks.map((block) => new BlockView(this, block, servedByBlock(served, block)))
  }

  get release(): string {
    return this.program.release
  }

  /** Whether a template engine has yet to fill in parts: which of two lines will be there, and where blocks end, nobody knows. */
  get isTemplate(): boolean {
    return this.configuration.unknowns.some(({ kind }) => kind === 'placeholder')
  }

  /** Whether a block has the plugin. */
  has(plugin: string): boolean {
    if (this.#names === undefined) {
      const names = new Set<string>()
      for (const { directives } of this.configuration.blocks) for (const name of directives.keys()) names.add(name)
      this.#names = names
    }
    return this.#names.has(plugin)
  }

  /** All occurrences of a plugin, block by block. */
  plugins(name: string): readonly OccurrenceView[] {
    if (!this.has(name)) return NONE
    let found = this.#occurrences.get(name)
    if (found === undefined) {
      found = this.blocks.flatMap((block) => block.occurrences(name))
      this.#occurrences.set(name, found)
    }
    return found
  }

  /** The occurrence of a plugin whose name stands at a place. */
  occurrenceAt(plugin: string, { list, index, site }: Place): OccurrenceView | undefined {
    let bySite = this.#places.get(plugin)
    if (bySite === undefined) {
      bySite = new Map()
      for (const occurrence of this.plugins(plugin)) {
        const place = occurrence.tokens.place(0)
        const byIndex = bySite.get(place.site) ?? new Map<number, OccurrenceView[]>()
        bySite.set(place.site, byIndex)
        const others = byIndex.get(place.index)
        if (others === undefined) byIndex.set(place.index, [occurrence])
        else others.push(occurrence)
      }
      this.#places.set(plugin, bySite)
    }
    return bySite
      .get(site)
      ?.get(index)
      ?.find(({ tokens }) => tokens.place(0).list === list)
  }

  /** Whether all of a token's text is known: no variable or placeholder in it that nobody gave. */
  isKnown({ list, index }: Place): boolean {
    return this.configuration.unknownTokens.get(list)?.has(index) !== true
  }
}
