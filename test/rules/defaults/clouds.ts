import { platformOf } from '../../../grammar/platforms/index.ts'
import { type Installed, PROBES, ports } from './installed.ts'

const eks = (lameduck: string) => `.:53 {
    errors
    health {
${lameduck}
    }
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
}
`

const onEks = (kubernetes: string, tag: string, text: string, metrics: boolean): Installed => ({
  name: `EKS ${kubernetes}`,
  source: `eksctl-io/eksctl pkg/addons/default/assets/coredns-${kubernetes}.json, dumped from clusters, main of 2026-08`,
  coredns: tag.slice(1).split('-')[0] ?? tag,
  corefile: text,
  image: `602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/coredns:${tag}`,
  around: {
    pod: { dnsPolicy: 'Default', terminationGracePeriodSeconds: 30 },
    liveness: { ...PROBES.liveness, periodSeconds: 10 },
    readiness: { ...PROBES.ready, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 },
    mounts: metrics ? [] : [{ name: 'tmp', mountPath: '/tmp' }],
    volumes: metrics ? [] : [{ name: 'tmp', emptyDir: {} }],
    service: { name: 'kube-dns', clusterIP: '10.100.0.10', ports: ports(53, metrics ? 9153 : null) },
  },
})

/** The hook for what users add: `coredns-custom`, which need not exist. */
export function customVolume(mountPath: string) {
  return {
    mounts: [{ name: 'custom', mountPath }],
    volumes: [{ name: 'custom', configMap: { name: 'coredns-custom', optional: true } }],
  }
}

/** Managed clusters. The objects around those of AKS and DOKS are not public; their hook is documented. */
export const clouds: readonly Installed[] = [
  onEks('1.23', 'v1.8.7-eksbuild.21', eks('      lameduck 5s'), false),
  onEks('1.25', 'v1.9.3-eksbuild.22', eks('      lameduck 5s'), false),
  onEks('1.28', 'v1.10.1-eksbuild.35', eks('      lameduck 5s'), false),
  onEks('1.31', 'v1.11.4-eksbuild.48', eks('        lameduck 5s'), true),
  onEks('1.34', 'v1.13.2-eksbuild.19', eks('        lameduck 5s'), true),
  onEks('1.36', 'v1.14.3-eksbuild.11', eks('        lameduck 5s'), true),
  ...(['aks', 'doks'] as const).flatMap((platform) =>
    platformOf(platform).roots.flatMap(({ from, text }): Installed[] => {
      const one = { source: `grammar/platforms/${platform}.ts`, coredns: from, corefile: text }
      const { title } = platformOf(platform)
      return [
        { ...one, name: `${title}, CoreDNS ${from}, the ConfigMap`, image: null, around: null },
        {
          ...one,
          name: `${title}, CoreDNS ${from}, with its hook`,
          image: `registry.example/coredns:v${from}`,
          around: customVolume('/etc/coredns/custom'),
        },
      ]
    }),
  ),
]
