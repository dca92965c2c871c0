import type { Key } from '../expand/configuration.ts'
import { replaceToken } from '../lint/edits.ts'
import { defaultAddress, endpointOf, type HttpEndpoint, listenHost } from '../lint/endpoints.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText, type Spot } from '../lint/rule.ts'
import type { ServersView } from '../lint/servers-view.ts'

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
    for (const [at, endpoint] of endpoints.entries()) {
      const { plugin } = endpoint.occurrence
      const before = endpoints.slice(0, at).filter((each) => isSame(each, endpoint))
      const other = before.find((each) => each.occurrence.plugin !== plugin)
      const listener = dnsListener(servers, endpoint)
      if (other !== undefined) reportPair(context, endpoint, other, endpoints)
      else if (listener !== null) reportDns(context, endpoint, listener, endpoints)
      else if (plugin === 'health' && before[0] !== undefined) reportTwin(context, endpoint, before[0])
    }
  },
})

function reportPair(context: RuleContext, one: HttpEndpoint, two: HttpEndpoint, all: readonly HttpEndpoint[]): void {
  // The one that was moved away from its own port is the one to move back.
  const isOwn = one.address === defaultAddress(one.occurrence.plugin, context.release)
  const [moved, other] = isOwn ? [two, one] : [one, two]
  const { plugin } = other.occurrence
  context.report({
    at: spotOf(moved),
    message: `${moved.occurrence.plugin} and ${plugin} both listen on ${moved.address}: each gets only some of the connections, so probes fail now and then (give one of them another port)`,
    related: [{ at: spotOf(other), message: `${plugin} listens there` }],
    fix: restoreDefault(context, moved, all),
  })
}

function reportDns(context: RuleContext, endpoint: HttpEndpoint, key: Key, all: readonly HttpEndpoint[]): void {
  const { plugin } = endpoint.occurrence
  context.report({
    at: spotOf(endpoint),
    message: `${plugin} listens on ${endpoint.address}, where this server answers DNS over TCP: each gets only some of the connections, so probes fail now and then (give ${plugin} another port)`,
    related: [{ at: key.at, message: `DNS on port ${endpoint.port}` }],
    fix: restoreDefault(context, endpoint, all),
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

function isSame(a: HttpEndpoint, b: HttpEndpoint): boolean {
  return a.port === b.port && a.host === b.host
}

/** A block that takes DNS over TCP at the very address; a QUIC listener is UDP alone. */
function dnsListener(servers: ServersView, { host, port }: HttpEndpoint): Key | null {
  for (const { served } of servers.blocks) {
    for (const server of served) {
      if (server.port !== port || server.transport === 'quic' || server.transport === 'https3') continue
      const hosts = server.hosts.length === 0 ? ['*'] : server.hosts.map(listenHost)
      if (hosts.includes(host)) return server.key
    }
  }
  return null
}

function spotOf({ occurrence }: HttpEndpoint): Spot {
  return occurrence.args[0]?.place ?? occurrence.name.place
}

/** Takes the written address back to the plugin's own where nothing else listens there. */
function restoreDefault(
  { servers, release }: RuleContext,
  { occurrence, address, host }: HttpEndpoint,
  all: readonly HttpEndpoint[],
): ProposedFix | null {
  const [word] = occurrence.args
  const own = defaultAddress(occurrence.plugin, release)
  if (word === undefined || own === null || own === address) return null
  const port = own.slice(own.lastIndexOf(':'))
  const moved = address.slice(0, address.lastIndexOf(':')) + port
  const endpoint = { occurrence, address: moved, host, port: port.slice(1) }
  const taken = all.some((each) => isSame(each, endpoint)) || dnsListener(servers, endpoint) !== null
  if (taken) return null
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
