import type { ImportSite } from '../../grammar/token-source.js';
import { type TokenList } from '../../grammar/tokens.js';
/** A stretch of one list. */
export interface Segment {
    readonly list: TokenList;
    readonly from: number;
    to: number;
    readonly site: ImportSite | null;
    /** The name of a directive: caddy hands it on as written, a reference in it not replaced. */
    readonly isName: boolean;
}
/** One token of a view: where it is written, and the import that brought it there. */
export interface Place {
    readonly list: TokenList;
    readonly index: number;
    readonly site: ImportSite | null;
}
/** Resolves a token's text: references replaced, or as written where that is not known. */
export type Resolve = (list: TokenList, index: number) => string;
/**
 * A span of tokens, from several files where imports joined them, as caddy hands it to a plugin's setup. Tokens are numbered
 * from 0; nothing is copied, and reading forwards or backwards by one is constant time.
 */
export declare class TokenView {
    #private;
    constructor(resolve: Resolve, segments?: Segment[]);
    /** Number of tokens. */
    get count(): number;
    /** The texts that its tokens stand in, in order and some several times. */
    get lists(): TokenList[];
    /** Adds the tokens `[from, to)` of a list behind the last one. */
    append(list: TokenList, from: number, to: number, site: ImportSite | null, isName?: boolean): void;
    /** Adds all tokens of another view behind the last one. */
    appendView(view: TokenView): void;
    /** The tokens `[from, to)` of this view as a view of their own. */
    slice(from: number, to: number): TokenView;
    /** The same tokens, each with the text that `standIn` gives for its place, else with its own. */
    withStandIns(standIn: (place: Pick<Place, 'list' | 'index'>) => string | undefined): TokenView;
    /** Where token `number` is written. Throws a RangeError for a number that is not there. */
    place(number: number): Place;
    /** The text as CoreDNS sees it, references replaced. */
    value(number: number): string;
    /** The name CoreDNS knows the token's file by; empty for the Corefile itself. */
    file(number: number): string;
    /** 1-based line on which the token starts, in its own file. */
    line(number: number): number;
    /** True for an opening brace, which may come out of a reference. */
    opensBlock(number: number): boolean;
    /** True for a closing brace, which may come out of a reference. */
    closesBlock(number: number): boolean;
    /** True when token `number + 1` stands on the line on which token `number` ends (Dispenser.NextArg). */
    continuesLine(number: number): boolean;
    /** True when token `number + 1` stands in another file or on a later line (Dispenser.isNewLine). Of two tokens that an import put side by side neither this nor `continuesLine` need hold. */
    endsLine(number: number): boolean;
}
