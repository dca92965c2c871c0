import type { Embedded } from '../embed/embedded.js';
import type { Corefile } from '../syntax/tree.js';
import type { TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import type { ClusterObjects } from './cluster/cluster.js';
/** A file of the run, as it was read. */
export interface InputFile {
    /** As given, with `/`. */
    readonly path: string;
    readonly text: string;
    /** How to read it; `auto` when missing: by its name, and where that says nothing by its content. */
    readonly as?: 'corefile' | 'fragment' | 'configmap' | 'auto';
}
/** A Corefile of the run: a whole file, or a value inside one. */
export declare class CorefileUnit {
    #private;
    readonly path: string;
    readonly name: string;
    readonly kind: string;
    /** The text as CoreDNS reads it. */
    readonly text: string;
    /** Where it stands in the file. */
    readonly range: Range;
    /** The value it comes from, null for a whole file. */
    readonly embedded: Embedded | null;
    constructor(path: string, text: string, kind: string, embedded: Embedded | null);
    /** True for directives without a server block around them, as in a `*.override`. */
    get isFragment(): boolean;
    /** The tree of the text, parsed when somebody asks. */
    get tree(): Corefile;
    /** Where a range of the text stands in the file. */
    toOuter(range: Range): Range;
    /** Edits of the text as edits of the file; null where the file cannot express them. */
    toOuterEdits(edits: readonly TextEdit[]): readonly TextEdit[] | null;
}
/** All that one run looks at, for rules that look across files. */
export interface Workspace {
    readonly files: readonly InputFile[];
    readonly units: readonly CorefileUnit[];
    /** The objects of Kubernetes in these files, and in those of the run that hold no Corefile and speak of DNS. */
    readonly cluster: ClusterObjects;
}
