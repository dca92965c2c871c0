import type { FilePlace } from '../text/range.js';
import { type Difference } from './compare.js';
import type { Step } from './decision.js';
import type { Probe } from './probes.js';
/** An answer before and the one now, and how often. */
export interface Change {
    readonly old: string;
    readonly new: string;
    readonly count: number;
}
/** Differences with one cause: a line that is new, one that is gone, or the place that answers now. */
export interface Cause {
    /** The most frequent answer before. */
    readonly old: string;
    /** The most frequent answer now. */
    readonly new: string;
    /** All pairs of answers, the most frequent first, those without data last. */
    readonly changes: readonly Change[];
    /** What changed, or answers where nobody can say what changed. */
    readonly step: Step | null;
    /** The configuration that the step is of. */
    readonly side: Side;
    /** Whether the line of the step stands in one of the two configurations alone. */
    readonly line: 'new' | 'gone' | null;
    /** How many lines are meant, the one of `step` among them. */
    readonly lines: number;
    readonly differences: readonly Difference[];
}
/** One of the two configurations. */
export type Side = 'old' | 'new';
/** Whether the line at a place of one configuration stands, word for word, in the other one too. */
export interface SharedLines {
    readonly inOld: (place: FilePlace) => boolean;
    readonly inNew: (place: FilePlace) => boolean;
}
/** Groups differences by cause, the largest group first. Linear but for the sorting of the groups. */
export declare function causesOf(differences: readonly Difference[], lines?: SharedLines | null): Cause[];
/** What the differences of a cause are about: domains under which every name is, and names for themselves. */
export interface Scope {
    /** True when every name is meant but those in `except` and `exceptNames`. */
    readonly everything: boolean;
    /** Domains under which all other names answer the same as before; only with `everything`. */
    readonly except: readonly string[];
    /** Names that answer the same as before though others below them do not; only with `everything`. */
    readonly exceptNames: readonly string[];
    /** Domains under which every name is meant. */
    readonly below: readonly string[];
    readonly names: readonly string[];
    /** The types, empty where all of those asked are meant. */
    readonly types: readonly string[];
}
/** Says what differences are about; `probes` are all that were asked. Linear. */
export declare function scopeOf(differences: readonly Pick<Difference, 'probe'>[], probes: Iterable<Probe>): Scope;
