import type { Outcome } from '../../../src/resolver/outcome.ts'
import { cluster } from '../resolver/cluster.ts'
import type { Mode, Question } from '../resolver/configuration.ts'
import { difference, expectedReplies, NotTold } from '../resolver/expected.ts'
import type { Reply } from '../resolver/reply.ts'

/** A way in which kubedns and the plugin kubernetes answer differently from the same objects: what D-K8S stands for. */
interface KubernetesDifference {
  readonly what: string
  /** Whether it is that, for a name without the cluster's domain (undefined for a reverse name). */
  is(short: string | undefined, type: string, before: Reply, after: Reply): boolean
}

const isEmpty = ({ rcode, answers }: Reply) => rcode === 'NOERROR' && answers.length === 0
const isMissing = ({ rcode }: Reply) => rcode === 'NXDOMAIN'
/** No data, or NXDOMAIN: neither has records. */
const isNothing = (reply: Reply) => isEmpty(reply) || isMissing(reply)
const hasNothing = (...replies: readonly Reply[]) => replies.every(isNothing)

/** Measured on kube-dns 1.26.7. */
const DIFFERENCES: readonly KubernetesDifference[] = [
  {
    what: 'names above those of services and pods: kubedns has none, kubernetes has no data, and no TXT',
    is: (short, _, before, after) => /^(?:|svc|pod|[^.]+\.pod)$/.test(short ?? '-') && hasNothing(before, after),
  },
  {
    what: 'a namespace below svc: kubedns merges its services',
    is: (short, _, __, after) => /^[^.]+\.svc$/.test(short ?? '') && isNothing(after),
  },
  {
    what: 'pod names of unknown namespaces, or that are no address: kubedns does not look',
    is: (short, _, before, after) =>
      /^[^.]+\.[^.]+\.pod$/.test(short ?? '') && before.rcode === 'NOERROR' && isMissing(after),
  },
  {
    what: 'pod names of IPv6 addresses: kubedns knows IPv4 alone',
    is: (short, type, before) =>
      /^[\da-f]*-[\da-f-]+\.[^.]+\.pod$/.test(short ?? '') && type === 'AAAA' && isEmpty(before),
  },
  {
    what: 'SRV: ports, priorities and targets',
    is: (short, type, before, after) =>
      type === 'SRV' && /\.svc$|\.pod$/.test(short ?? '') && (before.answers.length > 0 || after.answers.length > 0),
  },
  {
    what: 'SRV questions for what has no ports: no data, or no such name',
    is: (short, type, before, after) =>
      type === 'SRV' && /\.(?:svc|pod)$/.test(short ?? '') && hasNothing(before, after),
  },
  {
    what: 'names of ports: kubedns has an alias to the service',
    is: (short, _, before) =>
      /^_[^.]+\._(?:tcp|udp)\./.test(short ?? '') &&
      (before.answers.some(({ type }) => type === 'CNAME') || isNothing(before)),
  },
  {
    what: 'the name servers of the zone',
    is: (short) => short === 'ns.dns' || short === 'dns',
  },
  {
    what: 'CNAME of a service: kubedns has no such name, kubernetes no data',
    is: (short, type, before, after) =>
      type === 'CNAME' && /\.svc$|\.pod$/.test(short ?? '') && hasNothing(before, after),
  },
  {
    what: 'ExternalName: who looks up the target, and whether the alias is there without it',
    is: (short, _, before, after) => {
      const hasAlias = ({ answers }: Reply) => answers.some(({ type }) => type === 'CNAME')
      return /^[^.]+\.[^.]+\.svc$/.test(short ?? '') && (hasAlias(before) || hasAlias(after))
    },
  },
  {
    what: 'names of endpoints without a host name: kubedns makes a hash, kubernetes writes the address',
    is: (short, _, before) => /^\d+-\d+-\d+-\d+\.[^.]+\.[^.]+\.svc$/.test(short ?? '') && isMissing(before),
  },
  {
    what: 'the version of the DNS schema',
    is: (short, _, before, after) => short === 'dns-version' && isMissing(before) && after.rcode === 'NOERROR',
  },
  {
    what: 'reverse names of endpoints without a host name: kubernetes has them',
    is: (short, type, before, after) =>
      short === undefined &&
      type === 'PTR' &&
      isNothing(before) &&
      after.answers.some((record) => record.type === 'PTR'),
  },
  {
    what: 'apexes of the reverse zones: kubernetes has no data',
    is: (short, _, __, after) => short === undefined && isNothing(after) && after.asked.length === 0,
  },
]

/** How two replies from the same objects differ, in words; null where that is none of the known ways. */
export function kubernetesDifference(question: Question, domain: string, before: Reply, after: Reply): string | null {
  const name = question.name.toLowerCase()
  const short = name === domain ? '' : name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : undefined
  return DIFFERENCES.find((one) => one.is(short, question.type, before, after))?.what ?? null
}

/** Targets of the services that are other names: they are looked up. */
const TARGETS = new Set(
  cluster.services.flatMap(({ externalName }) => (externalName === undefined ? [] : [`${externalName}.`])),
)

/** What speaks against an outcome that leaves a name to the cluster, in what a server replied; empty for nothing. */
export function clusterComplaint(outcome: Extract<Outcome, { kind: 'cluster' }>, reply: Reply, mode: Mode): string {
  const { otherwise } = outcome
  if (reply.rcode === null || reply.rcode === 'REFUSED' || reply.rcode === 'SERVFAIL') return 'the cluster expected'
  const others = reply.asked.filter(({ name }) => !TARGETS.has(name.toLowerCase()))
  if (others.length === 0) return ''
  if (otherwise.kind !== 'upstream') return 'no upstream expected'
  try {
    return difference(reply, expectedReplies(otherwise, mode), true) ?? ''
  } catch (error) {
    if (error instanceof NotTold) return ''
    throw error
  }
}
