/** A stretch of a text: offsets in UTF-16 code units, `end` exclusive, `start <= end`. An empty range is a place between two units. */
export interface Range {
    readonly start: number;
    readonly end: number;
}
/** True when every unit of `inner` also belongs to `outer`; an empty `inner` may stand at either border. */
export declare function covers(outer: Range, inner: Range): boolean;
/** A place in one of several texts. */
export interface FilePlace {
    readonly path: string;
    /** Offsets in the text of that path. */
    readonly range: Range;
}
