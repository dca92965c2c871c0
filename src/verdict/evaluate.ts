import {
  type Argument,
  type Line,
  type PluginGrammar,
  type Property,
  type ValueKind,
  type Versioned,
  valueFor,
} from '../../grammar/schema.ts'
import type {
  Quirks,
  ReadOccurrence,
  ReasonDetail,
  Setup,
  ReasonKind as SetupReasonKind,
  Word,
} from '../../grammar/setup.ts'
import type { TokenView } from '../expand/token-view.ts'
import { Dispenser } from './dispenser.ts'
import { below, describeKind, faultOf, type KindContext } from './kinds.ts'
import type { Reason } from './reason.ts'

/** What evaluation knows about the world around a plugin's tokens. */
export interface EvaluationContext {
  readonly release: string
  isSince(release: string): boolean
  /** Zones of the server block, null where a key is not known. */
  readonly zones: readonly string[] | null
  /** The transport of each zone. */
  readonly transports: readonly string[] | null
  /** What the plugin `root` of the block says; empty when it is not there, null when it is not known. */
  readonly root: string | null
  hasPlugin(name: string): boolean
  fileExists(path: string): boolean | undefined
  fileText(path: string): string | null | undefined
  variable(name: string): string | undefined
  interfaceExists(name: string): boolean | undefined
  /** Whether a token's text is known in full. */
  isKnown(tokens: TokenView, number: number): boolean
  assume(what: string): void
  leaveOpen(why: string): void
}

/** Go's `return err`: leaves the set-up of the plugin. */
class Refused extends Error {}

/**
 * Applies a plugin's grammar to its tokens and returns why CoreDNS would refuse them, the reason that CoreDNS reports first. What is
 * read from data goes on behind a fault, so that a person sees all of them.
 */
export function evaluate(
  grammar: PluginGrammar,
  quirks: Quirks,
  tokens: TokenView,
  context: EvaluationContext,
): Reason[] {
  const evaluation = new Evaluation(grammar, quirks, tokens, context)
  evaluation.run()
  return evaluation.reasons
}

class Evaluation implements Setup {
  readonly reasons: Reason[] = []
  readonly release: string
  readonly zones: readonly string[] | null
  readonly transports: readonly string[] | null
  readonly root: string | null
  readonly #grammar: PluginGrammar
  readonly #quirks: Quirks
  readonly #context: EvaluationContext
  readonly #kinds: KindContext
  readonly #dispenser: Dispenser
  readonly #tokens: TokenView
  /** How many reasons there were when NextBlock first answered the last token again; null before that. */
  #reasonsWhenStuck: number | null = null

  constructor(grammar: PluginGrammar, quirks: Quirks, tokens: TokenView, context: EvaluationContext) {
    this.#grammar = grammar
    this.#quirks = quirks
    this.#tokens = tokens
    this.#context = context
    this.release = context.release
    this.zones = context.zones
    this.transports = context.transports
    this.root = context.root
    this.#dispenser = new Dispenser(tokens, {
      entersBraces: context.isSince('1.15.0'),
      sticksAtEnd: !context.isSince('1.13.0'),
    })
    this.#kinds = {
      release: context.release,
      isSince: (release) => context.isSince(release),
      fileExists: (path) => context.fileExists(path),
      fileText: (path) => context.fileText(path),
      assume: (what) => context.assume(what),
      root: context.root,
      wordTests: quirks.words ?? {},
    }
  }

  run(): void {
    try {
      const setup = this.#pick(this.#grammar.setup)
      if (setup === null) this.#readByData()
      else this.#named(this.#quirks.setups, setup)(this)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }

  // What a quirk may use.

  since(release: string): boolean {
    return this.#context.isSince(release)
  }

  get word(): Word {
    return this.#word(this.#dispenser.cursor)
  }

  next(): boolean {
    return this.#dispenser.next()
  }

  nextArg(): boolean {
    return this.#dispenser.nextArg()
  }

  nextLine(): boolean {
    return this.#dispenser.nextLine()
  }

  nextBlock(): boolean {
    const before = this.#dispenser.cursor
    if (!this.#dispenser.nextBlock()) return false
    if (this.#dispenser.cursor === before) {
      // The set-up took the last token for a line of the block, and will do so again and again.
      if (this.#reasonsWhenStuck === null) this.#reasonsWhenStuck = this.reasons.length
      else if (this.reasons.length > this.#reasonsWhenStuck) throw new Refused()
      else this.refuse('timeout', { message: 'the block is not closed, and CoreDNS never gets to its end' })
    }
    return true
  }

  remainingArgs(): Word[] {
    return this.#dispenser.remainingArgs().map((number) => this.#word(number))
  }

  skipArgs(): void {
    this.#dispenser.skipArgs()
  }

  readProperty(): readonly Word[] | null {
    const name = this.word
    const property = this.#property(this.#pick(this.#grammar.properties) ?? {}, name)
    return property === null ? null : this.#readPropertyLine(property, name)
  }

  back(): void {
    this.#dispenser.back()
  }

  hasPlugin(name: string): boolean {
    return this.#context.hasPlugin(name)
  }

  fileExists(path: string): boolean | undefined {
    return this.#context.fileExists(path)
  }

  fileText(path: string, from?: 'root'): string | null | undefined {
    const whole = from === 'root' ? below(this.root, path) : path
    return whole === null ? undefined : this.#context.fileText(whole)
  }

  variable(name: string): string | undefined {
    return this.#context.variable(name)
  }

  interfaceExists(name: string): boolean | undefined {
    return this.#context.interfaceExists(name)
  }

  assume(what: string): void {
    this.#context.assume(what)
  }

  leaveOpen(why: string): void {
    this.#context.leaveOpen(why)
  }

  check(kind: ValueKind, word: Word, property?: string): boolean {
    if (!word.known) return true
    const fault = faultOf(kind, word.value, this.#kinds)
    if (fault === null) return true
    this.reasons.push(this.#reason(fault.kind, word, property ?? null, describeKind(kind), fault.message))
    return false
  }

  report(kind: SetupReasonKind, detail: ReasonDetail = {}): void {
    const word = detail.at ?? this.word
    if (!word.known) return
    this.reasons.push(
      this.#reason(kind, word, detail.property ?? null, detail.expected ?? null, detail.message ?? null),
    )
  }

  refuse(kind: SetupReasonKind, detail: ReasonDetail = {}): never {
    this.report(kind, detail)
    throw new Refused()
  }

  // Reading by data.

  #readByData(): void {
    const occurrences = this.#pick(this.#grammar.occurrences)
    const properties = this.#pick(this.#grammar.properties)
    const line = this.#pick(this.#grammar.line)
    const read: ReadOccurrence[] = []
    while (this.next()) {
      const name = this.word
      if (this.#grammar.skipsOtherWords && name.value !== this.#grammar.name) continue
      if (occurrences === 'once' && read.length > 0) this.refuse('once', { at: name })
      const args = this.#readLine(line, name, null)
      const found: { name: Word; args: readonly Word[] }[] = []
      if (properties !== null) this.#readProperties(properties, found, read)
      const occurrence = { name, args, properties: found }
      read.push(occurrence)
      if (this.#grammar.afterOccurrence !== null) {
        this.#named(this.#quirks.afterOccurrence, this.#grammar.afterOccurrence)(this, occurrence)
      }
      if (occurrences === 'first') break
    }
    if (this.#grammar.afterAll !== null) this.#named(this.#quirks.afterAll, this.#grammar.afterAll)(this, read)
  }

  #readProperties(
    properties: Readonly<Record<string, Property>>,
    found: { name: Word; args: readonly Word[] }[],
    before: readonly ReadOccurrence[],
  ): void {
    const { otherLine } = this.#grammar
    const readOther = otherLine === null ? null : this.#named(this.#quirks.otherLines, otherLine)
    const seen = new Set<string>()
    while (this.nextBlock()) {
      const name = this.word
      const property = this.#property(properties, name)
      if (property === null) {
        if (readOther === null) this.#unknownProperty(name)
        else {
          const args = readOther(this, found, before)
          if (args !== undefined) found.push({ name, args })
        }
        continue
      }
      if (property.repeat === 'refused' && seen.has(name.value))
        this.report('once-property', { at: name, property: name.value })
      seen.add(name.value)
      found.push({ name, args: this.#readPropertyLine(property, name) })
    }
  }

  /** The property of that name, if the release has it. */
  #property(properties: Readonly<Record<string, Property>>, name: Word): Property | null {
    const property = name.known && Object.hasOwn(properties, name.value) ? properties[name.value] : undefined
    return property !== undefined && this.#exists(property) ? property : null
  }

  #readPropertyLine(property: Property, name: Word): readonly Word[] {
    if (property.quirk === undefined) return this.#readLine(this.#pick(property.line), name, name.value)
    return this.#named(this.#quirks.lines, property.quirk)(this) ?? []
  }

  #unknownProperty(name: Word): void {
    if (this.#pick(this.#grammar.unknownProperty) === 'ignored') return
    if (name.known) this.report('unknown-property', { at: name, property: name.value })
    // CoreDNS stops here; what follows on the line and in braces belongs to the property that it does not know.
    this.remainingArgs()
    if (!this.nextArg()) return
    for (let depth = 1; depth > 0 && this.next(); ) {
      if (this.word.value === '{') depth++
      else if (this.word.value === '}') depth--
    }
  }

  /** Reads the words of a line, checks them, and returns those that were read. */
  #readLine(line: Line, name: Word, property: string | null): readonly Word[] {
    const args = line.args.filter((argument) => this.#exists(argument))
    const words =
      line.surplus === 'left' || line.surplus === 'strict'
        ? this.#nextArgs(args)
        : this.#wordsOfLine(line.bracesInFirst ?? 0)
    if (line.surplus === 'strict' && this.nextArg()) this.#countFault(this.word, property)
    if (words.some((word) => !word.known)) return words
    const least = args.filter(({ count }) => count === 'one' || count === 'many').length
    if (words.length < least) {
      this.#countFault(words.at(-1) ?? name, property, expectedWords(args))
      return words
    }
    const rest = this.#assign(args, words, property, line.surplus === 'refused')
    const counted = line.counts === undefined || line.counts.includes(words.length)
    const surplus = line.surplus === 'refused' ? rest[0] : undefined
    if (surplus !== undefined || !counted)
      this.#countFault(surplus ?? words.at(-1) ?? name, property, expectedWords(args))
    return words
  }

  #wordsOfLine(bracesInFirst: number): Word[] {
    const words: Word[] = []
    while (words.length < bracesInFirst) {
      if (!this.nextArg()) return words
      words.push(this.word)
    }
    return words.length === 0 ? this.remainingArgs() : [...words, ...this.remainingArgs()]
  }

  #nextArgs(args: readonly Argument[]): Word[] {
    const words: Word[] = []
    for (const { count, max } of args) {
      const most = count === 'one' || count === 'optional' ? 1 : (max ?? Number.POSITIVE_INFINITY)
      for (let taken = 0; taken < most && this.nextArg(); taken++) words.push(this.word)
    }
    return words
  }

  /**
   * Gives the words to the arguments in order, checks each, and returns the words that no argument takes. Where all must be taken, an
   * `ifFits` argument does not pass a word on to arguments that have no room for it.
   */
  #assign(
    args: readonly Argument[],
    words: readonly Word[],
    property: string | null,
    allTaken: boolean,
  ): readonly Word[] {
    let next = 0
    for (let at = 0; at < args.length; at++) {
      const argument = args[at] as Argument
      const needed = args.slice(at + 1).filter(({ count }) => count === 'one' || count === 'many').length
      const free = words.length - next - needed
      if (argument.count === 'one') this.check(argument.value, words[next++] as Word, property ?? undefined)
      else if (argument.count === 'optional') {
        const word = words[next]
        if (free < 1 || word === undefined) continue
        if (argument.ifFits === true && !(allTaken && words.length - next > room(args.slice(at + 1)))) {
          const kind = faultOf(argument.value, word.value, this.#kinds)?.kind
          if (kind === 'invalid-value' || kind === 'duration-unit') continue
        }
        this.check(argument.value, word, property ?? undefined)
        next++
      } else {
        const most = Math.min(free, argument.max ?? free)
        for (let taken = 0; taken < most; taken++)
          this.check(argument.value, words[next++] as Word, property ?? undefined)
      }
    }
    return words.slice(next)
  }

  #countFault(at: Word, property: string | null, expected?: string): void {
    this.report('argument-count', {
      at,
      ...(property === null ? {} : { property }),
      ...(expected === undefined ? {} : { expected }),
    })
  }

  #exists(item: { readonly since?: string; readonly until?: string }): boolean {
    if (item.since !== undefined && !this.since(item.since)) return false
    return item.until === undefined || !this.since(item.until)
  }

  #pick<T>(versioned: Versioned<T>): T {
    return valueFor(versioned, (release) => this.since(release))
  }

  #named<T>(functions: Readonly<Record<string, T>> | undefined, name: string): T {
    const found = functions?.[name]
    if (found === undefined)
      throw new Error(`plugin ${this.#grammar.name} names the quirk ${name} and does not define it`)
    return found
  }

  #word(number: number): Word {
    if (number < 0 || number >= this.#tokens.count) return { number, value: '', known: true }
    return { number, value: this.#tokens.value(number), known: this.#context.isKnown(this.#tokens, number) }
  }

  #reason(
    kind: Reason['kind'],
    word: Word,
    property: string | null,
    expected: string | null,
    message: string | null,
  ): Reason {
    const number = Math.min(Math.max(word.number, 0), this.#tokens.count - 1)
    return {
      kind,
      stage: 'setup',
      at: this.#tokens.place(number),
      plugin: this.#grammar.name,
      property,
      subject: word.value,
      expected,
      message,
      other: null,
    }
  }
}

/** How many words these arguments can take. */
function room(args: readonly Argument[]): number {
  return args.reduce((sum, { count, max }) => {
    return sum + (count === 'one' || count === 'optional' ? 1 : (max ?? Number.POSITIVE_INFINITY))
  }, 0)
}

/** The words that a line takes, as a person would write them: `FROM TO... [MAX]`. */
export function expectedWords(args: readonly Argument[]): string {
  if (args.length === 0) return 'nothing behind it'
  return args
    .map(({ name, count }) => {
      if (count === 'one') return name
      if (count === 'optional') return `[${name}]`
      return count === 'many' ? `${name}...` : `[${name}...]`
    })
    .join(' ')
}
