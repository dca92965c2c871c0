import { countLabels, foldCase, isSubdomain } from '../values/name.ts'
import { addressOfReverseName } from '../values/reverse.ts'
import { answering, type Difference } from './compare.ts'
import type { Outcome, UpstreamOutcome } from './outcome.ts'
import { outcomeKey } from './same-outcome.ts'
import { TOO_SHORT } from './skydns.ts'

/** A difference that lies in the nature of dnsmasq, kube-dns or a hosts file on one side and CoreDNS on the other. */
export interface Declaration {
  readonly code: string
  /** One sentence without a full stop. */
  readonly reason: string
}

/** What the codes say, for reports and help. */
export const DECLARED: Readonly<Record<string, string>> = {
  'D-TTL':
    'TTLs of records of its own: 0 in dnsmasq, what hosts and templates say in CoreDNS, 5 seconds at least behind cache',
  'D-CACHE': 'which answers are kept, how many and for how long',
  'D-POLICY': 'which of several servers is asked, and when another one',
  'D-HOSTS-OTHER': 'types that a hosts entry does not have: dnsmasq asks upstream, hosts has no data',
  'D-PTR-MULTI': 'the reverse name of an address with several names: dnsmasq gives the first, hosts all of them',
  'D-REV': 'who is asked for reverse names that the cluster does not know',
  'D-SINGLE': 'unknown names without a dot, or with too few of them: kubedns and SkyDNS fail, CoreDNS asks upstream',
  'D-NXCONV': 'the NXDOMAIN of an upstream for a name that dnsmasq knows something of: dnsmasq makes it no data',
  'D-CNAME-RES': 'who looks up what an alias leads to',
  'D-ANY': 'queries of type ANY',
  'D-CHAOS': 'queries of class CHAOS',
  'D-LOOP': 'what happens when servers ask each other in a circle',
  'D-SIZE': 'sizes and flags of messages, order of records, logs',
  'D-K8S': 'what kubedns and the plugin kubernetes answer from the same objects',
  'D-ETCD': 'what SkyDNS and the plugin etcd answer from the same keys',
  'D-ERR': 'which rcode says that nobody answers',
}

/** The kind of the difference between an answer of dnsmasq or kube-dns and one of CoreDNS; null where it is none of the known kinds. */
export function declare(difference: Difference): Declaration | null {
  const code = codeOf(difference)
  return code === null ? null : { code, reason: DECLARED[code] ?? code }
}

function codeOf({ probe, old, new: later }: Difference): string | null {
  const { name, type, class: asked } = probe.query
  const [before, after] = [old.outcome, later.outcome]
  if (type === 'ANY') return 'D-ANY'
  if (asked === 'CH') return 'D-CHAOS'
  // Blocks for these names are there for their queries of class CHAOS.
  if (/(?:^|\.)(?:hostname|version|authors|id)\.(?:bind|server)\.$/i.test(name)) return 'D-CHAOS'
  if (isFailure(before) && isFailure(after)) return 'D-ERR'
  const lower = foldCase(name)
  if (before.kind === 'cluster' || after.kind === 'cluster') return clusterCode(lower, before, after)
  if (isClusterApex(lower, before, after)) return 'D-K8S'
  if (before.kind === 'etcd' && after.kind !== 'etcd' && isReverseName(lower)) return 'D-REV'
  if (after.kind === 'etcd' && (before.kind === 'nodata' || isSameEtcd(before, after))) return 'D-ETCD'
  const isFromHosts = after.kind === 'nodata' && answering(later)?.plugin === 'hosts'
  const isAnswered = after.kind === 'upstream' || isFromHosts
  if (before.kind === 'servfail' && isAnswered && (countLabels(lower) <= 1 || before.reason === TOO_SHORT))
    return 'D-SINGLE'
  if ((before.kind === 'upstream' || before.kind === 'file' || isFailure(before)) && isFromHosts) return 'D-HOSTS-OTHER'
  const isFromTemplate = after.kind === 'nodata' && answering(later)?.plugin === 'template'
  if (isFailure(before) && isFromTemplate) return 'D-ERR'
  if (before.kind === 'upstream' && isFromTemplate) {
    if (before.changes.some(({ becomes }) => becomes === `no ${type}`)) return 'D-ERR'
    // Releases in which the rcode of a reply cannot be changed have no data for all other types.
    if (before.changes.some(({ when }) => when === 'NXDOMAIN')) return 'D-HOSTS-OTHER'
  }
  if (isOddReverse(lower) && before.kind === 'records' && after.kind !== 'records') return 'D-REV'
  if (type === 'PTR' && isPartOfReverse(lower) && before.kind === 'nxdomain' && isPassedOn(after)) return 'D-REV'
  if (isMisspeltReverse(lower) && before.kind === 'upstream' && after.kind === 'upstream') return 'D-REV'
  if (type === 'PTR' && before.kind === 'records' && after.kind === 'records' && contains(after, before))
    return 'D-PTR-MULTI'
  if (type === 'PTR' && after.kind === 'records' && answering(later)?.plugin === 'hosts' && before.kind !== 'records')
    return 'D-PTR-MULTI'
  if (before.kind === 'upstream' && after.kind === 'upstream') return upstreamCode(before, after)
  const isAlias = (outcome: Outcome) =>
    outcome.kind === 'alias' ||
    (outcome.kind === 'records' && outcome.records.some((record) => record.type === 'CNAME'))
  if (isAlias(before) && isAlias(after)) return 'D-CNAME-RES'
  // Up to 2.80 dnsmasq has an alias only for types that its target has.
  const passedAlias = old.path.some(({ plugin, role }) => plugin === '--cname' && role === 'passed')
  if (passedAlias && isAlias(after)) return 'D-CNAME-RES'
  return null
}

/** Whether an answer is left to others, or to nobody. */
function isPassedOn(outcome: Outcome): boolean {
  return outcome.kind === 'upstream' || isFailure(outcome)
}

/** A reverse name without all of its numbers: dnsmasq reads an address in it, CoreDNS does not. */
function isPartOfReverse(name: string): boolean {
  const isNumbers = /^(?:\d+\.)+in-addr\.arpa\.$|^(?:[\da-f]\.)+ip6\.arpa\.$/.test(name)
  return isNumbers && addressOfReverseName(name) === undefined
}

/** A reverse zone that many manifests of kube-dns have, and that is none: kubedns asks its own servers for such names. */
function isMisspeltReverse(name: string): boolean {
  return isSubdomain('in6.arpa.', name)
}

/** A reverse name that dnsmasq reads as an address although it has more or fewer labels, or leading zeros. */
function isOddReverse(name: string): boolean {
  if (!isReverseName(name)) return false
  return !/^(?:(?:0|[1-9]\d{0,2})\.){4}in-addr\.arpa\.$|^(?:[\da-f]\.){32}ip6\.arpa\.$/.test(name)
}

function isFailure({ kind }: Outcome): boolean {
  return kind === 'refused' || kind === 'servfail'
}

function isClusterApex(name: string, before: Outcome, after: Outcome): boolean {
  const isApex = name === 'in-addr.arpa.' || name === 'ip6.arpa.'
  return isApex && before.kind === 'upstream' && after.kind === 'nodata'
}

/** The same keys are looked for: what differs is what a name without any gets. */
function isSameEtcd(before: Outcome, after: Extract<Outcome, { kind: 'etcd' }>): boolean {
  return before.kind === 'etcd' && outcomeKey({ ...before, otherwise: after.otherwise }) === outcomeKey(after)
}

function isReverseName(name: string): boolean {
  return isSubdomain('in-addr.arpa.', name) || isSubdomain('ip6.arpa.', name)
}

/** Both ask the cluster: what differs is what follows where it has no such name. One alone does: the apexes of its zones. */
function clusterCode(name: string, before: Outcome, after: Outcome): string | null {
  const isReverse = isReverseName(name)
  if (before.kind === 'cluster' && after.kind === 'cluster') return isReverse ? 'D-REV' : 'D-K8S'
  const [cluster, other] =
    before.kind === 'cluster' ? [before, after] : after.kind === 'cluster' ? [after, before] : [null, before]
  if (cluster === null) return null
  if (isReverse && other.kind === 'records') return 'D-PTR-MULTI'
  if (isReverse)
    return other.kind === 'upstream' || other.kind === 'nodata' || other.kind === 'nxdomain' ? 'D-REV' : null
  const isLocal = other.kind === 'nxdomain' || other.kind === 'nodata' || other.kind === 'records'
  return isLocal && isSubdomain(cluster.zone, name) ? 'D-K8S' : null
}

/** The same servers are asked the same: what differs is which of them, or what becomes of NXDOMAIN. */
function upstreamCode(before: UpstreamOutcome, after: UpstreamOutcome): string | null {
  const plain = (outcome: UpstreamOutcome): UpstreamOutcome => ({
    ...outcome,
    upstreams: [...new Set(outcome.upstreams)].sort(),
    policy: 'random',
    failover: [],
    changes: [],
  })
  if (outcomeKey(plain(before)) !== outcomeKey(plain(after))) return null
  const changes = (outcome: UpstreamOutcome) => JSON.stringify(outcome.changes)
  return changes(before) === changes(after) ? 'D-POLICY' : before.changes.length > 0 ? 'D-NXCONV' : null
}

function contains(all: Extract<Outcome, { kind: 'records' }>, some: Extract<Outcome, { kind: 'records' }>): boolean {
  const known = new Set(all.records.map(({ data }) => foldCase(data)))
  return some.records.every(({ data }) => known.has(foldCase(data)))
}
