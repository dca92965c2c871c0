import { forwardAskedFor, zoneNear } from '../lint/asked.ts'
import { type ForwardView, readForward, type Upstream, upstreamOf } from '../lint/forwarding.ts'
import { type Reached, reachedAt } from '../lint/listeners.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { isSubdomain } from '../values/name.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** An upstream that is this server: the query comes back until the loop plugin, or the memory limit, ends the process. */
export default defineRule({
  id: 'forward-loop',
  severity: 'error',
  effects: ['misbehaves'],
  check(context) {
    const reported = new Set<OccurrenceView>()
    for (const block of context.servers.blocks) {
      for (const occurrence of block.occurrences('forward')) checkForward(context, block, occurrence, reported)
    }
  },
})

/** `reported` are the forwards with a finding: what goes round through one of them is said already. */
function checkForward(
  context: RuleContext,
  block: BlockView,
  occurrence: OccurrenceView,
  reported: Set<OccurrenceView>,
): void {
  const { release, report } = context
  const forward = readForward(occurrence)
  const name = forward === null ? null : someName(block, forward)
  if (forward === null || name === null || forwardAskedFor(block, name, release)?.occurrence !== occurrence) return
  let loops = false
  for (const word of forward.targets) {
    const upstream = upstreamOf(word, release)
    const reached = upstream === null ? null : leadsBack(context, upstream, occurrence, name, reported)
    if (upstream === null || reached === null) continue
    loops = true
    const { key } = reached.served
    // The loop plugin asks for a name of the block's first zone.
    const watched = block.has('loop') && isSubdomain(forward.from, block.zones[0] ?? '')
    report({
      at: word.place,
      message: `${word.value} is this server itself, which ${listening(context, upstream)}: ${
        watched
          ? 'loop sees its own query come back and stops CoreDNS (forward to another server)'
          : 'each query goes round until CoreDNS runs out of memory or sockets (forward to another server)'
      }`,
      related: [{ at: key.at, message: `takes what is sent to ${word.value}` }],
      ...(isStub(upstream)
        ? {
            help: 'In a container 127.0.0.53 is the container, not systemd-resolved on the node. The servers that the node asks are in /run/systemd/resolve/resolv.conf.',
          }
        : {}),
    })
  }
  if (loops) reported.add(occurrence)
}

/** A name that no configuration lists, in the narrower of a block's zones and the forward's. */
function someName(block: BlockView, { from }: ForwardView): string | null {
  const zone = zoneNear(block, from)
  if (zone === undefined) return null
  const narrower = isSubdomain(from, zone) ? zone : from
  return `some-name.${narrower === '.' ? '' : narrower}`
}

/** A way back through more blocks than this is not looked for. */
const MOST_BLOCKS = 50

/** Where a query to an upstream comes in, if it then finds its way back to the forward that sent it. */
function leadsBack(
  context: RuleContext,
  first: Upstream,
  origin: OccurrenceView,
  name: string,
  reported: ReadonlySet<OccurrenceView>,
): Reached | null {
  const start = reach(context, first, name)
  const seen = new Set<BlockView>()
  const pending = start === null ? [] : [start]
  for (let at = pending.pop(); at !== undefined && seen.size < MOST_BLOCKS; at = pending.pop()) {
    if (seen.has(at.block)) continue
    seen.add(at.block)
    const forward = forwardAskedFor(at.block, name, context.release)
    if (forward === null || reported.has(forward.occurrence)) continue
    if (forward.occurrence === origin) return start
    for (const word of forward.targets) {
      const upstream = upstreamOf(word, context.release)
      const next = upstream === null ? null : reach(context, upstream, name)
      if (next !== null) pending.push(next)
    }
  }
  return null
}

function reach({ servers, settings }: RuleContext, upstream: Upstream, name: string): Reached | null {
  const { transport, host, port } = upstream
  // Docker answers on 127.0.0.11 in every container, whoever listens on port 53.
  if (host === '127.0.0.11') return null
  const isCluster = isClusterDns(settings.clusterDnsIp, host) && servers.has('kubernetes')
  return reachedAt(servers, transport, isCluster ? '127.0.0.1' : host, port, name)
}

function isClusterDns(addresses: readonly string[], host: string): boolean {
  const ip = parseIp(host)
  return ip !== undefined && addresses.some((address) => formatIp(parseIp(address) ?? []) === formatIp(ip))
}

function listening({ settings }: RuleContext, { host, port }: Upstream): string {
  return isClusterDns(settings.clusterDnsIp, host)
    ? 'answers at the address of the cluster DNS service'
    : `listens there on port ${port}`
}

function isStub({ host }: Upstream): boolean {
  return host === '127.0.0.53'
}

export const text: RuleText = {
  summary: 'An upstream that leads back to the same server',
  why: 'A query that is forwarded to an address on which CoreDNS itself listens comes back and is forwarded again. With the loop plugin CoreDNS notices and exits, which in Kubernetes shows as CrashLoopBackOff; without it one query goes round ten thousand times and more, until sockets run out or the process is killed for its memory. The address 127.0.0.53 of systemd-resolved does this when it is copied into a container.',
  links: [
    'coredns/coredns#2087',
    'coredns/coredns#2391',
    'coredns/coredns#1986',
    'kubernetes/kubeadm#1162',
    'plugin/loop/README.md',
  ],
  examples: [
    {
      bad: '.:53 {\n    loop\n    forward . 127.0.0.1\n}\n',
      good: '.:53 {\n    loop\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    bind 10.0.0.10\n    forward . 10.0.0.10\n}\n',
      good: '.:53 {\n    bind 10.0.0.10\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 127.0.0.53\n}\n',
      good: '.:53 {\n    forward . /run/systemd/resolve/resolv.conf\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 127.0.0.1:1053\n}\n.:1053 {\n    bind 127.0.0.1\n    forward . 10.0.0.2 127.0.0.1:53 {\n        policy sequential\n    }\n}\n',
      good: '.:53 {\n    forward . 127.0.0.1:1053\n}\n.:1053 {\n    bind 127.0.0.1\n    forward . 10.0.0.2 10.0.0.3 {\n        policy sequential\n    }\n}\n',
    },
  ],
}
