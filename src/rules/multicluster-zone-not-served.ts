import type { Place } from '../expand/token-view.ts'
import { insertBehind } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { normalizeName } from '../values/name.ts'
import { isReverseZone } from '../values/reverse.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** Every zone behind `multicluster` must be one of the plugin's own (plugin/kubernetes/setup.go ParseStanza). */
export default defineRule({
  id: 'multicluster-zone-not-served',
  severity: 'error',
  effects: ['refused'],
  releases: { since: '1.12.2' },
  fix: 'safe',
  fragments: true,
  explains: ({ kind, plugin, property }) =>
    kind === 'conflict' && plugin === 'kubernetes' && property === 'multicluster',
  check({ reasons, servers, report }) {
    for (const { at, subject } of reasons) {
      const kubernetes = [...servers.plugins('kubernetes')].find((each) =>
        each.properties('multicluster').some(({ args }) => args.some(({ place }) => isSame(place, at))),
      )
      report({
        at,
        message: `multicluster names ${subject}, which kubernetes does not serve here, so CoreDNS does not start (add ${subject} behind kubernetes)`,
        fix: kubernetes === undefined ? null : addZone(kubernetes, subject),
      })
    }
  },
})

function isSame(one: Place, other: Place): boolean {
  return one.list === other.list && one.index === other.index
}

/** Behind the domain of the cluster, in front of the reverse zones. */
function addZone({ args, name }: OccurrenceView, zone: string): ProposedFix | null {
  const last = args.findLast(({ value }) => !isReverseZone(normalizeName(value)))
  // Without zones it has those of its block, which it would lose.
  if (last === undefined || last.place.list !== name.place.list) return null
  return {
    title: `serve ${zone}`,
    safety: 'safe',
    edits: [insertBehind(last.place, ` ${zone}`)],
    list: name.place.list,
  }
}

export const text: RuleText = {
  summary: 'A multicluster zone that kubernetes does not serve',
  why: '`multicluster` says which of the zones of kubernetes hold names of imported services. A zone that stands there alone is none of them: CoreDNS does not start.',
  links: ['plugin/kubernetes/setup.go ParseStanza'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        multicluster clusterset.local\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local clusterset.local {\n        multicluster clusterset.local\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        multicluster clusterset.local\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local clusterset.local in-addr.arpa ip6.arpa {\n        multicluster clusterset.local\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
