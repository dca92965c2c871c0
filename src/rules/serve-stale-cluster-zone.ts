import { zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { readCache } from '../lint/caching.ts'
import { insertBehind, replaceToken } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { isReverseZone } from '../values/reverse.ts'
import type { PropertyView } from '../verdict/servers-view.ts'

/** An expired answer goes out first and is looked up afterwards, unless `verify` says otherwise (plugin/cache/handler.go ServeDNS). */
export default defineRule({
  id: 'serve-stale-cluster-zone',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.6' },
  fix: 'unsafe',
  check({ servers, release, since, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      const zones = zonesAnswered(kubernetes, release)?.filter((zone) => !isReverseZone(zone)) ?? []
      const cache = zones.length === 0 ? null : readCache(kubernetes.block, release)
      if (cache === null || cache.stale === null || !zonesMeet(cache.zones, zones)) continue
      const [period, mode] = cache.stale.args
      if (mode?.value.toLowerCase() === 'verify' || /^0+[a-z]*$/.test(period?.value ?? '')) continue
      if (cache.leavesOut('success', zones)) continue
      const names = zones.map(zoneText).join(' and ')
      const age = period?.value ?? '1h'
      const cures = [
        ...(since('1.9.2') ? [`serve_stale ${age} verify`] : []),
        since('1.9.4') ? `disable success ${zones.map(zoneText).join(' ')}` : `a block of its own for ${names}`,
      ]
      report({
        at: cache.stale.name.place,
        message: `serve_stale answers names of ${names} with what was there up to ${age} ago: clients get the addresses of pods that are gone (write ${cures.join(', or ')})`,
        related: [{ at: kubernetes.name.place, message: 'knows the present addresses, and is asked too late' }],
        help: 'kubernetes answers from memory, so its names need no stale answers; they help where an upstream is away.',
        // What stands behind the mode depends on it.
        fix: since('1.9.2') && cache.stale.args.length <= 2 ? verify(cache.stale) : null,
      })
    }
  },
})

function verify({ name, args: [period, mode] }: PropertyView): ProposedFix {
  const edit =
    mode !== undefined
      ? replaceToken(mode.place, 'verify')
      : period !== undefined
        ? insertBehind(period.place, ' verify')
        : insertBehind(name.place, ' 1h verify')
  return { title: 'look first whether there is a fresh answer', safety: 'unsafe', edits: [edit] }
}

export const text: RuleText = {
  summary: 'A cache that serves old addresses of pods',
  why: 'With serve_stale an answer that has expired is sent once more before the cache looks for a fresh one. For names of the cluster the fresh answer is always at hand, and the old one has the addresses of pods that are gone: clients of headless services connect to nobody, up to an hour after the pods moved.',
  links: ['coredns/coredns#5296', 'plugin/cache/handler.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale\n    }\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale 1h verify\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale 24h immediate\n    }\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale 24h verify\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale 10m\n        disable success corp.example\n    }\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n    cache 30 {\n        serve_stale 10m verify\n        disable success corp.example\n    }\n}\n',
    },
  ],
}
