import { type Release, releaseNumber } from '../../src/values/release.ts'
import { aks } from './aks.ts'
import { doks } from './doks.ts'
import { k3s } from './k3s.ts'
import type { Platform } from './platform.ts'
import { rke2 } from './rke2.ts'

export type { Platform, PlatformRoot } from './platform.ts'

const PLATFORMS = { aks, doks, k3s, rke2 } satisfies Readonly<Record<string, Platform>>

/** A platform as a configuration names it. */
export type PlatformName = keyof typeof PLATFORMS

/** All of them. */
export const platformNames = Object.keys(PLATFORMS) as readonly PlatformName[]

/** What is known of a platform. */
export function platformOf(name: PlatformName): Platform {
  return PLATFORMS[name]
}

/** The Corefile that a platform installs with a release of CoreDNS, for a cluster of this domain. */
export function rootOfPlatform(name: PlatformName, release: Release, clusterDomain = 'cluster.local'): string {
  const { roots } = PLATFORMS[name]
  const root = roots.findLast(({ from }) => releaseNumber(from) <= releaseNumber(release)) ?? roots[0]
  return (root?.text ?? '').replaceAll('cluster.local', clusterDomain)
}
