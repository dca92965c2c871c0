import { formatIp, parseIp } from '../values/ip.ts'
import { foldCase, fqdn, normalizeName } from '../values/name.ts'
import type { Decider, Decision, Vocabulary } from './decision.ts'
import type { ResourceRecord } from './outcome.ts'
import type { Query } from './query.ts'

/** A name with an address that is known in front of a server, as in a hosts file of the client. */
export interface OverlaidName {
  readonly name: string
  readonly address: string
}

/** What clients of a server get that look into a list of names first: the addresses of these, everything else from the server. */
export function overlaid(base: Decider, names: Iterable<OverlaidName>): Decider {
  const known = new Map<string, ResourceRecord[]>()
  const addresses = new Set<string>()
  for (const { name, address } of names) {
    const ip = parseIp(address)
    if (ip === undefined) continue
    const owner = normalizeName(fqdn(name))
    const record = { name: owner, ttl: 0, type: ip.length === 16 ? 'AAAA' : 'A', data: formatIp(ip) }
    const others = known.get(owner)
    if (others === undefined) known.set(owner, [record])
    else others.push(record)
    addresses.add(formatIp(ip))
  }
  const { vocabulary } = base
  const all: Vocabulary = {
    ...vocabulary,
    names: new Set([...vocabulary.names, ...known.keys()]),
    addresses: new Set([...vocabulary.addresses, ...addresses]),
  }
  return {
    program: base.program,
    vocabulary: all,
    decide(query: Query): Decision {
      const records = known.get(foldCase(query.name))
      if (records === undefined || (query.type !== 'A' && query.type !== 'AAAA')) return base.decide(query)
      const own = records.filter(({ type }) => type === query.type)
      const step = { plugin: '/etc/hosts', at: null, role: 'answered', did: `has ${query.name}` } as const
      // The C library asks nobody for the other family of a name that it has.
      const outcome = own.length > 0 ? ({ kind: 'records', records: own } as const) : ({ kind: 'nodata' } as const)
      return { query, outcome, block: null, listener: null, path: [step], assumes: [] }
    },
  }
}
