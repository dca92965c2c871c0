import type { Vocabulary } from './decision.js';
import { type Query } from './query.js';
/** A query, and what it stands for. */
export interface Probe {
    readonly query: Query;
    /** `itself`: the name alone. `below`: every name under `of` that no configuration mentions. `beside`: a spelling or neighbour that must not be confused with it. */
    readonly kind: 'itself' | 'below' | 'beside';
    readonly of: string;
}
/** Queries that tell two configurations apart, and whether names were so many that some of them are asked less. */
export interface Probes {
    readonly probes: readonly Probe[];
    readonly reduced: boolean;
}
/**
 * A finite set of queries that decides whether two configurations answer alike: both depend on a name only through equality with the
 * names that they mention, through the domains that it lies in, through the number of its labels there and through the address in a
 * reverse name. Linear in the number of names.
 */
export declare function probesOf(vocabularies: readonly Vocabulary[]): Probes;
