import { formatIp, parseIp } from '../../../values/ip.ts'
import { fqdn, isSubdomain, normalizeName } from '../../../values/name.ts'
import { addressOfReverseName } from '../../../values/reverse.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome, ResourceRecord } from '../../outcome.ts'
import type { Service } from '../cluster.ts'
import { KubernetesBackend, trimZone } from '../kubernetes-backend.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { answerOnly, isKnownOutcome, recordsOf, unknown, written } from '../replies.ts'
import { type Fallthrough, matchZone, notItsZone, readFallthrough } from '../zones.ts'

/** plugin/k8s_external: services by the addresses at which they are reached from outside. */
export const k8sExternal: PluginModel = {
  prepare(occurrences, context) {
    const occurrence = occurrences.at(-1)
    return occurrence === undefined ? [] : [new ExternalLink(occurrence, context)]
  },
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) {
      for (const zone of occurrence.zones(occurrence.args)) vocabulary.domain(zone)
    }
  },
}

/** Where a service is reached: an address or a host name, a port, and the name that SRV records give. */
interface Place {
  readonly host: string
  readonly port: number
  readonly name: string
}

/** What a name leads to; null for a name that does not exist. */
type Places = readonly Place[] | null

class ExternalLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #zones: readonly string[]
  readonly #apex: string
  readonly #ttl: number
  readonly #isHeadless: boolean
  readonly #fallthrough: Fallthrough
  readonly #backend: KubernetesBackend | null
  readonly #context: BlockContext

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.occurrence = occurrence
    this.#context = context
    this.#zones = occurrence.zones(occurrence.args)
    this.#apex = occurrence.properties('apex').at(-1)?.args[0]?.value ?? 'dns'
    this.#ttl = Number(occurrence.properties('ttl').at(-1)?.args[0]?.value ?? 5)
    this.#isHeadless = occurrence.has('headless')
    this.#fallthrough = readFallthrough(occurrence)
    const kubernetes = context.block.occurrences('kubernetes')[0]
    this.#backend = kubernetes === undefined ? null : new KubernetesBackend(kubernetes, context)
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    const zone = matchZone(this.#zones, name)
    if (zone === null) {
      turn.note(notItsZone(this.#zones))
      return turn.next()
    }
    if (this.#zones.includes(name)) return this.#atApex(request, zone, turn)
    if (this.#zones.some((each) => isSubdomain(`${this.#apex}.${each}`, name))) return this.#belowApex(name, zone)
    if (this.#backend === null) return unknown('k8s_external has no kubernetes to ask')
    if (this.#backend.cluster === null) {
      turn.note('the services of the cluster decide')
      const otherwise = this.#missing(name, zone, turn).outcome
      return written({ kind: 'cluster', zone, name: request.name, type: request.type, changes: [], otherwise })
    }
    const found = this.#find(request, name, zone)
    if (found === null) return this.#missing(name, zone, turn)
    turn.note(
      found.length === 0 ? `the name exists, without ${request.type}` : found.map(({ host }) => host).join(', '),
    )
    const outcome = this.#outcome(request, found)
    return written(outcome, outcome.kind === 'nodata' ? [this.#soa(zone)] : [])
  }

  #missing(name: string, zone: string, turn: Turn): Reply {
    if (this.#fallthrough.passes(name)) {
      turn.note('fell through: no such service')
      return turn.next()
    }
    turn.note('NXDOMAIN for a service that is not there')
    return written({ kind: 'nxdomain' }, [this.#soa(zone)])
  }

  #atApex({ type }: Request, zone: string, turn: Turn): Reply {
    turn.note('the apex of the zone')
    if (type === 'SOA') {
      turn.assume('the serial of the cluster is the time of its last change')
      return this.#records([this.#soa(zone)])
    }
    if (type !== 'NS') return written({ kind: 'nodata' }, [this.#soa(zone)])
    return this.#records([{ name: zone, ttl: this.#ttl, type, data: this.#server(zone) }])
  }

  /** serveSubApex: the made-up domain of the name server. */
  #belowApex(name: string, zone: string): Reply {
    const labels = trimZone(name, zone).split('.')
    if (labels.length === 1) return written({ kind: 'nodata' }, [this.#soa(zone)])
    if (labels.length !== 2 || labels[0] !== 'ns1') return written({ kind: 'nxdomain' }, [this.#soa(zone)])
    const local = this.#context.localAddresses
    if (local === null) return unknown('the addresses of CoreDNS itself are not known')
    if (local.length > 0) return unknown('the external addresses of the service of CoreDNS itself are not looked at')
    return written({ kind: 'nodata' }, [this.#soa(zone)])
  }

  /** plugin/kubernetes/external.go External. */
  #find({ type }: Request, name: string, zone: string): Places {
    const cluster = this.#backend?.cluster
    if (this.#backend === null || cluster === null || cluster === undefined) return null
    if (type === 'PTR' && this.#context.since('1.9.4')) {
      const ip = addressOfReverseName(name)
      if (ip !== undefined) return this.#byAddress(ip)
    }
    const labels = trimZone(name, zone).split('.')
    const namespace = labels.at(-1) ?? ''
    if (this.#backend.exposes(namespace) !== true) return null
    const service = labels.at(-2)
    if (service === undefined) return []
    if (labels.length > 4) return null
    const own = { endpoint: labels.length === 3 ? withoutUnderscore(labels[0]) : '', port: '', protocol: '' }
    if (labels.length === 4)
      Object.assign(own, { port: withoutUnderscore(labels[0]), protocol: withoutUnderscore(labels[1]) })
    const found = cluster.servicesOf(service, namespace).map((each) => this.#ofService(each, own, zone))
    const places = found.filter((each) => each !== null).flat()
    return places.length === 0 ? null : type === 'PTR' ? [] : places
  }

  #ofService(service: Service, asked: { endpoint: string; port: string; protocol: string }, zone: string): Places {
    const base = `${service.name}.${service.namespace}.${zone}`
    const fits = ({ name, protocol }: { readonly name: string; readonly protocol: string }) =>
      (asked.port === '' || asked.port === name.toLowerCase()) &&
      (asked.protocol === '' || asked.protocol === protocol.toLowerCase())
    const isByEndpoint = this.#isHeadless && this.#context.since('1.9.4') && service.external.length === 0
    if (isByEndpoint && (service.isHeadless || asked.endpoint !== '')) {
      return (this.#backend?.cluster?.endpointsOf(service) ?? []).flatMap((endpoint) => {
        const hostname = this.#backend?.hostnameOf(endpoint) ?? ''
        if (asked.endpoint !== '' && asked.endpoint !== hostname.toLowerCase()) return []
        return endpoint.ports.filter(fits).map(({ port }) => ({ host: endpoint.ip, port, name: `${hostname}.${base}` }))
      })
    }
    return service.external.flatMap((host) =>
      service.ports.filter(fits).map(({ port }) => ({ host, port, name: base })),
    )
  }

  #byAddress(ip: string): Places {
    const services = (this.#backend?.cluster?.services ?? []).filter(({ external }) => external.includes(ip))
    const names = services.map(({ name, namespace }) => `${name}.${namespace}.${this.#zones[0]}`)
    return names.length === 0 ? null : names.map((name) => ({ host: name, port: 0, name }))
  }

  #outcome(request: Request, places: readonly Place[]): Outcome {
    const { name, type } = request
    const record = (data: string, recordType = type): ResourceRecord => ({
      name,
      ttl: this.#ttl,
      type: recordType,
      data,
    })
    const records: ResourceRecord[] = []
    const aliases = new Set<string>()
    switch (type) {
      case 'A':
      case 'AAAA':
        for (const { host } of places) {
          const ip = parseIp(host)
          if (ip === undefined) aliases.add(fqdn(host))
          else if ((ip.length === 4) === (type === 'A')) records.push(record(formatIp(ip)))
        }
        break
      case 'SRV': {
        const weight = Math.max(1, Math.floor(100 / places.length))
        for (const { host, port, name: own } of places) {
          if (port !== -1) records.push(record(`0 ${weight} ${port} ${parseIp(host) === undefined ? fqdn(host) : own}`))
        }
        break
      }
      case 'PTR':
        for (const { host } of places) records.push(record(fqdn(host)))
    }
    const unique = [...new Map(records.map((each) => [each.data, each])).values()]
    if (aliases.size === 0) return unique.length === 0 ? { kind: 'nodata' } : { kind: 'records', records: unique }
    return this.#aliased(request, unique, [...aliases])
  }

  /** A load balancer with a host name: an alias, and what that name gives through the whole server. */
  #aliased(request: Request, records: readonly ResourceRecord[], aliases: readonly string[]): Outcome {
    const heads = aliases.map((data) => ({ name: request.name, ttl: this.#ttl, type: 'CNAME', data }))
    const reached = aliases.map((target) => answerOnly(this.#context.lookup(request, target, request.type).outcome))
    const [target] = aliases
    const [only] = reached
    if (aliases.length === 1 && target !== undefined && only !== undefined) {
      return { kind: 'alias', records: [...records, ...heads], target, reached: only.kind === 'nodata' ? null : only }
    }
    if (!reached.every(isKnownOutcome))
      return { kind: 'unknown', reason: 'several load balancers with names lie elsewhere' }
    return { kind: 'records', records: [...records, ...heads, ...reached.flatMap((each) => [...recordsOf(each)])] }
  }

  #records(records: readonly ResourceRecord[]): Reply {
    return written({ kind: 'records', records }, [])
  }

  #server(zone: string): string {
    return `ns1.${this.#apex}.${zone === '.' ? '' : zone}`
  }

  #soa(zone: string): ResourceRecord {
    const mail = `hostmaster.${this.#apex}.${zone === '.' ? '' : zone}`
    return {
      name: zone,
      ttl: this.#ttl,
      type: 'SOA',
      data: `${this.#server(zone)} ${mail} 0 7200 1800 86400 ${this.#ttl}`,
    }
  }
}

function withoutUnderscore(label = ''): string {
  return label.startsWith('_') ? label.slice(1) : label
}
