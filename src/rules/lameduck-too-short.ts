import { lameduckOf } from '../lint/lameduck.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** As Kubernetes has them where a probe says nothing. */
const USUAL_PERIOD = 10
const USUAL_THRESHOLD = 3

/** `ready` says no from the moment on at which CoreDNS is to end; others hear of it when the probe has failed often enough. */
export default defineRule({
  id: 'lameduck-too-short',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  check({ corefile, servers, workspace, report }) {
    for (const health of servers.plugins('health')) {
      const lameduck = lameduckOf(health)
      if (lameduck === null) continue
      for (const { container } of workspace.cluster.runnersOf(corefile)) {
        const probe = container.readinessProbe
        if (probe === null) continue
        const needed = (probe.periodSeconds?.value ?? USUAL_PERIOD) * (probe.failureThreshold?.value ?? USUAL_THRESHOLD)
        if (lameduck.seconds >= needed) continue
        report({
          at: (lameduck.word ?? health.name).place,
          message: `${lameduck.word === null ? 'without lameduck CoreDNS ends at once' : `CoreDNS ends ${lameduck.word.value} after it was told to`}, and its readinessProbe takes ${needed} seconds to fail: who goes by that still asks a server that is gone (write lameduck ${needed}s)`,
          related: [{ at: probe, message: `fails after ${needed} seconds` }],
        })
        break
      }
    }
  },
})

const manifest = (lameduck: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        health {
            lameduck ${lameduck}
        }
        ready
        forward . 10.0.0.2
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          readinessProbe:
            httpGet: {path: /ready, port: 8181}
            periodSeconds: 5
            failureThreshold: 2
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
`

export const text: RuleText = {
  summary: 'A lameduck that ends before the readiness probe has failed',
  why: 'A load balancer or mesh that goes by readiness sends queries until the probe has failed as often as failureThreshold says. kubeadm writes lameduck 5s beside a probe that takes 30 seconds, which is enough for Services, as Kubernetes takes a pod out of these when it is deleted.',
  links: ['plugin/health/README.md', 'plugin/ready/README.md'],
  examples: [{ path: 'coredns.yaml', bad: manifest('5s'), good: manifest('10s') }],
}
