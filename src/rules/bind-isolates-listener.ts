import { isWhole, zoneText } from '../lint/answering.ts'
import { defineRule, type Finding, type RuleText } from '../lint/rule.ts'
import { beginsWithPlugin } from '../lint/zone-keys.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView, ServersView } from '../verdict/servers-view.ts'

/** A query is answered by the blocks of its own listener alone (core/dnsserver/register.go groupConfigsByListenAddr). */
export default defineRule({
  id: 'bind-isolates-listener',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.1.0' },
  check({ servers, report }) {
    // What is left of a text that CoreDNS reads otherwise than meant is said elsewhere.
    if (servers.isTemplate || servers.configuration.problems.length > 0 || servers.blocks.some(beginsWithPlugin)) return
    for (const { bound, open } of socketsOf(servers)) {
      for (const [address, sites] of bound) {
        const finding = judge(address, sites, open)
        if (finding !== null) report(finding)
      }
    }
  },
})

interface Site {
  readonly block: BlockView
  readonly served: Served
}

/** The blocks on one port of one transport: those of each address that is bound, and those without `bind`. */
interface Socket {
  readonly bound: Map<string, Site[]>
  readonly open: Site[]
}

function socketsOf(servers: ServersView): Iterable<Socket> {
  const sockets = new Map<string, Socket>()
  for (const block of servers.blocks) {
    const binds = block.occurrences('bind')
    if (binds.some(({ args }) => args.some(({ known }) => !known)) || !isWhole(servers, block)) continue
    for (const served of block.served) {
      // A view chooses among the blocks of one listener by more than the zone.
      if (served.hasView) continue
      const id = `${served.transport} ${served.port}`
      const socket = sockets.get(id) ?? { bound: new Map<string, Site[]>(), open: [] }
      sockets.set(id, socket)
      if (binds.length === 0) socket.open.push({ block, served })
      for (const address of new Set(served.hosts.map(canonical))) {
        const others = socket.bound.get(address)
        if (others === undefined) socket.bound.set(address, [{ block, served }])
        else others.push({ block, served })
      }
    }
  }
  return sockets.values()
}

function judge(address: string, sites: readonly Site[], open: readonly Site[]): Finding | null {
  const [first] = sites
  if (first === undefined) return null
  const at = first.block
    .occurrences('bind')
    .flatMap(({ args }) => args)
    .find(({ value }) => canonical(value) === address)?.place
  if (at === undefined) return null
  const zones = new ZoneIndex<Site>()
  for (const each of sites) zones.add(each.served.zone, each)
  const lost = open.find(({ served }) => !zones.covers(served.zone))
  const site = lost ?? open[0]
  if (site === undefined) return null
  const { value, at: key } = site.served.key
  const related = [{ at: key, message: 'has no bind' }]
  // Go opens either as one socket for both families, and the kernel deals queries out (net/ipsock_posix.go favoriteAddrFamily).
  if (parseIp(address)?.every((byte) => byte === 0) === true) {
    return {
      at,
      severity: 'error',
      message: `this bind takes every address, and so does ${value}, which has none: each gets only some of the queries, and names fail now and then (take bind out, or write it in every block)`,
      related,
    }
  }
  const name = zoneText(site.served.zone)
  const effect =
    lost === undefined
      ? `names of ${name} get their answer from here and not from ${value}`
      : `${name === '.' ? 'names that they do not serve' : `names of ${name}`} are REFUSED there, though ${value} answers them at other addresses`
  return {
    at,
    severity: lost === undefined ? 'info' : 'warning',
    message: `at ${address} only blocks with this bind are asked: ${effect} (bind ${value} to ${address} as well)`,
    related,
    help: 'A block without bind listens at every address of the machine, except those that another block on its port binds.',
  }
}

function canonical(host: string): string {
  const ip = parseIp(host)
  return ip === undefined ? host : formatIp(ip)
}

export const text: RuleText = {
  summary: 'An address on which only some of the blocks answer, because the others lack its bind',
  why: 'CoreDNS opens a socket of its own for every address in `bind`, and a query that arrives there sees only the blocks bound to it. A block without `bind`, usually the one for ".", is not there: its names are REFUSED at that address, though they work at every other one. With `bind 0.0.0.0` or `bind ::` both sockets are at the same address, and every other query goes to the wrong one.',
  links: ['coredns/coredns#4270', 'coredns/coredns#5063', 'core/dnsserver/register.go groupConfigsByListenAddr'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    bind 0.0.0.0\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '.:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.2\n}\ncorp.example:53 {\n    bind 127.0.0.1\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
