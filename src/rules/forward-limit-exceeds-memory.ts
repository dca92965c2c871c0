import type { Stated } from '../lint/cluster/place.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** A waiting query takes about this much (plugin/forward/README.md, max_concurrent). */
const BYTES_A_QUERY = 2_000
/**
 * What CoreDNS takes in a small cluster with nothing to do. kubernetes/Scaling_CoreDNS.md of coredns/deployment has 54 MB without the
 * objects of the cluster; 30 MB of them are for a full cache and 5 MB for queries, which are counted here by themselves.
 */
const BYTES_OWN = 19_000_000
/** The same source: a full cache of 10,000 replies takes 30 MB. */
const BYTES_A_REPLY = 3_000
/** plugin/cache/README.md: replies kept where nobody says how many. */
const USUAL_REPLIES = 9_984

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
    const other = BYTES_OWN + repliesKept(context) * BYTES_A_REPLY
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

/** How many positive replies the largest cache keeps; the sizes of others are left out, so that the sum is rather too small. */
function repliesKept({ servers }: RuleContext): number {
  const sizes = [...servers.plugins('cache')].map((cache) => {
    const word = cache.properties('success').at(-1)?.args[0]
    return word !== undefined && /^\d{1,9}$/.test(word.value) ? Number(word.value) : USUAL_REPLIES
  })
  return Math.max(0, ...sizes)
}

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
