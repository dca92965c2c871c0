import { type Release, releaseNumber } from '../src/values/release.ts'
import { FIRST_ORDER, KUBEADM_COREDNS, ORDER_CHANGES, RELEASE_DATES } from './release-data.ts'

export type { Release }

const DATES: ReadonlyMap<Release, string> = new Map(
  RELEASE_DATES.trim()
    .split('\n')
    .map((line) => line.split(' ') as [Release, string]),
)

/** Every CoreDNS release from 1.0.0, oldest first. */
export const RELEASES: readonly Release[] = [...DATES.keys()]

/** The newest release that this grammar describes; what is assumed where nobody names one. */
export const NEWEST: Release = RELEASES.at(-1) as Release

/** Whether `text` is exactly the name of a release, such as `1.12.0`. */
export function isRelease(text: string): text is Release {
  return DATES.has(text)
}

/** The day on which `release` was tagged, `YYYY-MM-DD`; null if there is no such release. */
export function releaseDate(release: Release): string | null {
  return DATES.get(release) ?? null
}

/** Negative if `a` is older than `b`, positive if it is newer, else 0. The two need not exist: 1.11.2 stands between 1.11.1 and 1.11.3. */
export function compareReleases(a: Release, b: Release): number {
  return releaseNumber(a) - releaseNumber(b)
}

/** The orders so far, by the place in `ORDER_CHANGES` of the last change in them; the order of 1.0.0 is at -1. */
const orders = new Map<number, readonly string[]>()

/**
 * The in-tree plugins of a release in the order in which a server block runs them, whatever the order of its lines. A release that does
 * not exist has the order of the one before it. Source: core/dnsserver/zdirectives.go `Directives`.
 */
export function pluginOrder(release: Release): readonly string[] {
  let last = ORDER_CHANGES.length - 1
  while (last >= 0 && compareReleases((ORDER_CHANGES[last] as (typeof ORDER_CHANGES)[number])[0], release) > 0) last--
  return orderAfter(last)
}

function orderAfter(last: number): readonly string[] {
  let order = orders.get(last)
  if (!order) {
    order = last < 0 ? FIRST_ORDER.split(' ') : changed(orderAfter(last - 1), ORDER_CHANGES[last]?.[1] ?? '')
    orders.set(last, order)
  }
  return order
}

function changed(order: readonly string[], changes: string): string[] {
  const result = [...order]
  for (const change of changes.split(' ')) {
    const [name = '', after] = change.replace(/^-/, '').split('>')
    const old = result.indexOf(name)
    if (old >= 0) result.splice(old, 1)
    if (after) result.splice(after === '^' ? 0 : result.indexOf(after) + 1, 0, name)
  }
  return result
}

/** Positions by the order they belong to: the releases that share an order share them. */
const positions = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

/** Where `plugin` stands in `pluginOrder(release)`, from 0; -1 if the release does not have it. Constant time after the first call. */
export function pluginPosition(release: Release, plugin: string): number {
  const order = pluginOrder(release)
  let known = positions.get(order)
  if (!known) {
    known = new Map(order.map((name, index) => [name, index]))
    positions.set(order, known)
  }
  return known.get(plugin) ?? -1
}

/** Whether the official program of `release` has a plugin of this name (the directive, `prometheus`, not the package, `metrics`). */
export function isPluginOf(release: Release, plugin: string): boolean {
  return pluginPosition(release, plugin) >= 0
}

/** A stretch of releases: from `since` on, and no longer from `removed` on. */
export interface ReleaseSpan {
  readonly since: Release
  readonly removed?: Release
}

/** When a plugin was in-tree, oldest first: usually one span, none for a name that never was. */
export function pluginReleases(plugin: string): readonly ReleaseSpan[] {
  const spans: ReleaseSpan[] = []
  let since = FIRST_ORDER.split(' ').includes(plugin) ? RELEASES[0] : undefined
  for (const [release, changes] of ORDER_CHANGES) {
    for (const change of changes.split(' ')) {
      if (since && change === `-${plugin}`) {
        spans.push({ since, removed: release })
        since = undefined
      } else if (!since && change.startsWith(`${plugin}>`)) since = release
    }
  }
  if (since) spans.push({ since })
  return spans
}

/** Every name that was an in-tree plugin in some release. */
export const everInTree: ReadonlySet<string> = new Set([
  ...FIRST_ORDER.split(' '),
  ...ORDER_CHANGES.flatMap(([, changes]) => changes.split(' '))
    .filter((change) => !change.startsWith('-'))
    .map((change) => change.slice(0, change.indexOf('>'))),
])

/** Why a text names no release, and what was probably meant. */
export interface ReleaseError {
  /** A sentence without a full stop that quotes the text, says what is wrong, and what would do. */
  readonly error: string
  /** A text that does resolve, if one is near. */
  readonly suggestion: string | null
}

const RELEASE_TEXT = /^v?(\d{1,3})(?:\.x|\.(\d{1,3})(?:\.x|\.(\d{1,3})(?:-(?:[a-z][a-z0-9._+-]*|\d{1,6}))?)?)?$/i

/**
 * The release somebody means: `1.12.0`, `v1.12.0`, a shortened `1.12` or `1.12.x` (its newest patch), `1.12.0-eksbuild.2` (a vendor's
 * suffix is dropped), `latest` or `newest`. Case and surrounding blanks do not matter.
 */
export function resolveRelease(text: string): { readonly release: Release } | ReleaseError {
  const word = text.trim()
  if (/^(?:latest|newest)$/i.test(word)) return { release: NEWEST }
  const match = RELEASE_TEXT.exec(word)
  if (!match) {
    return {
      error: `"${word}" is not a CoreDNS release: write it as ${NEWEST}, ${minorOf(NEWEST)} (its newest patch) or latest`,
      suggestion: null,
    }
  }
  const [, major = '', minor, patch] = match
  const parts = [major, minor, patch].filter((part) => part !== undefined).map(Number)
  const full = parts.join('.')
  const release = parts.length === 3 ? (isRelease(full) ? full : null) : newestOf(full)
  return release ? { release } : unknownRelease(full, parts)
}

function unknownRelease(full: string, parts: readonly number[]): ReleaseError {
  const error = `unknown CoreDNS release "${full}"`
  const oldest = RELEASES[0] as Release
  const minor = parts.slice(0, 2).join('.')
  const near = parts.length === 3 ? newestOf(minor) : null
  if (near) return { error: `${error}: did you mean ${near}, the newest ${minor}?`, suggestion: near }
  if (compareReleases(full, NEWEST) > 0) {
    return { error: `${error}: the newest one known here is ${NEWEST}`, suggestion: NEWEST }
  }
  return { error: `${error}: the oldest one known here is ${oldest}`, suggestion: oldest }
}

/** The newest release whose name is `prefix` and more: `1.12` gives 1.12.4, `1` the newest 1.x. */
function newestOf(prefix: string): Release | null {
  return RELEASES.findLast((release) => release.startsWith(`${prefix}.`)) ?? null
}

function minorOf(release: Release): string {
  return release.slice(0, release.lastIndexOf('.'))
}

const KUBEADM_ROWS = KUBEADM_COREDNS.trim()
  .split('\n')
  .map((line) => line.split(' '))

/** The minor releases of Kubernetes of which is known what kubeadm installs with them, oldest first. */
export const KUBERNETES_RELEASES: readonly string[] = KUBEADM_ROWS.map(([kubernetes = '']) => kubernetes)

const KUBERNETES_TEXT = /^v?1\.(\d{1,3})(?:\.(?:\d+|x))?(?:[-+][a-z0-9.+-]*)?$/i

/**
 * What kubeadm installs with a release of Kubernetes, written `1.33`, `v1.33.2` or as a platform writes it (`1.33.2-gke.1001`); the patch
 * does not matter. `note` is a sentence without a full stop that says so, for people; platforms that ship their own CoreDNS differ.
 */
export function coreDnsOfKubernetes(text: string): { readonly release: Release; readonly note: string } | ReleaseError {
  const word = text.trim()
  const match = KUBERNETES_TEXT.exec(word)
  const minor = match ? `1.${Number(match[1])}` : null
  const oldest = KUBERNETES_RELEASES[0] ?? ''
  const newest = KUBERNETES_RELEASES.at(-1) ?? ''
  const row = KUBEADM_ROWS.find(([kubernetes]) => kubernetes === minor)
  const release = row?.[1]
  if (release) {
    const says = row[2] === 'unverified' ? 'is said to install' : 'installs'
    return { release, note: `kubeadm ${minor} ${says} CoreDNS ${release}` }
  }
  if (!minor) {
    const error = `"${word}" is not a Kubernetes release: write it as ${newest}; known here are ${oldest} to ${newest}`
    return { error, suggestion: null }
  }
  const near = compareReleases(minor, oldest) < 0 ? oldest : newest
  const error = `unknown Kubernetes release "${word}": known here are ${oldest} to ${newest}, name the CoreDNS release instead`
  return { error, suggestion: near }
}
