import { visible } from '../text/width.ts'
import { isSince } from '../values/release.ts'
import type { BlockContent } from './block-content.ts'
import type { DirectivePlan } from './blocks.ts'
import { line } from './corefile-line.ts'
import type { HostFact, Item, Plan, ResultLine } from './plan.ts'
import { directive } from './templates.ts'

/** Names on one line of `hosts`; more go to another line with the same address. */
const MOST_NAMES_ON_A_LINE = 10

/** Releases in which what is written here came (versions: hosts ttl, health lameduck, ready, forward max_concurrent). */
const SINCE = {
  unsupported: '1.14.7',
  hostsTtl: '1.4.0',
  ready: '1.5.0',
  lameduck: '1.3.1',
  maxConcurrent: '1.6.9',
  kubernetesTtl: '1.0.2',
} as const

/** What serves the operator, and what keeps the server going: the same in every result. */
export function rootDirectives(
  plan: Plan,
  { forwards, clusters, hosts, templates, directives, deniesOnly }: BlockContent,
  release: string,
  isRoot: boolean,
): DirectivePlan[] {
  const plain = (plugin: string, text = plugin, items: readonly Item[] = []): DirectivePlan => ({
    plugin,
    lines: [{ text, items }],
  })
  const hasZone = directives.some(({ plugin }) => plugin === 'etcd')
  const answers = forwards.length > 0 || clusters.length > 0 || hosts.length > 0 || hasZone
  const found: DirectivePlan[] = [plain('errors')]
  if (plan.bind.length > 0) found.push(plain('bind', line('bind', ...plan.bind)))
  if (isRoot && plan.isCluster) {
    if (isSince(release, SINCE.lameduck))
      found.push({ plugin: 'health', lines: directive([], 'health', ['lameduck 5s']) })
    else found.push(plain('health'))
    if (isSince(release, SINCE.ready)) found.push(plain('ready'))
    found.push(plain('prometheus', 'prometheus :9153'))
  }
  const hasCache = directives.some(({ plugin }) => plugin === 'cache')
  if (plan.cache !== null && !hasCache && (answers || (deniesOnly && templates.length > 1)))
    found.push(cacheDirective(plan.cache))
  if (isRoot) {
    found.push(plain('loop'), plain('reload'))
    if (plan.rotates) found.push(plain('loadbalance'))
  }
  return found
}

function cacheDirective({ seconds, lines, items }: NonNullable<Plan['cache']>): DirectivePlan {
  const head = `cache ${seconds}`
  return { plugin: 'cache', lines: lines.length === 0 ? [{ text: head, items }] : directive(items, head, lines) }
}

/** One directive for each `rewrite`, in order: the first that matches counts. */
export function rewriteDirectives({ rewrites }: BlockContent): DirectivePlan[] {
  const seen = new Set<string>()
  return rewrites.flatMap((line) => {
    if (seen.has(line.text)) return []
    seen.add(line.text)
    return [{ plugin: 'rewrite', lines: [line] }]
  })
}

/** The cluster's names; reverse names that it does not know go on. */
export function kubernetesDirective({ clusters }: BlockContent, isRoot: boolean): DirectivePlan[] {
  return clusters.map(({ domain, reverseZones, reverseFallsThrough, lines, items }) => {
    const zones = isRoot ? reverseZones : []
    const fallthrough = reverseFallsThrough && zones.length > 0 ? [line('fallthrough', ...zones)] : []
    const properties = [...lines, 'pods insecure', ...fallthrough, 'ttl 30']
    return { plugin: 'kubernetes', lines: directive(items, line('kubernetes', domain, ...zones), properties) }
  })
}

/** One `hosts` with all names of the block: a second one would be refused. */
export function hostsDirective({ hosts }: BlockContent, plan: Plan, release: string): DirectivePlan[] {
  if (hosts.length === 0) return []
  // Templates that answer names without a dot leave their other types to those behind hosts.
  const passesTypes = plan.facts.some((fact) => fact.kind === 'template' && fact.covers === 'single-label')
  const properties = [
    ...(isSince(release, SINCE.hostsTtl) ? [`ttl ${plan.hostsTtl}`] : []),
    'fallthrough',
    ...(passesTypes && isSince(release, SINCE.unsupported) ? ['fallthrough_unsupported'] : []),
  ]
  const [head, ...rest] = directive([], 'hosts /dev/null', properties)
  if (head === undefined) return []
  return [{ plugin: 'hosts', lines: [head, ...hostsLines(hosts), ...rest] }]
}

/** Entries of `hosts`: one line an address as far as that stays readable, each name once, comments above what they are about. */
export function hostsLines(hosts: readonly HostFact[]): ResultLine[] {
  const groups = new Map<string, { address: string; comment: string | null; names: Map<string, readonly Item[]> }>()
  const known = new Set<string>()
  for (const { address, comment, names, items } of hosts) {
    const id = `${address}\n${comment ?? ''}`
    const group = groups.get(id) ?? { address, comment, names: new Map() }
    groups.set(id, group)
    for (const name of names) {
      if (known.has(`${address} ${name}`)) continue
      known.add(`${address} ${name}`)
      group.names.set(name, items)
    }
  }
  const lines: ResultLine[] = []
  for (const { address, comment, names } of groups.values()) {
    const all = [...names]
    if (comment !== null && all.length > 0) lines.push({ text: `    # ${visible(comment)}`, items: [] })
    for (let at = 0; at < all.length; at += MOST_NAMES_ON_A_LINE) {
      const some = all.slice(at, at + MOST_NAMES_ON_A_LINE)
      const text = `    ${address} ${some.map(([name]) => name).join(' ')}`
      lines.push({ text, items: [...new Set(some.flatMap(([, items]) => items))] })
    }
  }
  return lines
}

/** Whom the block asks for everything that nothing else in it answers. */
export function forwardDirective({ forwards }: BlockContent, defaults: readonly string[]): DirectivePlan[] {
  const [first] = forwards
  if (first === undefined) return []
  const to = [...new Set(forwards.flatMap(({ to }) => (to === 'default' ? defaults : to)))]
  if (to.length === 0) return []
  const items = forwards.flatMap((fact) => fact.items)
  const lines = [...new Set(forwards.flatMap((fact) => fact.lines))]
  const policy = first.policy === 'sequential' && to.length > 1 ? ['policy sequential'] : []
  const head = line('forward', '.', ...to)
  const properties = [...policy, ...lines]
  return [
    {
      plugin: 'forward',
      lines: properties.length === 0 ? [{ text: head, items }] : directive(items, head, properties),
    },
  ]
}
