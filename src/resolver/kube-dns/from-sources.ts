import type { DnsmasqVersion } from '../../sources/dnsmasq.ts'
import type { Source } from '../../sources/source.ts'
import type { Decider } from '../decision.ts'
import { addressesOfServices, withAddresses } from '../dnsmasq/named-servers.ts'
import { createKubeDns } from './kube-dns.ts'
import { runningKubeDns } from './running.ts'

/** The kube-dns that ConfigMaps and Deployments among sources make: what it does with them, whatever was meant. */
export function kubeDnsOf(
  sources: readonly Source[],
  options: { readonly version: DnsmasqVersion | undefined; readonly clusterDomain: string },
): { name: string; path: string; decider: Decider }[] {
  const configMaps = sources.filter((source) => source.kind === 'kube-dns-configmap')
  const deployments = sources.filter((source) => source.kind === 'kube-dns-deployment')
  const services = sources.filter((source) => source.kind === 'service')
  return Array.from({ length: Math.max(configMaps.length, deployments.length) }, (_, at) => {
    const [configMap, deployment] = [configMaps[at], deployments[at]]
    const named = configMap ?? deployment
    const running = runningKubeDns({
      deployment: deployment ?? null,
      configMap: configMap === undefined ? null : { pathOf: configMap.pathOf, settings: configMap.asRunning },
      clusterDomain: options.clusterDomain,
      version: options.version ?? null,
    })
    const addresses = addressesOfServices(services, running.clusterDomain)
    const { dnsmasq } = running
    const configuration = { ...dnsmasq, options: withAddresses(dnsmasq.options, addresses) }
    return {
      name: named?.name ?? 'kube-dns',
      path: named?.path ?? '',
      decider: createKubeDns(running, configuration),
    }
  })
}
