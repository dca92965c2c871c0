import type { Range } from '../text/range.js';
/**
 * A value of a YAML or JSON document with its place in the file. Aliases and merge keys are followed. Nothing is read before it is
 * asked for, and of one document no more values are read than it has characters: behind that everything is missing, so that aliases
 * cannot make a small file large.
 */
export interface ManifestValue {
    /** Of the value itself; of an alias the place of what it stands for. */
    readonly range: Range;
    /** The text of a string, or how a number or boolean is written; undefined for null, maps and lists. */
    readonly text: string | undefined;
    /** Undefined for what is no number. */
    readonly number: number | undefined;
    /** Undefined for what is neither true nor false. */
    readonly boolean: boolean | undefined;
    /** The value under a key of a map; undefined where there is none, or null. */
    get(key: string): ManifestValue | undefined;
    /** The pairs of a map in the order of the file, of equal keys the last; none for what is no map. */
    entries(): readonly ManifestEntry[];
    /** The items of a list; none for what is no list. */
    items(): readonly ManifestValue[];
    /** The values of the documents in a string that is YAML itself, as in Talos' `inlineManifests`; none for others. */
    documents(): readonly ManifestValue[];
}
/** A pair of a map. */
export interface ManifestEntry {
    readonly key: string;
    /** Where the key stands. */
    readonly keyRange: Range;
    readonly value: ManifestValue;
}
/** The values of the documents in a stretch of a text that are not null; none where the stretch is not YAML, as a template is not. */
export declare function manifestValues(text: string, range: Range): readonly ManifestValue[];
