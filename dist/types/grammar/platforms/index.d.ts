import { type Release } from '../../src/values/release.js';
import type { Platform } from './platform.js';
export type { Platform, PlatformRoot } from './platform.js';
declare const PLATFORMS: {
    aks: Platform;
    doks: Platform;
    k3s: Platform;
    rke2: Platform;
};
/** A platform as a configuration names it. */
export type PlatformName = keyof typeof PLATFORMS;
/** All of them. */
export declare const platformNames: readonly PlatformName[];
/** What is known of a platform. */
export declare function platformOf(name: PlatformName): Platform;
/** The Corefile that a platform installs with a release of CoreDNS, for a cluster of this domain. */
export declare function rootOfPlatform(name: PlatformName, release: Release, clusterDomain?: string): string;
