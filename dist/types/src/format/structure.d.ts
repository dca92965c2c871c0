import type { TokenList } from '../../grammar/tokens.js';
import type { Range } from '../text/range.js';
/** What a text is: a whole Corefile, or directives that stand in a server block of another file. */
export type FormattedKind = 'corefile' | 'fragment';
/** Where each token of a text stands in its blocks: what its layout follows from. */
export interface Structure {
    readonly list: TokenList;
    /** The first place at which CoreDNS would stop reading, null where it reads all of the text. */
    readonly fault: Range | null;
    /** Number of blocks around a token; a brace stands outside of its own block. */
    depth(index: number): number;
    /** True for the first token of a server block, a snippet, or an `import` outside of all blocks. */
    startsStatement(index: number): boolean;
    /** True for an address of a server block or the name of a snippet. */
    isKey(index: number): boolean;
    /** True for a brace that opens a block of any kind. */
    opens(index: number): boolean;
    /** True for a brace that closes a block of any kind. */
    closes(index: number): boolean;
    /** True for the opening or closing brace of a server block or snippet; a plugin never sees these. */
    isBraceOfBlock(index: number): boolean;
    /** True for what stands in the braces of `hosts`. */
    isInHosts(index: number): boolean;
}
/** Reads how the tokens of a text stand in its blocks, without following imports. Never throws. */
export declare function readStructure(list: TokenList, kind: FormattedKind): Structure;
