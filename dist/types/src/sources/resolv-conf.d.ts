import type { Placed, SourceBase, SourceText } from './source.js';
/** A resolv.conf as the C libraries read it. */
export interface ResolvConf extends SourceBase {
    readonly kind: 'resolv-conf';
    /** All of them; glibc and musl use the first three. */
    readonly nameservers: readonly Placed[];
    /** The search list that counts: of the last `search` or `domain`. */
    readonly search: readonly Placed[];
    readonly options: readonly ResolvOption[];
    /** `options ndots`, 1 when not set, at most 15. */
    readonly ndots: number;
}
/** A word behind `options`: `ndots:5`, `edns0`. */
export interface ResolvOption {
    readonly name: string;
    readonly value: string | undefined;
    readonly at: Placed;
}
/** Reads a resolv.conf; lines with other keywords than it has are in `notUnderstood`. */
export declare function readResolvConf(source: SourceText): ResolvConf;
