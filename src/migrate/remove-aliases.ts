import type { Decider } from '../resolver/decision.ts'
import { queryFor } from '../resolver/query.ts'
import type { Workload } from '../sources/workload.ts'
import type { TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import type { MovedAlias } from './workloads/translate.ts'

/** Which aliases go from which files, and which stay although their names were moved. */
export interface AliasRemovals {
  /** Edits by file. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>
  readonly removed: readonly MovedAlias[]
  readonly kept: readonly { readonly alias: MovedAlias; readonly why: string }[]
}

/** What removing aliases depends on, besides them. */
export interface RemovalSettings {
  /** What answers with the result. */
  readonly result: Decider
  /** Whether NodeLocal DNSCache stands between the pods and CoreDNS. */
  readonly isBehindNodeLocal: boolean
  /** The text of a file of the run. */
  readonly textOf: (path: string) => string
}

/** Takes exactly those aliases out of their manifests whose names every pod finds in the result, with nothing left to check. */
export function removalsOf(
  moved: readonly MovedAlias[],
  { result, isBehindNodeLocal, textOf }: RemovalSettings,
): AliasRemovals {
  const removed: MovedAlias[] = []
  const kept: { alias: MovedAlias; why: string }[] = []
  for (const alias of moved) {
    const why = whyKept(alias, result, isBehindNodeLocal)
    if (why === null) removed.push(alias)
    else kept.push({ alias, why })
  }
  const byWorkload = new Map<Workload, MovedAlias[]>()
  for (const alias of removed) {
    const others = byWorkload.get(alias.workload)
    if (others === undefined) byWorkload.set(alias.workload, [alias])
    else others.push(alias)
  }
  const edits = new Map<string, TextEdit[]>()
  for (const [workload, aliases] of byWorkload) {
    const own = edits.get(workload.path) ?? []
    edits.set(workload.path, own)
    for (const { start, end } of joined(rangesOf(workload, aliases), textOf(workload.path)))
      own.push({ start, end, text: '' })
  }
  return { edits, removed, kept }
}

function whyKept(
  { name, addresses, conditions, workload }: MovedAlias,
  result: Decider,
  isBehindNodeLocal: boolean,
): string | null {
  if (isBehindNodeLocal) return 'NodeLocal DNSCache answers the pods, and it does not ask CoreDNS for this name'
  if ((workload.pod.dnsConfig?.nameservers.length ?? 0) > 0) return 'its dnsConfig names servers of its own'
  if (workload.pod.isPartial) return 'its manifest is a template that could not be read whole'
  if (workload.object.kind === undefined) return 'it stands in values, and the chart decides what becomes of them'
  if (workload.pod.containers.length === 0)
    return 'its manifest has no containers: what it is a part of decides who is asked'
  const fixed = workload.pod.hostAliases?.whyFixed ?? null
  if (fixed !== null) return fixed
  for (const type of ['A', 'AAAA']) {
    const { outcome } = result.decide(queryFor(name, type))
    const wanted = addresses.filter((address) => address.includes(':') === (type === 'AAAA')).sort()
    const got = outcome.kind === 'records' ? [...new Set(outcome.records.map(({ data }) => data))].sort() : []
    const isSame = got.join(' ') === [...new Set(wanted)].join(' ')
    if (!isSame || (wanted.length === 0 && outcome.kind !== 'nodata'))
      return `CoreDNS does not answer ${name} ${type} as the alias does`
  }
  return conditions.length === 0 ? null : `to be checked first: ${conditions.join(', ')}`
}

/** The widest ranges that go: all aliases of a pod, an item, or single names. */
function rangesOf({ pod }: Workload, aliases: readonly MovedAlias[]): Range[] {
  const { hostAliases } = pod
  if (hostAliases === undefined) return []
  const gone = new Set(aliases.flatMap(({ removals }) => removals.map(({ start }) => start)))
  const isGone = (range: Range | undefined) => range !== undefined && gone.has(range.start)
  const all = hostAliases.items.every(({ nameRemovals }) => nameRemovals.length > 0 && nameRemovals.every(isGone))
  if (all) return [hostAliases.removal]
  return hostAliases.items.flatMap(({ removal, nameRemovals }) => {
    if (nameRemovals.length > 0 && nameRemovals.every(isGone)) return [removal]
    return nameRemovals.filter(isGone)
  })
}

/** Ranges that touch or overlap as one, which happens between commas of flow style; what ends a list there takes the comma before it along. */
function joined(ranges: readonly Range[], text: string): Range[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined.map(({ start, end }) => {
    const before = /,\s*$/.exec(text.slice(Math.max(0, start - MOST_BLANKS), start))
    const isLast = /^\s*[\]}]/.test(text.slice(end, end + MOST_BLANKS))
    return before !== null && isLast ? { start: start - before[0].length, end } : { start, end }
  })
}

/** Nobody has more blanks and line breaks between the items of a list. */
const MOST_BLANKS = 500
