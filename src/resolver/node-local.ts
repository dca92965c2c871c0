import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import type { Decider, Decision } from './decision.ts'
import type { Outcome } from './outcome.ts'
import { queryFor } from './query.ts'
import { joinedVocabulary } from './vocabulary.ts'

/** What NodeLocal DNSCache puts in place of its placeholders where nobody says otherwise. */
export const NODE_LOCAL_DEFAULTS: Readonly<Record<string, string>> = {
  __PILLAR__DNS__DOMAIN__: 'cluster.local',
  __PILLAR__LOCAL__DNS__: '169.254.20.10',
  __PILLAR__DNS__SERVER__: '10.96.0.10',
  __PILLAR__CLUSTER__DNS__: '10.96.0.11',
  __PILLAR__UPSTREAM__SERVERS__: '/etc/resolv.conf',
}

/** A Corefile of NodeLocal DNSCache with its placeholders filled in, character by character as long as before where that is possible. */
export function renderNodeLocal(text: string): string {
  return text.replaceAll(
    /__PILLAR__[A-Z_]+?__(?![A-Z_])/g,
    (placeholder) => NODE_LOCAL_DEFAULTS[placeholder] ?? placeholder,
  )
}

/**
 * The addresses at which a cache on the node asks the cluster's DNS: those that stand for placeholders, and whatever it asks for names of
 * the cluster, as a file from a cluster has them filled in.
 */
export function clusterDnsOf(cache: Decider, clusterDomains: Iterable<string>): Set<string> {
  const { __PILLAR__CLUSTER__DNS__: clusterDns = '', __PILLAR__DNS__SERVER__: server = '' } = NODE_LOCAL_DEFAULTS
  const addresses = new Set([clusterDns, server])
  for (const domain of [...clusterDomains, `${NODE_LOCAL_DEFAULTS.__PILLAR__DNS__DOMAIN__}.`]) {
    const { outcome } = cache.decide(queryFor(`kubernetes.default.svc.${domain}`, 'A'))
    if (outcome.kind === 'upstream') for (const upstream of outcome.upstreams) addresses.add(hostOf(upstream))
  }
  return addresses
}

function hostOf(upstream: string): string {
  const split = splitHostPort(upstream)
  return isInvalid(split) ? upstream : split.host
}

/** Two servers, one behind the other: what the cache on the node forwards to the cluster's DNS is answered by that. */
export function behindNodeLocal(cache: Decider, cluster: Decider, clusterDns: ReadonlySet<string>): Decider {
  return {
    program: `${cluster.program} behind NodeLocal DNSCache`,
    vocabulary: {
      ...joinedVocabulary([cache.vocabulary, cluster.vocabulary]),
      clusterDomains: cluster.vocabulary.clusterDomains,
    },
    decide(query) {
      const first = cache.decide(query)
      const asked = askedOf(first.outcome, clusterDns)
      if (asked === null) return first
      const second = cluster.decide({ ...query, ...asked, transport: 'tcp', client: null })
      return joined(first, second)
    },
  }
}

/** What the cluster's DNS is asked, where it alone is. */
function askedOf(outcome: Outcome, clusterDns: ReadonlySet<string>): { name: string; type: string } | null {
  if (outcome.kind !== 'upstream' || outcome.changes.length > 0) return null
  const isCluster = outcome.upstreams.length > 0 && outcome.upstreams.every((each) => clusterDns.has(hostOf(each)))
  return isCluster ? outcome.asks : null
}

function joined(first: Decision, second: Decision): Decision {
  const before = first.path.map((step) => (step.role === 'answered' ? { ...step, role: 'passed' as const } : step))
  return {
    ...second,
    query: first.query,
    path: [...before, ...second.path],
    assumes: [...first.assumes, ...second.assumes],
  }
}
