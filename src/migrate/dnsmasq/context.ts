import type { DnsmasqOption, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import { isSinceDnsmasq } from '../../sources/dnsmasq-options.ts'
import { isSince } from '../../values/release.ts'
import { toLower } from '../../values/text.ts'
import { sourceOf } from '../contribution.ts'
import type { ItemSource } from '../plan.ts'

/** What a translation depends on besides the options themselves. */
export interface DnsmasqContext {
  readonly version: DnsmasqVersion
  /** The CoreDNS release of the result. */
  readonly release: string
  /** The cluster's domain without a final dot, where kubedns stands behind this dnsmasq; null for a dnsmasq on its own. */
  readonly clusterDomain: string | null
  /** Port of the kubedns beside it on the loopback address. */
  readonly kubednsPort: number | null
  /** Whom kubedns asks what it does not know, as behind `forward .`. */
  readonly kubednsUpstreams: readonly string[]
  /** Addresses of servers that are given by name. */
  readonly addressesOf: ReadonlyMap<string, string>
}

/** Whether the dnsmasq is this release or a later one. */
export function isVersion({ version }: DnsmasqContext, since: DnsmasqVersion): boolean {
  return isSinceDnsmasq(version, since)
}

/** Whether the CoreDNS of the result is this release or a later one. */
export function isTarget({ release }: DnsmasqContext, since: string): boolean {
  return isSince(release, since)
}

/** The place of an option with its text. */
export function sourceOfOption({ path, range, written, argument, from }: DnsmasqOption): ItemSource {
  const joint = written.value.startsWith('--') || from === 'file' ? '=' : ' '
  return sourceOf(path, range, argument === undefined ? written.value : `${written.value}${joint}${argument.value}`)
}

/** Seconds of `--local-ttl`; null where it is not given. */
export function localTtlOf(options: readonly DnsmasqOption[]): number | null {
  const option = options.find(({ name }) => name === 'local-ttl')
  return option?.value.type === 'number' ? option.value.number.value : null
}

/** A name as facts have it: fully qualified and in lower case. */
export function nameKey(name: string): string {
  // Of the names of dnsmasq dots alone mean something, and the final one is gone.
  return toLower(name === '' || name.endsWith('.') ? name || '.' : `${name}.`)
}
