import { type TokenKind, type TokenList } from './tokens.js';
/** Where a stretch of tokens was imported: the `import` line, and the import that brought that line, outermost last. */
export interface ImportSite {
    readonly list: TokenList;
    /** Index of the word `import` in `list`. */
    readonly index: number;
    readonly parent: ImportSite | null;
}
/** One token of the stream. */
export interface ReadToken {
    readonly list: TokenList;
    readonly index: number;
    /** The import that brought it, null where it stands in the Corefile itself. */
    readonly site: ImportSite | null;
}
/** Replaces environment references in a value; called only for tokens that may hold one. */
export type ReplaceReferences = (value: string) => string;
/**
 * The stream of tokens that the parser reads: one list, and whatever imports splice into it, as caddyfile/parse.go:doImport
 * splices tokens. Reading is linear and needs no copy; the chain of imports is kept for each stretch, not for each token.
 */
export declare class TokenSource {
    #private;
    constructor(list: TokenList, from: number, to: number, replace?: ReplaceReferences);
    /** Grows with every token consumed and every import; what the parser measures progress by. */
    get position(): number;
    /** Kind of the next token, null at the end. */
    get kind(): TokenKind | null;
    /** The next token, null at the end. */
    get next(): ReadToken | null;
    /** The token consumed last, null before the first. */
    get last(): ReadToken | null;
    /** The next token's text with its references replaced, null at the end. */
    get value(): string | null;
    /** A token's text with its references replaced. */
    valueOf(list: TokenList, index: number): string;
    /** Consumes the next token. */
    advance(): void;
    /** Consumes the tokens up to and including `index` of the list that holds the next one. */
    advanceThrough(index: number): void;
    /** Lets the stretch `[from, to)` of `list` follow next, and the token before the import be the last one (doImport rewinds there). */
    splice(list: TokenList, from: number, to: number, site: ImportSite | null, last: ReadToken | null): void;
    /** True when the next token stands on another line than the last one, or there is no last one (Dispenser.isNewLine). */
    get startsLine(): boolean;
    /** True when the next token stands on the line of the last one (Dispenser.NextArg). */
    get continuesLine(): boolean;
}
