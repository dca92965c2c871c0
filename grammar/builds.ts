import { type Release, releaseNumber } from '../src/values/release.ts'
import { pluginOrder } from './releases.ts'

/**
 * Which program runs the Corefile: the official one; NodeLocal DNSCache, whose program has fewer plugins; or one tag of that. A program
 * made from another plugin.cfg is none of these, its plugins come from the configuration.
 */
export type Build = 'official' | 'node-cache' | `node-cache ${string}`

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
export function pluginsOfBuild(build: Build, release: Release): readonly string[] {
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

/** Whether `build` can run a directive of this name at `release`. */
export function isPluginOfBuild(build: Build, release: Release, plugin: string): boolean {
  return pluginsOfBuild(build, release).includes(plugin)
}

/** The CoreDNS inside of a tag of NodeLocal DNSCache, such as `1.22.20`; null for one before 1.15.0 or newer than this table. */
export function coreDnsOfNodeCache(tag: string): Release | null {
  if (!TAG.test(tag) || releaseNumber(tag) > releaseNumber(NEWEST_TAG)) return null
  return NODE_CACHE.findLast((row) => releaseNumber(row.from) <= releaseNumber(tag))?.coreDns ?? null
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
