import type { Build } from '../../grammar/builds.ts'
import { filledInBy } from '../../grammar/node-cache.ts'
import { type Program, programOf } from '../../grammar/program.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import type { Configuration } from '../expand/configuration.ts'
import { expand } from '../expand/expand.ts'
import { isSince } from '../values/release.ts'
import { judge } from '../verdict/judge.ts'
import type { Reason, Verdict } from '../verdict/reason.ts'
import { ServersView } from '../verdict/servers-view.ts'
import { type Collected, Collector } from './collector.ts'
import type { CustomParts } from './custom-parts.ts'
import type { Severity } from './diagnostic.ts'
import type { Reading, Repeats } from './repeats.ts'
import type { Suppressed } from './result.ts'
import type { ExplainContext, Finding, JudgedSuppression, Rule, RuleContext, Spot } from './rule.ts'
import type { LintOptions, TargetOptions } from './run.ts'
import { Hiding, suppressionsOf } from './suppressions.ts'
import type { CorefileUnit, Workspace } from './workspace.ts'

/** What is known of a Corefile once it is judged by each of its releases and the rules have looked at it. */
export interface Inspection {
  readonly unit: CorefileUnit
  readonly options: LintOptions
  /** One for each release. */
  readonly verdicts: readonly Verdict[]
  /** As the newest release reads it. */
  readonly servers: ServersView
  readonly shown: readonly Collected[]
  readonly suppressed: readonly Suppressed[]
}

/** How a Corefile belongs together with others. */
export interface Belonging {
  /** The parts of a custom ConfigMap that it imports. */
  readonly parts: CustomParts | null
  /** True where it is such a part itself, and is looked at once more in what imports it. */
  readonly isPart: boolean
  /** What is known of equal texts; null where nothing is to be remembered. */
  readonly repeats: Repeats | null
}

/** Judges a Corefile and runs the rules. Null where there is no release to judge by. */
export function inspect(
  unit: CorefileUnit,
  workspace: Workspace,
  options: LintOptions,
  { parts, isPart, repeats }: Belonging,
): Inspection | null {
  const active = activeRules(options, unit.isFragment)
  const verdicts: Verdict[] = []
  let run: RuleRun | undefined
  const collector = new Collector(unit, (rule, severity) => severityOf(rule, severity, options), parts)
  for (const release of options.releases) {
    const read = (): Omit<Reading, 'findings'> => {
      const program = programOf(release, options.build, options.externalPlugins)
      const configuration = expandFor(unit, program, options, parts)
      const { verdict, served } = judge(configuration, {
        release,
        program,
        filledIn: filledInBy(readerOf(options)),
        ...(options.fileExists === undefined ? {} : { fileExists: options.fileExists }),
      })
      return { configuration, verdict, servers: new ServersView(configuration, served, program) }
    }
    const reading =
      repeats === null || parts !== null ? { ...read(), findings: null } : repeats.of(unit, release, options, read)
    verdicts.push(reading.verdict)
    run = { unit, workspace, options, parts, isPart, since: (first) => isSince(release, first), collector, ...reading }
    check(active, 'corefile', run)
  }
  if (run === undefined) return null
  return { unit, options, verdicts, servers: run.servers, ...applySuppressions(active, run) }
}

/** Whose placeholders are filled in: those of NodeLocal DNSCache are nobody else's, so they say the build where nobody chose one. */
function readerOf({ build, isBuildChosen }: TargetOptions): Build {
  return build === 'official' && isBuildChosen !== true ? 'node-cache' : build
}

interface RuleRun extends Reading {
  readonly unit: CorefileUnit
  readonly workspace: Workspace
  readonly options: LintOptions
  readonly parts: CustomParts | null
  readonly isPart: boolean
  readonly since: RuleContext['since']
  readonly collector: Collector
}

function expandFor(
  unit: CorefileUnit,
  program: Program,
  options: LintOptions,
  parts: CustomParts | null,
): Configuration {
  const { environment, findImport = () => ({ kind: 'unknown' }) } = options
  return expand(unit.text, {
    release: program.release,
    isDirective: (name) => program.has(name),
    as: unit.isFragment ? 'fragment' : 'corefile',
    ...(environment === undefined ? {} : { environment }),
    findImport: (pattern, importer) => {
      const part = parts?.unitOf(importer)
      const files = part === undefined ? parts?.find(pattern) : null
      if (files) return { kind: 'files', files, mayBeNone: true }
      if (isElsewhere(part ?? unit, pattern, part === undefined ? importer : '')) return { kind: 'unknown' }
      return findImport(pattern, part?.path ?? (importer || unit.path))
    },
  })
}

/** A value of a manifest is mounted somewhere on the server: what lies beside it there is not what lies beside the manifest. */
function isElsewhere(unit: CorefileUnit, pattern: string, importer: string): boolean {
  return unit.embedded !== null && importer === '' && !pattern.startsWith('/')
}

function check(
  active: ReadonlySet<Rule>,
  phase: Rule['phase'],
  run: RuleRun,
  suppressions: readonly JudgedSuppression[] = [],
): void {
  const { unit, options, verdict, servers, collector, findings } = run
  const { release } = verdict
  const { program } = servers
  const explain: ExplainContext = { configuration: run.configuration, release, program }
  const { about, ids } = agendaOf(options.rules, release)
  // A reason stays with its rule when the rule is off: nobody else is to speak of it then.
  const reasons = shareOut(verdict.reasons, about, unit.isFragment, explain)
  let refusals = 0
  const add = (rule: Rule, finding: Finding) => {
    collector.add(rule, release, finding)
    if ((finding.effect ?? rule.effects[0]) === 'refused') refusals++
  }
  const context = new Looking(run, ids, suppressions, add)
  for (const rule of about) {
    if (rule.phase !== phase || !active.has(rule)) continue
    const known = findings?.get(rule)
    if (known !== undefined) {
      for (const finding of known) add(rule, finding)
      continue
    }
    const own = reasons.get(rule) ?? NO_REASONS
    const isNeeded = own.length === 0 && refusals === 0 && rule.catchAll && verdict.kind === 'refused'
    context.begin(
      rule,
      isNeeded ? leftOver(verdict.reasons, reasons, active).filter((reason) => rule.explains?.(reason, explain)) : own,
    )
    rule.check(context)
    if (phase === 'corefile' && !context.looksFurther) findings?.set(rule, context.found)
  }
}

const NO_REASONS: readonly Reason[] = []
const NO_FINDINGS: readonly Finding[] = []

/** What one rule after the other sees of a Corefile; notes whether that was more than the text. */
class Looking implements RuleContext {
  looksFurther = false
  reasons = NO_REASONS
  readonly release: string
  readonly build: RuleContext['build']
  readonly program: RuleContext['program']
  readonly since: RuleContext['since']
  readonly servers: ServersView
  readonly verdict: Verdict
  readonly settings: RuleContext['settings']
  readonly ruleIds: readonly string[]
  readonly suppressions: readonly JudgedSuppression[]
  readonly report: RuleContext['report']
  readonly #run: RuleRun
  #rule: Rule | undefined
  #found: Finding[] | undefined

  constructor(
    run: RuleRun,
    ids: readonly string[],
    suppressions: readonly JudgedSuppression[],
    add: (rule: Rule, finding: Finding) => void,
  ) {
    const { options, servers, verdict } = run
    this.#run = run
    this.release = verdict.release
    this.build = options.build
    this.program = servers.program
    this.since = run.since
    this.servers = servers
    this.verdict = verdict
    this.settings = options.settings
    this.ruleIds = ids
    this.suppressions = suppressions
    this.report = (finding) => {
      if (this.#rule === undefined) return
      this.#found ??= []
      this.#found.push(finding)
      add(this.#rule, finding)
    }
  }

  /** The turn of the next rule, which has these reasons to put into words. */
  begin(rule: Rule, reasons: readonly Reason[]): void {
    this.#rule = rule
    this.#found = undefined
    this.reasons = reasons
    this.looksFurther = false
  }

  /** What the rule reported. */
  get found(): readonly Finding[] {
    return this.#found ?? NO_FINDINGS
  }

  get corefile(): CorefileUnit {
    this.looksFurther = true
    return this.#run.unit
  }

  get workspace(): Workspace {
    this.looksFurther = true
    return this.#run.workspace
  }
}

/** The rules that are about a release, those that catch all last: nothing that is refused stays without a word. And the ids of all rules. */
interface Agenda {
  readonly about: readonly Rule[]
  readonly ids: readonly string[]
}

const agendas = new WeakMap<readonly Rule[], Map<string, Agenda>>()

function agendaOf(rules: readonly Rule[], release: string): Agenda {
  let byRelease = agendas.get(rules)
  if (byRelease === undefined) {
    byRelease = new Map()
    agendas.set(rules, byRelease)
  }
  let agenda = byRelease.get(release)
  if (agenda === undefined) {
    const about = rules.filter((rule) => isAbout(rule, release))
    agenda = {
      about: about.sort((a, b) => Number(a.catchAll) - Number(b.catchAll)),
      ids: rules.map(({ id }) => id),
    }
    byRelease.set(release, agenda)
  }
  return agenda
}

/** The first reason, unless a rule that is off has it: rules take reasons of which they then have nothing to say. */
function leftOver(
  all: readonly Reason[],
  shares: ReadonlyMap<Rule, readonly Reason[]>,
  active: ReadonlySet<Rule>,
): readonly Reason[] {
  const [first] = all
  if (first === undefined) return []
  const isSilenced = [...shares].some(([rule, share]) => share.includes(first) && !active.has(rule))
  return isSilenced ? [] : [first]
}

/** Gives every reason to the one rule that puts it into words. */
function shareOut(
  reasons: readonly Reason[],
  rules: readonly Rule[],
  isFragment: boolean,
  context: ExplainContext,
): Map<Rule, Reason[]> {
  const shares = new Map<Rule, Reason[]>()
  if (reasons.length === 0) return shares
  const explaining = rules.filter((rule) => rule.explains !== undefined && (!isFragment || rule.fragments))
  for (const reason of reasons) {
    const rule = explaining.find((candidate) => candidate.explains?.(reason, context))
    if (rule === undefined) continue
    const share = shares.get(rule)
    if (share === undefined) shares.set(rule, [reason])
    else share.push(reason)
  }
  return shares
}

function isAbout({ releases }: Rule, release: string): boolean {
  if (releases === 'all') return true
  if (releases.since !== undefined && !isSince(release, releases.since)) return false
  return releases.until === undefined || !isSince(release, releases.until)
}

const activeIn = new WeakMap<LintOptions, Map<boolean, ReadonlySet<Rule>>>()

/** The rules that are on, and look at fragments where the text is one. */
function activeRules(options: LintOptions, isFragment: boolean): ReadonlySet<Rule> {
  const known = activeIn.get(options) ?? new Map<boolean, ReadonlySet<Rule>>()
  activeIn.set(options, known)
  let active = known.get(isFragment)
  if (active === undefined) {
    active = new Set(options.rules.filter((rule) => isOn(rule, options) && (!isFragment || rule.fragments)))
    known.set(isFragment, active)
  }
  return active
}

/** Whether a rule is to look at what is judged by a target. */
export function isOn(rule: Rule, { severities, pedantic }: TargetOptions): boolean {
  const severity = severities[rule.id]
  if (severity !== undefined) return severity !== 'off'
  return rule.group === 'default' || pedantic
}

/** The severity that the configuration gives a rule, else the one that a finding has. */
export function severityOf(rule: Rule, severity: Severity, { severities }: TargetOptions): Severity {
  const configured = severities[rule.id]
  return configured === undefined || configured === 'off' ? severity : configured
}

/** Takes out what comments ask not to show, then lets the rules about comments speak. */
function applySuppressions(active: ReadonlySet<Rule>, run: RuleRun): { shown: Collected[]; suppressed: Suppressed[] } {
  const { collector, configuration, unit } = run
  // Each release reads the texts anew, so a list is known by its file.
  const lists = new Map(
    [configuration.main, ...collector.found.flatMap(({ list }) => list ?? [])].map((list) => [list.file, list]),
  )
  const home = (list: TokenList) => (list === configuration.main ? unit : run.parts?.unitOf(list.file))
  const comments = [...lists.values()].flatMap((list) =>
    suppressionsOf(list, home(list)?.embedded?.comments ?? []).map((suppression) => ({ list, suppression })),
  )
  if (comments.length === 0) return { shown: collector.found, suppressed: [] }

  const hiding = new Hiding(comments)
  const shown: Collected[] = []
  const suppressed: Suppressed[] = []
  for (const collected of collector.found) {
    const comment = hiding.hide(collected)
    if (comment === undefined) shown.push(collected)
    else suppressed.push({ diagnostic: collected.diagnostic, reason: comment.reason })
  }
  const { releases } = run.options
  const ran = new Set(
    [...active].filter((rule) => releases.some((release) => isAbout(rule, release))).map(({ id }) => id),
  )
  const judged = comments.map(({ list, suppression }): JudgedSuppression => {
    const { range } = suppression
    const at: Spot = suppression.outer ? { path: home(list)?.path ?? unit.path, range } : { list, range }
    // What is imported may serve other Corefiles as well, in which the comment is of use.
    const isOwn = list === configuration.main ? !run.isPart : home(list) !== undefined
    const idle = suppression.rules.filter((id) => isOwn && ran.has(id) && !hiding.hasHidden(id, list, suppression))
    return { ...suppression, at, idle }
  })
  const before = new Set(collector.found)
  check(active, 'suppressions', run, judged)
  for (const collected of collector.found) {
    if (before.has(collected)) continue
    // Comments are the same to every release.
    for (const release of releases) collected.releases.add(release)
    shown.push(collected)
  }
  return { shown, suppressed }
}
