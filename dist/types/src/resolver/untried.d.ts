import type { Vocabulary } from './decision.js';
import type { Probe } from './probes.js';
/** A pattern of one configuration alone that no question was asked about: what it does is not compared. */
export interface Untried {
    readonly pattern: string;
    /** One sentence without a full stop. */
    readonly reason: string;
}
/** The patterns that only one of two configurations has and for which neither a name was found nor one of `more` was asked. */
export declare function untriedPatterns(old: Vocabulary, later: Vocabulary, more?: readonly Probe[]): Untried[];
