import type { Vocabulary } from './decision.js';
import { type Query } from './query.js';
/** A query, and what it stands for. */
export interface Probe {
    readonly query: Query;
    /** `itself`: the name alone. `below`: every name under `of` that no configuration mentions. `beside`: a spelling or neighbour that must not be confused with it. */
    readonly kind: 'itself' | 'below' | 'beside';
    readonly of: string;
}
/** What is left out where there are very many names: each is asked for the types of its own records, not all of them in full. */
export interface Reduced {
    /** Questions that asking everything in full would take, about. */
    readonly whole: number;
    /** Names, domains and addresses. */
    readonly names: number;
    /** Those of them that are asked for all types, with what lies below and beside them. */
    readonly inFull: number;
}
/**
 * A finite set of queries that decides whether two configurations answer alike: both depend on a name only through equality with the
 * names that they mention, through the domains that it lies in, through the number of its labels there and through the address in a
 * reverse name. They are made anew each time that somebody goes through them, so that nobody need keep them.
 */
export declare class Probes implements Iterable<Probe> {
    #private;
    /** Null where all names are asked in full. */
    readonly reduced: Reduced | null;
    constructor(vocabularies: readonly Vocabulary[]);
    /** How many questions there are. */
    get count(): number;
    [Symbol.iterator](): Generator<Probe>;
}
/** The queries that decide whether configurations with these vocabularies answer alike. */
export declare function probesOf(vocabularies: readonly Vocabulary[]): Probes;
