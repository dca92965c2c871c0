import { type Policy, readPolicies } from '../lint/access.ts'
import { firstMeeting } from '../lint/answerers-by-zone.ts'
import { isWhole, zonesAnswered } from '../lint/answering.ts'
import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** A query that no policy is about is answered (plugin/acl/acl.go ServeDNS). */
export default defineRule({
  id: 'acl-allow-without-block',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.4' },
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const block of servers.blocks) {
      if (!block.has('acl') || !isWhole(servers, block)) continue
      const restricted = restrictedZones(block, release)
      // Nobody knows whom an acl that is not known keeps out.
      if (restricted === null) continue
      for (const acl of block.occurrences('acl')) {
        const policies = readPolicies(acl) ?? []
        if (policies.length === 0 || policies.some(({ action }) => action !== 'allow')) continue
        // To write out that everybody may ask is no attempt to keep somebody out.
        if (policies.some(({ types, networks }) => types === null && isEverybody(networks))) continue
        // Where another acl restricts the same names this one makes exceptions.
        if (firstMeeting(restricted, zonesAnswered(acl, release) ?? []) !== undefined) continue
        const edit = insertProperty(acl, 'block')
        report({
          at: acl.name.place,
          message:
            'this acl keeps nobody out: it only allows, and what no policy is about is allowed anyway (add block as its last line)',
          fix: edit && { title: 'refuse everybody else', safety: 'unsafe', edits: [edit] },
        })
      }
    }
  },
})

function isEverybody(networks: Policy['networks']): boolean {
  return networks === null || networks.some(({ prefix }) => prefix === 0)
}

/** The zones for which an acl of the block does not only allow; null where that is not known of one. */
function restrictedZones(block: BlockView, release: string): ZoneIndex<true> | null {
  const restricted = new ZoneIndex<true>()
  for (const acl of block.occurrences('acl')) {
    const policies = readPolicies(acl)
    const zones = zonesAnswered(acl, release)
    if (policies === null || zones === null) return null
    if (policies.some(({ action }) => action !== 'allow')) for (const zone of zones) restricted.add(zone, true)
  }
  return restricted
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
