import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from './lint-text.ts'

// What a distribution installs is meant so: nobody who has not changed it should read a word about it.
const DEFAULTS: Readonly<Record<string, { readonly release: string; readonly text: string }>> = {
  kubeadm: {
    release: '1.12.0',
    text: `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`,
  },
  k3s: {
    release: '1.12.0',
    text: `.:53 {
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
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import /etc/coredns/custom/*.override
}
import /etc/coredns/custom/*.server
`,
  },
  minikube: {
    release: '1.11.1',
    text: `.:53 {
    log
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    hosts {
       192.168.49.1 host.minikube.internal
       fallthrough
    }
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`,
  },
  'node-local-dns': {
    release: '1.11.1',
    text: ['__PILLAR__DNS__DOMAIN__', 'in-addr.arpa', 'ip6.arpa', '.']
      .map(
        (zone) => `${zone}:53 {
    errors
    cache ${zone === '__PILLAR__DNS__DOMAIN__' ? '{\n            success 9984 30\n            denial 9984 5\n    }' : '30'}
    reload
    loop
    bind 169.254.20.10 10.96.0.10
    forward . ${zone === '.' ? '__PILLAR__UPSTREAM__SERVERS__' : '__PILLAR__CLUSTER__DNS__ {\n            force_tcp\n    }'}
    prometheus :9253${zone === '__PILLAR__DNS__DOMAIN__' ? '\n    health 169.254.20.10:8080' : ''}
    }
`,
      )
      .join(''),
  },
}

describe('the Corefile that a distribution installs', () => {
  it.each(Object.entries(DEFAULTS))('%s: nothing is said', async (_, { release, text }) => {
    // Nobody says what lies in /etc/coredns/custom.
    const { findImport: _none, ...options } = optionsFor(text, { rules, release })
    const { files } = await lint([{ path: 'Corefile', text }], { ...options, pedantic: false })
    expect(files.flatMap(({ findings }) => findings).map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([])
  })
})
