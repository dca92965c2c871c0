import { fileText } from '../embed/inner-text.ts'
import type { DistributionServer, DistributionSettings } from './distribution.ts'
import type { KubeDnsConfigMap } from './kube-dns.ts'
import { readKubeDnsConfigMap } from './kube-dns-configmap.ts'
import { ManifestDocument } from './manifest.ts'

/** The ConfigMap of kube-dns that kops or RKE1 writes for its settings; its places are in a text that is in the cluster alone. */
export function kubeDnsConfigMapOf({ zones, upstreams }: DistributionSettings): KubeDnsConfigMap | null {
  const words = (servers: readonly DistributionServer[]) => servers.map(({ at }) => at.value)
  const stubs = zones.flatMap((zone) => zone.zones.map(({ value }) => [value, words(zone.servers)] as const))
  const data = {
    ...(stubs.length > 0 ? { stubDomains: JSON.stringify(Object.fromEntries(stubs)) } : {}),
    ...(upstreams.length > 0 ? { upstreamNameservers: JSON.stringify(words(upstreams)) } : {}),
  }
  const metadata = { name: 'kube-dns', namespace: 'kube-system' }
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data })
  const [object] = new ManifestDocument(fileText(text), { start: 0, end: text.length }).roots()
  return object === undefined ? null : readKubeDnsConfigMap('ConfigMap of kube-dns', object)
}
