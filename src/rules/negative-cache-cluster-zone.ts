import { zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { readCache } from '../lint/caching.ts'
import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isReverseZone } from '../values/reverse.ts'

/** The cache keeps that a name does not exist, also where kubernetes would know it a moment later (plugin/cache/cache.go). */
export default defineRule({
  id: 'negative-cache-cluster-zone',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.9.4' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      const zones = zonesAnswered(kubernetes, release)?.filter((zone) => !isReverseZone(zone) && zone !== '.') ?? []
      const cache = zones.length === 0 ? null : readCache(kubernetes.block, release)
      if (cache === null || !zonesMeet(cache.zones, zones) || cache.leavesOut('denial', zones)) continue
      const names = zones.map(zoneText)
      const edit = insertProperty(cache.occurrence, `disable denial ${names.join(' ')}`)
      const { place } = cache.occurrence.name
      report({
        at: place,
        message: `cache keeps that a name of ${names.join(' and ')} does not exist: a new service is not found for some seconds by clients that asked too early (add disable denial ${names.join(' ')})`,
        related: [{ at: kubernetes.name.place, message: 'answers from memory in any case' }],
        fix: edit && {
          title: 'do not keep denials for the cluster',
          safety: 'unsafe',
          edits: [edit],
          list: place.list,
        },
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A cache that remembers which names of the cluster do not exist',
  why: 'A client that asks for a service before it is there gets NXDOMAIN, and so does everybody else until that answer leaves the cache. kubernetes answers from memory, so there is little to gain; kubeadm leaves its denials out of the cache since Kubernetes 1.31.',
  links: ['kubernetes/kubernetes#92559', 'plugin/cache/README.md'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    cache 30\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    cache 30 {\n        disable denial cluster.local\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
