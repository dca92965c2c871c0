import type { OperatorDns, OperatorResolvers, OperatorServer } from '../../sources/operator-dns.ts'
import { joinHostPort } from '../../values/hostport.ts'
import { isSubdomain } from '../../values/name.ts'
import type { Conflict, Item, ItemSource } from '../plan.ts'
import { endpointOf, serverName } from './limits.ts'
import type { Wanted, WantedServer } from './wanted.ts'

/** What of a resource is to be another: servers at the end, servers by their number, and the other fields of `spec`. */
export interface OperatorChanges {
  readonly added: readonly OperatorServer[]
  readonly replaced: ReadonlyMap<number, OperatorServer>
  readonly resolvers: OperatorResolvers | null
  readonly positiveTTL: string | null
  readonly logLevel: string | null
}

/** Where in a resource something is said. */
export type OperatorPlace = { readonly zone: string } | 'upstreamResolvers' | 'cache' | 'logLevel'

/** What it takes to let a resource say what is wanted. */
export interface OperatorMerge {
  readonly dns: OperatorDns
  readonly changes: OperatorChanges
  readonly conflicts: readonly Conflict[]
  readonly placeOf: ReadonlyMap<Item, OperatorPlace>
  /** Items that give way to what the resource says, with why. */
  readonly kept: ReadonlyMap<Item, string>
}

/** Finds the places in the source of the resource: of a server by its number, or of its `upstreamResolvers`. */
export type OperatorSource = (place: number | 'upstreamResolvers') => ItemSource

/**
 * The fewest changes after which a resource says what is wanted: no zone gets a second server, and what is there and says otherwise stays
 * unless `accepted` has the code of the conflict.
 */
export function mergeOperator(
  dns: OperatorDns,
  wanted: Wanted,
  sourceOf: OperatorSource,
  accepted: ReadonlySet<string>,
): OperatorMerge {
  const merging = new Merging(dns, sourceOf, accepted)
  const zones = new Set(wanted.servers.flatMap((server) => server.zones))
  for (const server of wanted.servers) merging.mergeServer(server, zones)
  if (wanted.resolvers !== null) merging.mergeResolvers(wanted.resolvers)
  merging.mergeFields(wanted)
  return merging.finish()
}

class Merging {
  readonly #dns: OperatorDns
  readonly #sourceOf: OperatorSource
  readonly #accepted: ReadonlySet<string>
  readonly #names: Set<string>
  readonly #serverOf = new Map<string, number>()
  readonly #added: OperatorServer[] = []
  readonly #replaced = new Map<number, OperatorServer>()
  readonly #conflicts: Conflict[] = []
  readonly #placeOf = new Map<Item, OperatorPlace>()
  readonly #kept = new Map<Item, string>()
  #resolvers: OperatorResolvers | null = null
  #positiveTTL: string | null = null
  #logLevel: string | null = null

  constructor(dns: OperatorDns, sourceOf: OperatorSource, accepted: ReadonlySet<string>) {
    this.#dns = dns
    this.#sourceOf = sourceOf
    this.#accepted = accepted
    this.#names = new Set(dns.servers.map(({ name }) => name))
    for (const [number, { zones }] of dns.servers.entries())
      for (const zone of zones) if (!this.#serverOf.has(plain(zone))) this.#serverOf.set(plain(zone), number)
  }

  finish(): OperatorMerge {
    const { servers, resolvers, cache, logLevel } = this.#dns
    return {
      dns: {
        servers: [...servers.map((server, number) => this.#replaced.get(number) ?? server), ...this.#added],
        resolvers: this.#resolvers ?? resolvers,
        cache: { ...cache, positiveTTL: this.#positiveTTL ?? cache.positiveTTL },
        logLevel: this.#logLevel ?? logLevel,
      },
      changes: {
        added: this.#added,
        replaced: this.#replaced,
        resolvers: this.#resolvers,
        positiveTTL: this.#positiveTTL,
        logLevel: this.#logLevel,
      },
      conflicts: this.#conflicts,
      placeOf: this.#placeOf,
      kept: this.#kept,
    }
  }

  mergeServer(wanted: WantedServer, allZones: ReadonlySet<string>): void {
    const { zones, upstreams, items, ...forwarding } = wanted
    this.#reportDeeper(wanted, allZones)
    const numbers = new Set(zones.flatMap((zone) => this.#serverOf.get(zone) ?? []))
    for (const number of numbers) this.#mergeExisting(wanted, number)
    const free = zones.filter((zone) => !this.#serverOf.has(zone))
    const [first] = free
    if (first === undefined) return
    const name = serverName(first, this.#names)
    this.#names.add(name)
    this.#added.push({ name, zones: free, upstreams, ...forwarding })
    this.#note(items, { zone: first })
  }

  #mergeExisting({ zones, upstreams, items, ...forwarding }: WantedServer, number: number): void {
    const server = this.#dns.servers[number] as OperatorServer
    const own = server.zones.map(plain)
    const [zone = ''] = zones.filter((one) => own.includes(one))
    if (isSame(server, { upstreams, ...forwarding })) {
      this.#note(items, { zone })
      return
    }
    const isWhole = own.every((one) => zones.includes(one))
    if (isWhole && this.#accepted.has('upstreams-differ')) {
      this.#replaced.set(number, { name: server.name, zones: server.zones, upstreams, ...forwarding })
      this.#note(items, { zone })
      return
    }
    const others = own.filter((one) => !zones.includes(one))
    const shared = isWhole
      ? ''
      : `; its server is that of ${others.join(', ')} too, so give ${zone} one of its own first`
    this.#conflicts.push({
      code: isWhole ? 'upstreams-differ' : 'server-has-other-zones',
      message: `${zone} asks ${server.upstreams.join(' ')} in the resource, and ${upstreams.join(' ')} in the source${shared}`,
      places: [this.#sourceOf(number), ...items.map(({ source }) => source)],
      choices: isWhole ? [{ accept: 'upstreams-differ', effect: `ask ${upstreams.join(' ')} from now on` }] : [],
    })
  }

  /** A server for a domain below one of the sources: CoreDNS asks the deepest, whatever the sources say. */
  #reportDeeper({ zones, items }: WantedServer, allZones: ReadonlySet<string>): void {
    for (const zone of zones) {
      for (const [deeper, number] of this.#serverOf) {
        if (deeper === zone || allZones.has(deeper) || !isSubdomain(zone, deeper)) continue
        this.#conflicts.push({
          code: 'corefile-has-deeper-zone',
          message: `the resource has a server for ${deeper}, of which the sources say nothing but what holds for all of ${zone}`,
          places: [this.#sourceOf(number), ...items.map(({ source }) => source)],
          choices: [{ accept: 'corefile-has-deeper-zone', effect: 'the server stays as it is' }],
        })
      }
    }
  }

  mergeResolvers({ items, ...wanted }: NonNullable<Wanted['resolvers']>): void {
    const { resolvers } = this.#dns
    const [old, later] = [textsOf(resolvers), textsOf(wanted)]
    const isAsWanted = isSame({ ...resolvers, upstreams: old }, { ...wanted, upstreams: later })
    if (isAsWanted) this.#note(items, 'upstreamResolvers')
    else if (isNode(old) || this.#accepted.has('upstreams-differ')) {
      this.#resolvers = wanted
      this.#note(items, 'upstreamResolvers')
    } else {
      this.#conflicts.push({
        code: 'upstreams-differ',
        message: `. asks ${old.join(' ')} in the resource, and ${later.join(' ')} in the source`,
        places: [this.#sourceOf('upstreamResolvers'), ...items.map(({ source }) => source)],
        choices: [{ accept: 'upstreams-differ', effect: `ask ${later.join(' ')} from now on` }],
      })
    }
  }

  mergeFields({ positiveTTL, logLevel }: Wanted): void {
    const { cache, logLevel: level } = this.#dns
    if (positiveTTL !== null) {
      const isOther = cache.positiveTTL !== undefined && cache.positiveTTL !== positiveTTL.value
      if (isOther)
        for (const item of positiveTTL.items)
          this.#kept.set(item, `the resource has positiveTTL ${cache.positiveTTL} already, which stays`)
      else {
        if (cache.positiveTTL === undefined) this.#positiveTTL = positiveTTL.value
        this.#note(positiveTTL.items, 'cache')
      }
    }
    if (logLevel === null) return
    if (level !== logLevel.value) this.#logLevel = logLevel.value
    this.#note(logLevel.items, 'logLevel')
  }

  #note(items: readonly Item[], place: OperatorPlace): void {
    for (const item of items) if (!this.#placeOf.has(item)) this.#placeOf.set(item, place)
  }
}

type Asked = Pick<OperatorServer, 'upstreams' | 'transport' | 'serverName' | 'protocolStrategy'>

/** Whether two ask the same servers in the same way; which of them first is a matter of the resource that is there. */
function isSame(one: Asked, other: Asked): boolean {
  const key = ({ upstreams, transport, serverName, protocolStrategy }: Asked) => {
    const isTls = transport === 'TLS'
    const ports = upstreams.map((upstream) => {
      const { host, port } = endpointOf(upstream)
      return `${host.toLowerCase()} ${port ?? (isTls ? 853 : 53)}`
    })
    return [...new Set(ports)].sort().join(',') + [isTls ? serverName : '', protocolStrategy === 'TCP'].join(' ')
  }
  return key(one) === key(other)
}

/** The upstreams of `upstreamResolvers` as words. */
function textsOf({ upstreams, transport }: OperatorResolvers): string[] {
  const texts = upstreams.map(({ type, address = '', port = 53 }) => {
    if (type !== 'Network') return '/etc/resolv.conf'
    return port === 53 && transport !== 'TLS' ? address : joinHostPort(address, String(port))
  })
  return texts.length === 0 ? ['/etc/resolv.conf'] : texts
}

function isNode(upstreams: readonly string[]): boolean {
  return upstreams.every((upstream) => upstream === '/etc/resolv.conf')
}

function plain(zone: string): string {
  return zone.replace(/\.$/, '').toLowerCase()
}
