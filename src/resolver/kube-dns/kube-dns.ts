import type { DnsmasqConfiguration, DnsmasqServer, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import { countLabels, foldCase, fqdn, isSubdomain, normalizeName } from '../../values/name.ts'
import type { Decider, Decision, Vocabulary } from '../decision.ts'
import { createDnsmasq } from '../dnsmasq/dnsmasq.ts'
import type { Outcome } from '../outcome.ts'
import type { Query } from '../query.ts'

/** What a kube-dns is: a dnsmasq in front of kubedns. */
export interface KubeDnsOptions {
  /** All options of dnsmasq, those that the nanny adds among them. */
  readonly dnsmasq: DnsmasqConfiguration
  readonly version: DnsmasqVersion
  /** Without a final dot. */
  readonly clusterDomain: string
  /** The port of kubedns on the loopback address. */
  readonly port: number
  /** Whom kubedns asks for names that it does not have, as outcomes say it. */
  readonly upstreams: readonly string[]
}

/**
 * The model of kube-dns: dnsmasq, and behind it kubedns, which answers its domain and reverse names from the cluster's objects and asks
 * its own name servers for everything else.
 */
export function createKubeDns(options: KubeDnsOptions): Decider {
  return new KubeDns(options)
}

/** Names with fewer labels are not asked of upstreams by kubedns (SkyDNS's Ndots). */
const FEWEST_LABELS = 2

class KubeDns implements Decider {
  readonly program = 'kube-dns'
  readonly #front: Decider
  readonly #domain: string
  readonly #upstreams: readonly string[]

  constructor({ dnsmasq, version, clusterDomain, port, upstreams }: KubeDnsOptions) {
    this.#domain = normalizeName(fqdn(clusterDomain))
    this.#upstreams = upstreams
    const isKubedns = ({ host, port: asked }: DnsmasqServer) => asked === port && /^(?:127\.|::1$)/.test(host)
    this.#front = createDnsmasq({
      configuration: dnsmasq,
      version,
      serverAt: (server) => (isKubedns(server) ? (query) => this.#kubedns(query) : null),
    })
  }

  get vocabulary(): Vocabulary {
    return { ...this.#front.vocabulary, clusterDomains: new Set([this.#domain]) }
  }

  decide(query: Query): Decision {
    return this.#front.decide(query)
  }

  #kubedns(query: Query): Outcome {
    const name = foldCase(query.name)
    const cluster = (zone: string, otherwise: Outcome): Outcome => ({
      kind: 'cluster',
      zone,
      name: query.name,
      type: query.type,
      changes: [],
      otherwise,
    })
    if (isSubdomain(this.#domain, name)) return cluster(this.#domain, { kind: 'nxdomain' })
    for (const zone of ['in-addr.arpa.', 'ip6.arpa.']) {
      if (isSubdomain(zone, name)) return cluster(zone, this.#ask(query))
    }
    if (countLabels(name) < FEWEST_LABELS)
      return { kind: 'servfail', reason: 'kubedns asks nobody for names without a dot' }
    return this.#ask(query)
  }

  #ask({ name, type }: Query): Outcome {
    const failover = this.#upstreams.length < 2 ? [] : ['REFUSED', 'SERVFAIL']
    return {
      kind: 'upstream',
      upstreams: this.#upstreams,
      policy: 'random',
      asks: { name, type },
      changes: [],
      failover,
      next: null,
    }
  }
}
