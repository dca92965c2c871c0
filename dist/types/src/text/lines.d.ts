/** A place for people: 1-based line, 1-based column in UTF-16 code units (or in UTF-8 bytes where a function says so). */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/**
 * Lines and columns of one text. Nothing is computed before the first question, which costs one pass over the text; every
 * later one is a binary search. Only `\n` ends a line, as for Go's lexers; a `\r` before it belongs to the line break, a lone
 * one to the line. A text that ends with a line break has an empty last line.
 */
export declare class LineIndex {
    #private;
    readonly text: string;
    constructor(text: string);
    /** Number of lines, at least 1. */
    get lineCount(): number;
    /** Line and UTF-16 column of `offset`, which may be the end of the text. RangeError outside of the text. */
    positionAt(offset: number): Position;
    /** Line and UTF-8 byte column of `offset`, as rdjson wants it. RangeError outside of the text. */
    bytePositionAt(offset: number): Position;
    /** Offset of the first unit of a line (1-based). RangeError when there is no such line. */
    lineStart(line: number): number;
    /** Offset behind the last unit of a line (1-based), before its line break. RangeError when there is no such line. */
    lineEnd(line: number): number;
    /** A line (1-based) without its line break. RangeError when there is no such line. */
    lineText(line: number): string;
    /** Offset of a line and UTF-16 column (both 1-based); a column behind the end of its line means that end. RangeError when there is no such line. */
    offsetAt(line: number, column: number): number;
}
