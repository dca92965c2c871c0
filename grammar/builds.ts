import { type Release, releaseNumber } from '../src/values/release.ts'
import { pluginOrder } from './releases.ts'

/** A program that somebody publishes: the official one; NodeLocal DNSCache, whose program has fewer plugins; or one tag of that. */
export type NamedBuild = 'official' | 'node-cache' | `node-cache ${string}`

/**
 * Which program runs the Corefile: a published one, or one with a plugin.cfg of its own. That is a list of its lines in run order, each
 * the name of a plugin, or `name:package`.
 */
export type Build = NamedBuild | readonly string[]

/** From which tag on NodeLocal DNSCache contains this CoreDNS and, besides all plugins of the earlier rows, these. */
interface NodeCacheRow {
  readonly from: string
  readonly coreDns: Release
  readonly adds: string
}

/**
 * Source: kubernetes/dns by tag: what cmd/node-cache/main.go imports, and what comes with it, for importing a package registers its
 * plugin: `debug` by forward at first, `dnstap` and `metadata` by forward, template, rewrite and trace. The CoreDNS is the one in vendor/;
 * 1.20.0 had a newer one than the tags after it.
 */
const NODE_CACHE: readonly NodeCacheRow[] = [
  { from: '1.15.0', coreDns: '1.2.6', adds: 'bind cache debug errors forward health log loop prometheus reload' },
  { from: '1.15.8', coreDns: '1.6.4', adds: 'dnstap metadata pprof' },
  { from: '1.15.10', coreDns: '1.6.7', adds: 'loadbalance whoami' },
  { from: '1.15.13', coreDns: '1.6.7', adds: 'template' },
  { from: '1.16.0', coreDns: '1.7.0', adds: '' },
  { from: '1.17.0', coreDns: '1.7.0', adds: 'hosts rewrite trace' },
  { from: '1.20.0', coreDns: '1.8.3', adds: '' },
  { from: '1.21.0', coreDns: '1.7.0', adds: '' },
  { from: '1.21.3', coreDns: '1.7.0', adds: 'dns64' },
  { from: '1.22.7', coreDns: '1.7.0', adds: 'bufsize' },
  { from: '1.22.14', coreDns: '1.10.0', adds: '' },
  { from: '1.24.0', coreDns: '1.11.3', adds: '' },
  { from: '1.26.5', coreDns: '1.12.2', adds: '' },
  { from: '1.26.6', coreDns: '1.13.1', adds: '' },
]

const TAG = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/

/** The newest tag that the rows describe. */
const NEWEST_TAG = '1.26.7'

/** What the main branch after `NEWEST_TAG` adds, with the CoreDNS it has. */
const NEXT: NodeCacheRow = { from: '1.26.8', coreDns: '1.13.2', adds: 'timeouts' }

/**
 * The plugins that `build` has at `release`, by directive, in run order; constant time after the first call. `node-cache` without a tag
 * (or with one that is no number) has what any tag with that CoreDNS has, or else the tags with the nearest older one: a plugin that is
 * missing here is missing in all of them. A tag newer than the newest known one counts as what follows that.
 */
export function pluginsOfBuild(build: NamedBuild, release: Release): readonly string[] {
  if (build === 'official') return pluginOrder(release)
  const key = `${build} ${release}`
  let plugins = known.get(key)
  if (!plugins) {
    const tag = build.slice('node-cache '.length)
    const rows = TAG.test(tag) ? rowsUpToTag(tag) : rowsUpToRelease(release)
    const has = new Set(rows.flatMap((row) => row.adds.split(' ')))
    plugins = pluginOrder(release).filter((plugin) => has.has(plugin))
    known.set(key, plugins)
  }
  return plugins
}

const known = new Map<string, readonly string[]>()

/** A build for people: its own name, `custom` for a list of plugins. */
export function buildName(build: Build): string {
  return typeof build === 'string' ? build : 'custom'
}

/** A line of plugin.cfg: the directive, and whether its package lies outside of CoreDNS. */
export interface BuildEntry {
  readonly name: string
  /** False as well where no package is given. */
  readonly isForeign: boolean
}

/** Packages that the official plugin.cfg has always named in full. */
const OWN_PACKAGES = /^github\.com\/(?:coredns\/coredns\/plugin|(?:mholt|caddyserver|coredns)\/caddy)\//

/** Reads a line of plugin.cfg; a package with a path is not CoreDNS's own. Source: directives_generate.go parsePlugin. */
export function readBuildEntry(entry: string): BuildEntry {
  const colon = entry.indexOf(':')
  if (colon < 0) return { name: entry.trim(), isForeign: false }
  const place = entry.slice(colon + 1).trim()
  return { name: entry.slice(0, colon).trim(), isForeign: place.includes('/') && !OWN_PACKAGES.test(place) }
}

/** The CoreDNS inside of a tag of NodeLocal DNSCache, such as `1.22.20`; null for one before 1.15.0 or newer than this table. */
export function coreDnsOfNodeCache(tag: string): Release | null {
  if (!TAG.test(tag) || releaseNumber(tag) > releaseNumber(NEWEST_TAG)) return null
  return NODE_CACHE.findLast((row) => releaseNumber(row.from) <= releaseNumber(tag))?.coreDns ?? null
}

/** The CoreDNS inside of a build that is a tag of NodeLocal DNSCache, and that tag; null for every other build. */
export function releaseOfBuild(build: Build | undefined): { readonly tag: string; readonly release: Release } | null {
  const tag = typeof build === 'string' ? build.split(' ')[1] : undefined
  const release = tag === undefined ? null : coreDnsOfNodeCache(tag)
  return tag === undefined || release === null ? null : { tag, release }
}

/** The rows of one tag, its own last. */
function rowsUpToTag(tag: string): readonly NodeCacheRow[] {
  const rows = [...NODE_CACHE, NEXT].filter((row) => releaseNumber(row.from) <= releaseNumber(tag))
  return rows.length > 0 ? rows : NODE_CACHE.slice(0, 1)
}

/** The rows of every tag whose CoreDNS is `release`, or the nearest older one, or the oldest of all. */
function rowsUpToRelease(release: Release): readonly NodeCacheRow[] {
  const all = [...NODE_CACHE, NEXT]
  const older = all.map((row) => releaseNumber(row.coreDns)).filter((number) => number <= releaseNumber(release))
  const nearest = Math.max(...older)
  const last = all.findLastIndex((row) => releaseNumber(row.coreDns) === nearest)
  return all.slice(0, Math.max(last, 0) + 1)
}
