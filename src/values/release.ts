/** A CoreDNS release as it names itself: three decimal numbers and no `v`, such as `1.14.7`. */
export type Release = string

const order = new Map<Release, number>()

/** A number for each release that grows with it; each part of the release is below 1000. Linear in the text, remembered. */
export function releaseNumber(release: Release): number {
  let number = order.get(release)
  if (number === undefined) {
    const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number)
    number = (major * 1000 + minor) * 1000 + patch
    order.set(release, number)
  }
  return number
}

/** The release that was asked about last: one is judged at a time, and asked about a thousand times for each Corefile. */
let last: Release = ''
let lastNumber = 0

/** Whether `release` is `since` or a later one. */
export function isSince(release: Release, since: Release): boolean {
  if (release !== last) {
    lastNumber = releaseNumber(release)
    last = release
  }
  return lastNumber >= releaseNumber(since)
}
