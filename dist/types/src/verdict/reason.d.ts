import type { ReasonKind as SetupReasonKind } from '../../grammar/setup.js';
import type { ProblemKind } from '../expand/configuration.js';
import type { Place } from '../expand/token-view.js';
/** What is wrong with the addresses of the server blocks taken together (core/dnsserver/register.go, address.go). */
export type ServerReasonKind = 'invalid-key' | 'duplicate-zone' | 'zone-overlap'
/** A port that no socket can have. */
 | 'invalid-port' | 'tls-missing'
/** Blocks that share a listener and want different TLS there. */
 | 'tls-conflict'
/** Two sockets of the same program at one address. */
 | 'address-in-use' | 'file-missing';
export type ReasonKind = ProblemKind | SetupReasonKind | ServerReasonKind;
/** When CoreDNS finds out; it stops at the first, in this order. */
export type Stage = 'syntax' | 'keys' | 'setup' | 'servers' | 'start';
/** One thing for which CoreDNS would refuse to start. */
export interface Reason {
    readonly kind: ReasonKind;
    readonly stage: Stage;
    /** Where it stands. */
    readonly at: Place;
    /** The plugin whose setup refuses, else null. */
    readonly plugin: string | null;
    /** The property of the plugin, else null. */
    readonly property: string | null;
    /** The word, directive, pattern or zone it is about, as CoreDNS reads it. */
    readonly subject: string;
    /** Completes "expected ...", or null. */
    readonly expected: string | null;
    /** CoreDNS's own words as far as they help, or null. */
    readonly message: string | null;
    /** Another place that belongs to it: the first of two equal zones. */
    readonly other: Place | null;
}
export type VerdictKind = 'accepted' | 'refused' | 'unknown';
/** Whether one release would start with a configuration. */
export interface Verdict {
    readonly kind: VerdictKind;
    /** The release judged. */
    readonly release: string;
    /** Why it refuses, in the order in which CoreDNS would find out. */
    readonly reasons: readonly Reason[];
    /** What must be true outside of the text: "file /etc/coredns/db.example exists". Sorted, each once. */
    readonly assumes: readonly string[];
    /** Why nobody can say: "variable UPSTREAM is not given". Sorted, each once. */
    readonly unknown: readonly string[];
}
