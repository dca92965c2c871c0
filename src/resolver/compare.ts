import type { Decider, Decision, Step } from './decision.ts'
import { outcomeSummary } from './outcome-summary.ts'
import type { Probe } from './probes.ts'
import type { Query } from './query.ts'
import { isUnknown, sameOutcome } from './same-outcome.ts'

/** One question that two configurations answer differently. */
export interface Difference {
  readonly probe: Probe
  readonly old: Decision
  readonly new: Decision
}

/** A difference that lies in the nature of the two programs, by its code: `D-POLICY`. */
export interface DeclaredDifference extends Difference {
  readonly code: string
  /** What differs, one sentence without a full stop. */
  readonly reason: string
}

/** A difference that somebody wrote down as meant. */
export interface ExpectedDifference extends Difference {
  /** Why, in their words; empty where they gave none. */
  readonly reason: string
}

/** A question that nobody can compare, as one of the answers is not known. */
export interface Unproved {
  readonly query: Query
  readonly reason: string
}

/** What comparing two configurations gave. */
export interface Comparison {
  readonly probes: number
  readonly equal: number
  readonly declared: readonly DeclaredDifference[]
  readonly expected: readonly ExpectedDifference[]
  readonly undeclared: readonly Difference[]
  readonly unproved: readonly Unproved[]
}

/** What counts as no surprise. */
export interface CompareOptions {
  /** The code of a difference that lies in the nature of the two programs; null for every other one. */
  readonly declare?: (difference: Difference) => { readonly code: string; readonly reason: string } | null
  /** Why a difference is meant; null for one that is not. */
  readonly expect?: (difference: Difference) => { readonly reason: string } | null
}

/** Asks both the same questions and sorts what they answer. Keeps only what differs. */
export function compare(
  old: Decider,
  later: Decider,
  probes: Iterable<Probe>,
  { declare, expect }: CompareOptions = {},
): Comparison {
  const declared: DeclaredDifference[] = []
  const expected: ExpectedDifference[] = []
  const undeclared: Difference[] = []
  const unproved: Unproved[] = []
  let count = 0
  let equal = 0
  for (const probe of probes) {
    count++
    const difference: Difference = { probe, old: old.decide(probe.query), new: later.decide(probe.query) }
    if (sameOutcome(difference.old.outcome, difference.new.outcome)) {
      equal++
      continue
    }
    const meant = expect?.(difference)
    const natural = meant ? null : declare?.(difference)
    if (meant) expected.push({ ...difference, ...meant })
    else if (natural) declared.push({ ...difference, ...natural })
    else if (isUnknown(difference.old.outcome) || isUnknown(difference.new.outcome)) {
      unproved.push({ query: probe.query, reason: whyUnknown(difference) })
    } else undeclared.push(difference)
  }
  return { probes: count, equal, declared, expected, undeclared, unproved }
}

function whyUnknown({ old, new: later }: Difference): string {
  const unknown = isUnknown(old.outcome) ? old : later
  return outcomeSummary(unknown.outcome)
}

/** Differences with one cause: the same answer before, the same after, from the same place of the new configuration. */
export interface Cause {
  readonly old: string
  readonly new: string
  /** The step of the new configuration that answers, or of the old one where nobody answers now. */
  readonly step: Step | null
  readonly differences: readonly Difference[]
}

/** Groups differences by cause, the largest group first. */
export function causesOf(differences: readonly Difference[]): Cause[] {
  const groups = new Map<string, { old: string; new: string; step: Step | null; differences: Difference[] }>()
  for (const difference of differences) {
    const old = describeDecision(difference.old)
    const later = describeDecision(difference.new)
    const step = answering(difference.new) ?? answering(difference.old)
    const at = step?.at ? `${step.at.path}:${step.at.range.start}` : ''
    const key = `${old}\n${later}\n${at}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { old, new: later, step, differences: [difference] })
    else group.differences.push(difference)
  }
  return [...groups.values()].sort((a, b) => b.differences.length - a.differences.length)
}

/** An answer in few words, with who gives it where the words do not say. */
function describeDecision(decision: Decision): string {
  const summary = outcomeSummary(decision.outcome)
  const step = answering(decision)
  const negative = ['nodata', 'nxdomain', 'servfail', 'refused', 'rcode'].includes(decision.outcome.kind)
  return negative && step !== null ? `${summary} from ${step.plugin}` : summary
}

/** The step that answered; null where none did. */
export function answering({ path }: Decision): Step | null {
  return path.find(({ role }) => role === 'answered') ?? null
}

/** What the differences of a cause are about: domains under which every name is, and names for themselves. */
export interface Scope {
  /** True when every name is meant but those in `except`. */
  readonly everything: boolean
  /** Domains under which all other names answer the same as before; only with `everything`. */
  readonly except: readonly string[]
  /** Domains under which every name is meant. */
  readonly below: readonly string[]
  readonly names: readonly string[]
  /** The types, empty where all of those asked are meant. */
  readonly types: readonly string[]
}

/** Says what differences are about; `probes` are all that were asked. Linear. */
export function scopeOf(differences: readonly Difference[], probes: readonly Probe[]): Scope {
  const inside = new Set(differences.flatMap(({ probe }) => (probe.kind === 'below' ? probe.of : [])))
  const everything = inside.has('.')
  const outside = new Set(probes.flatMap(({ kind, of }) => (kind === 'below' && !inside.has(of) ? of : [])))
  const names = new Set(differences.flatMap(({ probe }) => (probe.kind === 'itself' ? probe.of : [])))
  const covered = (name: string, domains: ReadonlySet<string>) => ancestors(name).some((one) => domains.has(one))
  const types = new Set(differences.map(({ probe }) => probe.query.type))
  const asked = new Set(probes.map(({ query }) => query.type))
  return {
    everything,
    except: everything ? [...outside].filter((domain) => !covered(domain, outside)).sort() : [],
    below: everything ? [] : [...inside].filter((domain) => !covered(domain, inside)).sort(),
    names: everything ? [] : [...names].filter((name) => !inside.has(name) && !covered(name, inside)).sort(),
    types: types.size === asked.size ? [] : [...types].sort(),
  }
}

/** The domains that a name lies in, the nearest first, without itself. */
function ancestors(name: string): string[] {
  const found: string[] = []
  for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
    found.push(name.slice(dot + 1))
  }
  return name === '.' ? [] : [...found, '.']
}
