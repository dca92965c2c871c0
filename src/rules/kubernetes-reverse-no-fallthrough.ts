import { listPlugins, passedOn, passesZone, zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { insertBehind, insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { TextEdit } from '../text/edit.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** A reverse zone without `fallthrough` says NXDOMAIN for every address outside of the cluster (plugin/kubernetes/handler.go ServeDNS). */
export default defineRule({
  id: 'kubernetes-reverse-no-fallthrough',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.0.3' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      const passed = passedOn(kubernetes)
      const zones = zonesAnswered(kubernetes, release)
      if (zones === null) continue
      const lost = zones.filter((zone) => WHOLE_TREES.has(zone) && !passesZone(passed, zone))
      const missed = kubernetes.block.answerersBehind('kubernetes').filter((answerer) => {
        const own = zonesAnswered(answerer, release)
        return own !== null && zonesMeet(own, lost)
      })
      const [first] = missed
      if (lost.length === 0 || first === undefined) continue
      const names = [...new Set(lost)].map(zoneText)
      const edit = addZones(kubernetes, names)
      const word = kubernetes.args.find(({ value }) => names.includes(zoneText(value.toLowerCase())))
      report({
        at: (word ?? kubernetes.name).place,
        message: `kubernetes claims all of ${names.join(' and ')}: addresses outside of the cluster get NXDOMAIN for their names and never reach ${listPlugins(missed)} (add fallthrough ${names.join(' ')})`,
        related: [{ at: first.name.place, message: 'is not asked for them' }],
        fix: edit && { title: 'pass on addresses that the cluster does not have', safety: 'unsafe', edits: [edit] },
      })
    }
  },
})

const WHOLE_TREES: ReadonlySet<string> = new Set(['in-addr.arpa.', 'ip6.arpa.'])

/** Adds zones to the last `fallthrough`, the one that counts, or a line of its own. */
function addZones(kubernetes: OccurrenceView, zones: readonly string[]): TextEdit | null {
  const last = kubernetes.properties('fallthrough').at(-1)
  if (last === undefined) return insertProperty(kubernetes, `fallthrough ${zones.join(' ')}`)
  const word = last.args.at(-1)
  if (word === undefined || word.place.list !== kubernetes.name.place.list) return null
  return insertBehind(word.place, ` ${zones.join(' ')}`)
}

export const text: RuleText = {
  summary: 'A kubernetes block that claims every address and knows only those of the cluster',
  why: 'With in-addr.arpa and ip6.arpa among its zones kubernetes answers for every address there is. Without fallthrough an address that is not in the cluster gets NXDOMAIN, and forward is never asked: reverse look-ups of the node network, the office or 8.8.8.8 fail, which slows down ssh, mail and logging.',
  links: ['kubernetes/kubernetes#120585', 'coredns/deployment#48', 'plugin/kubernetes/handler.go ServeDNS'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n        fallthrough in-addr.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
