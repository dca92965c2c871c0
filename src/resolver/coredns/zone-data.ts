import { foldCase, isSubdomain, labelStarts } from '../../values/name.ts'
import { isSince } from '../../values/release.ts'
import { readZoneRecords } from '../../values/zone-file.ts'
import type { ResourceRecord } from '../outcome.ts'

/** All records of one owner, by type. */
export class ZoneNode {
  readonly name: string
  readonly #byType = new Map<string, ResourceRecord[]>()

  constructor(name: string) {
    this.name = name
  }

  add(record: ResourceRecord): void {
    const others = this.#byType.get(record.type)
    if (others === undefined) this.#byType.set(record.type, [record])
    else others.push(record)
  }

  get types(): ReadonlySet<string> {
    return new Set(this.#byType.keys())
  }

  of(type: string): readonly ResourceRecord[] {
    return this.#byType.get(type) ?? []
  }
}

/** The data of a zone as CoreDNS keeps it (plugin/file/zone.go): SOA and NS of the apex apart, all others by owner. */
export interface ZoneData {
  readonly origin: string
  /** Null for a zone that is not loaded. */
  readonly soa: ResourceRecord | null
  readonly ns: readonly ResourceRecord[]
  /** The node of a name in any case, undefined where it has no records. */
  find(name: string): ZoneNode | undefined
  /** Whether some name lies below. */
  hasBelow(name: string): boolean
  /** Every name that has records. */
  readonly names: readonly string[]
}

/** A zone that nobody loaded. */
export function emptyZone(origin: string): ZoneData {
  return { origin, soa: null, ns: [], find: () => undefined, hasBelow: () => false, names: [] }
}

/** Names in data that are kept in lower case (`Insert`). */
const LOWERED: ReadonlySet<string> = new Set(['NS', 'CNAME', 'MX', 'SOA'])

/** The zone of a file's text; a sentence without a full stop where it cannot be known, null where CoreDNS does not take it. */
export function zoneOfText(text: string, origin: string, release: string): ZoneData | string | null {
  const { records, isFaulty, isWhole } = readZoneRecords(text, origin, release)
  if (!isWhole) return 'the zone file takes in other files or ranges'
  if (isFaulty) return null
  let soa: ResourceRecord | null = null
  const ns: ResourceRecord[] = []
  const nodes = new Map<string, ZoneNode>()
  const above = new Set<string>()
  for (const { name: written, ttl, type, data: writtenData } of records) {
    const name = foldCase(written)
    const record = { name, ttl, type, data: LOWERED.has(type) ? foldCase(writtenData) : writtenData }
    if (type === 'SOA') {
      // Up to 1.14.7 nobody looked at its owner.
      if (name !== foldCase(origin) && isSince(release, '1.15.0')) return null
      soa = record
    } else if (type === 'NS' && name === origin) ns.push(record)
    else {
      const node = nodes.get(name) ?? new ZoneNode(name)
      nodes.set(name, node)
      node.add(record)
      for (const start of labelStarts(name).slice(1)) {
        const parent = name.slice(start)
        if (above.has(parent)) break
        above.add(parent)
      }
      above.add('.')
    }
  }
  if (soa === null) return null
  return {
    origin,
    soa,
    ns,
    find: (name) => nodes.get(foldCase(name)),
    hasBelow: (name) => above.has(foldCase(name)),
    names: [...nodes.keys()],
  }
}

/** The names of servers that lie in the delegated zone have their addresses beside them (plugin/file/tree/glue.go). */
export function glueOf(zone: ZoneData, servers: readonly ResourceRecord[]): ResourceRecord[] {
  return servers.flatMap(({ name, data }) => {
    const node = isSubdomain(name, data) ? zone.find(data) : undefined
    return node === undefined ? [] : [...node.of('A'), ...node.of('AAAA')]
  })
}
