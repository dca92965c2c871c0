import { formatIp, parseIp } from '../../../values/ip.ts'
import { fqdn, isSubdomain, normalizeName } from '../../../values/name.ts'
import { addressOfReverseName } from '../../../values/reverse.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome, ResourceRecord } from '../../outcome.ts'
import { outcomeSummary } from '../../outcome-summary.ts'
import { type Found, KubernetesBackend, type Target, trimZone, under } from '../kubernetes-backend.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { answerOnly, recordsOf, returned, written } from '../replies.ts'
import { type Fallthrough, matchZone, notItsZone, readFallthrough } from '../zones.ts'

const DEFAULT_TTL = 5

/** plugin/kubernetes: the services, pods and addresses of a cluster. Without its objects, what depends on them is a symbol. */
export const kubernetes: PluginModel = {
  prepare: (occurrences, context) =>
    occurrences.slice(0, 1).map((occurrence) => new KubernetesLink(occurrence, context)),
  mention(occurrences, vocabulary, context) {
    for (const occurrence of occurrences) {
      const { zones, cluster } = new KubernetesBackend(occurrence, context)
      for (const zone of zones) {
        vocabulary.domain(zone)
        if (isSubdomain('arpa.', zone)) continue
        vocabulary.clusterDomain(zone)
        for (const { name, namespace } of cluster?.services ?? []) vocabulary.name(`${name}.${namespace}.svc.${zone}`)
      }
      for (const { addresses } of cluster?.services ?? []) for (const each of addresses) vocabulary.address(each)
    }
  },
}

/** The records that a name has, outcome of a CNAME's target included; the words as in `Found`. */
type Answer = Outcome | 'missing' | 'perhaps' | 'fails'

class KubernetesLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #context: BlockContext
  readonly #backend: KubernetesBackend
  readonly #fallthrough: Fallthrough
  readonly #ttl: number

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.occurrence = occurrence
    this.#context = context
    this.#backend = new KubernetesBackend(occurrence, context)
    this.#fallthrough = readFallthrough(occurrence)
    this.#ttl = Number(occurrence.properties('ttl').at(-1)?.args[0]?.value ?? DEFAULT_TTL)
  }

  serve(request: Request, turn: Turn): Reply {
    const { zones } = this.#backend
    const matched = matchZone(zones, request.name)
    if (matched === null) {
      turn.note(notItsZone(zones))
      return turn.next()
    }
    const zone = matched === '.' ? '.' : request.name.slice(-matched.length)
    if (this.#context.since('1.8.4') && (request.type === 'AXFR' || request.type === 'IXFR')) {
      turn.note('transfers are refused')
      return returned({ kind: 'refused' })
    }
    const answer = this.#answer(request, zone)
    if (answer === 'missing') return this.#missing(request, zone, turn)
    if (answer === 'fails') {
      turn.note('panics: it lacks endpoints (noendpoints), or a reply for the target of an ExternalName service')
      return { ...returned({ kind: 'servfail', reason: 'kubernetes panics' }), isError: true }
    }
    if (answer === 'perhaps') {
      turn.note('the objects of the cluster decide')
      const { name, type } = request
      const otherwise = this.#missing(request, zone, turn).outcome
      return written({ kind: 'cluster', zone: matched, name, type, changes: [], otherwise })
    }
    if (request.type === 'SOA') turn.assume('the serial of the cluster is the time of its last change')
    turn.note(answer.kind === 'nodata' ? `the name exists, without ${request.type}` : outcomeSummary(answer))
    return written(answer, answer.kind === 'nodata' ? [this.#soa(zone)] : [])
  }

  #missing({ name }: Request, zone: string, turn: Turn): Reply {
    if (this.#fallthrough.passes(normalizeName(name))) {
      turn.note('fell through: no such name')
      return turn.next()
    }
    turn.note('NXDOMAIN for a name that is not there')
    return written({ kind: 'nxdomain' }, [this.#soa(zone)])
  }

  #answer(request: Request, zone: string): Answer {
    const { since } = this.#context
    const name = normalizeName(request.name)
    // CoreDNS compares the zone in the case of the question with a name in lower case.
    const isApex = name === zone
    switch (request.type) {
      case 'A':
      case 'AAAA':
        return this.#addresses(request, request.name, zone, request.type, [])
      case 'TXT':
        return this.#text(request, name, zone)
      case 'CNAME':
        return this.#cname(request, this.#find(name, zone))
      case 'PTR':
        return this.#pointers(request, name, zone)
      case 'SRV':
        return this.#services(request, this.#find(name, zone))
      case 'MX':
        return emptyUnless(this.#find(name, zone))
      case 'SOA':
        if (since('1.8.4') && request.name !== zone) return { kind: 'nodata' }
        return { kind: 'records', records: [this.#soa(zone)] }
      case 'NS':
        if (isApex) return this.#nameServers(request, zone)
    }
    const answer = this.#addresses(request, request.name, zone, 'A', [])
    return typeof answer === 'string' ? answer : { kind: 'nodata' }
  }

  /** plugin/kubernetes/kubernetes.go Services for all types but TXT and NS. */
  #find(name: string, zone: string): Found {
    return name === `ns.dns.${zone}` ? this.#backend.ownAddresses(zone) : this.#backend.records(name, zone)
  }

  /** plugin/backend_lookup.go A and AAAA: addresses, and what the name of an ExternalName service leads to. */
  #addresses(request: Request, owner: string, zone: string, type: 'A' | 'AAAA', before: readonly string[]): Answer {
    const name = normalizeName(owner)
    const found = this.#find(name, zone)
    if (typeof found === 'string') return found
    const records: ResourceRecord[] = []
    const hosts = new Set<string>()
    const aliases: (Outcome & { kind: 'alias' })[] = []
    for (const { host } of found) {
      const ip = parseIp(host)
      if (ip === undefined) {
        const external = this.#external(request, owner, host, zone, type, before)
        if (external === 'fails') return external
        if (external?.kind === 'alias') aliases.push(external)
        else if (external !== null) records.push(...recordsOf(external))
        continue
      }
      if ((ip.length === 4) !== (type === 'A') || hosts.has(host)) continue
      hosts.add(host)
      records.push(this.#record(owner, type, formatIp(ip)))
    }
    // Only the wildcards of old releases find several things.
    const [alias] = aliases
    if (aliases.length > 1) return { kind: 'unknown', reason: 'a wildcard finds several ExternalName services' }
    if (alias !== undefined) return { ...alias, records: [...records, ...alias.records] }
    return records.length === 0 ? { kind: 'nodata' } : { kind: 'records', records }
  }

  #external(
    request: Request,
    owner: string,
    host: string,
    zone: string,
    type: 'A' | 'AAAA',
    before: readonly string[],
  ): Outcome | 'fails' | null {
    const target = fqdn(host)
    const longest = this.#context.since('1.12.1') ? 10 : 7
    if (isSubdomain(target, owner) || before.length > longest || before.includes(normalizeName(owner))) return null
    const cname = this.#record(owner, 'CNAME', target)
    if (isSubdomain(zone, target)) {
      const inner = this.#addresses(request, target, zone, type, [...before, normalizeName(owner)])
      if (typeof inner === 'string' || inner.kind === 'nodata') return null
      if (inner.kind === 'alias') return { ...inner, records: [cname, ...inner.records] }
      return { kind: 'records', records: [cname, ...recordsOf(inner)] }
    }
    const reached = answerOnly(this.#context.lookup(request, target, type).outcome)
    // Without any reply there is nothing to take records from; CoreDNS did not look before 1.12.4.
    if (reached.kind === 'dropped') return this.#context.since('1.12.4') ? null : 'fails'
    return { kind: 'alias', records: [cname], target, reached: reached.kind === 'nodata' ? null : reached }
  }

  #text(request: Request, name: string, zone: string): Answer {
    const base = trimZone(name, zone)
    if (base === 'dns-version') {
      return { kind: 'records', records: [{ name: request.name, ttl: 28800, type: 'TXT', data: '"1.1.0"' }] }
    }
    if (!this.#context.since('1.10.1')) return { kind: 'nodata' }
    const found = this.#backend.records(name, zone)
    if (typeof found === 'string') return found
    if (found.length > 0) return { kind: 'nodata' }
    // A zonal name without an endpoint in its zone still exists.
    const isZonal = this.#context.since('1.14.7') && (this.#backend.parse(name, zone)?.topologyZone ?? '') !== ''
    return isZonal ? { kind: 'nodata' } : 'missing'
  }

  #cname(request: Request, found: Found): Answer {
    if (typeof found === 'string') return found
    const [first] = found
    if (first === undefined || parseIp(first.host) !== undefined) return { kind: 'nodata' }
    return { kind: 'records', records: [this.#record(request.name, 'CNAME', fqdn(first.host))] }
  }

  #pointers(request: Request, name: string, zone: string): Answer {
    const ip = addressOfReverseName(name)
    if (ip === undefined) return emptyUnless(this.#backend.records(name, zone))
    const names = this.#backend.namesOf(ip)
    if (typeof names === 'string') return names
    if (names.length === 0) return 'missing'
    if (names.some((each) => each.endsWith('..'))) {
      return { kind: 'dropped', reason: 'the name of the service ends in two dots, which cannot be sent' }
    }
    const records = [...new Set(names)].map((each) => this.#record(request.name, 'PTR', fqdn(each)))
    return { kind: 'records', records }
  }

  /** plugin/backend_lookup.go SRV; services outside of the cluster have none. */
  #services(request: Request, found: Found): Answer {
    if (typeof found === 'string') return found
    const internal = found.filter(({ host }) => parseIp(host) !== undefined)
    const weight = Math.max(1, Math.floor((100 / (100 * internal.length)) * 100))
    const data = internal.filter(({ port }) => port !== -1).map(({ port, name }) => `0 ${weight} ${port} ${fqdn(name)}`)
    if (data.length === 0) return { kind: 'nodata' }
    return { kind: 'records', records: [...new Set(data)].map((each) => this.#record(request.name, 'SRV', each)) }
  }

  #nameServers(request: Request, zone: string): Answer {
    const found = this.#backend.ownAddresses(zone)
    if (typeof found === 'string') return found
    const names = new Set(found.map(({ name }: Target) => fqdn(name)))
    if (names.size === 0) return { kind: 'nodata' }
    return { kind: 'records', records: [...names].map((each) => this.#record(request.name, 'NS', each)) }
  }

  #record(name: string, type: string, data: string): ResourceRecord {
    return { name, ttl: this.#ttl, type, data }
  }

  #soa(zone: string): ResourceRecord {
    const data = `${under('ns.dns', zone)} ${under('hostmaster', zone)} 0 7200 1800 86400 ${this.#ttl}`
    return { name: zone, ttl: Math.min(this.#ttl, 300), type: 'SOA', data }
  }
}

/** For types that nothing in a cluster has. */
function emptyUnless(found: Found): Answer {
  return typeof found === 'string' ? found : { kind: 'nodata' }
}
