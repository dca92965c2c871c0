import type { FilePlace } from '../text/range.js';
import type { Outcome } from './outcome.js';
import type { Query } from './query.js';
/** What one plugin, option or file did with a query. */
export interface Step {
    /** The plugin or option: `hosts`, `forward`, `--address`, `/etc/hosts`. */
    readonly plugin: string;
    readonly at: FilePlace | null;
    /** `answered`: its outcome is the one; `passed`: it handed the query on; `changed`: it changed the query or the reply; `not-asked`: the query never came here. */
    readonly role: 'answered' | 'passed' | 'changed' | 'not-asked';
    /** What it did, in words for a person: `fell through: no entry for the name`. */
    readonly did: string;
}
/** Who answers a query, and how it came to that. */
export interface Decision {
    readonly query: Query;
    readonly outcome: Outcome;
    /** What the query went to, as a person knows it: `.:53` and where it is written; null where nothing listens or no block serves the name. */
    readonly block: {
        readonly key: string;
        readonly at: FilePlace;
    } | null;
    readonly listener: string | null;
    /** Plugins in run order; options of dnsmasq in the order in which it looks. */
    readonly path: readonly Step[];
    /** What plugins asked the whole server on the way, such as the targets of CNAMEs, in that order; missing where there was nothing. */
    readonly lookups?: readonly Decision[];
    /** What must be true outside of the configuration for this to hold: `import custom/*.override brings nothing`. */
    readonly assumes: readonly string[];
}
/** A server that can be asked: one of these for each configuration. Pure: the same query gives the same decision. */
export interface Decider {
    /** For people: `CoreDNS 1.15.0`, `dnsmasq 2.90`, `kube-dns 1.14.13`. */
    readonly program: string;
    decide(query: Query): Decision;
    /** The outcome of the same decision without what led to it, for those who ask very much; missing where that costs the same. */
    outcomeOf?(query: Query): Outcome;
    /** Names, domains and addresses that the configuration mentions: what probes are derived from. */
    readonly vocabulary: Vocabulary;
}
/** What a configuration distinguishes names by (migration semantics: probes). Names are fully qualified and in lower case. */
export interface Vocabulary {
    readonly names: ReadonlySet<string>;
    /** The types of the records that a name has; a name that is not in it may be treated unlike others for every type. */
    readonly types?: ReadonlyMap<string, ReadonlySet<string>>;
    /** Zones and domains, under which every name may be treated alike. */
    readonly domains: ReadonlySet<string>;
    readonly addresses: ReadonlySet<string>;
    readonly clusterDomains: ReadonlySet<string>;
    /** Patterns that the configuration matches names against. */
    readonly patterns: readonly Pattern[];
}
/** Something that names are matched against and that is no name or domain. */
export interface Pattern {
    /** As a person wrote it: an expression of Go where there are no names. */
    readonly source: string;
    /** Names that it matches; null for an expression, of which they can be made. */
    readonly names: readonly string[] | null;
    /** The names that come to it lie in one of these. */
    readonly zones: readonly string[];
    /** The words around it, by which it is the same one in another configuration. */
    readonly within: string;
}
