import { readPolicies } from '../lint/access.ts'
import { zonesAnswered, zoneText } from '../lint/answering.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { normalizeName } from '../values/name.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** What runs before acl answers without it, and what changes the name behind it is not looked at (core/dnsserver/zdirectives.go). */
export default defineRule({
  id: 'acl-version-bypass',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.4', until: '1.14.7' },
  check(context) {
    const { servers, program } = context
    const isCacheFirst = program.position('cache') < program.position('acl')
    const isRewriteLast = program.position('rewrite') > program.position('acl')
    for (const block of servers.blocks) {
      const acls = block.occurrences('acl').filter((acl) => readPolicies(acl)?.some(({ action }) => action !== 'allow'))
      if (acls.length === 0) continue
      if (isCacheFirst) for (const acl of acls) checkCache(context, block, acl)
      if (isRewriteLast) checkRewrites(context, block, acls)
    }
  },
})

/** Where everybody is treated alike, nothing gets into the cache that somebody is not to see. */
function checkCache({ report }: RuleContext, block: BlockView, acl: OccurrenceView): void {
  const [cache] = block.occurrences('cache')
  if (cache === undefined || readPolicies(acl)?.every(({ networks }) => networks === null) !== false) return
  report({
    at: acl.name.place,
    message:
      'from CoreDNS 1.14.3 to 1.14.6 cache answers before acl is asked: clients that acl keeps out get what others have asked for (upgrade to 1.14.7, or take out cache)',
    related: [{ at: cache.name.place, message: 'answers first' }],
  })
}

function checkRewrites({ release, report }: RuleContext, block: BlockView, acls: readonly OccurrenceView[]): void {
  const guarded = new ZoneIndex<{ zone: string; acl: OccurrenceView }>()
  for (const acl of acls) for (const zone of zonesAnswered(acl, release) ?? []) guarded.add(zone, { zone, acl })
  for (const rewrite of block.occurrences('rewrite')) {
    const rule = readNameRewrite(rewrite)
    if (rule === null || (rule.match !== 'exact' && rule.match !== 'suffix')) continue
    const plain = ({ value }: WordView) => normalizeName(value.replace(/^\.(?=.)/, ''), release)
    const from = plain(rule.from)
    const [found] = guarded.nearest(plain(rule.to))
    if (found === undefined || guarded.covers(from)) continue
    const { zone, acl } = found
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
