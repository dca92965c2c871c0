import type { FilePlace } from '../text/range.ts'
import { answering, type Difference } from './compare.ts'
import type { Decision, Step } from './decision.ts'
import type { Outcome } from './outcome.ts'
import { outcomeSummary } from './outcome-summary.ts'
import type { Probe } from './probes.ts'

/** An answer before and the one now, and how often. */
export interface Change {
  readonly old: string
  readonly new: string
  readonly count: number
}

/** Differences with one cause: a line that is new, one that is gone, or the place that answers now. */
export interface Cause {
  /** The most frequent answer before. */
  readonly old: string
  /** The most frequent answer now. */
  readonly new: string
  /** All pairs of answers, the most frequent first, those without data last. */
  readonly changes: readonly Change[]
  /** What changed, or answers where nobody can say what changed. */
  readonly step: Step | null
  /** The configuration that the step is of. */
  readonly side: Side
  /** Whether the line of the step stands in one of the two configurations alone. */
  readonly line: 'new' | 'gone' | null
  /** How many lines are meant, the one of `step` among them. */
  readonly lines: number
  readonly differences: readonly Difference[]
}

/** One of the two configurations. */
export type Side = 'old' | 'new'

/** Whether the line at a place of one configuration stands, word for word, in the other one too. */
export interface SharedLines {
  readonly inOld: (place: FilePlace) => boolean
  readonly inNew: (place: FilePlace) => boolean
}

/** Plugins that change how long, how large or in which order an answer is, and never whose. */
const NO_CAUSE: ReadonlySet<string> = new Set(['cache', 'loadbalance', 'minimal'])
/** More lines than this of one plugin, all new or all gone, are one cause. */
const MOST_LINES = 4

interface Origin {
  readonly step: Step | null
  readonly side: Side
  readonly line: Cause['line']
  /** True where the step answered before and does not any more. */
  readonly isPassedOn?: boolean
}

/** Groups differences by cause, the largest group first. Linear but for the sorting of the groups. */
export function causesOf(differences: readonly Difference[], lines: SharedLines | null = null): Cause[] {
  const bundles = new Map<string, Bundle>()
  for (const difference of differences) {
    // Its decisions may be made when they are asked for: once is enough.
    const decided: Difference = { probe: difference.probe, old: difference.old, new: difference.new }
    const origin = originOf(decided, lines)
    const key = keyOf(origin, decided)
    const { line, step } = origin
    // Many lines of one plugin, all new or all gone, are one cause: a hosts block that was filled.
    const name = line === null || step === null ? `of ${key}` : `${line} ${step.plugin}`
    let bundle = bundles.get(name)
    if (bundle === undefined) {
      bundle = new Bundle()
      bundles.set(name, bundle)
    }
    bundle.add(key, origin, difference, decided)
  }
  return [...bundles.values()]
    .flatMap((bundle) => bundle.causes)
    .sort((a, b) => b.differences.length - a.differences.length)
}

/** Lines that are told one by one while they are few, and then together. */
class Bundle {
  #groups = new Map<string, Group>()
  #together: Group | null = null
  readonly #lines = new Set<string>()

  add(key: string, origin: Origin, difference: Difference, decided: Difference): void {
    this.#lines.add(key)
    if (this.#together === null && this.#lines.size > MOST_LINES) this.#join()
    const group = this.#together ?? this.#groups.get(key) ?? new Group(origin, describeDecision)
    if (this.#together === null) this.#groups.set(key, group)
    group.add(difference, decided)
  }

  get causes(): Cause[] {
    if (this.#together !== null) return [this.#together.cause(this.#lines.size)]
    return [...this.#groups.values()].map((group) => group.cause(1))
  }

  #join(): void {
    const groups = [...this.#groups.values()]
    const [first] = groups
    if (first === undefined) return
    const together = new Group(first.origin, describeKind)
    for (const { differences } of groups) for (const difference of differences) together.add(difference, difference)
    this.#together = together
    this.#groups = new Map()
  }
}

/** Differences with one origin, and their answers in words. */
class Group {
  readonly origin: Origin
  readonly differences: Difference[] = []
  readonly #describe: (decision: Decision) => string
  readonly #changes = new Map<string, Change & { count: number; readonly isEmpty: boolean }>()

  constructor(origin: Origin, describe: (decision: Decision) => string) {
    this.origin = origin
    this.#describe = describe
  }

  /** `decided` is the same difference with its decisions at hand. */
  add(difference: Difference, { old, new: later }: Difference): void {
    this.differences.push(difference)
    const pair = { old: this.#describe(old), new: this.#describe(later) }
    const key = `${pair.old}\n${pair.new}`
    const known = this.#changes.get(key)
    const isEmpty = old.outcome.kind === 'nodata' || later.outcome.kind === 'nodata'
    if (known === undefined) this.#changes.set(key, { ...pair, count: 1, isEmpty })
    else known.count++
  }

  cause(lines: number): Cause {
    const { step, side, line } = this.origin
    // Most types of a name have no data, which says little about it.
    const sorted = [...this.#changes.values()].sort(
      (a, b) => Number(a.isEmpty) - Number(b.isEmpty) || b.count - a.count,
    )
    const changes = sorted.map(({ old, new: later, count }): Change => ({ old, new: later, count }))
    const [most] = changes
    return {
      old: most?.old ?? '',
      new: most?.new ?? '',
      changes,
      step,
      side,
      line,
      lines,
      differences: this.differences,
    }
  }
}

function originOf({ old, new: later }: Difference, lines: SharedLines | null): Origin {
  if (lines !== null) {
    const added = actingAlone(later, lines.inOld)
    if (added !== null) return { step: added, side: 'new', line: 'new' }
    const removed = actingAlone(old, lines.inNew)
    if (removed !== null) return { step: removed, side: 'old', line: 'gone' }
  }
  const step = answering(later)
  const was = answering(old)
  // Who answered before and passes the query on now made the difference, whoever answers it now.
  const passes = was !== null && later.path.find(({ plugin, role }) => plugin === was.plugin && role === 'passed')
  if (passes) return { step: passes, side: 'new', line: null, isPassedOn: true }
  return step === null ? { step: answering(old), side: 'old', line: null } : { step, side: 'new', line: null }
}

/** The step that made the answer what it is, or else one that changed it on its way, if its line stands in one configuration alone. */
function actingAlone(decision: Decision, isShared: (place: FilePlace) => boolean): Step | null {
  const isAlone = ({ at }: Step) => at !== null && !isShared(at)
  const answers = answering(decision)
  if (answers !== null && isAlone(answers)) return answers
  return (
    decision.path.find((step) => step.role === 'changed' && !NO_CAUSE.has(step.plugin) && isAlone(step)) ??
    decision.lookups?.flatMap((lookup) => actingAlone(lookup, isShared) ?? [])[0] ??
    null
  )
}

function keyOf({ step, line, isPassedOn }: Origin, difference: Difference): string {
  const at = step?.at ? `${step.at.path}:${step.at.range.start}` : ''
  if (line !== null) return `${line} ${at}`
  return at === ''
    ? `${describeDecision(difference.old)}\n${describeDecision(difference.new)}`
    : `${at}\n${isPassedOn ? `no longer ${describeDecision(difference.old)}` : describeDecision(difference.new)}`
}

/** An answer in few words, with who gives it where the words do not say. */
function describeDecision(decision: Decision): string {
  const { outcome } = decision
  const summary = outcomeSummary(outcome)
  const step = answering(decision)
  if (outcome.kind === 'servfail') return step === null ? summary : `SERVFAIL: ${outcome.reason}`
  if (outcome.kind === 'refused' && decision.block === null && decision.listener !== null)
    return 'REFUSED: no server block is there for it'
  const isNegative = ['nodata', 'nxdomain', 'refused', 'rcode'].includes(outcome.kind)
  return isNegative && step !== null ? `${summary} from ${step.plugin}` : summary
}

/** The same where there are too many records to name one. */
function describeKind(decision: Decision): string {
  const isData = (outcome: Outcome) => outcome.kind === 'records' || outcome.kind === 'alias'
  return isData(decision.outcome) ? `records from ${answering(decision)?.plugin ?? 'it'}` : describeDecision(decision)
}

/** What the differences of a cause are about: domains under which every name is, and names for themselves. */
export interface Scope {
  /** True when every name is meant but those in `except` and `exceptNames`. */
  readonly everything: boolean
  /** Domains under which all other names answer the same as before; only with `everything`. */
  readonly except: readonly string[]
  /** Names that answer the same as before though others below them do not; only with `everything`. */
  readonly exceptNames: readonly string[]
  /** Domains under which every name is meant. */
  readonly below: readonly string[]
  readonly names: readonly string[]
  /** The types, empty where all of those asked are meant. */
  readonly types: readonly string[]
}

/** What all probes together are about. */
interface Asked {
  readonly types: ReadonlySet<string>
  /** Domains of which a name below was asked. */
  readonly below: ReadonlySet<string>
  readonly itself: ReadonlySet<string>
}

/** By the probes, which are gone through once for all causes. */
const known = new WeakMap<Iterable<Probe>, Asked>()

function askedOf(probes: Iterable<Probe>): Asked {
  const found = known.get(probes)
  if (found !== undefined) return found
  const asked = { types: new Set<string>(), below: new Set<string>(), itself: new Set<string>() }
  for (const { kind, of, query } of probes) {
    asked.types.add(query.type)
    if (kind !== 'beside') asked[kind].add(of)
  }
  known.set(probes, asked)
  return asked
}

/** Says what differences are about; `probes` are all that were asked. Linear. */
export function scopeOf(differences: readonly Pick<Difference, 'probe'>[], probes: Iterable<Probe>): Scope {
  const inside = new Set<string>()
  const names = new Set<string>()
  const types = new Set<string>()
  for (const { probe } of differences) {
    if (probe.kind === 'below') inside.add(probe.of)
    if (probe.kind === 'itself') names.add(probe.of)
    types.add(probe.query.type)
  }
  const everything = inside.has('.')
  // A probe of a name is asked for the types that the name is asked for: those of reverse names are others.
  const asked = askedOf(probes)
  const outside = new Set(everything ? [...asked.below].filter((domain) => !inside.has(domain)) : [])
  const covered = (name: string, domains: ReadonlySet<string>) => ancestors(name).some((one) => domains.has(one))
  const isAsBefore = (name: string) => name !== '.' && !names.has(name) && !outside.has(name) && !covered(name, outside)
  return {
    everything,
    except: [...outside].filter((domain) => !covered(domain, outside)).sort(),
    exceptNames: everything ? [...asked.itself].filter(isAsBefore).sort() : [],
    below: everything ? [] : [...inside].filter((domain) => !covered(domain, inside)).sort(),
    names: everything ? [] : [...names].filter((name) => !inside.has(name) && !covered(name, inside)).sort(),
    types: types.size === asked.types.size ? [] : [...types].sort(),
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
