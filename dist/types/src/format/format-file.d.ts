import { type TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import { type Untouched } from './format-text.js';
/** A text for CoreDNS in a file: all of it, or a value in it. */
export interface TextInFile {
    /** For people: the path, or `kube-system/coredns Corefile`. */
    readonly name: string;
    readonly text: string;
    /** Where it stands in the file. */
    readonly range: Range;
    /** True for directives that stand in a server block of another file. */
    readonly isFragment: boolean;
    /** How it was found in the file, null for a whole file. */
    readonly embedded: {
        readonly found: 'parsed' | 'recovered' | 'rendered';
    } | null;
    toOuter(range: Range): Range;
    /** Null where the file cannot express the edits. */
    toOuterEdits(edits: readonly TextEdit[]): readonly TextEdit[] | null;
}
/** A text that was left as it is. */
export interface UntouchedText {
    readonly name: string;
    /** Why; `embedding`: the style of the value that holds it cannot express the layout; `file`: the file around it is broken. */
    readonly reason: Untouched | 'embedding' | 'file';
    /** One sentence without a full stop. */
    readonly message: string;
    /** The place in the file to look at. */
    readonly range: Range;
}
/** A file in its canonical layout. */
export interface FormatResult {
    /** The file with its texts laid out; equal to what it was where nothing is to change. */
    readonly text: string;
    /** What makes the one of the other, in order. */
    readonly edits: readonly TextEdit[];
    /** How many texts for CoreDNS the file holds. */
    readonly corefiles: number;
    readonly untouched: readonly UntouchedText[];
}
/**
 * Lays out every text for CoreDNS in a file and leaves every byte around them alone; `find` finds these texts in a version of the file.
 * What cannot be laid out is left as it is, with the reason. Never throws for any text.
 */
export declare function formatFile(text: string, find: (text: string) => Promise<readonly TextInFile[]>): Promise<FormatResult>;
