import type { DnsmasqVersion } from '../sources/dnsmasq.ts'
import type { Source } from '../sources/source.ts'
import type { Decider } from './decision.ts'
import { createDnsmasq } from './dnsmasq/dnsmasq.ts'
import { ASSUMED_DNSMASQ } from './kube-dns/defaults.ts'
import { kubeDnsOf } from './kube-dns/from-sources.ts'
import { skyDnsOf } from './skydns.ts'
import { createStub } from './stub.ts'

/** A server that sources make. */
export interface SourceServer {
  readonly name: string
  readonly path: string
  readonly decider: Decider
}

/** The servers among sources: kube-dns of its ConfigMap and Deployment, dnsmasq, and the servers of a resolv.conf. */
export function serversOf(
  sources: readonly Source[],
  {
    dnsmasqVersion,
    clusterDomain = 'cluster.local',
  }: { readonly dnsmasqVersion?: string; readonly clusterDomain?: string },
): SourceServer[] {
  const given = dnsmasqVersion as DnsmasqVersion | undefined
  const kubeDns = kubeDnsOf(sources, { version: given, clusterDomain })
  const others = sources.flatMap((source): SourceServer[] => {
    if (source.kind === 'dnsmasq') {
      const version = given ?? source.version?.version ?? ASSUMED_DNSMASQ
      return [{ name: source.name, path: source.path, decider: createDnsmasq({ configuration: source, version }) }]
    }
    if (source.kind === 'skydns') return [{ name: source.name, path: source.path, decider: skyDnsOf(source) }]
    if (source.kind !== 'resolv-conf' || source.nameservers.length === 0) return []
    return [{ name: source.name, path: source.path, decider: createStub(source.nameservers.map(({ value }) => value)) }]
  })
  return [...kubeDns, ...others]
}
