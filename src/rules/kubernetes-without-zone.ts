import { passedOn, zonesAnswered } from '../lint/answering.ts'
import { indentation, insertBehind, insertProperty, newlineOf, unit } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** Without a zone of its own kubernetes has those of its block (plugin.OriginsFromArgsOrServerBlock); in the root no service has its name. */
export default defineRule({
  id: 'kubernetes-without-zone',
  severity: 'error',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, settings, release, report }) {
    const domain = settings.clusterDomain ?? 'cluster.local'
    for (const kubernetes of servers.plugins('kubernetes')) {
      const zones = zonesAnswered(kubernetes, release)
      if (zones === null || !zones.includes('.')) continue
      const word = kubernetes.args.find(({ value }) => value === '.')
      const others = zones.filter((zone) => zone !== '.' && !zone.endsWith('.arpa.'))
      const passed = passedOn(kubernetes)
      const behind = kubernetes.block.answerersBehind('kubernetes').length > 0
      const effects = [
        ...(passed.length === 0 || !behind ? ['every name outside of the cluster gets NXDOMAIN'] : []),
        ...(others.length === 0
          ? [`services are called NAME.NAMESPACE.svc, so that names of ${domain} are not found`]
          : []),
      ]
      if (effects.length === 0) continue
      report({
        at: (word ?? kubernetes.name).place,
        message: `kubernetes has the zone "." here: ${effects.join(', and ')} (write the cluster's domain: kubernetes ${domain})`,
        help:
          word === undefined
            ? 'Without zones of its own kubernetes takes those of the server block.'
            : 'The zones of kubernetes are the cluster domain and reverse zones.',
        fix:
          word === undefined && kubernetes.args.length === 0 ? addZones(kubernetes, domain, passed.length === 0) : null,
      })
    }
  },
})

function addZones(kubernetes: OccurrenceView, domain: string, passesNothing: boolean): ProposedFix | null {
  const { name, open } = kubernetes
  const reverse = 'in-addr.arpa ip6.arpa'
  const zones = ` ${domain} ${reverse}`
  const title = `serve ${domain} and the addresses of the cluster`
  const list = name.place.list
  if (open === null && passesNothing) {
    const newline = newlineOf(list)
    const own = indentation(list.text, list.start(name.place.index))
    const block = `${zones} {${newline}${own}${unit(list)}fallthrough ${reverse}${newline}${own}}`
    return { title, safety: 'unsafe', edits: [insertBehind(name.place, block)] }
  }
  const property = passesNothing ? insertProperty(kubernetes, `fallthrough ${reverse}`) : null
  if (passesNothing && property === null) return null
  return { title, safety: 'unsafe', edits: [insertBehind(name.place, zones), ...(property === null ? [] : [property])] }
}

export const text: RuleText = {
  summary: 'A kubernetes plugin that takes the zone of its block, the root',
  why: 'kubernetes without a zone behind it has the zones of its server block. In a block for "." it then answers for every name there is: names outside of the cluster get NXDOMAIN, and a service is called `web.default.svc`, not `web.default.svc.cluster.local`, so that cluster names fail as well.',
  links: ['plugin/kubernetes/setup.go ParseStanza', 'plugin/kubernetes/handler.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes {\n        pods insecure\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes . {\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local {\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
