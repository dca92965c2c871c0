import { NEWEST } from '../../grammar/releases.ts'
import type { DnsmasqVersion } from '../sources/dnsmasq.ts'
import { hostsAsLibc } from '../sources/hosts-file.ts'
import type { Source } from '../sources/source.ts'
import type { Decider } from './decision.ts'
import { distributionServer } from './distribution-server.ts'
import { createDnsmasq } from './dnsmasq/dnsmasq.ts'
import { ASSUMED_DNSMASQ } from './kube-dns/defaults.ts'
import { kubeDnsOf } from './kube-dns/from-sources.ts'
import { overlaid } from './overlay.ts'
import { skyDnsOf } from './skydns.ts'
import { createStub } from './stub.ts'

/** A server that sources make. */
export interface SourceServer {
  readonly name: string
  readonly path: string
  readonly decider: Decider
}

/**
 * The servers among sources: kube-dns of its ConfigMap and Deployment, dnsmasq, SkyDNS, the CoreDNS of distributions; where there is none of these, what a machine
 * gets that has the hosts files and resolv.conf among them.
 */
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
    if (source.kind === 'skydns') return [{ name: source.name, path: source.path, decider: skyDnsOf(source) }]
    if (source.kind === 'distribution') {
      const decider = distributionServer(source, { release: NEWEST, clusterDomain, asIntended: false })
      return decider === null ? [] : [{ name: source.name, path: source.path, decider }]
    }
    if (source.kind !== 'dnsmasq') return []
    const version = given ?? source.version?.version ?? ASSUMED_DNSMASQ
    return [{ name: source.name, path: source.path, decider: createDnsmasq({ configuration: source, version }) }]
  })
  const servers = [...kubeDns, ...others]
  return servers.length > 0 ? servers : machinesOf(sources)
}

/** Machines with these files, as the C library reads them: each resolv.conf is one, and all have the hosts files. */
function machinesOf(sources: readonly Source[]): SourceServer[] {
  const files = sources.filter((source) => source.kind === 'hosts-file')
  const names = files.flatMap((file) =>
    hostsAsLibc(file, 'glibc').entries.flatMap(({ address, names: own }) =>
      own.map(({ value }) => ({ name: value, address })),
    ),
  )
  const machines = sources.flatMap((source) => {
    if (source.kind !== 'resolv-conf' || source.nameservers.length === 0) return []
    const rotates = source.options.some((option) => option.name === 'rotate')
    const addresses = source.nameservers.map(({ value }) => value)
    return [{ source, stub: createStub(addresses, rotates ? 'round_robin' : 'sequential') }]
  })
  const [first] = files
  const own = first === undefined ? [] : [{ source: first, stub: createStub(['/etc/resolv.conf']) }]
  return (machines.length > 0 ? machines : own).map(({ source: { name, path }, stub }) => ({
    name,
    path,
    decider: overlaid(stub, names),
  }))
}
