import type { Range } from '../text/range.js';
import type { Placed, SourceBase, SourceText } from './source.js';
/** A hosts file as it is written; what a program makes of it is a view. */
export interface HostsFile extends SourceBase {
    readonly kind: 'hosts-file';
    /** Lines with at least one word before a comment. */
    readonly lines: readonly HostsLine[];
}
/** One line: an address and names, nothing of it checked. */
export interface HostsLine {
    readonly range: Range;
    readonly address: Placed;
    readonly names: readonly Placed[];
}
/** What a program makes of a hosts file. */
export interface HostsView {
    /** In the order of the file. */
    readonly entries: readonly HostsEntry[];
    /** What the program ignores, with the reason. */
    readonly skipped: readonly {
        readonly range: Range;
        readonly text: string;
        readonly why: string;
    }[];
}
/** Names of one line that a program answers with an address. */
export interface HostsEntry {
    /** The address that the program reads, in its shortest form. */
    readonly address: string;
    /** True where the program answers it as an AAAA record; `::ffff:10.1.2.3` is one for dnsmasq and none for CoreDNS. */
    readonly isIpv6: boolean;
    /** Without a final dot; in lower case where the program does not tell cases apart. */
    readonly names: readonly Placed[];
    readonly line: HostsLine;
}
/** Reads a hosts file; every text is one. */
export declare function readHostsFile(source: SourceText, name?: string): HostsFile;
/**
 * What dnsmasq makes of a hosts file (cache.c `read_hostsfile`): strict addresses, names in any case, one final dot gone. Equal pairs
 * of name and address are one record to it; they are left here as they are written.
 */
export declare function hostsAsDnsmasq(file: HostsFile): HostsView;
/** What the `hosts` plugin of CoreDNS makes of a hosts file (plugin/hosts/hostsfile.go `parse`); which zones it is for is not looked at. */
export declare function hostsAsCoreDns(file: HostsFile): HostsView;
/**
 * What a pod's own lookups make of its /etc/hosts. glibc takes strict addresses and ignores case; musl reads addresses as
 * `inet_aton` does (`010.1.2.9` is 8.1.2.9) and tells cases apart.
 */
export declare function hostsAsLibc(file: HostsFile, libc: 'glibc' | 'musl'): HostsView;
