import type { Decider, Decision, Step } from './decision.js';
import type { Outcome } from './outcome.js';
import type { Probe } from './probes.js';
import type { Query } from './query.js';
/** One question that two configurations answer differently. */
export interface Difference {
    readonly probe: Probe;
    readonly old: Decision;
    readonly new: Decision;
}
/** A difference that lies in the nature of the two programs, by its code: `D-POLICY`. */
export interface DeclaredDifference extends Difference {
    readonly code: string;
    /** What differs, one sentence without a full stop. */
    readonly reason: string;
}
/** A difference that somebody wrote down as meant. */
export interface ExpectedDifference extends Difference {
    /** Why, in their words; empty where they gave none. */
    readonly reason: string;
}
/** A question that nobody can compare, as one of the answers is not known. */
export interface Unproved {
    readonly probe: Probe;
    readonly query: Query;
    readonly reason: string;
}
/** What comparing two configurations gave. */
export interface Comparison {
    readonly probes: number;
    readonly equal: number;
    readonly declared: readonly DeclaredDifference[];
    readonly expected: readonly ExpectedDifference[];
    readonly undeclared: readonly Difference[];
    readonly unproved: readonly Unproved[];
}
/** What counts as no surprise. */
export interface CompareOptions {
    /** The code of a difference that lies in the nature of the two programs; null for every other one. */
    readonly declare?: (difference: Difference) => {
        readonly code: string;
        readonly reason: string;
    } | null;
    /** Why a difference is meant; null for one that is not. */
    readonly expect?: (difference: Difference) => {
        readonly reason: string;
    } | null;
    /** Whether two decisions about one query come out of equal text, so that their answers are equal even where nobody knows them. */
    readonly isSameText?: (old: Decision, later: Decision) => boolean;
    /** Called with the number of questions asked, for long work. */
    readonly onProgress?: (asked: number) => void;
}
/** Asks both the same questions and sorts what they answer. Keeps only what differs. */
export declare function compare(old: Decider, later: Decider, probes: Iterable<Probe>, { declare, expect, isSameText, onProgress }?: CompareOptions): Comparison;
/** The outcome of a query alone, which many servers have for less than the whole decision. */
export declare function outcomeOf(decider: Decider, query: Query): Outcome;
/** The step that answered; null where none did. */
export declare function answering({ path }: Decision): Step | null;
