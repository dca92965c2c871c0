import { DENIERS } from '../../grammar/roles.ts'
import { zonesAnswered, zoneText } from '../lint/answering.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { parseForwardTarget } from '../values/endpoint.ts'
import { isInvalid } from '../values/invalid.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { ServersView, WordView } from '../verdict/servers-view.ts'

/** A host name as upstream: refused before 1.14.4, since then resolved once, at start (plugin/forward/resolve.go expandAndDedup). */
export default defineRule({
  id: 'forward-hostname',
  severity: 'error',
  effects: ['refused', 'misbehaves'],
  fragments: true,
  explains: ({ kind, plugin, property, subject }) =>
    kind === 'invalid-value' && property === null && isForwarder(plugin) && HOST.test(subject),
  check(context) {
    const { reasons, servers, release, since, report } = context
    for (const { at, plugin, subject } of reasons) {
      const known = plugin === 'forward' && since('1.14.4')
      report({
        at,
        message: known
          ? `nobody knows the name ${subject}, so CoreDNS does not start (write the address of the server)`
          : `${subject} is no address, and ${plugin} of CoreDNS ${release} takes no host names: it does not start (write the address of the server)`,
        ...(plugin === 'forward' && !known
          ? { help: 'Host names are known from 1.14.4 on, and resolved only at the start.' }
          : {}),
      })
    }
    if (!since('1.14.4')) return
    const refused = new Set(reasons.map(({ at }) => at.index))
    for (const forward of servers.plugins('forward')) {
      const asksOther = forward.has('resolver')
      for (const word of forward.args.slice(1)) {
        if (!word.known || !HOST.test(word.value) || refused.has(word.place.index)) continue
        const name = hostNameOf(word, release)
        if (name !== null) reportName(context, word, name, asksOther)
      }
    }
  },
})

function isForwarder(plugin: string | null): boolean {
  return plugin === 'forward' || plugin === 'grpc' || plugin === 'proxy'
}

/** Names as hosts have them, with a scheme and a port or without; not files, which have a slash or end like one. */
const HOST =
  /^(?:[a-z0-9+]+:\/\/)?(?!localhost\b)(?!.*\.(?:conf|txt|cfg|file|resolv)$)(?=[^:%]*[a-z])[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?(?:%[a-z0-9.-]+)?(?::\d+)?$/i

function hostNameOf({ value }: WordView, release: string): string | null {
  const target = parseForwardTarget(value, release)
  if (isInvalid(target) || target.kind !== 'file needed' || isInvalid(target.otherwise)) return null
  return target.otherwise.name
}

function reportName(
  { servers, settings, report }: RuleContext,
  word: WordView,
  name: string,
  asksOther: boolean,
): void {
  const own = asksOther ? undefined : ownZone(servers, normalizeName(name), settings.clusterDomain)
  report({
    at: word.place,
    severity: own === undefined ? 'warning' : 'error',
    effect: 'misbehaves',
    message:
      own === undefined
        ? `${name} is resolved once, when CoreDNS starts: without an answer then it does not start, and a later change of its address is not seen (write the address of the server)`
        : `${name} lies in ${zoneText(own)}, which this server itself answers for: CoreDNS must know it before it runs, and does not start (write the address of the server)`,
  })
}

/** The zone with a name that only this server has: one of the cluster, or of a file of its own. */
function ownZone(servers: ServersView, name: string, clusterDomain: string | null): string | undefined {
  const cluster = clusterDomain === null ? null : normalizeName(clusterDomain)
  if (cluster !== null && isSubdomain(cluster, name)) return cluster
  for (const zone of ownZones(servers).around(name)) return zone
  return undefined
}

const known = new WeakMap<ServersView, ZoneIndex<string>>()

function ownZones(servers: ServersView): ZoneIndex<string> {
  let zones = known.get(servers)
  if (zones === undefined) {
    zones = new ZoneIndex()
    for (const plugin of DENIERS) {
      for (const answerer of servers.plugins(plugin))
        for (const zone of zonesAnswered(answerer, servers.release) ?? []) if (zone !== '.') zones.add(zone, zone)
    }
    known.set(servers, zones)
  }
  return zones
}

export const text: RuleText = {
  summary: 'An upstream written as a host name',
  why: 'Before 1.14.4 forward takes addresses and files alone, and a host name stops the start. Since then the name is resolved once, while CoreDNS starts: if the resolver of the machine does not answer then, or is CoreDNS itself, nothing starts, and nobody looks again when the address changes.',
  links: [
    'coredns/coredns#4500',
    'coredns/coredns#5644',
    'kubernetes/dns#539',
    'kubernetes/kubeadm#1473',
    'plugin/forward/resolve.go expandAndDedup',
    'plugin/pkg/parse/host.go HostPortOrFile',
  ],
  examples: [
    {
      bad: '.:53 {\n    forward . dns.corp.example\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '.:53 {\n    forward . dns.corp.example:53\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53\n}\n',
      release: '1.11.1',
    },
    {
      bad: '.:53 {\n    kubernetes cluster.local\n    forward consul consul-dns.consul.svc.cluster.local\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward consul 10.96.0.53\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
