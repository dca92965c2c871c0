import type { Platform } from './platform.ts'

/** `forward` stands before the import, or since k3s-io/k3s#12979 behind it, so that a `forward` of an override comes first. */
const root = (forwardFirst: boolean, imports: readonly ('override' | 'server')[]): string => {
  const forward = '    forward . /etc/resolv.conf\n'
  const override = imports.includes('override') ? '    import /etc/coredns/custom/*.override\n' : ''
  const server = imports.includes('server') ? 'import /etc/coredns/custom/*.server\n' : ''
  return `.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    hosts /etc/coredns/NodeHosts {
      ttl 60
      reload 15s
      fallthrough
    }
    prometheus :9153
${forwardFirst ? forward : ''}    cache 30
    loop
    reload
    loadbalance
${override}${forwardFirst ? '' : forward}}
${server}`
}

/**
 * K3s. Source: k3s-io/k3s manifests/coredns.yaml, at 0064a39 (CoreDNS 1.8.3, no import), after k3s-io/k3s#4397 (v1.22, servers alone),
 * after k3s-io/k3s#7639 (v1.26.6 and the other releases of June 2023, CoreDNS 1.10.1, overrides too), at 66c487b (CoreDNS 1.11.3), and
 * master of 2026. Which CoreDNS was the first behind k3s-io/k3s#12979 is taken from the releases around it.
 */
export const k3s: Platform = {
  title: 'K3s',
  instead: null,
  roots: [
    { from: '1.8.3', text: root(true, []) },
    { from: '1.8.4', text: root(true, ['server']) },
    { from: '1.10.1', text: root(true, ['override', 'server']) },
    { from: '1.13.1', text: root(false, ['override', 'server']) },
  ],
}
