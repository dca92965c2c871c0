import type { Platform } from './platform.ts'

/** DigitalOcean Kubernetes. Source: docs.digitalocean.com/products/kubernetes/how-to/customize-coredns, of 2021 and edited 2026-01. */
export const doks: Platform = {
  title: 'DOKS',
  instead: null,
  roots: [
    {
      from: '1.8.0',
      text: `.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
}
import custom/*.server
`,
    },
  ],
}
