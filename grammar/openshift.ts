import type { Release, ReleaseError } from './releases.ts'

/**
 * Minor releases of OpenShift and the CoreDNS in their payload, oldest first. Source: openshift/coredns coremain/version.go on the
 * branch `release-X.Y`; nothing before 4.3 could be told about servers.
 */
const ROWS = `
4.3 1.6.6
4.4 1.6.6
4.5 1.6.6
4.6 1.6.6
4.7 1.6.6
4.8 1.8.1
4.9 1.8.4
4.10 1.8.7
4.11 1.9.2
4.12 1.10.0
4.13 1.10.1
4.14 1.10.1
4.15 1.11.1
4.16 1.11.1
4.17 1.11.3
4.18 1.11.3
4.19 1.11.3
4.20 1.11.3
4.21 1.13.1
4.22 1.13.1
4.23 1.13.1
5.0 1.13.1
5.1 1.13.1`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, Release])

/** A minor release of OpenShift, such as `4.18`. */
export type OpenShiftRelease = string

/** The minor releases of OpenShift whose CoreDNS is known, oldest first. */
export const OPENSHIFT_RELEASES: readonly OpenShiftRelease[] = ROWS.map(([openshift]) => openshift)

/** What is assumed where nobody names a release of OpenShift. */
export const NEWEST_OPENSHIFT: OpenShiftRelease = OPENSHIFT_RELEASES.at(-1) as OpenShiftRelease

/**
 * The minor release from which on the resource `dns.operator.openshift.io` has a field, and the operator writes it into the Corefile.
 * Source: openshift/api operator/v1/types_dns.go and openshift/cluster-dns-operator controller_dns_configmap.go on the branches.
 */
export const OPENSHIFT_FIELD_SINCE = {
  servers: '4.3',
  upstreamResolvers: '4.10',
  policy: '4.10',
  logLevel: '4.10',
  transportConfig: '4.11',
  protocolStrategy: '4.12',
  cache: '4.12',
} as const

/** Whether a release of OpenShift is `since` or a later one. */
export function isSinceOpenShift(release: OpenShiftRelease, since: OpenShiftRelease): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
  return major !== sinceMajor ? major > sinceMajor : minor >= sinceMinor
}

/** The release of OpenShift that is meant by `4.18`, `v4.18` or `4.18.5`, and its CoreDNS. */
export function openShiftOf(
  text: string,
): { readonly openshift: OpenShiftRelease; readonly release: Release } | ReleaseError {
  const word = text.trim()
  const minor = /^v?(\d{1,3}\.\d{1,3})(?:[.-].*)?$/i.exec(word)?.[1]
  const row = ROWS.find(([openshift]) => openshift === minor)
  if (row !== undefined) return { openshift: row[0], release: row[1] }
  const [oldest = ''] = OPENSHIFT_RELEASES
  return {
    error: `"${word}" is no release of OpenShift that is known here: write it as 4.18; known are ${oldest} to ${NEWEST_OPENSHIFT}`,
    suggestion: null,
  }
}
