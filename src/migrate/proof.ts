import { programOf } from '../../grammar/program.ts'
import { expand } from '../expand/expand.ts'
import {
  answering,
  type CompareOptions,
  type Comparison,
  compare,
  type Difference,
  outcomeOf,
} from '../resolver/compare.ts'
import { createCoreDns } from '../resolver/coredns/server.ts'
import type { Decider, Vocabulary } from '../resolver/decision.ts'
import { type Declaration, declare } from '../resolver/declared.ts'
import type { Outcome } from '../resolver/outcome.ts'
import { overlaid } from '../resolver/overlay.ts'
import { type Probes, probesOf, type Reduced } from '../resolver/probes.ts'
import { sameOutcome } from '../resolver/same-outcome.ts'
import { type Untried, untriedPatterns } from '../resolver/untried.ts'
import { absoluteName, foldCase, isSubdomain } from '../values/name.ts'
import { zonesAround } from '../values/zone-index.ts'
import { judge } from '../verdict/judge.ts'
import type { Verdict } from '../verdict/reason.ts'
import { ServersView } from '../verdict/servers-view.ts'
import type { Migration } from './migrate.ts'
import type { ItemSource, Plan } from './plan.ts'

/** What can be said of a result without running it. */
export interface Proof {
  /** Today's answers held against those of the result; null where there is no model of what answers today. */
  readonly comparison: Comparison | null
  /** What was not asked as there are very many names; null where everything was. */
  readonly reduced: Reduced | null
  /** Patterns of the result or of today's Corefile that no question was found for. */
  readonly untried: readonly Untried[]
  /** Answers of the Corefile it goes into that change although no source is about them. */
  readonly unrelated: readonly Difference[]
  /** Whether the release would start with the result. */
  readonly verdict: Verdict
  /** Whether it would start with the Corefile as it was before; null for a new one. */
  readonly before: Verdict | null
}

/** How to prove. */
export interface ProofOptions {
  readonly release: string
  /** Called with the number of questions asked and of all, for long work. */
  readonly onProgress?: ((asked: number, all: number) => void) | undefined
}

/** Holds the answers of a result against those of its sources, question by question, and judges the result. */
export function prove(migration: Migration, { release, onProgress }: ProofOptions): Proof {
  const result = coreDnsOf(migration.corefile, release)
  const before = migration.edits === null ? null : coreDnsOf(migration.before, release)
  const base = migration.today.server?.() ?? before?.decider ?? null
  const today = base === null ? null : overlaid(base, migration.today.overlay)
  const natural = declarationsOf(migration)
  const kept = before === null || base === null ? null : keptAnswers(migration, before.decider, base, natural)
  const probes = today === null ? null : probesOf([today.vocabulary, result.decider.vocabulary])
  const options: CompareOptions = {
    declare: (difference) => natural(difference) ?? kept?.(difference) ?? null,
    ...(probes === null ? {} : progressOf(probes, onProgress)),
  }
  const comparison = today === null || probes === null ? null : compare(today, result.decider, probes, options)
  return {
    comparison,
    reduced: probes?.reduced ?? null,
    untried: today === null ? [] : untriedPatterns(today.vocabulary, result.decider.vocabulary),
    unrelated:
      before === null || today === null
        ? []
        : unrelated(migration, before.decider, result.decider, { today, onProgress }),
    verdict: result.verdict,
    before: before?.verdict ?? null,
  }
}

function progressOf(probes: Probes, onProgress: ProofOptions['onProgress']): Pick<CompareOptions, 'onProgress'> {
  return onProgress === undefined ? {} : { onProgress: (asked) => onProgress(asked, probes.count) }
}

/** What is no surprise in the result of a migration: what the report says is left out, and what lies in the nature of the programs. */
export function declarationsOf({ today, items }: Migration): (difference: Difference) => Declaration | null {
  const lost = new Set(today.lost)
  // A name above one that is left out has no data today, and may well not exist afterwards.
  const lostNames = today.lost.filter((text) => !/^(?:\*\.|server )/.test(text))
  const above = new Set(lostNames.flatMap((name) => zonesAround(name.replace(/(?<!\\) [A-Z0-9]+$/, '')).slice(1)))
  const untold = new Set(items.filter(({ fidelity }) => fidelity === 'untranslatable').map(placeOf))
  return (difference) => lostName(difference, lost, above) ?? lostOption(difference, untold) ?? declare(difference)
}

/** A model of CoreDNS with a Corefile, and the release's verdict on it. */
export function coreDnsOf(corefile: string, release: string): { decider: Decider; verdict: Verdict } {
  const program = programOf(release)
  const configuration = expand(corefile, { release, isDirective: (name) => program.has(name) })
  const { verdict, served } = judge(configuration, { release })
  const servers = new ServersView(configuration, served, program)
  return {
    decider: createCoreDns({ servers, path: 'Corefile', fileText: (path) => (path === '/dev/null' ? '' : undefined) }),
    verdict,
  }
}

/** What the Corefile said before the migration, of names that no source mentions. */
function keptAnswers(
  { plan, today }: Migration,
  before: Decider,
  source: Decider,
  natural: (difference: Difference) => Declaration | null,
): (difference: Difference) => Declaration | null {
  const { vocabulary } = source
  const about = aboutNames(vocabulary)
  const clusters = [...vocabulary.clusterDomains]
  const added = new Set([...plan.facts.flatMap(namesOf), ...today.overlay.map(({ name }) => name)].map(absoluteName))
  /** A file or store that was asked before as well, and behind it what the source says: whose names it has nobody knows. */
  const isInFront = ({ probe, old, new: later }: Difference) => {
    const [was, is] = [outcomeOf(before, probe.query), later.outcome]
    if ((was.kind !== 'file' && was.kind !== 'etcd') || (is.kind !== 'file' && is.kind !== 'etcd')) return false
    if (!sameOutcome({ ...was, otherwise: is.otherwise }, is)) return false
    const behind = { probe, old, new: { ...later, outcome: is.otherwise } }
    return sameOutcome(old.outcome, is.otherwise) || natural(behind) !== null
  }
  return (difference) => {
    const { probe, new: later } = difference
    const { name } = probe.query
    // A block for a domain below one of the sources is a conflict of its own.
    const isDeeper = zonesAround(foldCase(name)).some(
      (zone) => zone !== '.' && before.vocabulary.domains.has(zone) && !vocabulary.domains.has(zone),
    )
    const isMentioned =
      added.has(foldCase(name)) || (about(name) && !isDeeper && !clusters.some((zone) => isSubdomain(zone, name)))
    const isOfCluster = today.server !== null && clusters.some((zone) => isSubdomain(zone, name))
    const isSame = !isMentioned && !isOfCluster && sameOutcome(outcomeOf(before, probe.query), later.outcome)
    const isOwn = added.has(foldCase(name)) || vocabulary.names.has(foldCase(name))
    if (!isSame && (isOwn || !isInFront(difference))) return null
    return { code: 'kept', reason: 'the Corefile says so already, and no source is about the name' }
  }
}

/** Whether a vocabulary mentions a name, or a domain that it lies in. */
function aboutNames({ names, domains }: Vocabulary): (name: string) => boolean {
  return (name) => {
    const lower = foldCase(name)
    return names.has(lower) || zonesAround(lower).some((zone) => zone !== '.' && domains.has(zone))
  }
}

function namesOf(fact: Plan['facts'][number]): readonly string[] {
  if (fact.kind === 'host') return fact.names
  return fact.kind === 'record' ? [fact.name] : []
}

/** A name that the report says is left out, or a type of it, and its reverse name. */
function lostName(
  { probe, old }: Difference,
  lost: ReadonlySet<string>,
  above: ReadonlySet<string>,
): Declaration | null {
  const { outcome } = old
  const isReverse = outcome.kind === 'records' && outcome.records.some(({ data }) => lost.has(foldCase(data)))
  const name = foldCase(probe.query.name)
  const isBelow = lost.size > 0 && zonesAround(name).some((zone) => lost.has(`*.${zone}`))
  if (serversOf(outcome).some((server) => lost.has(`server ${server}`)))
    return { code: 'lost', reason: 'the report says that the server is left out' }
  const isAbove = outcome.kind === 'nodata' && above.has(name)
  if (!isReverse && !isBelow && !isAbove && !lost.has(name) && !lost.has(`${name} ${probe.query.type}`)) return null
  return { code: 'lost', reason: 'the report says that the name is left out' }
}

/** Whom somebody asks what is not known here. */
function serversOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'upstream') return outcome.upstreams
  return outcome.kind === 'cluster' || outcome.kind === 'etcd' ? serversOf(outcome.otherwise) : []
}

/** An answer of an option that the report says cannot be expressed. */
function lostOption({ old }: Difference, untold: ReadonlySet<string>): Declaration | null {
  const at = answering(old)?.at
  if (!at || !untold.has(placeOf({ source: at }))) return null
  return { code: 'lost', reason: 'the report says that the option cannot be expressed' }
}

function placeOf({ source: { path, range } }: { source: Pick<ItemSource, 'path' | 'range'> }): string {
  return `${path}\n${range.start} ${range.end}`
}

/** What changes in a Corefile beside the names that the sources mention. */
function unrelated(
  { plan, today: { server, overlay } }: Migration,
  before: Decider,
  after: Decider,
  { today, onProgress }: { readonly today: Decider } & Pick<ProofOptions, 'onProgress'>,
): Difference[] {
  if (plan.facts.some((fact) => fact.kind === 'forward' && fact.zones.includes('.'))) return []
  const about = server === null ? minus(today.vocabulary, before.vocabulary) : today.vocabulary
  // A name that the Corefile mentions too is one of the sources all the same.
  const own = new Set(overlay.map(({ name }) => absoluteName(name)))
  const isOfSources = aboutNames(about)
  const isAbout = (name: string) => own.has(foldCase(name)) || isOfSources(name)
  const probes = probesOf([before.vocabulary])
  const { undeclared } = compare(before, after, probes, progressOf(probes, onProgress))
  return undeclared.filter(({ probe }) => probe.query.type !== 'PTR' && !isAbout(probe.query.name))
}

function minus(all: Vocabulary, some: Vocabulary): Vocabulary {
  return { ...all, names: new Set([...all.names].filter((name) => !some.names.has(name))), domains: new Set() }
}
