import type { OverlaidName } from '../../resolver/overlay.ts'
import type { Workload } from '../../sources/workload.ts'
import type { FileLines } from '../../text/file-lines.ts'
import type { Range } from '../../text/range.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { foldCase } from '../../values/name.ts'
import { type Contribution, differs, nothing, sourceOf, untranslatable } from '../contribution.ts'
import type { Conflict, HostFact, Item, ItemSource } from '../plan.ts'
import { type ClusterNames, clashOf, whyNotForAll, whyOtherDns } from './alias-names.ts'

/** One alias of one workload, and what becomes of it. */
export interface MovedAlias {
  readonly workload: Workload
  readonly name: string
  /** Its addresses in that workload, in their shortest form. */
  readonly addresses: readonly string[]
  /** What is to go from the manifest when the alias goes. */
  readonly removals: readonly Range[]
  /** What has to be true of the cluster before it may go; empty where it is proved. */
  readonly conditions: readonly string[]
}

/** What the aliases of workloads come to. */
export interface AliasTranslation extends Contribution {
  readonly moved: readonly MovedAlias[]
}

/** More names than this are listed in the report alone, without comments in the Corefile. */
const MOST_COMMENTED = 20

interface Entry {
  readonly workload: Workload
  readonly name: string
  readonly address: string
  readonly source: ItemSource
  readonly removal: Range
}

/** Merges the aliases of all workloads into entries for every pod; what would mean something else there stays where it is. Linear. */
export function translateAliases(
  workloads: readonly Workload[],
  cluster: ClusterNames,
  lines: FileLines,
): AliasTranslation {
  const items: Item[] = []
  const byName = new Map<string, Entry[]>()
  for (const workload of workloads) collect(workload, cluster, byName, items)
  const conflicts: Conflict[] = []
  const moved: MovedAlias[] = []
  const facts: HostFact[] = []
  const isCommented = byName.size <= MOST_COMMENTED
  for (const [name, entries] of byName) {
    const groups = byWorkload(entries)
    const sets = new Set([...groups.values()].map(addressKey))
    if (sets.size > 1) {
      conflicts.push(conflictOf(name, entries))
      for (const { source } of entries)
        items.push(untranslatable(source, `${name} has another address in another workload: both aliases stay`))
      continue
    }
    for (const [workload, own] of groups) {
      const { conditions } = clashOf(name, workload, cluster)
      moved.push({
        workload,
        name,
        addresses: own.map(({ address }) => address),
        removals: own.map(({ removal }) => removal),
        conditions,
      })
      for (const { source, address } of own) {
        const item = differs(
          source,
          ['D-HOSTS-OTHER', 'D-PTR-MULTI'],
          removalNote(conditions),
          conditions.length > 0 ? conditions.join('; ') : null,
        )
        items.push(item)
        const comment = isCommented ? lines.nameOf(source) : null
        facts.push({ kind: 'host', address, names: [name], hasReverse: false, comment, items: [item] })
      }
    }
  }
  return { ...nothing, facts: merged(facts), items, conflicts, moved, isCluster: true, overlay: overlayOf(moved) }
}

/** What pods find in their own hosts file today. */
function overlayOf(moved: readonly MovedAlias[]): OverlaidName[] {
  const known = new Map<string, OverlaidName>()
  for (const { name, addresses } of moved) {
    for (const address of addresses) known.set(`${name} ${address}`, { name, address })
  }
  return [...known.values()]
}

/** One fact for an address and a name, with the items of all workloads. */
function merged(facts: readonly HostFact[]): HostFact[] {
  const known = new Map<string, { fact: HostFact; items: Item[] }>()
  for (const fact of facts) {
    const id = `${fact.address} ${fact.names[0]}`
    const others = known.get(id)
    if (others === undefined) known.set(id, { fact, items: [...fact.items] })
    else others.items.push(...fact.items)
  }
  return [...known.values()].map(({ fact, items }) => ({ ...fact, items }))
}

function collect(workload: Workload, cluster: ClusterNames, byName: Map<string, Entry[]>, items: Item[]): void {
  const { pod, path } = workload
  if (pod.hostAliases === undefined) return
  const other = whyOtherDns(workload)
  for (const { ip, hostnames, range, nameRemovals } of pod.hostAliases.items) {
    const address = ip?.value ?? 'hostAliases'
    if (hostnames.length === 0 || ip === undefined) {
      items.push(untranslatable(sourceOf(path, range, address), whyIncomplete(pod.isPartial, ip !== undefined)))
      continue
    }
    for (const [at, hostname] of hostnames.entries()) {
      // Some API servers take a final dot and remove it.
      const name = foldCase(hostname.value).replace(/\.$/, '')
      const source = sourceOf(path, hostname.range, `${address} ${hostname.value}`)
      const why = other ?? whyNotForAll(address) ?? clashOf(name, workload, cluster).why ?? whyNoName(name)
      if (why !== null) items.push(untranslatable(source, `stays an alias: ${why}`))
      else {
        const parsed = parseIp(address)
        const entry = {
          workload,
          name,
          address: parsed === undefined ? address : formatIp(parsed),
          source,
          removal: nameRemovals[at] ?? range,
        }
        append(byName, name, entry)
      }
    }
  }
}

function whyIncomplete(isPartial: boolean, hasAddress: boolean): string {
  if (isPartial) return 'a template writes it: render the chart, and migrate what comes out'
  return hasAddress ? 'it has no names: nothing to move' : 'it has no address'
}

/** Kubernetes takes DNS-1123 subdomains alone. */
function whyNoName(name: string): string | null {
  const isName = name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)
  return isName ? null : 'Kubernetes does not take this name'
}

function byWorkload(entries: readonly Entry[]): Map<Workload, Entry[]> {
  const groups = new Map<Workload, Entry[]>()
  for (const entry of entries) append(groups, entry.workload, entry)
  return groups
}

function append<Key>(groups: Map<Key, Entry[]>, key: Key, entry: Entry): void {
  const others = groups.get(key)
  if (others === undefined) groups.set(key, [entry])
  else others.push(entry)
}

function addressKey(entries: readonly Entry[]): string {
  return [...new Set(entries.map(({ address }) => address))].sort().join(' ')
}

function conflictOf(name: string, entries: readonly Entry[]): Conflict {
  const addresses = [...new Set(entries.map(({ address }) => address))]
  return {
    code: 'alias-conflict',
    message: `${name} is ${addresses.join(' in one place and ')} in another: one answer for the whole cluster would be wrong for some pods`,
    places: entries.map(({ source }) => source),
    choices: [{ accept: 'alias-conflict', effect: 'leave these aliases where they are, and move the others' }],
  }
}

function removalNote(conditions: readonly string[]): string {
  const then = conditions.length === 0 ? 'the alias may go' : 'the alias may go once its conditions are checked'
  return `hosts: every pod now finds it; ${then}`
}
