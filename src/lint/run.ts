import { type Build, buildName } from '../../grammar/builds.ts'
import { type DeclaredPlugins, type Program, programOf } from '../../grammar/program.ts'
import type { Embedded } from '../embed/embedded.ts'
import type { Configuration } from '../expand/configuration.ts'
import { expand, type FindImport } from '../expand/expand.ts'
import type { Environment } from '../expand/references.ts'
import type { Range } from '../text/range.ts'
import { isSince } from '../values/release.ts'
import { judge } from '../verdict/judge.ts'
import type { Reason, Verdict } from '../verdict/reason.ts'
import { ServersView } from '../verdict/servers-view.ts'
import { loadClusterObjects } from './cluster/cluster.ts'
import { type Collected, Collector, spansOf } from './collector.ts'
import { type Diagnostic, SEVERITIES, type Severity } from './diagnostic.ts'
import type { CorefileResult, FileResult, LintResult, Summary, Suppressed, Target } from './result.ts'
import type { ExplainContext, JudgedSuppression, Rule, RuleContext, RuleSettings, Spot } from './rule.ts'
import { secretRanges } from './secrets.ts'
import { Hiding, suppressionsOf } from './suppressions.ts'
import { Targets } from './targets.ts'
import { findUnits } from './units.ts'
import type { CorefileUnit, InputFile, Workspace } from './workspace.ts'

/** What a Corefile is judged by. */
export interface TargetOptions {
  /** The releases to judge, oldest first; at least one. */
  readonly releases: readonly string[]
  /** `flag`, `config`, `image PATH:LINE`, `add-on PATH:LINE`, or `assumed`: then what the files of the run say comes before it. */
  readonly releasesFrom: string
  readonly build: Build
  /** True where somebody named the build; else the image in the same run may say which it is. */
  readonly isBuildChosen?: boolean
  /** Plugins that the user's own build has; none when missing. */
  readonly externalPlugins?: DeclaredPlugins
  /** A severity or `off` by rule id; a pedantic rule that is named here is on. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>
  /** Turns the pedantic group on. */
  readonly pedantic: boolean
  readonly settings: RuleSettings
}

export interface LintOptions extends TargetOptions {
  /** The rules to run; `lint` knows none of its own. */
  readonly rules: readonly Rule[]
  /** What differs for one file, by its path. */
  readonly overrides?: (path: string) => Partial<TargetOptions>
  readonly environment?: Environment
  readonly findImport?: FindImport
  /** Whether a path exists where CoreDNS runs; undefined when nobody said. */
  readonly fileExists?: (path: string) => boolean | undefined
  /** Files of the run that hold no Corefile and may hold the objects around one: a Deployment, a Service, a kustomization. */
  readonly around?: readonly InputFile[]
  /** Which Corefiles to check; all when missing. */
  readonly selects?: (unit: CorefileUnit, workspace: Workspace) => boolean
}

/**
 * Finds the Corefiles in the files, judges each by its releases and runs the rules. The result is in the order of the files and does
 * not depend on anything but the arguments. Throws only where a rule is broken.
 */
export async function lint(files: readonly InputFile[], options: LintOptions): Promise<LintResult> {
  const found = await Promise.all(files.map(findUnits))
  const units = found.flatMap((file) => file.units)
  const around = options.around ?? []
  const workspace: Workspace = { files, units, cluster: await loadClusterObjects([...files, ...around], units) }
  const texts = new Map([...files, ...around].map(({ path, text }) => [path, text]))
  const results = new Map<string, FileInProgress>()
  for (const { file, unchecked } of found) {
    const result = inProgress(results, file.path, file.text)
    for (const one of unchecked) result.unchecked.push(one)
  }
  const targets = new Targets(workspace, texts)
  for (const { file, units: own } of found) {
    const forFile = { ...options, ...options.overrides?.(file.path) }
    for (const unit of own) {
      if (options.selects?.(unit, workspace) === false) continue
      lintUnit(unit, workspace, targets.of(unit, forFile), results, texts)
    }
  }
  const finished = [...results.values()].map(finish)
  return { files: finished, unreadable: [], summary: summarize(finished) }
}

interface FileInProgress {
  readonly path: string
  readonly text: string
  readonly corefiles: CorefileResult[]
  readonly findings: Map<string, Diagnostic>
  readonly suppressed: Suppressed[]
  readonly secrets: Range[]
  readonly unchecked: { message: string; range: Range | null }[]
}

function inProgress(results: Map<string, FileInProgress>, path: string, text: string): FileInProgress {
  let result = results.get(path)
  if (result === undefined) {
    result = { path, text, corefiles: [], findings: new Map(), suppressed: [], secrets: [], unchecked: [] }
    results.set(path, result)
  }
  return result
}

function lintUnit(
  unit: CorefileUnit,
  workspace: Workspace,
  options: LintOptions,
  results: Map<string, FileInProgress>,
  texts: ReadonlyMap<string, string>,
): void {
  const active = options.rules.filter((rule) => isOn(rule, options) && (!unit.isFragment || rule.fragments))
  const verdicts: Verdict[] = []
  let collector: Collector | undefined
  let run: RuleRun | undefined
  for (const release of options.releases) {
    const program = programOf(release, options.build, options.externalPlugins)
    const configuration = expandFor(unit, program, options)
    const { verdict, served } = judge(configuration, {
      release,
      program,
      ...(options.fileExists === undefined ? {} : { fileExists: options.fileExists }),
    })
    verdicts.push(verdict)
    collector ??= new Collector(unit, (rule, severity) => severityOf(rule, severity, options))
    run = {
      unit,
      workspace,
      options,
      configuration,
      verdict,
      collector,
      servers: new ServersView(configuration, served, program),
    }
    check(
      active.filter((rule) => rule.phase === 'corefile'),
      run,
    )
  }
  if (collector === undefined || run === undefined) return
  const { shown, suppressed } = applySuppressions(active, run)
  for (const { diagnostic, list, releases } of shown) {
    const path = diagnostic.path
    const text = list?.text ?? texts.get(path) ?? ''
    const spans = spansOf(releases, options.releases)
    add(inProgress(results, path, text), spans === null ? diagnostic : { ...diagnostic, releases: spans })
  }
  const file = inProgress(results, unit.path, '')
  for (const one of suppressed) file.suppressed.push(one)
  for (const range of secretRanges(run.servers)) file.secrets.push(unit.toOuter(range))
  file.corefiles.push(corefileResult(unit, verdicts, options))
}

interface RuleRun {
  readonly unit: CorefileUnit
  readonly workspace: Workspace
  readonly options: LintOptions
  readonly configuration: Configuration
  readonly verdict: Verdict
  readonly servers: ServersView
  readonly collector: Collector
}

function expandFor(unit: CorefileUnit, program: Program, options: LintOptions): Configuration {
  const { environment, findImport } = options
  return expand(unit.text, {
    release: program.release,
    isDirective: (name) => program.has(name),
    as: unit.isFragment ? 'fragment' : 'corefile',
    ...(environment === undefined ? {} : { environment }),
    ...(findImport === undefined
      ? {}
      : {
          findImport: (pattern, importer) =>
            isElsewhere(unit, pattern, importer) ? { kind: 'unknown' } : findImport(pattern, importer || unit.path),
        }),
  })
}

/** A value of a manifest is mounted somewhere on the server: what lies beside it there is not what lies beside the manifest. */
function isElsewhere(unit: CorefileUnit, pattern: string, importer: string): boolean {
  return unit.embedded !== null && importer === '' && !pattern.startsWith('/')
}

function check(rules: readonly Rule[], run: RuleRun, suppressions: readonly JudgedSuppression[] = []): void {
  const { unit, workspace, options, verdict, servers, collector } = run
  const { release } = verdict
  const { program } = servers
  const explain: ExplainContext = { configuration: run.configuration, release, program }
  // A reason stays with its rule when the rule is off: nobody else is to speak of it then.
  const able = options.rules.filter((rule) => isAbout(rule, release) && (!unit.isFragment || rule.fragments))
  const reasons = shareOut(verdict.reasons, able, explain)
  const ruleIds = options.rules.map(({ id }) => id)
  let refusals = 0
  // Those that catch all come last: nothing that is refused stays without a word.
  for (const rule of rules.toSorted((a, b) => Number(a.catchAll) - Number(b.catchAll))) {
    if (!isAbout(rule, release)) continue
    const own = reasons.get(rule) ?? []
    const isNeeded = own.length === 0 && refusals === 0 && rule.catchAll && verdict.kind === 'refused'
    const context: RuleContext = {
      corefile: unit,
      release,
      build: options.build,
      program,
      since: (first) => isSince(release, first),
      servers,
      verdict,
      reasons: isNeeded
        ? leftOver(verdict.reasons, reasons, rules).filter((reason) => rule.explains?.(reason, explain))
        : own,
      suppressions,
      ruleIds,
      settings: options.settings,
      workspace,
      report: (finding) => {
        collector.add(rule, release, finding)
        if ((finding.effect ?? rule.effects[0]) === 'refused') refusals++
      },
    }
    rule.check(context)
  }
}

/** The first reason, unless a rule that is off has it: rules take reasons of which they then have nothing to say. */
function leftOver(
  all: readonly Reason[],
  shares: ReadonlyMap<Rule, readonly Reason[]>,
  active: readonly Rule[],
): readonly Reason[] {
  const [first] = all
  if (first === undefined) return []
  const isSilenced = [...shares].some(([rule, share]) => share.includes(first) && !active.includes(rule))
  return isSilenced ? [] : [first]
}

/** Gives every reason to the one rule that puts it into words. */
function shareOut(reasons: readonly Reason[], rules: readonly Rule[], context: ExplainContext): Map<Rule, Reason[]> {
  const shares = new Map<Rule, Reason[]>()
  if (reasons.length === 0) return shares
  const explaining = rules.filter((rule) => rule.explains !== undefined)
  explaining.sort((a, b) => Number(a.catchAll) - Number(b.catchAll))
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

function isOn(rule: Rule, { severities, pedantic }: TargetOptions): boolean {
  const severity = severities[rule.id]
  if (severity !== undefined) return severity !== 'off'
  return rule.group === 'default' || pedantic
}

function severityOf(rule: Rule, severity: Severity, { severities }: TargetOptions): Severity {
  const configured = severities[rule.id]
  return configured === undefined || configured === 'off' ? severity : configured
}

/** Takes out what comments ask not to show, then lets the rules about comments speak. */
function applySuppressions(active: readonly Rule[], run: RuleRun): { shown: Collected[]; suppressed: Suppressed[] } {
  const { collector, configuration, unit } = run
  // Each release reads the texts anew, so a list is known by its file.
  const lists = new Map(
    [configuration.main, ...collector.found.flatMap(({ list }) => list ?? [])].map((list) => [list.file, list]),
  )
  const around: readonly Embedded['comments'][number][] = unit.embedded?.comments ?? []
  const comments = [...lists.values()].flatMap((list) =>
    suppressionsOf(list, list === configuration.main ? around : []).map((suppression) => ({ list, suppression })),
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
  const ran = new Set(active.filter((rule) => releases.some((release) => isAbout(rule, release))).map(({ id }) => id))
  const judged = comments.map(({ list, suppression }): JudgedSuppression => {
    const at: Spot = suppression.outer ? { outer: suppression.range } : { list, range: suppression.range }
    // What is imported may serve other Corefiles as well, in which the comment is of use.
    const isOwn = list === configuration.main
    const idle = suppression.rules.filter((id) => isOwn && ran.has(id) && !hiding.hasHidden(id, list, suppression))
    return { ...suppression, at, idle }
  })
  const before = new Set(collector.found)
  check(
    active.filter((rule) => rule.phase === 'suppressions'),
    run,
    judged,
  )
  for (const collected of collector.found) {
    if (before.has(collected)) continue
    // Comments are the same to every release.
    for (const release of releases) collected.releases.add(release)
    shown.push(collected)
  }
  return { shown, suppressed }
}

function corefileResult(unit: CorefileUnit, verdicts: readonly Verdict[], options: TargetOptions): CorefileResult {
  const { releases, releasesFrom } = options
  const build = buildName(options.build)
  const target: Target = { coredns: releases.at(-1) ?? '', releases, build, from: releasesFrom }
  const refusedBy = verdicts.filter(({ kind }) => kind === 'refused').map(({ release }) => release)
  const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort()
  const isUnknown = unit.isFragment || verdicts.some(({ kind }) => kind === 'unknown')
  return {
    name: unit.name,
    kind: unit.kind,
    range: unit.range,
    target,
    verdict: refusedBy.length > 0 ? 'refused' : isUnknown ? 'unknown' : 'accepted',
    assumes: union(verdicts.map(({ assumes }) => assumes)),
    unknown: union([...verdicts.map(({ unknown }) => unknown), unit.isFragment ? ['needs its root block'] : []]),
    refusedBy,
  }
}

/** Two Corefiles of a run may import one file and find the same in it. */
function add(file: FileInProgress, diagnostic: Diagnostic): void {
  const { ruleId, range, message } = diagnostic
  const id = `${range.start}\n${range.end}\n${ruleId}\n${message}`
  if (!file.findings.has(id)) file.findings.set(id, diagnostic)
}

function finish({ findings, ...file }: FileInProgress): FileResult {
  return { ...file, findings: [...findings.values()].sort(byPlace) }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  )
}

/** The counts of these files. */
export function summarize(files: readonly FileResult[]): Summary {
  const findings = files.flatMap((file) => file.findings)
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  return {
    files: files.filter(({ corefiles }) => corefiles.length > 0).length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: findings.filter(({ fix }) => fix !== null).length,
    refused: files.flatMap(({ corefiles }) => corefiles).filter(({ verdict }) => verdict === 'refused').length,
  }
}
