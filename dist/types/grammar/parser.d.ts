import type { ImportSite, ReadToken, TokenSource } from './token-source.js';
import type { TokenList } from './tokens.js';
/** What is wrong with the syntax; the words are those of coredns/caddy caddyfile/parse.go. */
export type SyntaxProblem = 'comma-before-brace' | 'address-expected' | 'unexpected-close' | 'unexpected-end' | 'close-expected' | 'import-without-argument' | 'import-many-arguments';
/** Where an import stands: among the addresses of a block, among its directives, or inside a directive's own braces. */
export type ImportContext = 'addresses' | 'directives' | 'properties';
/**
 * What the parser tells as it reads. One grammar serves two readers: `src/syntax` builds the tree of one file from it and
 * leaves imports alone, `src/expand` splices them in and so sees exactly what CoreDNS sees.
 */
export interface ParserEvents {
    blockStart(): void;
    /** A token among the addresses; a comma at its end still stands there. */
    key(token: ReadToken): void;
    /** Called when the addresses are read. `snippet` asks for the block to be kept for imports instead of read as a server block. */
    keysEnd(opened: boolean): 'block' | 'snippet';
    open(token: ReadToken): void;
    close(token: ReadToken): void;
    blockEnd(): void;
    directiveStart(name: ReadToken): void;
    /** A further token of the directive; `depth` is the number of braces open around it, its own brace included. */
    directiveToken(token: ReadToken, depth: number): void;
    /** A balanced `{ ... }` of the directive that needs no look inside; return false to get it token by token. */
    directiveBraces(list: TokenList, open: number, close: number, site: ImportSite | null): boolean;
    directiveEnd(): void;
    /** A brace that closes nothing where directives are read without a block around them. */
    strayClose(token: ReadToken): void;
    /** The tokens between a snippet's braces. */
    snippetBody(list: TokenList, open: number, close: number): void;
    /**
     * An import line; anything but one argument is told as a problem as well. A reader that follows the import splices tokens into
     * the source; `before` is the token in front of the line.
     */
    importLine(keyword: ReadToken, args: readonly ReadToken[], context: ImportContext, before: ReadToken | null): void;
    problem(problem: SyntaxProblem, at: ReadToken | null): void;
}
/** Reads the tokens of `source` as a whole Corefile and tells `events`; never throws for any input. */
export declare function readCorefile(source: TokenSource, events: ParserEvents): void;
/** Reads the tokens of `source` as directives without a server block around them; never throws for any input. */
export declare function readDirectives(source: TokenSource, events: ParserEvents): void;
