import { programOf } from '../../grammar/program.ts'
import { expand } from '../expand/expand.ts'
import { type CompareOptions, type Comparison, compare, type Difference } from '../resolver/compare.ts'
import { createCoreDns } from '../resolver/coredns/server.ts'
import type { Decider, Vocabulary } from '../resolver/decision.ts'
import { type Declaration, declare } from '../resolver/declared.ts'
import { overlaid } from '../resolver/overlay.ts'
import { probesOf } from '../resolver/probes.ts'
import { foldCase, isSubdomain } from '../values/name.ts'
import { judge } from '../verdict/judge.ts'
import type { Verdict } from '../verdict/reason.ts'
import { ServersView } from '../verdict/servers-view.ts'
import type { Migration } from './migrate.ts'

/** What can be said of a result without running it. */
export interface Proof {
  /** Today's answers held against those of the result; null where there is no model of what answers today. */
  readonly comparison: Comparison | null
  /** Answers of the Corefile it goes into that change although no source is about them. */
  readonly unrelated: readonly Difference[]
  /** Whether the release would start with the result. */
  readonly verdict: Verdict
}

/** Holds the answers of a result against those of its sources, question by question, and judges the result. */
export function prove(migration: Migration, { release }: { readonly release: string }): Proof {
  const result = coreDnsOf(migration.corefile, release)
  const before = migration.edits === null ? null : coreDnsOf(migration.before, release)
  const base = migration.today.server?.() ?? before?.decider ?? null
  const today = base === null ? null : overlaid(base, migration.today.overlay)
  const lost = new Set(migration.today.lost)
  const options: CompareOptions = { declare: (difference) => lostName(difference, lost) ?? declare(difference) }
  const comparison =
    today === null
      ? null
      : compare(today, result.decider, probesOf([today.vocabulary, result.decider.vocabulary]).probes, options)
  return {
    comparison,
    unrelated: before === null || today === null ? [] : unrelated(migration, before.decider, result.decider, today),
    verdict: result.verdict,
  }
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

/** A name that the report says is left out, and its reverse name. */
function lostName({ probe, old }: Difference, lost: ReadonlySet<string>): Declaration | null {
  const { outcome } = old
  const isReverse = outcome.kind === 'records' && outcome.records.some(({ data }) => lost.has(foldCase(data)))
  if (!isReverse && !lost.has(foldCase(probe.query.name))) return null
  return { code: 'lost', reason: 'the report says that the name is left out' }
}

/** What changes in a Corefile beside the names that the sources mention. */
function unrelated(
  { plan, today: { server } }: Migration,
  before: Decider,
  after: Decider,
  today: Decider,
): Difference[] {
  if (plan.facts.some((fact) => fact.kind === 'forward' && fact.zones.includes('.'))) return []
  const about = server === null ? minus(today.vocabulary, before.vocabulary) : today.vocabulary
  const isAbout = (name: string) => {
    const lower = foldCase(name)
    if (about.names.has(lower)) return true
    for (const domain of about.domains) if (domain !== '.' && isSubdomain(domain, lower)) return true
    return false
  }
  const { undeclared } = compare(before, after, probesOf([before.vocabulary]).probes)
  return undeclared.filter(({ probe }) => probe.query.type !== 'PTR' && !isAbout(probe.query.name))
}

function minus(all: Vocabulary, some: Vocabulary): Vocabulary {
  return { ...all, names: new Set([...all.names].filter((name) => !some.names.has(name))), domains: new Set() }
}
