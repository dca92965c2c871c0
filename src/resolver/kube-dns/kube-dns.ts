import type { DnsmasqConfiguration } from '../../sources/dnsmasq.ts'
import type { Decider, Decision, Vocabulary } from '../decision.ts'
import { createDnsmasq } from '../dnsmasq/dnsmasq.ts'
import type { Query } from '../query.ts'
import { createSkyDns } from '../skydns.ts'
import { isKubedns, type RunningKubeDns } from './running.ts'

/**
 * The model of kube-dns: dnsmasq, and behind it kubedns, which answers its domain and reverse names from the cluster's objects and asks
 * its own name servers for everything else. `dnsmasq` is another configuration of the dnsmasq that runs, where not all of it counts.
 */
export function createKubeDns(running: RunningKubeDns, dnsmasq: DnsmasqConfiguration = running.dnsmasq): Decider {
  return new KubeDns(running, dnsmasq)
}

class KubeDns implements Decider {
  readonly program = 'kube-dns'
  readonly #front: Decider
  readonly #kubedns: Decider

  constructor({ version, clusterDomain, port, upstreams }: RunningKubeDns, dnsmasq: DnsmasqConfiguration) {
    // cmd/kube-dns/app/server.go starts SkyDNS without anything else, so that it asks the first server as long as that answers.
    this.#kubedns = createSkyDns({
      domain: clusterDomain,
      records: 'kubedns',
      nameservers: upstreams,
      forwards: true,
      rotates: false,
      ndots: 2,
    })
    this.#front = createDnsmasq({
      configuration: dnsmasq,
      version,
      serverAt: (server) => (isKubedns(server, port) ? (query) => this.#kubedns.decide(query).outcome : null),
    })
  }

  get vocabulary(): Vocabulary {
    return { ...this.#front.vocabulary, clusterDomains: this.#kubedns.vocabulary.clusterDomains }
  }

  decide(query: Query): Decision {
    return this.#front.decide(query)
  }
}
