import type { TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import type { BlockHeader } from './block-scalar.js';
import type { FlowStyle } from './flow-scalar.js';
import type { MappedText } from './offset-map.js';
/** A text that stands in a file: the whole of it, or a value in it, at any depth. */
export interface InnerText {
    readonly text: string;
    /** The range of the file that a range of the text came from. A unit that stands for several (an escape, folded line breaks) is taken whole; an empty range becomes the place where an insertion belongs. RangeError outside of the text. */
    toOuter(inner: Range): Range;
    /** Edits of the file that make the text exactly `applyEdits(text, edits)` (where a chart makes the text: but for its layout) and leave every byte outside of it alone; null where the style of the value cannot say it. RangeError when the edits overlap or leave the text. */
    toOuterEdits(edits: readonly TextEdit[]): TextEdit[] | null;
}
/** A text in which others stand. */
export interface HostText extends InnerText {
    /** How its lines end: what an edit writes for a line break. */
    lineEnding(): '\n' | '\r\n';
}
/** The file itself. */
export declare function fileText(text: string): HostText;
/** Where a scalar stands in the text around it, and in which style: what it takes to read it. */
export type ScalarPlace = {
    readonly style: FlowStyle;
    readonly start: number;
    readonly end: number;
} | {
    readonly style: 'block';
    /** Offset of `|` or `>`. */
    readonly start: number;
    /** The lines of content. */
    readonly lines: Range;
    readonly header: BlockHeader;
    /** The indentation that an indicator in the header counts from. */
    readonly parentIndent: number;
    /** The indentation of the content where its first line does not show it, as in a template. */
    readonly indent?: number;
};
/** A scalar inside of `host`. `text` is its value where a parser has read it already; its map is built when first asked for. */
export declare function scalarText(host: HostText, place: ScalarPlace, text?: string): HostText;
/** The stretch of `host` that stands there as it is. */
export declare function sliceText(host: HostText, { start, end }: Range): HostText;
/** A value as it was read: its text with a map, and what its edits are in the text around it (null where it cannot be said there). */
export interface ReadValue {
    readonly mapped: MappedText;
    readonly edit: (edits: readonly TextEdit[]) => TextEdit[] | null;
}
/** A value inside of `host` that `read` reads when its map is first asked for; `text` where it is known already. */
export declare function mappedText(host: HostText, read: () => ReadValue, text?: string): HostText;
