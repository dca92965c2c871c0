import { type ParserEvents, readCorefile, readDirectives, type SyntaxProblem } from '../../grammar/parser.ts'
import { type ReadToken, TokenSource } from '../../grammar/token-source.ts'
import { TokenList } from '../../grammar/tokens.ts'
import type { Argument, Braces, Corefile, Directive, Import, ServerBlock, Snippet, SyntaxFault } from './tree.ts'

/**
 * Reads a text as CoreDNS reads a Corefile, without following imports. Never throws; a broken text gives a tree of what could be
 * read and the errors, the first of which is where CoreDNS stops.
 */
export function parse(text: string): Corefile {
  const list = new TokenList(text)
  const builder = new TreeBuilder(list)
  readCorefile(new TokenSource(list, 0, list.count), builder)
  return { kind: 'corefile', text, list, items: builder.items, errors: builder.errors }
}

function parseItems(list: TokenList, from: number, to: number): (Directive | Import)[] {
  const builder = new TreeBuilder(list)
  readDirectives(new TokenSource(list, from, to), builder)
  return builder.loose
}

function argument(list: TokenList, index: number): Argument {
  const range = { start: list.start(index), end: list.end(index) }
  return {
    kind: 'argument',
    index,
    range,
    raw: list.raw(index),
    value: list.value(index),
    quoted: list.isQuoted(index),
  }
}

class LazyBraces implements Braces {
  readonly kind = 'braces'
  readonly open: Argument
  readonly close: Argument | null
  readonly #list: TokenList
  readonly #end: number
  #items: readonly (Directive | Import)[] | undefined

  /** `end` is the index of the closing brace, or of the first token behind what was read when there is none. */
  constructor(list: TokenList, open: number, end: number, closed: boolean) {
    this.#list = list
    this.#end = end
    this.open = argument(list, open)
    this.close = closed ? argument(list, end) : null
  }

  get range() {
    return { start: this.open.range.start, end: this.#list.end(this.close === null ? this.#end - 1 : this.#end) }
  }

  get items(): readonly (Directive | Import)[] {
    this.#items ??= parseItems(this.#list, this.open.index + 1, this.#end)
    return this.#items
  }
}

class LazySnippet implements Snippet {
  readonly kind = 'snippet'
  readonly name: string
  readonly key: Argument
  readonly open: Argument
  readonly close: Argument | null
  readonly #list: TokenList
  readonly #end: number
  #items: readonly (Directive | Import)[] | undefined

  constructor(list: TokenList, key: Argument, open: Argument, end: number, close: Argument | null) {
    this.#list = list
    this.#end = end
    this.name = snippetName([key.value]) ?? ''
    this.key = key
    this.open = open
    this.close = close
  }

  get range() {
    return { start: this.key.range.start, end: this.close?.range.end ?? this.#list.end(this.#end - 1) }
  }

  get items(): readonly (Directive | Import)[] {
    this.#items ??= parseItems(this.#list, this.open.index + 1, this.#end)
    return this.#items
  }
}

/** Builds the tree of one list; imports become nodes and nothing is spliced in. */
class TreeBuilder implements ParserEvents {
  readonly items: (ServerBlock | Snippet | Import)[] = []
  readonly errors: SyntaxFault[] = []
  /** Directives that stand in no block: all of them when a fragment is read. */
  readonly loose: (Directive | Import)[] = []
  readonly #list: TokenList
  #keys: (Argument | Import)[] = []
  #open: Argument | null = null
  #close: Argument | null = null
  #contents: (Directive | Import)[] = this.loose
  #body: { end: number } | null = null
  #name: Argument | null = null
  #parts: (Argument | Braces)[] = []
  /** Index of a brace that nothing closes, and the end of what it swallowed. */
  #unclosed = -1
  #end = 0

  constructor(list: TokenList) {
    this.#list = list
  }

  blockStart(): void {
    this.#keys = []
    this.#open = null
    this.#close = null
    this.#contents = []
    this.#body = null
  }

  key(token: ReadToken): void {
    this.#keys.push(argument(this.#list, token.index))
  }

  keysEnd(opened: boolean): 'block' | 'snippet' {
    return opened && snippetName(this.#keys.map((key) => (key.kind === 'argument' ? key.value : ''))) !== null
      ? 'snippet'
      : 'block'
  }

  open(token: ReadToken): void {
    this.#open = argument(this.#list, token.index)
  }

  close(token: ReadToken): void {
    this.#close = argument(this.#list, token.index)
  }

  blockEnd(): void {
    const key = this.#keys[0]
    if (this.#body !== null && key?.kind === 'argument' && this.#open !== null) {
      this.items.push(new LazySnippet(this.#list, key, this.#open, this.#body.end, this.#close))
      return
    }
    const first = key ?? this.#open ?? this.#contents[0]
    if (first === undefined) return
    const last = this.#close ?? this.#contents.at(-1) ?? this.#open ?? this.#keys.at(-1) ?? first
    const range = { start: first.range.start, end: last.range.end }
    this.items.push({
      kind: 'server-block',
      range,
      keys: this.#keys,
      open: this.#open,
      close: this.#close,
      items: this.#contents,
    })
  }

  snippetBody(_list: TokenList, _open: number, close: number): void {
    this.#body = { end: close }
  }

  strayClose(token: ReadToken): void {
    const name = argument(this.#list, token.index)
    this.#contents.push({ kind: 'directive', range: name.range, name, parts: [] })
  }

  directiveStart(name: ReadToken): void {
    this.#name = argument(this.#list, name.index)
    this.#parts = []
    this.#unclosed = -1
  }

  directiveToken(token: ReadToken): void {
    // Balanced braces never come here, so the first brace is one that nothing closes and that swallows the rest.
    if (this.#unclosed === -1 && this.#list.kind(token.index) === 'open') this.#unclosed = token.index
    if (this.#unclosed === -1) this.#parts.push(argument(this.#list, token.index))
    else this.#end = token.index + 1
  }
  directiveBraces(list: TokenList, open: number, close: number): boolean {
    if (this.#unclosed === -1) this.#parts.push(new LazyBraces(list, open, close, true))
    else this.#end = close + 1
    return true
  }

  directiveEnd(): void {
    const name = this.#name as Argument
    if (this.#unclosed !== -1) this.#parts.push(new LazyBraces(this.#list, this.#unclosed, this.#end, false))
    const end = (this.#parts.at(-1) ?? name).range.end
    this.#contents.push({ kind: 'directive', range: { start: name.range.start, end }, name, parts: this.#parts })
  }

  importLine(keyword: ReadToken, args: readonly ReadToken[], context: 'addresses' | 'directives' | 'properties'): void {
    if (this.#unclosed !== -1 && context === 'properties') {
      this.#end = (args.at(-1) ?? keyword).index + 1
      return
    }
    const word = argument(this.#list, keyword.index)
    const nodes = args.map((token) => argument(this.#list, token.index))
    const range = { start: word.range.start, end: (nodes.at(-1) ?? word).range.end }
    const node: Import = { kind: 'import', range, keyword: word, args: nodes }
    if (context === 'addresses' && this.#keys.length > 0) this.#keys.push(node)
    else if (context === 'addresses') this.items.push(node)
    else this.#contents.push(node)
  }

  problem(problem: SyntaxProblem, at: ReadToken | null): void {
    const index = at?.index ?? -1
    const end = this.#list.text.length
    const range = index === -1 ? { start: end, end } : { start: this.#list.start(index), end: this.#list.end(index) }
    this.errors.push({ problem, range })
  }
}

/** The name when the addresses define a snippet: exactly one, in parentheses (parse.go:isSnippet); else null. */
export function snippetName(keys: readonly string[]): string | null {
  const key = keys[0]
  if (keys.length !== 1 || key === undefined || !key.startsWith('(') || !key.endsWith(')')) return null
  return key.slice(1).replace(/\)$/, '')
}
