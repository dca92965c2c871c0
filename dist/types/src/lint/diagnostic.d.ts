import type { TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
/** Blast radius: `error` all or all external names fail, `warning` some names or the next restart, `info` worth knowing. */
export type Severity = 'error' | 'warning' | 'info';
/** What the thing found does: keeps CoreDNS from starting, answers otherwise than meant, or neither. */
export type Effect = 'refused' | 'misbehaves' | 'hygiene';
/** A further place that explains a finding. */
export interface Related {
    readonly message: string;
    readonly path: string;
    readonly range: Range;
    /** True for a place in what is no file of anybody's, such as the Corefile that a platform installs; `path` says what it is. */
    readonly isInNoFile?: true;
}
/** `safe`: the answers stay, or the old text was refused. `unsafe`: answers change, so a person must agree. */
export type Safety = 'safe' | 'unsafe';
/** Edits of the outer file, sorted, that mend a finding. */
export interface Fix {
    readonly title: string;
    readonly safety: Safety;
    readonly edits: readonly TextEdit[];
}
/** Releases from the first through the last, of those that were judged. */
export interface ReleaseSpan {
    readonly from: string;
    readonly to: string;
}
/** One finding at an exact place of the file that a person edits. */
export interface Diagnostic {
    readonly ruleId: string;
    readonly severity: Severity;
    readonly effect: Effect;
    /** What is wrong, why it matters, what to do: one line. */
    readonly message: string;
    readonly path: string;
    readonly range: Range;
    /** The template that the place was made from, as `helm template` names it: the file to edit. Missing for all other places. */
    readonly madeFrom?: string;
    readonly related: readonly Related[];
    /** What to do where no edit can be offered, or what else is worth knowing. */
    readonly help: string | null;
    readonly url: string;
    readonly fix: Fix | null;
    /** The releases it holds for, null when it holds for all that were judged. */
    readonly releases: readonly ReleaseSpan[] | null;
}
/** Most severe first. */
export declare const SEVERITIES: readonly Severity[];
/** Most harmful first. */
export declare const EFFECTS: readonly Effect[];
/** True when `severity` is at least as grave as `threshold`. */
export declare function reaches(severity: Severity, threshold: Severity): boolean;
