import type { Release } from '../../src/values/release.js';
/** A managed Kubernetes, or a distribution of it, that keeps a Corefile of its own and lets people add to it. */
export interface Platform {
    /** As people write its name. */
    readonly title: string;
    /** The Corefile it installs, oldest first; the first one stands for all older releases too. */
    readonly roots: readonly PlatformRoot[];
    /** What to do where it imports nothing; null where it does. */
    readonly instead: string | null;
}
/** A Corefile that a platform installs. */
export interface PlatformRoot {
    /** The oldest CoreDNS it was seen with. */
    readonly from: Release;
    /** The cluster's domain is `cluster.local` in it. */
    readonly text: string;
}
