import type { Key } from '../expand/configuration.ts'
import { isSince } from '../values/release.ts'
import type { Reason } from './reason.ts'
import { serverReason } from './server-reason.ts'
import type { Served, Site } from './servers.ts'

/**
 * core/dnsserver/address.go: the same zone, port, transport and address twice, or bound beside unbound, is refused; blocks with a
 * view are exempt from the first, and until 1.14.2 still had to stand in front of the block without one. At most one reason for two
 * keys, however many zones and addresses they share.
 */
export function overlapReasons(sites: readonly Site[], release: string): Reason[] {
  const registered = new Map<string, Served>()
  const unbound = new Map<string, Served>()
  const reported = new Map<Key, Set<Key>>()
  const reasons: Reason[] = []
  const viewsAnywhere = isSince(release, '1.14.3')
  const report = (
    kind: 'duplicate-zone' | 'zone-overlap',
    server: Served,
    subject: string,
    words: string,
    first: Key,
  ) => {
    const others = reported.get(server.key) ?? new Set()
    if (others.has(first)) return
    reported.set(server.key, others.add(first))
    reasons.push(serverReason(kind, 'servers', server.key.at, subject, `cannot serve ${subject} - ${words}`, first.at))
  }
  for (const site of sites) {
    const { served } = site
    const base = `${served.transport}://${served.zone}:${served.port}`
    for (const host of comparedAddresses(site, release)) {
      const id = `${base} on ${host}`
      const subject = host === '' ? base : id
      const same = registered.get(id)
      if (same !== undefined) {
        if (!served.hasView || !viewsAnywhere)
          report('duplicate-zone', served, subject, 'it is already defined', same.key)
        continue
      }
      const other = host === '' ? unbound.get(base) : registered.get(`${base} on `)
      if (other !== undefined) {
        report('zone-overlap', served, subject, 'zone overlap listener capacity', other.key)
        continue
      }
      if (served.hasView) continue
      registered.set(id, served)
      unbound.set(base, served)
    }
  }
  return reasons
}

/**
 * The addresses that count for a site: none up to 1.0.6. From 1.8.5 to 1.9.4 `bind` is set up for the first zone of a block alone, and
 * the others get its addresses only behind the comparison.
 */
function comparedAddresses({ served, isFirst }: Site, release: string): readonly string[] {
  if (!isSince(release, '1.1.0')) return ['']
  if (!isFirst && isSince(release, '1.8.5') && !isSince(release, '1.10.0')) return ['']
  return served.addresses ?? []
}
