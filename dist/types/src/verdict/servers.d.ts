import type { Configuration, Key, ServerBlock } from '../expand/configuration.js';
import { type ZoneKey } from '../values/zone.js';
import type { Reason } from './reason.js';
/** One zone that a server block serves, and the listener it is served on. */
export interface Served {
    readonly block: ServerBlock;
    readonly key: Key;
    /** Fully qualified, as the release compares it with a query: lower case since 1.14.7. */
    readonly zone: string;
    /** Decimal. */
    readonly port: string;
    readonly transport: ZoneKey['transport'];
    /** The addresses of `bind` as written; none means all. Names of interfaces stay names. */
    readonly hosts: readonly string[];
    /**
     * ListenHosts: one empty text for every address of the machine, interfaces replaced by their addresses where these are the same on
     * every machine; null where a word of `bind` is not known.
     */
    readonly addresses: readonly string[] | null;
    readonly hasView: boolean;
}
/** What core/dnsserver calls a Config: a zone of a block, and where it listens as far as that is known. */
export interface Site {
    readonly served: Served;
    /** Whether it is the first zone of its block, for which alone plugins are set up since 1.8.5. */
    readonly isFirst: boolean;
}
/** The zones of all server blocks and what CoreDNS refuses about them. */
export interface Servers {
    readonly served: readonly Served[];
    /** Faults that InspectServerBlocks finds before any plugin is set up. */
    readonly keyReasons: readonly Reason[];
    /** Faults that MakeServers finds behind the set-up of the plugins. */
    readonly serverReasons: readonly Reason[];
    /** Faults that show when the servers and the plugins begin to listen. */
    readonly startReasons: readonly Reason[];
}
/** Reads the addresses of every server block as core/dnsserver/register.go does; keys that are not known are left out. */
export declare function readServers(configuration: Configuration, release: string): Servers;
/** The zones a block serves as plugins see them (plugin.OriginsFromArgsOrServerBlock); null where a key is not known. */
export declare function zonesOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null;
/** The transport of each of `zonesOfBlock`; null where a key is not known. */
export declare function transportsOfBlock(block: ServerBlock, served: readonly Served[]): string[] | null;
/** Those of one block, in the order of its keys; the list is gone through once for all blocks. */
export declare function servedByBlock(served: readonly Served[], block: ServerBlock): readonly Served[];
