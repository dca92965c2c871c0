import { FORWARDERS } from '../../grammar/roles.ts'
import { answerersByZone } from '../lint/answerers-by-zone.ts'
import { isWhole, listPlugins, zonesAnswered, zoneText } from '../lint/answering.ts'
import { upstreamOf } from '../lint/forwarding.ts'
import { type NameRewrite, readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isInvalid } from '../values/invalid.ts'
import { contains, parseCidr, parseIp } from '../values/ip.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView, ServersView } from '../verdict/servers-view.ts'

/** The block is chosen before its plugins run, so a rewritten name stays in it (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'rewrite-target-not-served',
  severity: 'warning',
  effects: ['misbehaves'],
  check(context) {
    const { servers, program, release, report } = context
    for (const rewrite of servers.plugins('rewrite')) {
      const { block } = rewrite
      const rule = readNameRewrite(rewrite)
      const target = rule === null ? null : zoneOfTarget(rule, block, release)
      if (rule === null || target === null || goesOn(rewrite) || !isWhole(servers, block)) continue
      if ([...block.plugins.keys()].some((plugin) => program.answers(plugin) === null)) continue
      const answerers = answerersByZone(block, release)
      if (answerers.hasUnknown) continue
      const takers = answerers.meeting([target])
      const name = zoneText(target)
      if (takers.length === 0) {
        report({
          at: rule.to.place,
          message: `no plugin of this block answers for ${name}, so names that are rewritten to it get SERVFAIL: they stay in this block (add a plugin that answers for ${name} here)`,
        })
        continue
      }
      if (
        !takers.every(({ plugin }) => FORWARDERS.has(plugin)) ||
        !takers.every((taker) => asksOutside(taker, release))
      )
        continue
      const server = serverElsewhere(context, target)
      if (server === null) continue
      report({
        at: rule.to.place,
        message: `names that are rewritten to ${name} stay in this block and go to ${listPlugins(takers)}, not to ${server} (add it to this block too)`,
        related: takers
          .slice(0, 1)
          .map((taker) => ({ at: taker.name.place, message: 'is asked for the rewritten names' })),
      })
    }
  },
})

/** The zone in which all rewritten names lie; null where that depends on the name. */
function zoneOfTarget({ match, from, to }: NameRewrite, { zones }: BlockView, release: string): string | null {
  const { value } = to
  if (match === 'exact') return normalizeName(value, release)
  if (match === 'suffix' && value.startsWith('.') && value.length > 1) return normalizeName(value.slice(1), release)
  if (match === 'suffix' || match === 'substring') {
    // All names that come here end in the zone of the block.
    const zone = normalizeName(from.value, release)
    return zones.length > 0 && zones.every((own) => own === zone) ? normalizeName(value, release) : null
  }
  if (match !== 'regex') return null
  const last = value.lastIndexOf('}')
  if (last === -1) return normalizeName(value, release)
  const behind = value.slice(last + 1)
  return behind.startsWith('.') && behind.length > 1 ? normalizeName(behind.slice(1), release) : null
}

/** Whether further rules may rewrite the name again. */
function goesOn({ args }: OccurrenceView): boolean {
  return args[0]?.value.toLowerCase() === 'continue'
}

/** Networks in which a server of the cluster or of the company may be, which may well know the name. */
const INSIDE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]
  .map(parseCidr)
  .flatMap((read) => (isInvalid(read) ? [] : read.network))

/** Whether a forward asks servers of the internet only, or those of the node. */
function asksOutside(occurrence: OccurrenceView, release: string): boolean {
  return occurrence.args.slice(1).every((word) => {
    if (word.value === '/etc/resolv.conf') return true
    const ip = parseIp(upstreamOf(word, release)?.host ?? '')
    return ip !== undefined && !INSIDE.some((network) => contains(network, ip))
  })
}

/** Plugins that have a zone for themselves. */
const OWNERS: ReadonlySet<string> = new Set(['auto', 'etcd', 'file', 'kubernetes', 'secondary'])

const ownersIn = new WeakMap<ServersView, ZoneIndex<OccurrenceView>>()

/** Who answers for a zone in another block, in words; null where nobody does as far as is known. */
function serverElsewhere({ servers, settings, release }: RuleContext, target: string): string | null {
  let owners = ownersIn.get(servers)
  if (owners === undefined) {
    owners = new ZoneIndex()
    for (const plugin of OWNERS) {
      for (const answerer of servers.plugins(plugin))
        for (const zone of zonesAnswered(answerer, release) ?? []) if (zone !== '.') owners.add(zone, answerer)
    }
    ownersIn.set(servers, owners)
  }
  const [owner] = owners.nearest(target)
  if (owner !== undefined)
    return `${owner.plugin} in the block of ${owner.block.keys.map(({ value }) => value).join(' ')}`
  const cluster = normalizeName(`svc.${settings.clusterDomain ?? 'cluster.local'}`)
  return isSubdomain(cluster, target) ? 'kubernetes' : null
}

export const text: RuleText = {
  summary: 'A name that is rewritten to one that its server block does not serve',
  why: 'CoreDNS picks the server block by the name that was asked; a rewrite changes the name afterwards, inside of that block. A name that is rewritten to one of the cluster in a block that only forwards is asked of the upstream, which does not know it.',
  links: ['kubernetes/dns#525', 'coredns/coredns#2787', 'coredns/coredns#5063', 'core/dnsserver/server.go ServeDNS'],
  examples: [
    {
      bad: 'corp.example {\n    rewrite name suffix .corp.example .default.svc.cluster.local answer auto\n    forward . 8.8.8.8\n}\n',
      good: 'corp.example {\n    rewrite name suffix .corp.example .default.svc.cluster.local answer auto\n    kubernetes cluster.local\n    forward . 8.8.8.8\n}\n',
    },
    {
      bad: 'a.example {\n    rewrite name a.example b.test\n    forward example 10.0.0.53\n}\n',
      good: 'a.example {\n    rewrite name a.example b.test\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'a.test {\n    rewrite name a.test www.b.test\n    forward . 8.8.8.8\n}\nb.test {\n    file db.b.test\n}\n',
      good: 'a.test {\n    rewrite name a.test www.b.test\n    file db.b.test b.test\n    forward . 8.8.8.8\n}\nb.test {\n    file db.b.test\n}\n',
    },
  ],
}
