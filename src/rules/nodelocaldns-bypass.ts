import { FORWARDERS } from '../../grammar/roles.ts'
import { zonesAnswered, zoneText } from '../lint/answering.ts'
import { isHostAddress } from '../lint/host-lines.ts'
import { isNodeLocal, nodeLocalOf } from '../lint/node-local.ts'
import { readServedZones } from '../lint/node-local-zones.ts'
import { readNameRewrite } from '../lint/rewriting.ts'
import { defineRule, type RuleContext, type RuleText, type Spot } from '../lint/rule.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import { isReverseZone } from '../values/reverse.ts'

/** Names that only the cluster DNS knows, while NodeLocal DNSCache asks others for them. */
export default defineRule({
  id: 'nodelocaldns-bypass',
  severity: 'warning',
  effects: ['misbehaves'],
  check(context) {
    const { corefile, servers, release, workspace, report } = context
    if (!servers.has('kubernetes') || isNodeLocal(corefile)) return
    const cache = nodeLocalOf(corefile, workspace)
    const zones = cache === null ? null : readServedZones(cache, release)
    // Where it asks the cluster DNS for everything, or nobody can tell, nothing is lost.
    if (cache === null || zones === null || zones.root !== 'elsewhere') return
    const reported = new Set<object>()
    for (const { name, group, at, what } of namesOf(context)) {
      if (name === '.' || isReverseZone(name) || reported.has(group)) continue
      if (zones.all.some((zone) => zone !== '.' && (isSubdomain(zone, name) || isSubdomain(name, zone)))) continue
      reported.add(group)
      report({
        at,
        message: `${what} never reaches pods: NodeLocal DNSCache asks the cluster DNS for ${zones.all
          .filter((zone) => zone !== '.' && !isReverseZone(zone))
          .map(zoneText)
          .join(
            ' and ',
          )} alone and sends ${zoneText(name)} to the upstream resolvers (give ${zoneText(name)} a block in the Corefile of node-local-dns that forwards to the cluster DNS)`,
        related: [
          {
            at: { path: cache.path, range: { start: cache.range.start, end: cache.range.start } },
            message: 'the Corefile of NodeLocal DNSCache',
          },
        ],
      })
    }
  },
})

interface OwnName {
  /** Fully qualified, in lower case. */
  readonly name: string
  readonly at: Spot
  /** Of one list of names the first says it for all. */
  readonly group: object
  /** Begins the message. */
  readonly what: string
}

/** Names that a Corefile answers by itself: server blocks for zones, entries of hosts, exact rewrites, zones of template and file. */
function* namesOf({ servers, release }: RuleContext): Generator<OwnName> {
  const cluster = [...servers.plugins('kubernetes')].flatMap((each) => zonesAnswered(each, release) ?? ['.'])
  const isForeign = (name: string) => !cluster.some((zone) => isSubdomain(zone, name) || isSubdomain(name, zone))
  for (const block of servers.blocks) {
    const named = block.served.filter(({ zone }) => zone !== '.')
    for (const { zone, key } of named) {
      const name = normalizeName(zone)
      if (isForeign(name) && block.answerers.length > 0)
        yield { name, group: block, at: key.at, what: `this block for ${zoneText(name)}` }
    }
    if (named.length > 0) continue
    for (const answerer of block.answerers) {
      const { plugin } = answerer
      if (plugin === 'hosts') {
        for (const line of answerer.lines()) {
          if (!isHostAddress(line.name.value)) continue
          for (const word of line.args) {
            const name = normalizeName(word.value)
            if (word.known && isForeign(name))
              yield { name, group: answerer, at: word.place, what: `the entry ${word.value}` }
          }
        }
      } else if (!FORWARDERS.has(plugin) && plugin !== 'kubernetes' && plugin !== 'k8s_external') {
        const [name, ...others] = zonesAnswered(answerer, release) ?? []
        if (name !== undefined && others.length === 0 && name !== '.' && isForeign(name))
          yield { name, group: answerer, at: answerer.name.place, what: `this ${plugin} for ${zoneText(name)}` }
      }
    }
    for (const rewrite of block.occurrences('rewrite')) {
      const rule = readNameRewrite(rewrite)
      if (rule === null || rule.match !== 'exact' || !rule.from.known) continue
      const name = normalizeName(rule.from.value)
      if (isForeign(name))
        yield { name, group: rewrite, at: rule.from.place, what: `the rewrite of ${rule.from.value}` }
    }
  }
}

const manifest = (hosts: string, zones = 'cluster.local') => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
${hosts}        kubernetes cluster.local
        forward . 10.0.0.2
    }
---
apiVersion: v1
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
    ${zones} {
        bind 169.254.20.10
        forward . __PILLAR__CLUSTER__DNS__ {
            force_tcp
        }
    }
    .:53 {
        bind 169.254.20.10
        forward . __PILLAR__UPSTREAM__SERVERS__
    }
`

const hosts = '        hosts {\n            10.0.0.1 registry.corp.example\n            fallthrough\n        }\n'

export const text: RuleText = {
  summary: 'Names of the cluster DNS that NodeLocal DNSCache does not ask it for',
  why: 'With NodeLocal DNSCache pods ask the cache on their node. It sends names of the cluster domain to the cluster DNS and all others straight to the upstream resolvers. Entries, rewrites and stub domains that stand only in the Corefile of the cluster DNS are never asked for: they work from a test against its Service and fail in every pod.',
  links: ['kubernetes/dns#592', 'kubernetes/dns#525', 'kubernetes/dns#452', 'kubernetes/kubernetes#120585'],
  examples: [{ path: 'dns.yaml', bad: manifest(hosts), good: manifest(hosts, 'cluster.local corp.example') }],
}
