import { type Build } from './builds.js';
import type { Plugin } from './plugin.js';
import { type Release } from './releases.js';
/** What a person says of a plugin that their own program has. */
export interface DeclaredPlugin {
    /** The plugin right behind it in the run order, or right in front of it; it runs last where neither is said. */
    readonly place: {
        readonly before: string;
    } | {
        readonly after: string;
    } | null;
    /** Whether it answers names from data or an upstream of its own; null when nobody said. */
    readonly answers: boolean | null;
    readonly description: Plugin | null;
}
export type DeclaredPlugins = ReadonlyMap<string, DeclaredPlugin>;
/** No plugins besides those of the build. */
export declare const noDeclaredPlugins: DeclaredPlugins;
/** What runs a Corefile at one release: which plugins it has, in which order they run, and what is known of each. */
export interface Program {
    readonly release: Release;
    /** All of its plugins by directive, in run order. */
    readonly plugins: readonly string[];
    has(plugin: string): boolean;
    /** Where a plugin stands in the run order, from 0; -1 if the program does not have it. */
    position(plugin: string): number;
    /** What a plugin accepts; null if the program does not have it, or if nobody described it. */
    describe(plugin: string): Plugin | null;
    /** Whether the program has the plugin from elsewhere than the CoreDNS repository. */
    isExternal(plugin: string): boolean;
    /** Whether somebody said where in the run order it stands, and it is no guess. */
    isPlaced(plugin: string): boolean;
    /** Whether a plugin answers names from data or an upstream of its own; null for one that the program lacks or nobody told about. */
    answers(plugin: string): boolean | null;
}
/**
 * The program that a build makes of a release. A list as build decides alone which plugins there are; to other builds the declared ones
 * are added. Those without a place run last, as plugins do that CoreDNS's own build adds without a line in plugin.cfg (COREDNS_PLUGINS
 * in directives_generate.go), and so do those placed beside a plugin that the program does not have.
 */
export declare function programOf(release: Release, build?: Build, declared?: DeclaredPlugins): Program;
