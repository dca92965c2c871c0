import type { ManifestValue } from '../../embed/manifest-value.js';
import type { FilePlace } from '../../text/range.js';
/** What a manifest says, and where it says so. */
export interface Stated<T> extends FilePlace {
    readonly value: T;
}
/** Reads the values of one file as what they say. */
export declare class StatedReader {
    #private;
    constructor(path: string);
    place({ range }: ManifestValue): FilePlace;
    /** A string, or a number or boolean as it is written; null where nothing is said. */
    text(value: ManifestValue | undefined): Stated<string> | null;
    number(value: ManifestValue | undefined): Stated<number> | null;
    boolean(value: ManifestValue | undefined): Stated<boolean> | null;
    /** The strings of a list. */
    texts(value: ManifestValue | undefined): readonly Stated<string>[];
    /** The pairs of a map whose values are strings, or numbers or booleans as they are written. */
    map(value: ManifestValue | undefined): ReadonlyMap<string, Stated<string>>;
}
