import type { Release } from '../src/values/release.ts'
import { type Build, coreDnsOfNodeCache } from './builds.ts'
import { isRelease } from './releases.ts'

/** What a container image says about the program in it. */
export interface ImageRelease {
  /** Null where the tag is a known program's but tells no release that is known here. */
  readonly release: Release | null
  readonly build: Build
}

const ARCHITECTURE = '(?:-(?:amd64|arm|arm64|ppc64le|s390x))?'
/** `coredns`, and the names under which Rancher and Bitnami's likes ship it. */
const CORE_DNS_NAME = new RegExp(`^(?:hardened-|mirrored-coredns-|coredns-)?coredns${ARCHITECTURE}$`)
const NODE_CACHE_NAME = new RegExp(`^(?:[a-z0-9-]{1,40}-)?dns-node-cache${ARCHITECTURE}$`)
/** A version and whatever a vendor appends to it: `v1.11.4-eksbuild.2`, `v1.10.1-build20230406`, `v1.11.1-eks-1-29-9`. */
const TAG = /^v?(\d{1,3}\.\d{1,3}\.\d{1,3})(?:[-_+].*)?$/

/** The release in an image's tag or an add-on's version, vendor's suffix or not: `v1.11.4-eksbuild.2` is 1.11.4; null if there is none. */
export function releaseOfTag(tag: string): Release | null {
  const version = TAG.exec(tag.trim())?.[1]
  return version !== undefined && isRelease(version) ? version : null
}

/**
 * The CoreDNS in a container image, by the last part of its name and its tag (registry, path and digest do not matter): `coredns` as the
 * project, Kubernetes, EKS, AKS, Rancher and others publish it, and NodeLocal DNSCache. Null for every other image, for `latest`, and for
 * a tag that names no known release; of NodeLocal DNSCache the build is known even where the release is not.
 */
export function releaseOfImage(image: string): ImageRelease | null {
  const [reference = ''] = image.trim().split('@')
  const last = reference.slice(reference.lastIndexOf('/') + 1)
  const colon = last.indexOf(':')
  const name = colon < 0 ? last : last.slice(0, colon)
  const tag = colon < 0 ? '' : last.slice(colon + 1)
  if (NODE_CACHE_NAME.test(name)) {
    const version = TAG.exec(tag)?.[1]
    if (version === undefined) return { release: null, build: 'node-cache' }
    return { release: coreDnsOfNodeCache(version), build: `node-cache ${version}` }
  }
  const release = CORE_DNS_NAME.test(name) ? releaseOfTag(tag) : null
  return release === null ? null : { release, build: 'official' }
}
