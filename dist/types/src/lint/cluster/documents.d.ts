import type { manifestValues } from '../../embed/manifest-value.js';
import type { Range } from '../../text/range.js';
import type { CorefileUnit, InputFile } from '../workspace.js';
import type { ClusterObject } from './objects.js';
/** What reads the values of YAML; it is large, and comes from whoever has loaded it. */
export type ReadValues = typeof manifestValues;
/** A document of a file that names the kinds of objects, and is not parsed before somebody asks for one of them. */
export interface ObjectDocument {
    readonly path: string;
    readonly text: string;
    readonly range: Range;
    /** All words behind a `kind:`, those of lists and of what only looks like an object among them. */
    readonly kinds: ReadonlySet<string>;
}
/** The documents of the files that name a kind of object, but those that hold nothing but a ConfigMap whose Corefile was found already. */
export declare function objectDocuments(files: readonly InputFile[], units: readonly CorefileUnit[]): readonly ObjectDocument[];
/** Reads objects out of documents, each document once and when first asked for. */
export declare class ObjectReader {
    #private;
    constructor(documents: readonly ObjectDocument[], readValues: ReadValues);
    /** The objects of a kind, in the order of the files; where `words` are given, of documents alone in which they stand. */
    ofKind(kind: string, words?: RegExp): ClusterObject[];
}
