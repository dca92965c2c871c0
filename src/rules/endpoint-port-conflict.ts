import type { Key } from '../expand/configuration.ts'
import { replaceToken } from '../lint/edits.ts'
import { defaultAddress, endpointOf, type HttpEndpoint, listenHost } from '../lint/endpoints.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText, type Spot } from '../lint/rule.ts'
import type { ServersView } from '../verdict/servers-view.ts'

/** Since 1.6.6 both sockets open and the kernel deals connections out (plugin/pkg/reuseport Listen); before, the second one failed. */
export default defineRule({
  id: 'endpoint-port-conflict',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene', 'refused'],
  fix: 'unsafe',
  explains: ({ kind }) => kind === 'address-in-use',
  check(context) {
    const { servers, release, reasons, since, report } = context
    for (const { at, subject, other } of reasons) {
      report({
        at,
        severity: 'error',
        effect: 'refused',
        message: `${subject} is opened twice: CoreDNS ${release} stops at its start, as the address is in use (give one of them another port)`,
        ...(other === null ? {} : { related: [{ at: other, message: 'opened here first' }] }),
      })
    }
    // From here on it is about sockets that both open.
    if (!since('1.6.6')) return
    const endpoints: HttpEndpoint[] = []
    for (const block of servers.blocks) {
      for (const occurrences of block.plugins.values()) {
        const occurrence = occurrences.at(-1)
        const endpoint = occurrence === undefined ? null : endpointOf(occurrence, release)
        if (endpoint !== null) endpoints.push(endpoint)
      }
    }
    const taken = new Set(endpoints.map(idOf))
    /** The first endpoint of every plugin at each address. */
    const before = new Map<string, Map<string, HttpEndpoint>>()
    for (const endpoint of endpoints) {
      const { plugin } = endpoint.occurrence
      const there = before.get(idOf(endpoint)) ?? new Map<string, HttpEndpoint>()
      before.set(idOf(endpoint), there)
      const other = [...there].find(([name]) => name !== plugin)?.[1]
      const twin = there.get(plugin)
      const listener = dnsListener(servers, endpoint)
      if (other !== undefined) reportPair(context, endpoint, other, taken)
      else if (listener !== null) reportDns(context, endpoint, listener, taken)
      else if (plugin === 'health' && twin !== undefined) reportTwin(context, endpoint, twin)
      if (twin === undefined) there.set(plugin, endpoint)
    }
  },
})

function reportPair(context: RuleContext, one: HttpEndpoint, two: HttpEndpoint, taken: ReadonlySet<string>): void {
  // The one that was moved away from its own port is the one to move back.
  const isOwn = one.address === defaultAddress(one.occurrence.plugin, context.release)
  const [moved, other] = isOwn ? [two, one] : [one, two]
  const { plugin } = other.occurrence
  context.report({
    at: spotOf(moved),
    message: `${moved.occurrence.plugin} and ${plugin} both listen on ${moved.address}: each gets only some of the connections, so probes fail now and then (give one of them another port)`,
    related: [{ at: spotOf(other), message: `${plugin} listens there` }],
    fix: restoreDefault(context, moved, taken),
  })
}

function reportDns(context: RuleContext, endpoint: HttpEndpoint, key: Key, taken: ReadonlySet<string>): void {
  const { plugin } = endpoint.occurrence
  context.report({
    at: spotOf(endpoint),
    message: `${plugin} listens on ${endpoint.address}, where this server answers DNS over TCP: each gets only some of the connections, so probes fail now and then (give ${plugin} another port)`,
    related: [{ at: key.at, message: `DNS on port ${endpoint.port}` }],
    fix: restoreDefault(context, endpoint, taken),
  })
}

/** One health for all blocks is enough: it says that the process lives. */
function reportTwin({ report }: RuleContext, endpoint: HttpEndpoint, twin: HttpEndpoint): void {
  const waits = endpoint.occurrence.has('lameduck') && twin.occurrence.has('lameduck')
  report({
    at: spotOf(endpoint),
    severity: waits ? 'warning' : 'info',
    effect: waits ? 'misbehaves' : 'hygiene',
    message: waits
      ? 'health is here a second time, so CoreDNS waits for both lameduck times, one after the other, when it stops (one health is enough)'
      : `health listens on ${endpoint.address} for another block already: one is enough`,
    related: [{ at: spotOf(twin), message: 'health is here already' }],
  })
}

/** The same for all sockets at one address. */
function idOf({ host, port }: Pick<HttpEndpoint, 'host' | 'port'>): string {
  return `${host} ${port}`
}

const listenersOf = new WeakMap<ServersView, ReadonlyMap<string, Key>>()

/** The key of a block that takes DNS over TCP at the very address, null where none does. */
function dnsListener(servers: ServersView, endpoint: HttpEndpoint): Key | null {
  let listeners = listenersOf.get(servers)
  if (listeners === undefined) {
    listeners = dnsListeners(servers)
    listenersOf.set(servers, listeners)
  }
  return listeners.get(idOf(endpoint)) ?? null
}

/** The first key of each address at which a block takes DNS over TCP; a QUIC listener is UDP alone. */
function dnsListeners({ blocks }: ServersView): Map<string, Key> {
  const listeners = new Map<string, Key>()
  for (const { transport, hosts, port, key } of blocks.flatMap(({ served }) => served)) {
    if (transport === 'quic' || transport === 'https3') continue
    for (const host of hosts.length === 0 ? ['*'] : hosts.map(listenHost)) {
      const id = idOf({ host, port })
      if (!listeners.has(id)) listeners.set(id, key)
    }
  }
  return listeners
}

function spotOf({ occurrence }: HttpEndpoint): Spot {
  return occurrence.args[0]?.place ?? occurrence.name.place
}

/** Takes the written address back to the plugin's own where nothing else listens there. */
function restoreDefault(
  { servers, release }: RuleContext,
  { occurrence, address, host }: HttpEndpoint,
  taken: ReadonlySet<string>,
): ProposedFix | null {
  const [word] = occurrence.args
  const own = defaultAddress(occurrence.plugin, release)
  if (word === undefined || own === null || own === address) return null
  const port = own.slice(own.lastIndexOf(':'))
  const moved = address.slice(0, address.lastIndexOf(':')) + port
  const endpoint = { occurrence, address: moved, host, port: port.slice(1) }
  if (taken.has(idOf(endpoint)) || dnsListener(servers, endpoint) !== null) return null
  return {
    title: `move ${occurrence.plugin} to ${moved}`,
    safety: 'unsafe',
    edits: [replaceToken(word.place, moved)],
  }
}

export const text: RuleText = {
  summary: 'Two things of one CoreDNS that listen on one port',
  why: 'health, ready, prometheus and pprof each open a port of their own. Since 1.6.6 two of them can open the same one, and the kernel then gives each some of the connections: /health and /ready answer 404 every other time, and the kubelet restarts a healthy pod. Older releases do not start.',
  links: ['coredns/coredns#3542', 'kubevirt/kubesecondarydns#100', 'coredns/coredns#1686', 'plugin/pkg/reuseport'],
  examples: [
    {
      bad: '.:53 {\n    health :8080\n    ready :8080\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    health :8080\n    ready :8181\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:8080 {\n    health\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    health\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    health {\n        lameduck 5s\n    }\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    health {\n        lameduck 5s\n    }\n    forward . 10.1.0.53\n}\n',
      good: '.:53 {\n    health {\n        lameduck 5s\n    }\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    forward . 10.1.0.53\n}\n',
    },
  ],
}
