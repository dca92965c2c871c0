/** A CoreDNS release as it names itself: three decimal numbers and no `v`, such as `1.14.7`. */
export type Release = string;
/** A number for each release that grows with it; each part of the release is below 1000. Linear in the text, remembered. */
export declare function releaseNumber(release: Release): number;
/** Whether `release` is `since` or a later one. */
export declare function isSince(release: Release, since: Release): boolean;
