import type { Decider } from '../../resolver/decision.ts'
import type { OverlaidName } from '../../resolver/overlay.ts'
import type { Placed } from '../../sources/source.ts'
import type { HostAlias, Workload } from '../../sources/workload.ts'
import type { FileLines } from '../../text/file-lines.ts'
import { covers, type Range } from '../../text/range.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { foldCase } from '../../values/name.ts'
import { type Contribution, nothing, sourceOf, untranslatable } from '../contribution.ts'
import type { Conflict, HostFact, Item, ItemSource } from '../plan.ts'
import { Clashes, type ClusterNames, whyNoAlias, whyNotForAll, whyOtherDns } from './alias-names.ts'
import { type OtherPods, othersSummary, type Widening, wideningOf } from './widening.ts'

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

/** More names or addresses than this are told by their number in a sentence. */
const MOST_TOLD = 5

/** The differences of every name that moves. */
const MOVED_CODES: readonly string[] = ['D-HOSTS-OTHER', 'D-PTR-MULTI']

/** A name with an address as one workload has it. */
interface Entry {
  readonly workload: Workload
  readonly address: string
  readonly source: ItemSource
  /** Null where nobody asks what goes. */
  readonly removal: Range | null
}

/** Where a name of a workload stands. There may be very many, of which few are told: the text is made when somebody asks. */
class NamePlace implements ItemSource {
  readonly path: string
  readonly range: Range
  readonly #ip: string
  readonly #name: string

  constructor(path: string, { value, range }: Placed, ip: string) {
    this.path = path
    this.range = range
    this.#ip = ip
    this.#name = value
  }

  get text(): string {
    return sourceOf(this.path, this.range, `${this.#ip} ${this.#name}`).text
  }
}

const NONE: readonly Range[] = []

/** Names whose answer would change for pods that ask the public DNS today. */
interface Widened {
  readonly name: string
  readonly entries: readonly Entry[]
  readonly widening: Widening
}

/** What else there is to know, besides the workloads. */
export interface AliasSettings {
  readonly cluster: ClusterNames
  readonly lines: FileLines
  /** Workloads of the run without aliases. */
  readonly others: readonly Workload[]
  /** What pods without an alias get today; null where there is no model of it. */
  readonly today: Decider | null
  /** Decisions that were taken, as `--accept` says them. */
  readonly accept: ReadonlySet<string>
}

/** Merges the aliases of all workloads into entries for every pod; what would mean something else there stays where it is. Linear. */
export function translateAliases(
  workloads: readonly Workload[],
  { cluster, lines, others, today, accept }: AliasSettings,
): AliasTranslation {
  const items: Item[] = []
  const byName = new Map<string, Entry[]>()
  const clashes = new Clashes(cluster)
  for (const workload of workloads) collect(workload, clashes, byName, items)
  const asking = [...workloads, ...others].filter((one) => whyOtherDns(one) === null)
  const pods: OtherPods = { all: asking, isComplete: cluster.isComplete, today }
  const conflicts: Conflict[] = []
  const moved: MovedAlias[] = []
  const facts: HostFact[] = []
  const widened: Widened[] = []
  const overlay: OverlaidName[] = []
  const isCommented = byName.size <= MOST_COMMENTED
  for (const [name, entries] of byName) {
    const runs = runsOf(entries)
    const addresses = addressesOf(runs[0] ?? [])
    if (runs.some((own) => !isSameSet(own, addresses))) {
      conflicts.push(conflictOf(name, entries))
      for (const { source } of entries)
        items.push(untranslatable(source, `${name} has another address in another workload: both aliases stay`))
      continue
    }
    const widening = wideningOf(name, addresses, new Set(entries.map(({ workload }) => workload)), pods)
    if (widening.level === 'public-name') widened.push({ name, entries, widening })
    if (widening.level === 'public-name' && !accept.has('widening')) {
      const note = `stays an alias: ${whyWidens(widening)}`
      for (const { source } of entries) items.push({ ...untranslatable(source, note), widening })
      continue
    }
    const ofName = new Map<string, Item[]>()
    const comments = new Map<string, string | null>()
    for (const own of runs) {
      const [first] = own
      if (first === undefined) continue
      const { conditions } = clashes.of(name, first.workload)
      const removals = first.removal === null ? NONE : own.flatMap(({ removal }) => removal ?? [])
      moved.push({ workload: first.workload, name, addresses, removals, conditions })
      for (const { source, address } of own) {
        const note = movedNote(widening, conditions)
        const check = checkOf(name, address, widening, conditions)
        const item: Item = { source, fidelity: 'differs', codes: MOVED_CODES, note, check, widening }
        items.push(item)
        append(ofName, address, item)
        if (isCommented && !comments.has(address)) comments.set(address, lines.nameOf(source))
      }
    }
    // One fact for an address and a name, with the items of all workloads.
    for (const [address, some] of ofName) {
      overlay.push({ name, address })
      const comment = comments.get(address) ?? null
      facts.push({ kind: 'host', address, names: [name], hasReverse: false, comment, items: some })
    }
  }
  if (widened.length > 0 && !accept.has('widening=stay')) conflicts.push(wideningConflict(widened))
  return { ...nothing, facts, items, conflicts, moved, isCluster: true, overlay }
}

function collect(workload: Workload, clashes: Clashes, byName: Map<string, Entry[]>, items: Item[]): void {
  const { pod, path } = workload
  const parts = pod.hostAliases?.items.filter(isIncomplete) ?? []
  for (const { text, range, path: at, why } of workload.notUnderstood) {
    const isOfAliases = pod.hostAliases === undefined ? text === 'hostAliases' : covers(pod.hostAliases.range, range)
    // An item that is not whole is told as one.
    const isTold = parts.some((part) => covers(part.range, range))
    if (isOfAliases && !isTold) items.push(untranslatable(sourceOf(at, range, text), why))
  }
  if (pod.hostAliases === undefined) return
  const other = whyNoAlias(workload)
  for (const { ip, hostnames, range, nameRemovals } of pod.hostAliases.items) {
    const address = ip?.value ?? 'hostAliases'
    if (hostnames.length === 0 || ip === undefined) {
      items.push(untranslatable(sourceOf(path, range, address), whyIncomplete(pod.isPartial, ip !== undefined)))
      continue
    }
    const parsed = parseIp(address)
    const shortest = parsed === undefined ? address : formatIp(parsed)
    const whyNone = other ?? whyNotForAll(address)
    for (const [at, hostname] of hostnames.entries()) {
      // Some API servers take a final dot and remove it.
      const name = foldCase(hostname.value).replace(/\.$/, '')
      const source = new NamePlace(path, hostname, address)
      const why = whyNone ?? clashes.of(name, workload).why ?? (byName.has(name) ? null : whyNoName(name))
      if (why !== null) items.push(untranslatable(source, `stays an alias: ${why}`))
      else append(byName, name, { workload, address: shortest, source, removal: nameRemovals[at] ?? null })
    }
  }
}

function isIncomplete({ ip, hostnames }: HostAlias): boolean {
  return hostnames.length === 0 || ip === undefined
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

/** The entries of one name, those of each workload by themselves; they stand one behind the other. */
function runsOf(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = []
  for (const entry of entries) {
    const last = runs.at(-1)
    if (last?.[0]?.workload === entry.workload) last.push(entry)
    else runs.push([entry])
  }
  return runs
}

function append<Key, Value>(groups: Map<Key, Value[]>, key: Key, entry: Value): void {
  const others = groups.get(key)
  if (others === undefined) groups.set(key, [entry])
  else others.push(entry)
}

function addressesOf(entries: readonly Entry[]): readonly string[] {
  return entries.length === 1
    ? entries.map(({ address }) => address)
    : [...new Set(entries.map(({ address }) => address))].sort()
}

function isSameSet(entries: readonly Entry[], addresses: readonly string[]): boolean {
  if (entries.length === 1) return addresses.length === 1 && entries[0]?.address === addresses[0]
  return addressesOf(entries).join(' ') === addresses.join(' ')
}

function conflictOf(name: string, entries: readonly Entry[]): Conflict {
  const addresses = [...new Set(entries.map(({ address }) => address))]
  const told = addresses.slice(0, MOST_TOLD)
  const more = addresses.length > told.length ? ` (and ${addresses.length - told.length} more)` : ''
  return {
    code: 'alias-conflict',
    message: `${name} is ${told.join(' in one place and ')} in another${more}: one answer for the whole cluster would be wrong for some pods`,
    places: entries.map(({ source }) => source),
    choices: [{ accept: 'alias-conflict', effect: 'leave these aliases where they are, and move the others' }],
  }
}

function wideningConflict(widened: readonly Widened[]): Conflict {
  const told = widened.slice(0, MOST_TOLD).map(({ name, entries }) => `${name} (${addressesOf(entries).join(' ')})`)
  const more = widened.length > told.length ? ` and ${widened.length - told.length} more` : ''
  const isOne = widened.length === 1
  const [most] = widened.map(({ widening }) => widening).toSorted((a, b) => b.others.count - a.others.count)
  const whom = most === undefined || most.others.count === 0 ? '' : `, ${othersSummary(most.others)} among them`
  return {
    code: 'widening',
    message: `${told.join(', ')}${more}: ${isOne ? 'a name' : 'names'} of the public DNS, which every pod that asks this CoreDNS would find at the address of an alias${whom}`,
    places: widened.flatMap(({ entries }) => entries.map(({ source }) => source)),
    choices: [
      {
        accept: 'widening',
        effect: `move ${isOne ? 'it' : 'them'}: every pod gets ${isOne ? 'this address' : 'these addresses'}`,
      },
      { accept: 'widening=stay', effect: 'leave these aliases where they are, and move the others' },
    ],
  }
}

/** What another answer for the pods without the alias would be about. */
function whyWidens({ today }: Widening): string {
  const now = today === null ? '' : ` (today: ${today})`
  return `in CoreDNS it would change a name of the public DNS for every other pod${now}`
}

/** What became of an alias, by what it means to others. */
const MOVED: Readonly<Record<Widening['level'], string>> = {
  none: 'hosts: every pod finds it, as the others do already; the alias may go',
  'new-name': 'hosts: every pod now finds it, which is a new name to the others; the alias may go',
  'public-name': 'hosts: every pod now finds it, also those that asked the public DNS for it; the alias may go',
}

function movedNote({ level }: Widening, conditions: readonly string[]): string {
  return conditions.length === 0 ? MOVED[level] : `${MOVED[level]} once its conditions are checked`
}

/** What somebody has to look at before the alias goes, and of a public name for whom it changes. */
function checkOf(name: string, address: string, widening: Widening, conditions: readonly string[]): string | null {
  const { level, today, others } = widening
  const whom = `pods without the alias, in ${othersSummary(others)} and wherever else, get ${address} for ${name}`
  const widens = level === 'public-name' ? [`${whom}${today === null ? '' : ` in place of ${today}`}`] : []
  const all = [...widens, ...conditions]
  return all.length === 0 ? null : all.join('; ')
}
