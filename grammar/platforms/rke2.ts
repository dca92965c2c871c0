import type { Platform } from './platform.ts'

/**
 * RKE2, which installs the chart of coredns/helm with other values and imports nothing. Source: rancher/rke2-charts at f9f0bd1,
 * packages/rke2-coredns (coredns 1.47.0, generated-changes/patch/values.yaml.patch and templates/configmap.yaml.patch) and
 * coredns/helm charts/coredns/values.yaml.
 */
export const rke2: Platform = {
  title: 'RKE2',
  instead: 'set the servers of the chart in a HelmChartConfig called rke2-coredns',
  roots: [
    {
      from: '1.6.0',
      text: `.:53 {
    errors
    health {
        lameduck 10s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    prometheus 0.0.0.0:9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
`,
    },
  ],
}
