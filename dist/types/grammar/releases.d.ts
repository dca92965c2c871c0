import { type Release } from '../src/values/release.js';
export type { Release };
/** Every CoreDNS release from 1.0.0, oldest first. */
export declare const RELEASES: readonly Release[];
/** The newest release that this grammar describes; what is assumed where nobody names one. */
export declare const NEWEST: Release;
/** Whether `text` is exactly the name of a release, such as `1.12.0`. */
export declare function isRelease(text: string): text is Release;
/** The day on which `release` was tagged, `YYYY-MM-DD`; null if there is no such release. */
export declare function releaseDate(release: Release): string | null;
/** Negative if `a` is older than `b`, positive if it is newer, else 0. The two need not exist: 1.11.2 stands between 1.11.1 and 1.11.3. */
export declare function compareReleases(a: Release, b: Release): number;
/**
 * The in-tree plugins of a release in the order in which a server block runs them, whatever the order of its lines. A release that does
 * not exist has the order of the one before it. Source: core/dnsserver/zdirectives.go `Directives`.
 */
export declare function pluginOrder(release: Release): readonly string[];
/** Where `plugin` stands in `pluginOrder(release)`, from 0; -1 if the release does not have it. Constant time after the first call. */
export declare function pluginPosition(release: Release, plugin: string): number;
/** Whether the official program of `release` has a plugin of this name (the directive, `prometheus`, not the package, `metrics`). */
export declare function isPluginOf(release: Release, plugin: string): boolean;
/** A stretch of releases: from `since` on, and no longer from `removed` on. */
export interface ReleaseSpan {
    readonly since: Release;
    readonly removed?: Release;
}
/** When a plugin was in-tree, oldest first: usually one span, none for a name that never was. */
export declare function pluginReleases(plugin: string): readonly ReleaseSpan[];
/** Every name that was an in-tree plugin in some release. */
export declare const everInTree: ReadonlySet<string>;
/** Why a text names no release, and what was probably meant. */
export interface ReleaseError {
    /** A sentence without a full stop that quotes the text, says what is wrong, and what would do. */
    readonly error: string;
    /** A text that does resolve, if one is near. */
    readonly suggestion: string | null;
}
/**
 * The release somebody means: `1.12.0`, `v1.12.0`, a shortened `1.12` or `1.12.x` (its newest patch), `1.12.0-eksbuild.2` (a vendor's
 * suffix is dropped), `latest` or `newest`. Case and surrounding blanks do not matter.
 */
export declare function resolveRelease(text: string): {
    readonly release: Release;
} | ReleaseError;
/** The minor releases of Kubernetes of which is known what kubeadm installs with them, oldest first. */
export declare const KUBERNETES_RELEASES: readonly string[];
/**
 * What kubeadm installs with a release of Kubernetes, written `1.33`, `v1.33.2` or as a platform writes it (`1.33.2-gke.1001`); the patch
 * does not matter. `note` is a sentence without a full stop that says so, for people; platforms that ship their own CoreDNS differ.
 */
export declare function coreDnsOfKubernetes(text: string): {
    readonly release: Release;
    readonly note: string;
} | ReleaseError;
