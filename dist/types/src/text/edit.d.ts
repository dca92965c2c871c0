import type { Range } from './range.js';
/** Put `text` in the place of the units from `start` to `end`; an insertion when both are the same. */
export interface TextEdit extends Range {
    readonly text: string;
}
/**
 * The text after all edits, whose offsets mean the text before any of them; their order does not matter, except that
 * insertions at the same place stay in the order given. Linear in the text and, when they come sorted, in the edits.
 * RangeError when an edit leaves the text or two overlap.
 */
export declare function applyEdits(text: string, edits: readonly TextEdit[]): string;
/**
 * The edits by position, insertions before the replacement that starts at the same place, otherwise in the order given.
 * RangeError when one runs backwards or leaves a text of `length` units, or two overlap.
 */
export declare function sortEdits(edits: readonly TextEdit[], length?: number): readonly TextEdit[];
/**
 * True when two edits by different authors cannot both be made: they share a unit, one inserts inside of what the other
 * replaces, or both insert at the same place (their order would be a guess). Edits that only touch do not overlap.
 */
export declare function editsOverlap(a: Range, b: Range): boolean;
/**
 * Edits by several authors (fixes), taken whole or not at all: who comes first is served first, and whoever overlaps
 * with what was taken is refused and has to wait for the next round. Cheap when authors come in the order of the text.
 */
export declare class EditSet {
    #private;
    /** All edits taken so far, sorted, without overlaps. */
    get edits(): readonly TextEdit[];
    /** Takes all edits of one author, or none (and says false) when one of them overlaps with those taken. RangeError when the author's own edits overlap. */
    add(edits: readonly TextEdit[]): boolean;
}
/** The line break that most lines of the text end with; `\n` when there is none or as many of each. */
export declare function dominantLineEnding(text: string): '\n' | '\r\n';
