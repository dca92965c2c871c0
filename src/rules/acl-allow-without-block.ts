import { type Policy, readPolicies } from '../lint/access.ts'
import { isWhole, zonesAnswered, zonesMeet } from '../lint/answering.ts'
import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** A query that no policy is about is answered (plugin/acl/acl.go ServeDNS). */
export default defineRule({
  id: 'acl-allow-without-block',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.4' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const acl of servers.plugins('acl')) {
      const policies = readPolicies(acl)
      if (policies === null || policies.length === 0 || policies.some(({ action }) => action !== 'allow')) continue
      // To write out that everybody may ask is no attempt to keep somebody out.
      if (policies.some(({ types, networks }) => types === null && isEverybody(networks))) continue
      if (!isWhole(servers, acl.block) || isException(acl, release)) continue
      const edit = insertProperty(acl, 'block')
      report({
        at: acl.name.place,
        message:
          'this acl keeps nobody out: it only allows, and what no policy is about is allowed anyway (add block as its last line)',
        fix: edit && { title: 'refuse everybody else', safety: 'unsafe', edits: [edit] },
      })
    }
  },
})

function isEverybody(networks: Policy['networks']): boolean {
  return networks === null || networks.some(({ prefix }) => prefix === 0)
}

/** Whether another acl of the block restricts some of the same names, so that this one makes exceptions. */
function isException(acl: OccurrenceView, release: string): boolean {
  const zones = zonesAnswered(acl, release)
  return acl.block.occurrences('acl').some((other) => {
    const policies = readPolicies(other)
    const others = zonesAnswered(other, release)
    if (policies === null || zones === null || others === null) return true
    return policies.some(({ action }) => action !== 'allow') && zonesMeet(zones, others)
  })
}

export const text: RuleText = {
  summary: 'An acl that only allows, and so keeps nobody out',
  why: 'acl answers every query that none of its policies is about. A list of networks to allow restricts nothing by itself: it needs a `block` behind it that takes everybody else.',
  links: ['coredns/coredns#7108', 'coredns/coredns#4697', 'plugin/acl/acl.go ServeDNS'],
  examples: [
    {
      bad: '. {\n    acl {\n        allow net 10.0.0.0/8\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl {\n        allow net 10.0.0.0/8\n        block\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    acl corp.example {\n        allow type A AAAA net 10.0.0.0/8\n        allow net 10.1.2.3\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl corp.example {\n        allow type A AAAA net 10.0.0.0/8\n        allow net 10.1.2.3\n        block\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
