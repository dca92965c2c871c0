import { type ParserEvents, readCorefile, readDirectives } from '../../grammar/parser.ts'
import { type ReadToken, TokenSource } from '../../grammar/token-source.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import { snippetName } from '../syntax/parse.ts'
import type { Range } from '../text/range.ts'

/** What a text is: a whole Corefile, or directives that stand in a server block of another file. */
export type FormattedKind = 'corefile' | 'fragment'

const STATEMENT = 1
const KEY = 2
const OPEN = 4
const CLOSE = 8
const OF_BLOCK = 16
const IN_HOSTS = 32

/** Where each token of a text stands in its blocks: what its layout follows from. */
export interface Structure {
  readonly list: TokenList
  /** The first place at which CoreDNS would stop reading, null where it reads all of the text. */
  readonly fault: Range | null
  /** Number of blocks around a token; a brace stands outside of its own block. */
  depth(index: number): number
  /** True for the first token of a server block, a snippet, or an `import` outside of all blocks. */
  startsStatement(index: number): boolean
  /** True for an address of a server block or the name of a snippet. */
  isKey(index: number): boolean
  /** True for a brace that opens a block of any kind. */
  opens(index: number): boolean
  /** True for a brace that closes a block of any kind. */
  closes(index: number): boolean
  /** True for the opening or closing brace of a server block or snippet; a plugin never sees these. */
  isBraceOfBlock(index: number): boolean
  /** True for what stands in the braces of `hosts`. */
  isInHosts(index: number): boolean
}

/** Reads how the tokens of a text stand in its blocks, without following imports. Never throws. */
export function readStructure(list: TokenList, kind: FormattedKind): Structure {
  const reader = new StructureReader(list)
  const source = new TokenSource(list, 0, list.count)
  if (kind === 'fragment') readDirectives(source, reader)
  else readCorefile(source, reader)
  reader.readSnippets()
  reader.fault ??= unterminated(list)
  return reader
}

/** A quote that nothing closes takes all that follows, also what would be added behind it. */
function unterminated(list: TokenList): Range | null {
  const last = list.count - 1
  return last >= 0 && list.isUnterminated(last) ? { start: list.start(last), end: list.end(last) } : null
}

class StructureReader implements ParserEvents, Structure {
  readonly list: TokenList
  fault: Range | null = null
  readonly #depths: Uint32Array
  readonly #roles: Uint8Array
  readonly #snippets: { readonly open: number; readonly close: number }[] = []
  #keys = 0
  #lastKey = ''
  /** Depth of the directives that are read; unknown before the first one of a block without braces. */
  #base: number | null = 0
  #isHosts = false

  constructor(list: TokenList) {
    this.list = list
    this.#depths = new Uint32Array(list.count)
    this.#roles = new Uint8Array(list.count)
  }

  depth(index: number): number {
    return this.#depths[index] ?? 0
  }

  startsStatement(index: number): boolean {
    return this.#has(index, STATEMENT)
  }

  isKey(index: number): boolean {
    return this.#has(index, KEY)
  }

  opens(index: number): boolean {
    return this.#has(index, OPEN)
  }

  closes(index: number): boolean {
    return this.#has(index, CLOSE)
  }

  isBraceOfBlock(index: number): boolean {
    return this.#has(index, OF_BLOCK)
  }

  isInHosts(index: number): boolean {
    return this.#has(index, IN_HOSTS)
  }

  /** Reads what stands in the snippets, which the parser passes over: their tokens are kept for imports. */
  readSnippets(): void {
    for (const { open, close } of this.#snippets) {
      this.#base = 1
      readDirectives(new TokenSource(this.list, open + 1, close), this)
    }
  }

  blockStart(): void {
    this.#keys = 0
    this.#base = null
  }

  key({ index }: ReadToken): void {
    this.#set(index, 0, this.#keys === 0 ? STATEMENT | KEY : KEY)
    this.#keys++
    this.#lastKey = this.list.value(index)
  }

  keysEnd(opened: boolean): 'block' | 'snippet' {
    return opened && this.#keys === 1 && snippetName([this.#lastKey]) !== null ? 'snippet' : 'block'
  }

  open({ index }: ReadToken): void {
    this.#set(index, 0, this.#keys === 0 ? OPEN | OF_BLOCK | STATEMENT : OPEN | OF_BLOCK)
    this.#base = 1
  }

  close({ index }: ReadToken): void {
    this.#set(index, 0, CLOSE | OF_BLOCK)
  }

  blockEnd(): void {
    // Nothing is kept of a block.
  }

  directiveStart({ index }: ReadToken): void {
    // Whoever leaves the braces away decides whether what belongs to the block is indented.
    this.#base ??= isIndented(this.list, index) ? 1 : 0
    this.#isHosts = this.list.value(index) === 'hosts'
    this.#set(index, this.#base, 0)
  }

  directiveToken({ index }: ReadToken, depth: number): void {
    const base = this.#base ?? 0
    const kind = this.list.kind(index)
    if (kind === 'open') this.#set(index, base + depth - 1, OPEN)
    else if (kind === 'close' && depth > 0) this.#set(index, base + depth - 1, CLOSE)
    else this.#set(index, base + depth, 0)
  }

  directiveBraces(list: TokenList, open: number, close: number): boolean {
    let depth = this.#base ?? 0
    const inside = this.#isHosts ? IN_HOSTS : 0
    for (let index = open; index <= close; index++) {
      const kind = list.kind(index)
      if (kind === 'open') this.#set(index, depth++, OPEN)
      else if (kind === 'close') this.#set(index, --depth, CLOSE)
      else this.#set(index, depth, inside)
    }
    return true
  }

  directiveEnd(): void {
    this.#isHosts = false
  }

  strayClose({ index }: ReadToken): void {
    this.#set(index, 0, CLOSE)
  }

  snippetBody(_list: TokenList, open: number, close: number): void {
    this.#snippets.push({ open, close })
  }

  importLine(keyword: ReadToken, args: readonly ReadToken[], context: 'addresses' | 'directives' | 'properties'): void {
    const isStatement = context === 'addresses' && this.#keys === 0
    if (context === 'directives') this.#base ??= isIndented(this.list, keyword.index) ? 1 : 0
    const depth = context === 'addresses' ? 0 : (this.#base ?? 0)
    this.#set(keyword.index, depth, isStatement ? STATEMENT : context === 'addresses' ? KEY : 0)
    for (const { index } of args) this.#set(index, depth, 0)
  }

  problem(_problem: string, at: ReadToken | null): void {
    const { list } = this
    const end = list.text.length
    this.fault ??= at === null ? { start: end, end } : { start: list.start(at.index), end: list.end(at.index) }
  }

  #has(index: number, role: number): boolean {
    return ((this.#roles[index] ?? 0) & role) !== 0
  }

  #set(index: number, depth: number, roles: number): void {
    this.#depths[index] = Math.max(depth, 0)
    this.#roles[index] = roles
  }
}

/** Whether white space stands before a token that begins a line. */
function isIndented(list: TokenList, index: number): boolean {
  const before = list.text.charAt(list.start(index) - 1)
  return before !== '' && before !== '\n'
}
