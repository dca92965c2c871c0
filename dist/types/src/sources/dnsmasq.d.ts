import type { Range } from '../text/range.js';
import type { HostsFile } from './hosts-file.js';
import type { Placed, SourceBase } from './source.js';
/** A dnsmasq release with two parts: `2.90`. */
export type DnsmasqVersion = `${number}.${number}`;
/** All options of one dnsmasq: its command line, and the files it reads because of it. */
export interface DnsmasqConfiguration extends SourceBase {
    readonly kind: 'dnsmasq';
    /** In the order in which dnsmasq reads them: the command line, then its configuration files, each where it is included. */
    readonly options: readonly DnsmasqOption[];
    /** Files that were read for `--conf-file`, `--conf-dir` and `--servers-file`, in order. */
    readonly files: readonly string[];
    /** Hosts files in the order in which dnsmasq reads them: /etc/hosts unless `--no-hosts`, those of `--addn-hosts` from the last one on, those of `--hostsdir`. */
    readonly hostsFiles: readonly HostsFile[];
    /** Which dnsmasq it is for; undefined where nothing says so, as for a file. */
    readonly version: ImageVersion | undefined;
}
/** The dnsmasq release inside of an image. */
export interface ImageVersion {
    readonly version: DnsmasqVersion;
    /** `image`: by its tag; `assumed`: the tag says nothing, and the newest is taken. */
    readonly from: 'image' | 'assumed';
    readonly image: Placed | undefined;
}
/** One option as it stands on the command line or in a file. */
export interface DnsmasqOption {
    /** The file that all ranges of the option are of. */
    readonly path: string;
    readonly from: 'command-line' | 'file';
    /** Name in the option table, without dashes: `server` for `-S`, `--serv` and `server=`. As written when there is no such option. */
    readonly name: string;
    /** False when no dnsmasq release has an option of this name, or the abbreviation fits several: dnsmasq does not start. */
    readonly isKnown: boolean;
    /** The option with its argument. */
    readonly range: Range;
    /** Its name as written: `-S`, `--server`, `server`. */
    readonly written: Placed;
    /** Its argument, quotes and escapes resolved; undefined without one. */
    readonly argument: Placed | undefined;
    /** What the argument says. */
    readonly value: DnsmasqValue;
    /** Variables in it that nobody gave a value: what it says is then not sure. */
    readonly unresolved: readonly string[];
    /** The releases that refuse to start with it, and why; empty when all take it. */
    readonly refusals: readonly DnsmasqRefusal[];
}
/** Releases that do not start with an option. Without `since` and `until` none does. */
export interface DnsmasqRefusal {
    /** First release that refuses. */
    readonly since?: DnsmasqVersion;
    /** First release that takes it again. */
    readonly until?: DnsmasqVersion;
    /** A sentence without a full stop. */
    readonly why: string;
    readonly range: Range;
}
/** A domain of `--server`, `--local`, `--address` and the like, between slashes. */
export interface DnsmasqDomain {
    /** Without leading and final dots, and without the star of a pattern; '' for the names without a dot (`//`) and for `#`. Case as written. */
    readonly name: string;
    /** `below`: the domain and everything below. `single`: names without a dot (`//`). `every`: `/#/`. `suffix`: `/*suf/`, names that end so (2.86 and later). `subdomains`: `/*.d/`, everything below, not the domain itself (2.86 and later). */
    readonly match: 'below' | 'single' | 'every' | 'suffix' | 'subdomains';
    readonly range: Range;
}
/** Where queries go, as `--server` and `--rev-server` write it. */
export interface DnsmasqServer {
    /** An address without port, or a host name (resolved once at start, 2.88 and later). */
    readonly host: string;
    readonly isName: boolean;
    readonly port: number;
    readonly range: Range;
    /** `@eth0` or `@10.0.0.1`, as often as it is there. */
    readonly via: readonly Placed[];
}
/** What an option says. `text` where it is not more than a text for us; `unreadable` where dnsmasq itself cannot read it. */
export type DnsmasqValue = {
    readonly type: 'flag';
} | {
    readonly type: 'number';
    readonly number: Placed<number>;
} | {
    readonly type: 'text';
    readonly text: Placed;
} | {
    readonly type: 'list';
    readonly items: readonly Placed[];
} | {
    readonly type: 'unreadable';
    readonly why: string;
} | DnsmasqServerRule | DnsmasqAddressRule | DnsmasqReverseServer | DnsmasqHostRecord | DnsmasqCname | DnsmasqTxt | DnsmasqSrv | DnsmasqMx | DnsmasqPtr | DnsmasqNaptr | DnsmasqCaa | DnsmasqRawRecord | DnsmasqSynthDomain | DnsmasqDomainOption | DnsmasqAlias | DnsmasqSubnet;
/** `--server`, `--local` and the lines of a servers file. */
export interface DnsmasqServerRule {
    readonly type: 'server';
    /** Empty: for all names. */
    readonly domains: readonly DnsmasqDomain[];
    /** A server; `default` for `#`, the servers without a domain; `none`: answered from here alone, NXDOMAIN. */
    readonly to: DnsmasqServer | 'default' | 'none';
}
/** `--address`. */
export interface DnsmasqAddressRule {
    readonly type: 'address';
    /** `/#/` for all names; an `every` of empty range where the option has no slashes (2.86 and later). */
    readonly domains: readonly DnsmasqDomain[];
    /** An address; `zero` for `#`, 0.0.0.0 and ::; `none`: NXDOMAIN. */
    readonly to: Placed | 'zero' | 'none';
}
/** `--rev-server`: the reverse names of a network. */
export interface DnsmasqReverseServer {
    readonly type: 'rev-server';
    readonly network: Placed;
    readonly address: string;
    readonly prefix: number;
    readonly to: DnsmasqServer | 'default' | 'none';
}
/** `--host-record`. */
export interface DnsmasqHostRecord {
    readonly type: 'host-record';
    readonly names: readonly Placed[];
    /** At most one of each family; of several the last counts. */
    readonly addresses: readonly Placed[];
    readonly ttl: Placed<number> | undefined;
}
/** `--cname`. */
export interface DnsmasqCname {
    readonly type: 'cname';
    readonly aliases: readonly Placed[];
    readonly target: Placed;
    readonly ttl: Placed<number> | undefined;
}
/** `--txt-record`: strings of one record; none is one empty string. */
export interface DnsmasqTxt {
    readonly type: 'txt';
    readonly name: Placed;
    readonly strings: readonly Placed[];
}
/** `--srv-host`. */
export interface DnsmasqSrv {
    readonly type: 'srv';
    readonly name: Placed;
    /** Undefined: the service is said not to exist (target `.`). */
    readonly target: Placed | undefined;
    readonly port: number;
    readonly priority: number;
    readonly weight: number;
}
/** `--mx-host`. */
export interface DnsmasqMx {
    readonly type: 'mx';
    readonly name: Placed;
    /** Undefined: the name of `--mx-target`, else of the host that dnsmasq runs on. */
    readonly target: Placed | undefined;
    readonly preference: number;
}
/** `--ptr-record`. */
export interface DnsmasqPtr {
    readonly type: 'ptr';
    readonly name: Placed;
    readonly target: Placed | undefined;
}
/** `--naptr-record`. */
export interface DnsmasqNaptr {
    readonly type: 'naptr';
    readonly name: Placed;
    readonly order: number;
    readonly preference: number;
    readonly flags: string;
    readonly service: string;
    readonly regexp: string;
    readonly replacement: string | undefined;
}
/** `--caa-record`. */
export interface DnsmasqCaa {
    readonly type: 'caa';
    readonly name: Placed;
    readonly flags: number;
    readonly tag: string;
    readonly text: string;
}
/** `--dns-rr`: a record of any type, its data as hexadecimal digits without separators. */
export interface DnsmasqRawRecord {
    readonly type: 'dns-rr';
    readonly name: Placed;
    readonly rrType: number;
    readonly data: string;
}
/** `--synth-domain`: names made of addresses. */
export interface DnsmasqSynthDomain {
    readonly type: 'synth-domain';
    readonly domain: Placed;
    /** First and last address, both included. */
    readonly first: string;
    readonly last: string;
    readonly prefix: string;
    /** `*` behind the prefix: names are numbered, not made of the address. */
    readonly isSequential: boolean;
}
/** `--domain`. */
export interface DnsmasqDomainOption {
    readonly type: 'domain';
    /** `#`: the first search domain of resolv.conf. */
    readonly domain: Placed;
    /** The addresses it is limited to, as written. */
    readonly range: Placed | undefined;
    readonly isLocal: boolean;
}
/** `--alias`: changes addresses in answers. */
export interface DnsmasqAlias {
    readonly type: 'alias';
    readonly old: string;
    readonly oldEnd: string | undefined;
    readonly replacement: string;
    readonly mask: string | undefined;
}
/** `--add-subnet`: prefix lengths, and addresses that replace the client's. */
export interface DnsmasqSubnet {
    readonly type: 'subnet';
    readonly ipv4: Placed | undefined;
    readonly ipv6: Placed | undefined;
}
