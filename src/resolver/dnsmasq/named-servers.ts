import type { DnsmasqOption } from '../../sources/dnsmasq.ts'
import type { ServiceObject } from '../../sources/workload.ts'

/** Cluster addresses of Services by their names in the cluster's domain, in lower case and without a final dot. */
export function addressesOfServices(services: readonly ServiceObject[], clusterDomain: string): Map<string, string> {
  const addresses = new Map<string, string>()
  for (const { object, namespace, clusterIps, isHeadless } of services) {
    const [first] = clusterIps
    if (isHeadless || first === undefined || object.name === undefined) continue
    addresses.set(`${object.name}.${namespace}.svc.${clusterDomain}`.toLowerCase(), first.value)
  }
  return addresses
}

/** Options whose servers have addresses in place of names that are known; other names stay. */
export function withAddresses(
  options: readonly DnsmasqOption[],
  addresses: ReadonlyMap<string, string>,
): DnsmasqOption[] {
  return options.map((option) => {
    const { value } = option
    if ((value.type !== 'server' && value.type !== 'rev-server') || typeof value.to === 'string') return option
    const address = value.to.isName ? addresses.get(value.to.host.toLowerCase()) : undefined
    if (address === undefined) return option
    return { ...option, value: { ...value, to: { ...value.to, host: address, isName: false } } }
  })
}
