import { lameduckOf } from '../lint/lameduck.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Kubernetes takes this long to wait where a pod says nothing. */
const USUAL_GRACE = 30

/** CoreDNS goes on answering for the lameduck time when it is to end (plugin/health/health.go OnFinalShutdown); Kubernetes does not wait for ever. */
export default defineRule({
  id: 'lameduck-too-long',
  severity: 'warning',
  effects: ['misbehaves'],
  check({ corefile, servers, workspace, report }) {
    for (const health of servers.plugins('health')) {
      const lameduck = lameduckOf(health)
      if (lameduck === null || lameduck.word === null) continue
      for (const { workload } of workspace.cluster.runnersOf(corefile)) {
        const grace = workload.terminationGracePeriodSeconds
        const seconds = grace?.value ?? USUAL_GRACE
        if (lameduck.seconds < seconds || seconds <= 0) continue
        report({
          at: lameduck.word.place,
          message: `CoreDNS waits ${lameduck.word.value} before it ends, and Kubernetes kills it after ${seconds} seconds${grace === null ? ', which is what it waits where nothing is said' : ''}: queries that are on their way are lost (write a shorter lameduck, or a longer terminationGracePeriodSeconds)`,
          related: [
            {
              at: grace ?? workload.name ?? workload,
              message: grace === null ? 'no terminationGracePeriodSeconds here' : `${seconds} seconds`,
            },
          ],
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
        forward . 10.0.0.2
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
`

export const text: RuleText = {
  summary: 'A lameduck that outlasts the patience of Kubernetes',
  why: 'When a pod is to end CoreDNS goes on answering for the lameduck time, so that nobody asks it any more when it stops. Kubernetes kills what has not ended within terminationGracePeriodSeconds, 30 where nothing is said. With a lameduck as long as that CoreDNS never ends in order.',
  links: ['plugin/health/README.md', 'plugin/health/health.go OnFinalShutdown'],
  examples: [{ path: 'coredns.yaml', bad: manifest('30s'), good: manifest('5s') }],
}
