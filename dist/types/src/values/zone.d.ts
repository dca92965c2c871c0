import type { Invalid } from './invalid.js';
import type { Release } from './release.js';
import type { Transport } from './transport.js';
/** What stands before and after the port's colon of a zone: one zone, or several for a network; `port` is empty when not written. */
export interface ZonesAndPort {
    readonly zones: readonly string[];
    readonly port: string;
}
/**
 * plugin/normalize.go `SplitHostPort`: a zone without a scheme, such as `example.org`, `example.org:1053`, `10.0.0.0/24`.
 * Only a number after the last colon is a port, of any size and sign. Zones stay as written: case and final dot are not touched.
 */
export declare function splitZonePort(text: string, release: Release): ZonesAndPort | Invalid;
/**
 * plugin/normalize.go `Host.NormalizeExact` (before 1.8.4 `Host.Normalize`): the zones of a plugin's argument, scheme and port taken off,
 * lower case and fully qualified. None when the word is no zone, which most plugins then skip silently; before 1.6.5 it became the root.
 */
export declare function zonesOf(text: string, release: Release): string[];
/** A server block key after core/dnsserver/register.go `InspectServerBlocks`. */
export interface ZoneKey {
    /** The zones, fully qualified; lower case since 1.14.7. A network has several. */
    readonly zones: readonly string[];
    /** Decimal; the transport's default when `portWritten` is false. */
    readonly port: string;
    readonly portWritten: boolean;
    readonly transport: Transport;
}
/**
 * core/dnsserver `InspectServerBlocks`: `[scheme://]zone[:port]` of a server block. `dnsPort` is what `-dns.port` says.
 * The error texts are those after `error inspecting server blocks: `.
 */
export declare function parseZoneKey(text: string, release: Release, dnsPort?: string): ZoneKey | Invalid;
