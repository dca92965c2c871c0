import type { Decider } from '../../resolver/decision.ts'
import { outcomeSummary } from '../../resolver/outcome-summary.ts'
import { queryFor } from '../../resolver/query.ts'
import type { Workload } from '../../sources/workload.ts'
import { isPublicName } from '../../values/public-name.ts'

/** For how many a name changes that CoreDNS begins to answer: for nobody, by a name that they had not, or by another answer than that of the public DNS. */
export type WideningLevel = 'none' | 'new-name' | 'public-name'

/** What moving an alias into CoreDNS means to pods that have no such alias: they find the name too. */
export interface Widening {
  readonly name: string
  readonly level: WideningLevel
  /** What those pods get for the name today, in few words; null where nobody knows what answers them. */
  readonly today: string | null
  /** Workloads of the run that ask CoreDNS and have no such alias: their number, and the names of the first of them. Others may be elsewhere. */
  readonly others: { readonly count: number; readonly first: readonly string[] }
}

/** Who asks a CoreDNS besides the pods with an alias. */
export interface OtherPods {
  /** Every workload of the run whose pods ask CoreDNS, those with aliases among them. */
  readonly all: readonly Workload[]
  /** Whether the run has a whole cluster, so that there are no others. */
  readonly isComplete: boolean
  /** What pods without an alias get today; null where there is no model of it. */
  readonly today: Decider | null
}

/** So many workloads are named. */
const MOST_NAMED = 3

/** What it means to all others that a name with these addresses, in their shortest form, becomes one of CoreDNS. `owners` have the alias. */
export function wideningOf(
  name: string,
  addresses: readonly string[],
  owners: ReadonlySet<Workload>,
  { all, isComplete, today }: OtherPods,
): Widening {
  const count = all.length - owners.size
  const first: string[] = []
  for (let at = 0; at < all.length && first.length < Math.min(MOST_NAMED, count); at++) {
    const one = all[at]
    if (one !== undefined && !owners.has(one)) first.push(one.name)
  }
  const others = { count, first }
  const known = today === null ? null : todayOf(name, addresses, today)
  const said = known?.said ?? null
  if (known?.isSame || (isComplete && count === 0)) return { name, level: 'none', today: said, others }
  const level = isPublicName(name) && !known?.isDenied ? 'public-name' : 'new-name'
  return { name, level, today: said, others }
}

/** What a server says of a name, and whether that is what an alias says. */
function todayOf(
  name: string,
  addresses: readonly string[],
  today: Decider,
): { said: string; isSame: boolean; isDenied: boolean } {
  const outcomes = ['A', 'AAAA'].map((type) => {
    const { outcome } = today.decide(queryFor(name, type))
    const wanted = [...new Set(addresses.filter((one) => one.includes(':') === (type === 'AAAA')))].sort()
    const got = outcome.kind === 'records' ? [...new Set(outcome.records.map(({ data }) => data))].sort() : []
    const isSame = wanted.length === 0 ? outcome.kind === 'nodata' : wanted.join(' ') === got.join(' ')
    return { outcome, isSame, isWanted: wanted.length > 0 }
  })
  const asked = outcomes.find(({ isWanted }) => isWanted) ?? outcomes[0]
  return {
    said: asked === undefined ? '' : outcomeSummary(asked.outcome),
    isSame: outcomes.every(({ isSame }) => isSame),
    isDenied: outcomes.every(({ outcome }) => outcome.kind === 'nxdomain'),
  }
}

/** For people: `3 workloads of this run (Deployment shop/web and 2 more)`, or that there is none among them. */
export function othersSummary({ count, first }: Widening['others']): string {
  if (count === 0) return 'no other workload of this run'
  const more = count > first.length ? ` and ${count - first.length} more` : ''
  return `${count} other ${count === 1 ? 'workload' : 'workloads'} of this run (${first.join(', ')}${more})`
}
