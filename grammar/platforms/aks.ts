import type { Platform } from './platform.ts'

/**
 * Azure Kubernetes Service. Its Corefile is published nowhere but in clusters: sources are what people show of theirs. Of 2020:
 * HoussemDellai's lab on custom domain names; of CoreDNS 1.9.4: VijayRod/demo container-storage/logs/dns-k8s-coredns_cm.md, a cluster of
 * 2023-09-08; the templates behind the import: Corefiles shown since 2025, CoreDNS 1.11 and later. That `custom/` holds
 * `*.override` and `*.server` of coredns-custom: learn.microsoft.com/azure/aks/coredns-custom.
 */
export const aks: Platform = {
  title: 'AKS',
  instead: null,
  roots: [
    {
      from: '1.6.6',
      text: `.:53 {
    errors
    ready
    health
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
    {
      from: '1.9.4',
      text: `.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
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
    {
      from: '1.11.1',
      text: `.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
    template ANY ANY internal.cloudapp.net {
      match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
      rcode NXDOMAIN
      fallthrough
    }
    template ANY ANY reddog.microsoft.com {
      rcode NXDOMAIN
    }
}
import custom/*.server
`,
    },
  ],
}
