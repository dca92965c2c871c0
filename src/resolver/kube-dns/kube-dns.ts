import type { DnsmasqConfiguration } from '../../sources/dnsmasq.ts'
import { joinHostPort, splitHostPort } from '../../values/hostport.ts'
import { isInvalid } from '../../values/invalid.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { countLabels, foldCase, fqdn, isSubdomain, normalizeName } from '../../values/name.ts'
import type { Decider, Decision, Vocabulary } from '../decision.ts'
import { createDnsmasq } from '../dnsmasq/dnsmasq.ts'
import type { Outcome } from '../outcome.ts'
import type { Query } from '../query.ts'
import { isKubedns, type RunningKubeDns } from './running.ts'

/**
 * The model of kube-dns: dnsmasq, and behind it kubedns, which answers its domain and reverse names from the cluster's objects and asks
 * its own name servers for everything else. `dnsmasq` is another configuration of the dnsmasq that runs, where not all of it counts.
 */
export function createKubeDns(running: RunningKubeDns, dnsmasq: DnsmasqConfiguration = running.dnsmasq): Decider {
  return new KubeDns(running, dnsmasq)
}

/** Names with fewer labels are not asked of upstreams by kubedns (SkyDNS's Ndots). */
const FEWEST_LABELS = 2

class KubeDns implements Decider {
  readonly program = 'kube-dns'
  readonly #front: Decider
  readonly #domain: string
  readonly #upstreams: readonly string[]

  constructor({ version, clusterDomain, port, upstreams }: RunningKubeDns, dnsmasq: DnsmasqConfiguration) {
    this.#domain = normalizeName(fqdn(clusterDomain))
    this.#upstreams = upstreams.map(upstreamText)
    this.#front = createDnsmasq({
      configuration: dnsmasq,
      version,
      serverAt: (server) => (isKubedns(server, port) ? (query) => this.#kubedns(query) : null),
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

/** A server behind `forward .` as outcomes say it. */
function upstreamText(written: string): string {
  if (written.startsWith('/')) return `resolv.conf ${written}`
  const ip = parseIp(written)
  if (ip !== undefined) return joinHostPort(formatIp(ip), '53')
  return isInvalid(splitHostPort(written)) ? `${written}:53` : written
}
