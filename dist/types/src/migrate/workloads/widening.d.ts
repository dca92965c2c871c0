import type { Decider } from '../../resolver/decision.js';
import type { Workload } from '../../sources/workload.js';
/** For how many a name changes that CoreDNS begins to answer: for nobody, by a name that they had not, or by another answer than that of the public DNS. */
export type WideningLevel = 'none' | 'new-name' | 'public-name';
/** What moving an alias into CoreDNS means to pods that have no such alias: they find the name too. */
export interface Widening {
    readonly name: string;
    readonly level: WideningLevel;
    /** What those pods get for the name today, in few words; null where nobody knows what answers them. */
    readonly today: string | null;
    /** Workloads of the run that ask CoreDNS and have no such alias: their number, and the names of the first of them. Others may be elsewhere. */
    readonly others: {
        readonly count: number;
        readonly first: readonly string[];
    };
}
/** Who asks a CoreDNS besides the pods with an alias. */
export interface OtherPods {
    /** Every workload of the run whose pods ask CoreDNS, those with aliases among them. */
    readonly all: readonly Workload[];
    /** Whether the run has a whole cluster, so that there are no others. */
    readonly isComplete: boolean;
    /** What pods without an alias get today; null where there is no model of it. */
    readonly today: Decider | null;
}
/** What it means to all others that a name with these addresses, in their shortest form, becomes one of CoreDNS. `owners` have the alias. */
export declare function wideningOf(name: string, addresses: readonly string[], owners: ReadonlySet<Workload>, { all, isComplete, today }: OtherPods): Widening;
/** For people: `3 workloads of this run (Deployment shop/web and 2 more)`, or that there is none among them. */
export declare function othersSummary({ count, first }: Widening['others']): string;
