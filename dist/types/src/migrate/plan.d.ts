import type { UpstreamPolicy } from '../resolver/outcome.js';
import type { Range } from '../text/range.js';
import type { Widening } from './workloads/widening.js';
/** A place in a source, with its text in short. */
export interface ItemSource {
    readonly path: string;
    readonly range: Range;
    readonly text: string;
}
/** How well something is expressed: the same answers, answers that differ in a way that is said, or not at all. */
export type Fidelity = 'exact' | 'differs' | 'untranslatable';
/** One thing that a source says, and what became of it. Every thing of a source is one item, once. */
export interface Item {
    readonly source: ItemSource;
    readonly fidelity: Fidelity;
    /** The codes of the differences (`D-POLICY`), empty for `exact`. */
    readonly codes: readonly string[];
    /** What became of it, or why nothing, in a sentence without a full stop. */
    readonly note: string;
    /** What a person should look at before rolling out; null for nothing. */
    readonly check: string | null;
    /** Of an alias whose name moves: what that means to pods without it. */
    readonly widening?: Widening;
}
/** What `--accept` takes: the codes of conflicts, and `CODE=CHOICE` for the other answer to one. */
export declare const ACCEPTED_WORDS: readonly ['alias-conflict', 'corefile-has-deeper-zone', 'dnsmasq-refuses-option', 'etcd-version-2', 'hosts-ends-search', 'import-may-hold-hosts', 'kubedns-among-others', 'node-local-dns-stubs', 'server-by-name', 'stub-is-cluster-domain', 'upstreams-differ', 'views-come-first', 'widening', 'widening=stay', 'zones-not-known'];
/** Two readings between which a person has to decide. */
export interface Conflict {
    /** Kebab-case, what `--accept` takes: `stub-is-cluster-domain`. */
    readonly code: string;
    /** What stands against what, in a sentence without a full stop. */
    readonly message: string;
    readonly places: readonly ItemSource[];
    readonly choices: readonly {
        /** The word behind `--accept`: the code alone, or `CODE=CHOICE`. */
        readonly accept: string;
        readonly effect: string;
    }[];
}
/** The names of Services and pods. */
export interface ClusterFact {
    readonly kind: 'cluster';
    /** Without a final dot. */
    readonly domain: string;
    /** Reverse zones that the cluster is asked for, as they stand on the `kubernetes` line. */
    readonly reverseZones: readonly string[];
    /** Whether reverse names that the cluster does not know are asked of somebody else. */
    readonly reverseFallsThrough: boolean;
    /** Lines inside `kubernetes` besides those that every result has: `endpoint URL`. */
    readonly lines: readonly string[];
    readonly items: readonly Item[];
}
/** Whom names are asked of. */
export interface ForwardFact {
    readonly kind: 'forward';
    /** Keys of the server block: `.`, zones, or networks in CIDR form. */
    readonly zones: readonly string[];
    /** As behind `forward .`: `10.0.0.1:53`, `tls://..`, `/etc/resolv.conf`; `default` stands for those of `.`. */
    readonly to: readonly string[] | 'default';
    readonly policy: UpstreamPolicy;
    /** Lines inside `forward`: `failover SERVFAIL REFUSED`. */
    readonly lines: readonly string[];
    /** An expression of `view` that the query must meet, for names that no zone describes; null for every query. */
    readonly view: {
        readonly name: string;
        readonly expression: string;
        readonly covers: 'single-label';
    } | null;
    readonly items: readonly Item[];
}
/** A domain whose names are not asked of anybody: those that no other fact knows do not exist. */
export interface DenyFact {
    readonly kind: 'deny';
    readonly domain: string;
    /** Whether the ancestors of known names in it exist, without data. */
    readonly hasEmptyNonTerminals: boolean;
    readonly items: readonly Item[];
}
/** A domain whose names, its own and all below, have given addresses. */
export interface AddressFact {
    readonly kind: 'address';
    /** `.` for every name. */
    readonly domain: string;
    readonly ipv4: readonly string[];
    readonly ipv6: readonly string[];
    /** What other types give: nothing (`nodata`), or what the upstream says, its NXDOMAIN as no data (`upstream`). */
    readonly otherTypes: 'nodata' | 'upstream';
    /** Seconds. */
    readonly ttl: number;
    readonly items: readonly Item[];
}
/** Names with an address, in both directions. */
export interface HostFact {
    readonly kind: 'host';
    readonly address: string;
    readonly names: readonly string[];
    /** Whether a server answers the reverse name today as well, and not only a file of the client. */
    readonly hasReverse: boolean;
    /** A comment for the line, without `#`; null for none. */
    readonly comment: string | null;
    readonly items: readonly Item[];
}
/** A word of a record as it is; a name, fully qualified or not; or a string of any characters, which stands in quotes. */
export type RdataPart = string | {
    readonly name: string;
} | {
    readonly text: string;
};
/** One record of one name, of that type alone. */
export interface RecordFact {
    readonly kind: 'record';
    /** Fully qualified, in lower case. */
    readonly name: string;
    /** The query type it answers; `ANY` for an alias, which answers every type. */
    readonly type: string;
    /** What stands behind `IN` in the answer, word by word: `MX`, `10`, the name `mail.test`. */
    readonly rdata: readonly RdataPart[];
    /** Seconds. */
    readonly ttl: number;
    readonly items: readonly Item[];
}
/** Names of a pattern that get one answer, for the rest of what sources can say. */
export interface TemplateFact {
    readonly kind: 'template';
    /** The zone whose block gets it, or `*` for every block that asks upstreams. */
    readonly zone: string;
    /** What it answers and what must be answered before it where it is known: names without a dot, reverse names, or all names of a family. */
    readonly covers: 'single-label' | 'reverse' | 'A' | 'AAAA' | null;
    /** False where the names above known ones do not exist either; of names without a dot. */
    readonly hasEmptyNonTerminals?: boolean;
    /** Run first to last among all templates of a block; records of exact names are at 0, address domains at 10 and above, denials at 90. */
    readonly rank: number;
    /** The lines of the directive from `template ..` to `}`, unindented outside. */
    readonly lines: readonly string[];
    readonly items: readonly Item[];
}
/** A whole line of a server block, for what is a property of the server: `log`, `bufsize 1232`. */
export interface DirectiveFact {
    readonly kind: 'directive';
    /** The zone whose block gets it, or `*` for every block that answers. */
    readonly zone: string;
    readonly plugin: string;
    readonly lines: readonly string[];
    readonly items: readonly Item[];
}
/** A zone that one plugin answers in a block of its own: `etcd`. */
export interface ZoneFact {
    readonly kind: 'zone';
    readonly zone: string;
    readonly plugin: string;
    readonly lines: readonly string[];
    readonly items: readonly Item[];
}
/** The reverse names of private addresses, of which those that no other fact knows do not exist. */
export interface PrivateReverseFact {
    readonly kind: 'private-reverse';
    readonly items: readonly Item[];
}
/** A property of the whole server that a Corefile has in its keys or in directives which other facts make; by itself it writes nothing. */
export interface SettingFact {
    readonly kind: 'setting';
    readonly setting: 'port' | 'bind' | 'no-cache' | 'hosts-ttl' | 'limit' | 'order' | 'no-resolver';
    readonly items: readonly Item[];
}
export type Fact = ClusterFact | ForwardFact | DenyFact | AddressFact | HostFact | RecordFact | TemplateFact | DirectiveFact | PrivateReverseFact | ZoneFact | SettingFact;
/** How answers are kept, for every block; null where nothing is. */
export interface CachePlan {
    /** Seconds, `cache N`. */
    readonly seconds: number;
    /** Lines inside: `disable denial`. */
    readonly lines: readonly string[];
    readonly items: readonly Item[];
    /** Those of the items that say the seconds. */
    readonly secondsItems: readonly Item[];
}
/** What sources say together, before it is known where in which Corefile it goes. */
export interface Plan {
    readonly facts: readonly Fact[];
    readonly cache: CachePlan | null;
    /** Seconds for answers from `hosts`. */
    readonly hostsTtl: number;
    /** Port of every block; null where no source says, then that of the Corefile it goes into, else 53. */
    readonly port: number | null;
    /** Addresses to listen on, empty for all. */
    readonly bind: readonly string[];
    /** Whether answers with several addresses are rotated. */
    readonly rotates: boolean;
    /** True where the server runs in a cluster: it then serves health, readiness and metrics. */
    readonly isCluster: boolean;
    readonly items: readonly Item[];
    readonly conflicts: readonly Conflict[];
}
/** A line of the result and the items that it expresses. */
export interface ResultLine {
    readonly text: string;
    readonly items: readonly Item[];
}
