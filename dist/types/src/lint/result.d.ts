import type { Range } from '../text/range.js';
import type { VerdictKind } from '../verdict/reason.js';
import type { Diagnostic } from './diagnostic.js';
/** The release that a Corefile was judged by, and who said so. */
export interface Target {
    /** The newest of `releases`. */
    readonly coredns: string;
    /** All releases judged, oldest first. */
    readonly releases: readonly string[];
    /** `official`, `node-cache`, a tag of that, or `custom`. */
    readonly build: string;
    /** `flag`, `config`, `image PATH:LINE`, `add-on PATH:LINE`, or `assumed`; where several images count, `image PATH:LINE and PATH:LINE`. */
    readonly from: string;
}
/** One Corefile that was found, wherever it lives. */
export interface CorefileResult {
    readonly name: string;
    readonly kind: string;
    /** Where it stands in the outer file. */
    readonly range: Range;
    readonly target: Target;
    readonly verdict: VerdictKind;
    /** What must be true outside of the text for an accepted one. */
    readonly assumes: readonly string[];
    /** Why nobody can say, for an unknown one. */
    readonly unknown: readonly string[];
    /** The releases that refuse it, oldest first. */
    readonly refusedBy: readonly string[];
}
/** A finding that a comment asks not to show. */
export interface Suppressed {
    readonly diagnostic: Diagnostic;
    /** What stands behind `--` in the comment, empty when nothing does. */
    readonly reason: string;
}
/** A file that was looked at. */
export interface FileResult {
    /** As the user gave it, or from the directory given, with `/`. */
    readonly path: string;
    /** The text that ranges point into. */
    readonly text: string;
    readonly corefiles: readonly CorefileResult[];
    /** Objects without a Corefile that rules looked at, by their names; missing where there are none. */
    readonly objects?: readonly string[];
    /** Sorted by place, then severity, then rule id. */
    readonly findings: readonly Diagnostic[];
    readonly suppressed: readonly Suppressed[];
    /** What could not be checked, a sentence each, with the place where there is one. */
    readonly unchecked: readonly {
        readonly message: string;
        readonly range: Range | null;
    }[];
    /** True where it is as in the commit that findings are compared with; what could not be checked in it is not told again. */
    readonly isUnchanged?: boolean;
    /** Arguments that the grammar marks as secret, sorted; reports show `***` in their place. */
    readonly secrets?: readonly Range[];
}
/** A file that could not be read at all. */
export interface Unreadable {
    readonly path: string;
    /** Why, in the words of a person: "no such file". */
    readonly message: string;
}
/** What one run of lint found. */
export interface LintResult {
    readonly files: readonly FileResult[];
    readonly unreadable: readonly Unreadable[];
    readonly summary: Summary;
    /** What findings point into and is no file that was checked: the Corefile of a platform, manifests around a Corefile. */
    readonly texts?: ReadonlyMap<string, string>;
    /** Findings left out because they were there before; missing where nobody asked for that. */
    readonly hidden?: readonly Hidden[];
}
/** How many findings are left out, and what has them: a baseline file, or a commit. Verdicts do not change by it. */
export interface Hidden {
    readonly count: number;
    readonly by: 'baseline' | 'commit';
    /** The path of the baseline as it was given, or what people call the commit. */
    readonly name: string;
}
export interface Summary {
    /** Files that hold a Corefile. */
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    /** Findings with a fix, safe or not. */
    readonly fixable: number;
    /** Corefiles that a judged release would refuse, suppressed findings included. */
    readonly refused: number;
}
/** What fixing would do, or did, to one file. */
export interface FixedFile {
    readonly path: string;
    readonly before: string;
    readonly after: string;
    /** Titles of the fixes applied, round by round, in the order of their places. */
    readonly applied: readonly string[];
}
