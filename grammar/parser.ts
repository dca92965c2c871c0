import { createToken, EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain'
import { SingleTokenLookahead } from './lookahead.ts'
import type { ImportSite, ReadToken, TokenSource } from './token-source.ts'
import type { TokenKind, TokenList } from './tokens.ts'

/** What is wrong with the syntax; the words are those of coredns/caddy caddyfile/parse.go. */
export type SyntaxProblem =
  | 'comma-before-brace'
  | 'address-expected'
  | 'unexpected-close'
  | 'unexpected-end'
  | 'close-expected'
  | 'import-without-argument'
  | 'import-many-arguments'

/** Where an import stands: among the addresses of a block, among its directives, or inside a directive's own braces. */
export type ImportContext = 'addresses' | 'directives' | 'properties'

/**
 * What the parser tells as it reads. One grammar serves two readers: `src/syntax` builds the tree of one file from it and
 * leaves imports alone, `src/expand` splices them in and so sees exactly what CoreDNS sees.
 */
export interface ParserEvents {
  blockStart(): void
  /** A token among the addresses; a comma at its end still stands there. */
  key(token: ReadToken): void
  /** Called when the addresses are read. `snippet` asks for the block to be kept for imports instead of read as a server block. */
  keysEnd(opened: boolean): 'block' | 'snippet'
  open(token: ReadToken): void
  close(token: ReadToken): void
  blockEnd(): void
  directiveStart(name: ReadToken): void
  /** A further token of the directive; `depth` is the number of braces open around it, its own brace included. */
  directiveToken(token: ReadToken, depth: number): void
  /** A balanced `{ ... }` of the directive that needs no look inside; return false to get it token by token. */
  directiveBraces(list: TokenList, open: number, close: number, site: ImportSite | null): boolean
  directiveEnd(): void
  /** A brace that closes nothing where directives are read without a block around them. */
  strayClose(token: ReadToken): void
  /** The tokens between a snippet's braces. */
  snippetBody(list: TokenList, open: number, close: number): void
  /**
   * An import line; anything but one argument is told as a problem as well. A reader that follows the import splices tokens into
   * the source; `before` is the token in front of the line.
   */
  importLine(keyword: ReadToken, args: readonly ReadToken[], context: ImportContext, before: ReadToken | null): void
  problem(problem: SyntaxProblem, at: ReadToken | null): void
}

const Word = createToken({ name: 'Word' })
const Open = createToken({ name: 'Open' })
const Close = createToken({ name: 'Close' })
const Import = createToken({ name: 'Import' })

/** The parser asks for kinds alone, so one object serves all tokens of a kind: a million lines make no garbage. */
const sole = (tokenType: TokenType): IToken => ({
  image: '',
  startOffset: 0,
  tokenType,
  tokenTypeIdx: tokenType.tokenTypeIdx as number,
})
const TOKENS: Record<TokenKind, IToken> = {
  word: sole(Word),
  open: sole(Open),
  close: sole(Close),
  import: sole(Import),
}
const END: IToken = sole(EOF)

/** What Chevrotain's parsers have and do not declare. */
interface Recording {
  enableRecording(): void
}

/**
 * The Corefile grammar as coredns/caddy caddyfile/parse.go reads it. Where parse.go decides by lines or by counting braces, a gate
 * decides here. What parse.go refuses is an error event, and reading goes on behind it: at the end of the line or of the block.
 * Nesting is counted, not recursed into, so depth is no danger.
 */
class CorefileParser extends EmbeddedActionsParser {
  #source!: TokenSource
  #events!: ParserEvents

  constructor() {
    super([Word, Open, Close, Import], {
      lookaheadStrategy: new SingleTokenLookahead(),
      maxLookahead: 1,
      recoveryEnabled: false,
      skipValidations: true,
    })
    this.performSelfAnalysis()
  }

  /**
   * Chevrotain records the grammar with ninety methods that it puts on the parser and deletes one by one, and V8 needs longer for that
   * than for the rest of the analysis. Here they come and go with an object between the parser and its class.
   */
  enableRecording(): void {
    const recording: Recording = Object.create(CorefileParser.prototype)
    const { enableRecording } = EmbeddedActionsParser.prototype as unknown as Recording
    enableRecording.call(recording)
    Object.setPrototypeOf(this, recording)
  }

  disableRecording(): void {
    Object.setPrototypeOf(this, CorefileParser.prototype)
  }

  /** Reads a whole Corefile. */
  readCorefile(source: TokenSource, events: ParserEvents): void {
    this.#begin(source, events)
    this.corefile()
  }

  /** Reads directives without a block around them: a snippet's body, an imported `*.override`. */
  readDirectives(source: TokenSource, events: ParserEvents): void {
    this.#begin(source, events)
    this.fragment()
  }

  #begin(source: TokenSource, events: ParserEvents): void {
    this.input = []
    this.#source = source
    this.#events = events
  }

  // parse.go:parseAll
  readonly corefile = this.RULE('corefile', () => {
    this.MANY(() => this.SUBRULE(this.block))
  })

  // parse.go:begin
  readonly block = this.RULE('block', () => {
    this.ACTION(() => this.#events.blockStart())
    this.SUBRULE(this.addresses)
    let role: 'block' | 'snippet' = 'block'
    this.ACTION(() => {
      role = this.#events.keysEnd(this.#source.kind === 'open')
    })
    this.OR([
      { GATE: () => role === 'snippet', ALT: () => this.SUBRULE(this.snippet) },
      { ALT: () => this.SUBRULE(this.contents) },
    ])
    this.ACTION(() => this.#events.blockEnd())
  })

  // parse.go:addresses
  readonly addresses = this.RULE('addresses', () => {
    let expectsAnother = false
    let first = true
    this.MANY({
      GATE: () => {
        const source = this.#source
        const kind = source.kind
        if (kind === 'open' || kind === null) {
          if (expectsAnother) this.#problem(kind === null ? 'address-expected' : 'comma-before-brace')
          expectsAnother = false
          return false
        }
        // A brace may come out of an environment reference; it ends the addresses, and opens nothing.
        return source.value !== '{' && (first || expectsAnother || !source.startsLine)
      },
      DEF: () =>
        this.OR([
          {
            GATE: () => this.#source.startsLine && this.#source.value === 'import',
            ALT: () => this.SUBRULE(this.importLine, { ARGS: ['addresses'] }),
          },
          {
            ALT: () => {
              this.SUBRULE(this.anyToken)
              this.ACTION(() => {
                const token = this.#last()
                const value = this.#source.valueOf(token.list, token.index)
                first = false
                // An empty token changes nothing, not even whether another address is expected.
                if (value !== '') expectsAnother = value.endsWith(',')
                this.#events.key(token)
              })
            },
          },
        ]),
    })
  })

  // parse.go:snippetTokens
  readonly snippet = this.RULE('snippet', () => {
    this.CONSUME(Open)
    this.ACTION(() => {
      const open = this.#last()
      this.#events.open(open)
      const close = open.list.closing(open.index)
      if (close === -1) {
        while (this.#source.kind !== null) this.#source.advance()
        this.#events.snippetBody(open.list, open.index, open.list.count)
        this.#problem('close-expected')
        return
      }
      this.#source.advanceThrough(close)
      this.#events.snippetBody(open.list, open.index, close)
      this.#events.close(this.#last())
    })
  })

  // parse.go:blockContents; without an opening brace the block ends at the first unmatched `}` or at the end
  readonly contents = this.RULE('contents', () => {
    let opened = false
    this.OPTION(() => {
      this.CONSUME(Open)
      this.ACTION(() => {
        opened = true
        this.#events.open(this.#last())
      })
    })
    this.SUBRULE(this.directives)
    let closed = false
    this.OPTION1(() => {
      this.CONSUME1(Close)
      this.ACTION(() => {
        closed = true
        this.#events.close(this.#last())
      })
    })
    this.ACTION(() => {
      if (!opened || closed) return
      // closeCurlyBrace looks at the last token read, whatever that `}` closed.
      const last = this.#source.last
      if (last === null || last.list.value(last.index) !== '}') this.#problem('close-expected')
    })
  })

  readonly fragment = this.RULE('fragment', () => {
    this.MANY(() => {
      this.SUBRULE(this.directives)
      this.OPTION(() => {
        this.CONSUME(Close)
        this.ACTION(() => {
          this.#events.problem('unexpected-close', this.#last())
          this.#events.strayClose(this.#last())
        })
      })
    })
  })

  // parse.go:directives
  readonly directives = this.RULE('directives', () => {
    this.MANY({
      GATE: () => this.#source.kind !== 'close',
      DEF: () =>
        this.OR([
          {
            GATE: () => this.#source.kind === 'import',
            ALT: () => this.SUBRULE(this.importLine, { ARGS: ['directives'] }),
          },
          { ALT: () => this.SUBRULE(this.directive) },
        ]),
    })
  })

  // parse.go:directive
  readonly directive = this.RULE('directive', () => {
    let depth = 0
    this.SUBRULE(this.anyToken)
    this.ACTION(() => this.#events.directiveStart(this.#last()))
    this.MANY({
      GATE: () => {
        const source = this.#source
        const kind = source.kind
        if (kind === null) return false
        if (kind === 'open' || depth > 0) return true
        if (source.startsLine) return false
        if (kind !== 'close') return true
        this.#problem('unexpected-close')
        return false
      },
      DEF: () =>
        this.OR([
          {
            GATE: () => depth > 0 && this.#source.kind === 'import' && this.#source.startsLine,
            ALT: () => this.SUBRULE(this.importLine, { ARGS: ['properties'] }),
          },
          {
            ALT: () => {
              this.SUBRULE1(this.anyToken)
              this.ACTION(() => {
                depth = this.#directiveToken(depth)
              })
            },
          },
        ]),
    })
    this.ACTION(() => {
      if (depth > 0) this.#problem('unexpected-end')
      this.#events.directiveEnd()
    })
  })

  // parse.go:doImport
  readonly importLine = this.RULE('importLine', (context: ImportContext) => {
    let before: ReadToken | null = null
    this.ACTION(() => {
      before = this.#source.last
    })
    // Among the addresses the word may come out of an environment reference.
    this.SUBRULE(this.anyToken)
    this.ACTION(() => {
      const keyword = this.#last()
      const source = this.#source
      const args: ReadToken[] = []
      while (source.continuesLine) {
        source.advance()
        args.push(this.#last())
      }
      if (args.length === 0) this.#events.problem('import-without-argument', keyword)
      if (args.length > 1) this.#events.problem('import-many-arguments', args[1] as ReadToken)
      this.#events.importLine(keyword, args, context, before)
    })
  })

  readonly anyToken = this.RULE('anyToken', () => {
    this.OR([
      { ALT: () => this.CONSUME(Word) },
      { ALT: () => this.CONSUME(Open) },
      { ALT: () => this.CONSUME(Close) },
      { ALT: () => this.CONSUME(Import) },
    ])
  })

  /** Tells of the token just consumed, skips balanced braces where the reader allows it, and returns the depth behind it. */
  #directiveToken(depth: number): number {
    const token = this.#last()
    const { list, index } = token
    const kind = list.kind(index)
    if (kind === 'open') {
      const close = list.closing(index)
      const skip = depth === 0 && close !== -1
      if (skip && this.#events.directiveBraces(list, index, close, token.site)) {
        this.#source.advanceThrough(close)
        return depth
      }
      this.#events.directiveToken(token, depth + 1)
      return depth + 1
    }
    this.#events.directiveToken(token, depth)
    return kind === 'close' ? depth - 1 : depth
  }

  #last(): ReadToken {
    return this.#source.last as ReadToken
  }

  #problem(problem: SyntaxProblem): void {
    const source = this.#source
    const at = source.kind === null ? source.last : source.next
    this.#events.problem(problem, at)
  }

  // The token vector is replaced by the source: these are the members of Chevrotain's lexer adapter that read it.
  protected override LA(howMuch: number): IToken {
    return this.LA_FAST(howMuch)
  }

  protected override LA_FAST(_howMuch: number): IToken {
    const kind = this.#source.kind
    return kind === null ? END : TOKENS[kind]
  }

  consumeToken(): void {
    this.#source.advance()
  }

  getLexerPosition(): number {
    return this.#source.position
  }
}

let parser: CorefileParser | undefined

/** Reads the tokens of `source` as a whole Corefile and tells `events`; never throws for any input. */
export function readCorefile(source: TokenSource, events: ParserEvents): void {
  parser ??= new CorefileParser()
  parser.readCorefile(source, events)
}

/** Reads the tokens of `source` as directives without a server block around them; never throws for any input. */
export function readDirectives(source: TokenSource, events: ParserEvents): void {
  parser ??= new CorefileParser()
  parser.readDirectives(source, events)
}
