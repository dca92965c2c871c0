import type { Stated } from '../lint/cluster/place.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** A waiting query takes about this much (plugin/forward/README.md max_concurrent). */
const BYTES_A_QUERY = 2_000
/** What CoreDNS takes with nothing to do, and a full cache of the usual size (kubernetes/Scaling_CoreDNS.md of coredns/deployment). */
const BYTES_OWN = 24_000_000
const BYTES_CACHE = 30_000_000

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** A limit on waiting queries that memory does not reach to. */
export default defineRule({
  id: 'forward-limit-exceeds-memory',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.9' },
  check(context) {
    const { corefile, servers, workspace, report } = context
    if (!servers.has('forward')) return
    const limits = limitsOf(context)
    const [largest] = limits.toSorted((a, b) => b.queries - a.queries)
    if (largest === undefined) return
    const waiting = limits.reduce((sum, { queries }) => sum + queries, 0) * BYTES_A_QUERY
    const other = BYTES_OWN + (servers.has('cache') ? BYTES_CACHE : 0)
    for (const { container } of workspace.cluster.runnersOf(corefile)) {
      const memory = container.limits.get('memory')
      const bytes = memory === undefined ? null : bytesOf(memory)
      if (memory === undefined || bytes === null || waiting + other <= bytes) continue
      // Where the rest alone does not fit, this limit is not what is wrong.
      const room = Math.floor((bytes - other) / BYTES_A_QUERY / 1000) * 1000
      if (room < 1000) continue
      report({
        at: largest.word.place,
        message: `${largest.queries} waiting queries take about ${megabytes(waiting)}, and with ${megabytes(other)} for the rest that is more than the ${memory.value} of memory that CoreDNS may have: it is killed before the limit counts (write max_concurrent ${room}, or give it more memory)`,
        related: [{ at: memory, message: `${memory.value} of memory` }],
      })
      return
    }
  },
})

function limitsOf({ servers }: RuleContext): { readonly word: WordView; readonly queries: number }[] {
  return [...servers.plugins('forward')].flatMap((forward) => {
    const word = forward.properties('max_concurrent').at(-1)?.args[0]
    return word?.known && /^\d{1,15}$/.test(word.value) && Number(word.value) > 0
      ? [{ word, queries: Number(word.value) }]
      : []
  })
}

/** A quantity of Kubernetes in bytes, null where it is none. */
function bytesOf({ value }: Stated<string>): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(value) ?? []
  const factor = UNITS[unit]
  return number === undefined || factor === undefined ? null : Number(number) * factor
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

const manifest = (limit: number) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        cache 30
        forward . 10.0.0.2 {
            max_concurrent ${limit}
        }
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
          resources: {limits: {memory: 170Mi}}
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
`

export const text: RuleText = {
  summary: 'A limit on waiting queries that does not fit into the memory',
  why: 'max_concurrent is there so that queries which wait for a slow upstream do not fill the memory. Each takes about 2 kB. A limit that with the cache and the rest of CoreDNS is larger than the memory limit of the pod protects from nothing: the kernel kills CoreDNS first.',
  links: ['coredns/coredns#2593', 'coredns/coredns#3635', 'plugin/forward/README.md'],
  examples: [{ path: 'coredns.yaml', bad: manifest(100000), good: manifest(60000) }],
}
