import { zonesAnswered, zonesMeet } from '../lint/answering.ts'
import { readCache } from '../lint/caching.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** TTLs have limits that nobody wrote (plugin/pkg/dnsutil/ttl.go MinimalTTL before 1.14.4, plugin/cache/cache.go computeTTL). */
export default defineRule({
  id: 'cache-ttl-capped',
  severity: 'info',
  effects: ['hygiene'],
  fragments: true,
  check(context) {
    for (const cache of context.servers.plugins('cache')) if (!context.since('1.14.4')) checkLongest(context, cache)
    if (context.since('1.3.0'))
      for (const kubernetes of context.servers.plugins('kubernetes')) checkShortest(context, kubernetes)
  },
})

const LONGEST = 3600

function checkLongest({ release, report }: RuleContext, cache: OccurrenceView): void {
  const words: (WordView | undefined)[] = [cache.args[0]]
  for (const line of cache.lines())
    if (line.name.value === 'success' || line.name.value === 'denial') words.push(line.args[1])
  for (const word of words) {
    if (word === undefined || !word.known || !/^\d+$/.test(word.value) || Number(word.value) <= LONGEST) continue
    report({
      at: word.place,
      message: `${word.value} seconds are too long for CoreDNS ${release}, which keeps no answer for more than an hour (write ${LONGEST})`,
      help: 'From 1.14.4 on the written number counts.',
    })
  }
}

const SHORTEST = 5

/** What leaves the cache has at least the shortest TTL of `success`, the very first answer too. */
function checkShortest({ release, report }: RuleContext, kubernetes: OccurrenceView): void {
  const word = kubernetes.properties('ttl').at(-1)?.args[0]
  if (word === undefined || !word.known || !/^\d+$/.test(word.value) || Number(word.value) >= SHORTEST) return
  const zones = zonesAnswered(kubernetes, release)
  const cache = zones === null ? null : readCache(kubernetes.block, release)
  if (zones === null || cache === null || !zonesMeet(cache.zones, zones) || cache.leavesOut('success', zones)) return
  const least = cache.occurrence.properties('success').at(-1)?.args[2]
  if (least !== undefined) return
  report({
    at: word.place,
    message: `answers leave with a TTL of ${SHORTEST} seconds and not ${word.value}: cache makes shorter ones that long (write disable success for the zone, or success with a shorter minimum)`,
    related: [{ at: cache.occurrence.name.place, message: `no TTL below ${SHORTEST} seconds` }],
  })
}

export const text: RuleText = {
  summary: 'A TTL beyond the limits of the cache',
  why: 'Before 1.14.4 no answer stayed in the cache for more than an hour, whatever number stood there. And at the other end the cache makes every TTL at least five seconds, so a shorter one of kubernetes does not reach the clients.',
  links: [
    'coredns/coredns#8134',
    'coredns/coredns#6027',
    'plugin/cache/cache.go computeTTL',
    'plugin/pkg/dnsutil/ttl.go MinimalTTL',
  ],
  examples: [
    {
      bad: '.:53 {\n    cache 86400\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache 3600\n    forward . 10.0.0.2\n}\n',
      release: '1.12.0',
    },
    {
      bad: '.:53 {\n    cache {\n        success 9984 7200\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache {\n        success 9984 3600\n    }\n    forward . 10.0.0.2\n}\n',
      release: '1.12.0',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        ttl 0\n    }\n    cache 30\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local {\n        ttl 0\n    }\n    cache 30 {\n        success 9984 30 0\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
