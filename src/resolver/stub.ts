import { joinHostPort } from '../values/hostport.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import type { Decider } from './decision.ts'

/** A client that asks the servers of a resolv.conf, one after another or with `rotate` in turn: addresses without port, or a path for those that another file names. */
export function createStub(addresses: readonly string[], policy: 'sequential' | 'round_robin' = 'sequential'): Decider {
  const upstreams = addresses.map((address) => {
    if (address.startsWith('/')) return `resolv.conf ${address}`
    const ip = parseIp(address)
    return joinHostPort(ip === undefined ? address : formatIp(ip), '53')
  })
  return {
    program: 'resolv.conf',
    vocabulary: { names: new Set(), domains: new Set(), addresses: new Set(), clusterDomains: new Set(), patterns: [] },
    decide: (query) => ({
      query,
      outcome: {
        kind: 'upstream',
        upstreams,
        policy: upstreams.length > 1 ? policy : 'random',
        asks: { name: query.name, type: query.type },
        changes: [],
        failover: [],
        next: null,
      },
      block: null,
      listener: null,
      path: [{ plugin: 'nameserver', at: null, role: 'answered', did: `asks ${upstreams.join(', ')}` }],
      assumes: [],
    }),
  }
}
