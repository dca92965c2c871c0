import {
  type ImportContext,
  type ParserEvents,
  readCorefile,
  readDirectives,
  type SyntaxProblem,
} from '../../grammar/parser.ts'
import { NEWEST } from '../../grammar/releases.ts'
import { type ImportSite, type ReadToken, TokenSource } from '../../grammar/token-source.ts'
import { TokenList } from '../../grammar/tokens.ts'
import { snippetName } from '../syntax/parse.ts'
import type { Range } from '../text/range.ts'
import { isSince } from '../values/release.ts'
import type {
  Configuration,
  ImportLine,
  Key,
  Occurrence,
  Problem,
  ProblemKind,
  ServerBlock,
  SnippetDefinition,
  Unknown,
} from './configuration.ts'
import { placeholdersIn } from './placeholders.ts'
import { type Environment, type Replaced, replaceReferences } from './references.ts'
import { type Place, type Resolve, TokenView } from './token-view.ts'

/** What an import pattern leads to. `unknown`: the files may exist where CoreDNS runs, but were not given to us. */
export type ImportAnswer =
  | {
      readonly kind: 'files'
      readonly files: readonly { readonly path: string; readonly text: string }[]
      /** True where it is as good that there is none. */
      readonly mayBeNone?: boolean
    }
  | { readonly kind: 'directory' | 'wildcards' | 'bad-pattern' | 'unknown' }

/** Finds the files of an import; `importer` is the path of the file that holds the line, empty for the Corefile itself. */
export type FindImport = (pattern: string, importer: string) => ImportAnswer

/** What expansion depends on besides the text. */
export interface ExpandOptions {
  /** The release that reads it; the newest when missing. */
  readonly release?: string
  /** Whether the release and build have a directive. */
  readonly isDirective: (name: string) => boolean
  readonly environment?: Environment
  readonly findImport?: FindImport
  /** `fragment`: directives without a server block, as in a `*.override`; they come as one block without keys. */
  readonly as?: 'corefile' | 'fragment'
  /** `literal`: what looks like a placeholder is the word that CoreDNS would read; without it nobody knows what it will be. */
  readonly placeholders?: 'literal'
}

/** The release with caddy 1.1.4, which counts imports; before it those that never end keep CoreDNS busy until its memory is full. */
const COUNTS_IMPORTS = '1.13.0'
/** parse.go: maxSnippetExpansions, maxFileExpansions. Older releases allow any number; ours ends with the larger one all the same. */
const MOST_SNIPPET_EXPANSIONS = 10_000
const MOST_FILE_EXPANSIONS = 100_000
/** Ours: a configuration that imports more tokens than this is not read further. */
const MOST_IMPORTED_TOKENS = 20_000_000
/** The release with coredns/caddy 1.1.0, whose lexer takes a file without a single byte. */
const READS_EMPTY_FILES = '1.8.0'

/**
 * Reads a Corefile as CoreDNS does up to the point where plugins are set up: imports, snippets and environment references are
 * replaced and repeated directives joined. Never throws. What was not given (a file, a variable, a placeholder's value) is told as
 * unknown and never guessed.
 */
export function expand(text: string, options: ExpandOptions): Configuration {
  const main = new TokenList(text)
  const expander = new Expander(options)
  const source = new TokenSource(main, 0, main.count, (value) => expander.replace(value).text)
  expander.read(source)
  return {
    main,
    blocks: expander.blocks,
    snippets: expander.definitions,
    imports: expander.imports,
    problems: expander.problems,
    unknowns: expander.unknowns,
    unknownTokens: expander.unknownTokens,
  }
}

interface BlockInProgress {
  number: number
  readonly keys: Key[]
  open: Place | null
  close: Place | null
  readonly occurrences: Occurrence[]
  readonly directives: Map<string, TokenView>
}

interface Body {
  readonly list: TokenList
  readonly from: number
  readonly to: number
  readonly definition: SnippetDefinition
}

function newBlock(): BlockInProgress {
  return { number: 0, keys: [], open: null, close: null, occurrences: [], directives: new Map() }
}

class Expander implements ParserEvents {
  readonly blocks: ServerBlock[] = []
  readonly definitions: SnippetDefinition[] = []
  readonly imports: ImportLine[] = []
  readonly problems: Problem[] = []
  readonly unknowns: Unknown[] = []
  readonly unknownTokens = new Map<TokenList, Set<number>>()
  readonly #options: ExpandOptions
  readonly #release: string
  readonly #environment: Environment
  readonly #snippets = new Map<string, Body>()
  readonly #files = new Map<string, TokenList>()
  readonly #placeholders = new Map<TokenList, Range[]>()
  readonly #resolve: Resolve
  #source!: TokenSource
  #block = newBlock()
  #isSnippet = false
  #name = ''
  #known = true
  #tokens: TokenView
  #snippetExpansions = 0
  #fileExpansions = 0
  #importedTokens = 0

  constructor(options: ExpandOptions) {
    this.#options = options
    this.#release = options.release ?? NEWEST
    this.#environment = options.environment ?? (() => undefined)
    this.#resolve = (list, index) => {
      const value = list.value(index)
      return list.hasReference(index) ? this.replace(value).text : value
    }
    this.#tokens = new TokenView(this.#resolve)
  }

  read(source: TokenSource): void {
    this.#source = source
    if (this.#options.as === 'fragment') {
      readDirectives(source, this)
      this.#finishBlock()
    } else readCorefile(source, this)
    this.#settleImports()
  }

  /** A file that is not at hand, under the name of a snippet that is defined further down, is not a file: the order is wrong. */
  #settleImports(): void {
    for (let at = this.unknowns.length - 1; at >= 0; at--) {
      const { kind, at: place, subject } = this.unknowns[at] as Unknown
      if (kind !== 'import' || !this.#snippets.has(subject)) continue
      this.unknowns.splice(at, 1)
      this.#problem('import-not-found', place, subject)
    }
  }

  #isSince(release: string): boolean {
    return isSince(this.#release, release)
  }

  replace(value: string): Replaced {
    return replaceReferences(value, this.#environment)
  }

  blockStart(): void {
    this.#block = newBlock()
    this.#isSnippet = false
  }

  key(token: ReadToken): void {
    const known = this.#isKnown(token, false)
    const value = this.#resolve(token.list, token.index)
    if (value !== '') this.#block.keys.push({ at: token, value: value.replace(/,$/, ''), known })
  }

  keysEnd(opened: boolean): 'block' | 'snippet' {
    const [key] = this.#block.keys
    const name = snippetName(this.#block.keys.map(({ value }) => value))
    if (name === null || key === undefined || this.#source.kind === null) return 'block'
    if (!opened) {
      this.#problem('snippet-without-brace', this.#source.next ?? key.at, name)
      return 'block'
    }
    if (this.#snippets.has(name)) this.#problem('snippet-redefined', key.at, name)
    return 'snippet'
  }

  open(token: ReadToken): void {
    this.#block.open = token
  }

  close(token: ReadToken): void {
    this.#block.close = token
  }

  blockEnd(): void {
    if (!this.#isSnippet) this.#finishBlock()
  }

  snippetBody(list: TokenList, open: number, close: number): void {
    const key = this.#block.keys[0] as Key
    const name = snippetName([key.value]) ?? ''
    this.#isSnippet = true
    const site = key.at.site
    const end = close < list.count ? { list, index: close, site } : null
    const definition = { name, at: key.at, open: { list, index: open, site }, close: end, uses: 0 }
    this.definitions.push(definition)
    const own = end === null ? null : this.#ownImport(list, open + 1, close, name)
    if (own !== null) this.#problem('snippet-imports-itself', { list, index: own, site }, name)
    if (!this.#snippets.has(name)) this.#snippets.set(name, { list, from: open + 1, to: close, definition })
  }

  /**
   * Index of the name with which a snippet's own body imports it, or null. Since 1.13.0 parse.go:begin refuses that, used or not; the
   * test there is by lines of neighbouring tokens.
   */
  #ownImport(list: TokenList, from: number, to: number, name: string): number | null {
    if (!this.#isSince(COUNTS_IMPORTS) || list.isPlain(from, to)) return null
    for (let index = from; index + 1 < to; index++) {
      const startsLine = index === from || list.line(index - 1) !== list.line(index)
      if (list.kind(index) === 'import' && startsLine && this.#resolve(list, index + 1) === name) return index + 1
    }
    return null
  }

  directiveStart(token: ReadToken): void {
    this.#known = this.#isKnown(token, false)
    this.#name = this.#resolve(token.list, token.index)
    this.#tokens = new TokenView(this.#resolve)
    this.#tokens.append(token.list, token.index, token.index + 1, token.site, true)
    if (this.#known && !this.#options.isDirective(this.#name)) this.#problem('unknown-directive', token, this.#name)
  }

  directiveToken(token: ReadToken): void {
    this.#isKnown(token, this.#name === 'template')
    this.#tokens.append(token.list, token.index, token.index + 1, token.site)
  }

  directiveBraces(list: TokenList, open: number, close: number, site: ImportSite | null): boolean {
    if (!list.isPlain(open, close)) return false
    if (!this.#isRangeKnown({ list, index: open, site }, close, this.#name === 'template')) return false
    this.#tokens.append(list, open, close + 1, site)
    return true
  }

  directiveEnd(): void {
    const block = this.#block
    block.occurrences.push({ name: this.#name, tokens: this.#tokens, block, known: this.#known })
    let joined = block.directives.get(this.#name)
    if (joined === undefined) {
      joined = new TokenView(this.#resolve)
      block.directives.set(this.#name, joined)
    }
    joined.appendView(this.#tokens)
  }

  strayClose(): void {}

  importLine(keyword: ReadToken, args: readonly ReadToken[], _context: ImportContext, before: ReadToken | null): void {
    const [argument] = args
    if (argument === undefined || args.length > 1) return
    const known = this.#isKnown(argument, false)
    const pattern = this.#resolve(argument.list, argument.index)
    const line = { keyword, argument, pattern }
    if (!known) {
      this.imports.push({ ...line, from: 'nothing', files: [] })
      return
    }
    if (pattern === '') {
      this.#problem('empty-import', argument, pattern)
      return
    }
    const site = { list: keyword.list, index: keyword.index, parent: keyword.site }
    const snippet = this.#snippets.get(pattern)
    if (snippet !== undefined) {
      snippet.definition.uses++
      this.imports.push({ ...line, from: 'snippet', files: [] })
      const { list, from, to } = snippet
      const most = this.#isSince(COUNTS_IMPORTS) ? MOST_SNIPPET_EXPANSIONS : MOST_FILE_EXPANSIONS
      if (++this.#snippetExpansions > most || importsItself(site)) this.#problem('import-limit', keyword, pattern)
      else this.#splice(list, from, to, site, before, keyword)
      return
    }
    this.#importFiles(line, site, before)
  }

  #importFiles(
    line: { keyword: ReadToken; argument: ReadToken; pattern: string },
    site: ImportSite,
    before: ReadToken | null,
  ): void {
    const { keyword, argument, pattern } = line
    if (++this.#fileExpansions > MOST_FILE_EXPANSIONS || importsItself(site)) {
      this.#problem('import-limit', keyword, pattern)
      return
    }
    // parse.go:doImport counts in the whole path; who knows the directory answers for it.
    if (count(pattern, '*') > 1 || count(pattern, '?') > 1 || (pattern.includes('[') && pattern.includes(']'))) {
      this.#problem('import-wildcards', argument, pattern)
      return
    }
    const answer = this.#options.findImport?.(pattern, argument.list.file) ?? { kind: 'unknown' }
    const files = answer.kind === 'files' ? answer.files : []
    const isServed = files.length > 0 || (answer.kind === 'files' && answer.mayBeNone === true)
    this.imports.push({ ...line, from: isServed ? 'files' : 'nothing', files: files.map(({ path }) => path) })
    if (answer.kind === 'unknown') this.unknowns.push({ kind: 'import', at: argument, subject: pattern })
    else if (answer.kind !== 'files') this.#problem(`import-${answer.kind}`, argument, pattern)
    else if (files.length === 0 && !/[*?[\]]/.test(pattern)) this.#problem('import-not-found', argument, pattern)
    // The innermost stretch is read first, so the files go in from the last to the first.
    for (const { path, text } of files.toReversed()) {
      if (text === '' && !this.#isSince(READS_EMPTY_FILES)) this.#problem('import-empty-file', argument, pattern)
      const list = this.#files.get(path) ?? new TokenList(text, path)
      this.#files.set(path, list)
      this.#splice(list, 0, list.count, site, before, keyword)
    }
    if (files.length === 0) this.#source.splice(keyword.list, 0, 0, site, before)
  }

  #splice(
    list: TokenList,
    from: number,
    to: number,
    site: ImportSite,
    before: ReadToken | null,
    keyword: ReadToken,
  ): void {
    this.#importedTokens += to - from
    if (this.#importedTokens > MOST_IMPORTED_TOKENS) this.#problem('import-limit', keyword, list.value(keyword.index))
    else this.#source.splice(list, from, to, site, before)
  }

  problem(problem: SyntaxProblem, at: ReadToken | null): void {
    if (at !== null) this.#problem(problem, at, at.list.value(at.index))
  }

  #problem(kind: ProblemKind, at: Place, subject: string): void {
    this.problems.push({ kind, at, subject })
  }

  /** Notes what of a token is not known and tells whether all of it is. */
  #isKnown(token: Place, goTemplates: boolean): boolean {
    const { list, index } = token
    let known = this.#isRangeKnown(token, index, goTemplates)
    if (!list.hasReference(index)) return known
    const replaced = this.replace(list.value(index))
    if (replaced.isEndless) this.#problem('endless-reference', token, list.value(index))
    for (const subject of replaced.unknown) {
      this.#note('variable', token, subject)
      known = false
    }
    return known
  }

  /** False when a placeholder lies in the tokens from `first` through `last` of its list; each is noted once. */
  #isRangeKnown(first: Place, last: number, goTemplates: boolean): boolean {
    const { list, index } = first
    let ranges = this.#placeholders.get(list)
    if (ranges === undefined) {
      ranges = this.#options.placeholders === 'literal' ? [] : placeholdersIn(list.text)
      this.#placeholders.set(list, ranges)
    }
    if (ranges.length === 0) return true
    const start = list.start(index)
    const end = list.end(last)
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle] as Range).end <= start) low = middle + 1
      else high = middle
    }
    let known = true
    for (let at = low; at < ranges.length; at++) {
      const range = ranges[at] as Range
      if (range.start >= end) break
      const subject = list.text.slice(range.start, range.end)
      if (goTemplates && isOwnTemplate(list, range.start, subject)) continue
      known = false
      if (index === last) this.#note('placeholder', first, subject)
    }
    return known
  }

  #note(kind: Unknown['kind'], at: Place, subject: string): void {
    this.unknowns.push({ kind, at, subject })
    const tokens = this.unknownTokens.get(at.list)
    if (tokens === undefined) this.unknownTokens.set(at.list, new Set([at.index]))
    else tokens.add(at.index)
  }

  #finishBlock(): void {
    const block = this.#block
    if (block.keys.length === 0 && this.#options.as !== 'fragment') return
    block.number = this.blocks.length
    this.blocks.push(block)
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** Whether an import line was brought by itself, and so will be for ever. */
function importsItself({ list, index, parent }: ImportSite): boolean {
  for (let at = parent; at !== null; at = at.parent) if (at.list === list && at.index === index) return true
  return false
}

/** Properties of `template` whose values CoreDNS runs as Go templates. */
const GO_TEMPLATES = new Set(['answer', 'additional', 'authority'])

/** The property is not looked for further in front of a word than this: nobody writes such a line. */
const MOST_WORDS = 200

/** A word alone, perhaps with filters: a variable of somebody else's engine, for Go knows none without a dot. */
const FOREIGN_VARIABLE = /^\{\{-?\s*(?!(?:end|else|break|continue)\b)[A-Za-z_]\w*\s*(?:\|[^|].*)?-?\}\}$/s

/** Whether `{{ }}` inside a `template` is CoreDNS's own and nothing that is yet to be filled in. */
function isOwnTemplate(list: TokenList, offset: number, subject: string): boolean {
  if (!subject.startsWith('{{') || FOREIGN_VARIABLE.test(subject)) return false
  const next = list.indexAt(offset)
  const own = next < list.count && list.start(next) <= offset ? next : next - 1
  for (let at = own; at > Math.max(0, own - MOST_WORDS) && list.sameLine(at - 1); at--)
    if (GO_TEMPLATES.has(list.value(at - 1))) return true
  return false
}
