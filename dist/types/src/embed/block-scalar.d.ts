import type { MappedText } from './offset-map.js';
/** What the header of a block scalar says: `|` or `>`, what happens to the line breaks at its end, and whether it gives the indentation as a number. */
export interface BlockHeader {
    readonly style: 'literal' | 'folded';
    readonly chomping: 'clip' | 'strip' | 'keep';
    /** Columns beyond those of the parent, 0 when the first line decides. */
    readonly indicator: number;
}
/** A block scalar as it was read. */
export interface BlockScalar extends MappedText {
    readonly header: BlockHeader;
    /** Blanks that stand before every line and are not content. */
    readonly indent: number;
    /** Where its lines stand in the outer text: from the start of the first to behind the line break of the last, or the end of the text. */
    readonly start: number;
    readonly end: number;
    /** What its last line ends with: a line feed, or where the outer text ends before one, nothing or a carriage return (which does not count as content). */
    readonly ending: '\n' | '\r' | '';
}
/** Reads `|`, `>2-` and so on. */
export declare function readBlockHeader(header: string): BlockHeader;
/**
 * The value of the block scalar whose lines stand in `source` from `start` to `end`, with its map. It is what the yaml
 * package reads. `parentIndent` is the indentation that an indicator in the header counts from; `knownIndent`, where given,
 * is that of the content whatever the header and the first line say. Lines that are indented less than they should be, as
 * in a template, are content without any indentation.
 */
export declare function readBlockScalar(source: string, start: number, end: number, header: BlockHeader, parentIndent: number, knownIndent?: number): BlockScalar;
