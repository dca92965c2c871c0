import type { Range } from '../text/range.js';
/**
 * Which units of a text (inner) came from which units of the text around it (outer). Segments stand in the order of both
 * texts; between two of them the outer text may have a gap that means nothing: indentation, an escaped line break.
 * Typed arrays, four numbers a segment: a value of megabytes is fine.
 */
export declare class OffsetMap {
    #private;
    /** Number of units of the inner text. */
    readonly length: number;
    constructor(length: number, origin: number, inner: Int32Array, outer: Int32Array, outerEnd: Int32Array, kind: Uint8Array);
    /** The outer range that an inner range came from; a unit that stands for several is taken whole. An empty range is the place before the unit that follows, at the end of the text behind the last one. RangeError outside of the text. */
    toOuter(range: Range): Range;
    /** Outer offset behind the unit at `inner`; where the content begins when `inner` is before the first. */
    endOf(inner: number): number;
    /** The inner units that belong together with the one at `inner`: itself, or all that one escape or fold stands for. */
    unitAt(inner: number): Range;
    /** True when the unit at `inner` stands in the outer text as it is. */
    isCopied(inner: number): boolean;
    /** True when the unit at `inner` came from folded line breaks. */
    isFolded(inner: number): boolean;
}
/** A text read out of another one, with the map between their offsets. */
export interface MappedText {
    readonly text: string;
    readonly map: OffsetMap;
}
/** Builds a text and its map from left to right out of an outer text. */
export declare class MappedTextBuilder {
    #private;
    /** `origin` is the outer offset at which content begins, also when there is none. */
    constructor(source: string, origin: number);
    /** Outer units that mean themselves. */
    copy(outerStart: number, outerEnd: number): void;
    /** Outer units that are another way of writing `text`, which is not empty. */
    write(text: string, outerStart: number, outerEnd: number): void;
    /** Outer line breaks, with the blanks around them, that fold to `text`, which is not empty. */
    fold(text: string, outerStart: number, outerEnd: number): void;
    build(): MappedText;
}
