import { type Release } from '../src/values/release.js';
/** A program that somebody publishes: the official one; NodeLocal DNSCache, whose program has fewer plugins; or one tag of that. */
export type NamedBuild = 'official' | 'node-cache' | `node-cache ${string}`;
/**
 * Which program runs the Corefile: a published one, or one with a plugin.cfg of its own. That is a list of its lines in run order, each
 * the name of a plugin, or `name:package`.
 */
export type Build = NamedBuild | readonly string[];
/**
 * The plugins that `build` has at `release`, by directive, in run order; constant time after the first call. `node-cache` without a tag
 * (or with one that is no number) has what any tag with that CoreDNS has, or else the tags with the nearest older one: a plugin that is
 * missing here is missing in all of them. A tag newer than the newest known one counts as what follows that.
 */
export declare function pluginsOfBuild(build: NamedBuild, release: Release): readonly string[];
/** A build for people: its own name, `custom` for a list of plugins. */
export declare function buildName(build: Build): string;
/** A line of plugin.cfg: the directive, and whether its package lies outside of CoreDNS. */
export interface BuildEntry {
    readonly name: string;
    /** False as well where no package is given. */
    readonly isForeign: boolean;
}
/** Reads a line of plugin.cfg; a package with a path is not CoreDNS's own. Source: directives_generate.go parsePlugin. */
export declare function readBuildEntry(entry: string): BuildEntry;
/** The CoreDNS inside of a tag of NodeLocal DNSCache, such as `1.22.20`; null for one before 1.15.0 or newer than this table. */
export declare function coreDnsOfNodeCache(tag: string): Release | null;
/** The CoreDNS inside of a build that is a tag of NodeLocal DNSCache, and that tag; null for every other build. */
export declare function releaseOfBuild(build: Build | undefined): {
    readonly tag: string;
    readonly release: Release;
} | null;
