import { type Release } from '../src/values/release.js';
/**
 * Which program runs the Corefile: the official one; NodeLocal DNSCache, whose program has fewer plugins; or one tag of that. A program
 * made from another plugin.cfg is none of these, its plugins come from the configuration.
 */
export type Build = 'official' | 'node-cache' | `node-cache ${string}`;
/**
 * The plugins that `build` has at `release`, by directive, in run order; constant time after the first call. `node-cache` without a tag
 * (or with one that is no number) has what any tag with that CoreDNS has, or else the tags with the nearest older one: a plugin that is
 * missing here is missing in all of them. A tag newer than the newest known one counts as what follows that.
 */
export declare function pluginsOfBuild(build: Build, release: Release): readonly string[];
/** Whether `build` can run a directive of this name at `release`. */
export declare function isPluginOfBuild(build: Build, release: Release, plugin: string): boolean;
/** The CoreDNS inside of a tag of NodeLocal DNSCache, such as `1.22.20`; null for one before 1.15.0 or newer than this table. */
export declare function coreDnsOfNodeCache(tag: string): Release | null;
