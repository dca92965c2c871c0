import { formatIp, parseIp } from '../values/ip.ts'
import { absoluteName, foldCase, spelledName } from '../values/name.ts'
import { outcomeOf } from './compare.ts'
import type { Decider, Decision, Vocabulary } from './decision.ts'
import type { Outcome, ResourceRecord } from './outcome.ts'
import type { Query } from './query.ts'
import { joinedVocabulary, TYPES_OF_HOSTS } from './vocabulary.ts'

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
    const owner = absoluteName(spelledName(name))
    const record = { name: owner, ttl: 0, type: ip.length === 16 ? 'AAAA' : 'A', data: formatIp(ip) }
    const others = known.get(owner)
    if (others === undefined) known.set(owner, [record])
    else others.push(record)
    addresses.add(formatIp(ip))
  }
  if (known.size === 0) return base
  const own: Vocabulary = {
    names: new Set(known.keys()),
    types: new Map([...known.keys()].map((name) => [name, TYPES_OF_HOSTS])),
    addresses,
    domains: new Set(),
    clusterDomains: new Set(),
    patterns: [],
  }
  const answer = ({ name, type }: Query): Outcome | null => {
    const records = type === 'A' || type === 'AAAA' ? known.get(foldCase(name)) : undefined
    if (records === undefined) return null
    const fitting = records.filter((record) => record.type === type)
    // The C library asks nobody for the other family of a name that it has.
    return fitting.length > 0 ? { kind: 'records', records: fitting } : { kind: 'nodata' }
  }
  return {
    program: base.program,
    vocabulary: joinedVocabulary([base.vocabulary, own]),
    decide(query: Query): Decision {
      const outcome = answer(query)
      if (outcome === null) return base.decide(query)
      const step = { plugin: '/etc/hosts', at: null, role: 'answered', did: `has ${query.name}` } as const
      return { query, outcome, block: null, listener: null, path: [step], assumes: [] }
    },
    outcomeOf: (query) => answer(query) ?? outcomeOf(base, query),
  }
}
