import { type Policy, readPolicies } from '../lint/access.ts'
import { zonesAnswered, zoneText } from '../lint/answering.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** What runs before acl answers without it, and what changes the name behind it is not looked at (core/dnsserver/zdirectives.go). */
export default defineRule({
  id: 'acl-version-bypass',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.4', until: '1.14.7' },
  check(context) {
    const { servers, program } = context
    for (const block of servers.blocks) {
      for (const acl of block.occurrences('acl')) {
        const policies = readPolicies(acl)
        if (policies === null || policies.every(({ action }) => action === 'allow')) continue
        if (program.position('cache') < program.position('acl')) checkCache(context, block, acl, policies)
        if (program.position('rewrite') > program.position('acl')) checkRewrites(context, block, acl)
      }
    }
  },
})

/** Where everybody is treated alike, nothing gets into the cache that somebody is not to see. */
function checkCache({ report }: RuleContext, block: BlockView, acl: OccurrenceView, policies: readonly Policy[]): void {
  const [cache] = block.occurrences('cache')
  if (cache === undefined || policies.every(({ networks }) => networks === null)) return
  report({
    at: acl.name.place,
    message:
      'from CoreDNS 1.14.3 to 1.14.6 cache answers before acl is asked: clients that acl keeps out get what others have asked for (upgrade to 1.14.7, or take out cache)',
    related: [{ at: cache.name.place, message: 'answers first' }],
  })
}

function checkRewrites({ release, report }: RuleContext, block: BlockView, acl: OccurrenceView): void {
  const guarded = zonesAnswered(acl, release)
  if (guarded === null) return
  for (const rewrite of block.occurrences('rewrite')) {
    const rule = readNameRewrite(rewrite)
    if (rule === null || (rule.match !== 'exact' && rule.match !== 'suffix')) continue
    const [from, to] = [rule.from, rule.to].map(({ value }) => normalizeName(value.replace(/^\.(?=.)/, ''), release))
    if (from === undefined || to === undefined) continue
    const zone = guarded.find((each) => isSubdomain(each, to))
    if (zone === undefined || guarded.some((each) => isSubdomain(each, from))) continue
    report({
      at: { from: rule.from.place, to: rule.to.place },
      message: `before CoreDNS 1.14.3 acl sees the name that was asked, not the rewritten one: names in ${zoneText(zone)} that it guards are open under ${zoneText(from)} (guard ${zoneText(from)} too)`,
      related: [{ at: acl.name.place, message: 'looks at the name that was asked' }],
    })
  }
}

export const text: RuleText = {
  summary: 'An acl that this release lets clients get around',
  why: 'Up to CoreDNS 1.14.2 rewrite runs behind acl, so a name that is rewritten into a guarded zone is not guarded (CVE-2026-26017). From 1.14.3 to 1.14.6 cache runs before acl, so a client that is kept out is answered from what others have asked.',
  links: [
    'CVE-2026-26017',
    'coredns/coredns#7882',
    'coredns/coredns#8289',
    'coredns/coredns#8290',
    'core/dnsserver/zdirectives.go',
  ],
  examples: [
    {
      bad: 'example {\n    acl secret.example {\n        block\n    }\n    rewrite name open.example a.secret.example\n    forward . 10.0.0.53\n}\n',
      good: 'example {\n    acl secret.example open.example {\n        block\n    }\n    rewrite name open.example a.secret.example\n    forward . 10.0.0.53\n}\n',
      release: '1.11.1',
    },
    {
      bad: '. {\n    acl {\n        allow net 10.0.0.0/8\n        block\n    }\n    cache 30\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    acl {\n        allow net 10.0.0.0/8\n        block\n    }\n    forward . 10.0.0.53\n}\n',
      release: '1.14.3',
    },
  ],
}
