/**
 * corefile as a library, for browsers and servers alike: read a Corefile as CoreDNS reads it, lint it wherever it lives, and fix it.
 * Nothing here touches files, the network or the environment; what must be known from outside is passed in.
 */
import { type Build, releaseOfBuild } from '../grammar/builds.ts'
import { NEWEST_OPENSHIFT, openShiftOf } from '../grammar/openshift.ts'
import type { PlatformName } from '../grammar/platforms/index.ts'
import type { DeclaredPlugins } from '../grammar/program.ts'
import type { ExternalPlugins } from '../grammar/program-options.ts'
import { isRelease, NEWEST } from '../grammar/releases.ts'
import type { Answerer } from './answerers.ts'
import type { ComparedSide } from './comparison.ts'
import { type FormatResult, formatFile } from './format/format-file.ts'
import type { FixResult } from './lint/fix.ts'
import { fix as fixFiles } from './lint/fix.ts'
import type { LintResult } from './lint/result.ts'
import type { LintOptions as EngineOptions } from './lint/run.ts'
import { lint as lintFiles } from './lint/run.ts'
import { findUnits } from './lint/units.ts'
import type { InputFile } from './lint/workspace.ts'
import type { ChangedFile } from './migrate/changed-file.ts'
import type { Conflict, Item } from './migrate/plan.ts'
import type { Cause } from './resolver/causes.ts'
import type { Comparison } from './resolver/compare.ts'
import type { Decision } from './resolver/decision.ts'
import type { Reduced } from './resolver/probes.ts'
import type { Restart } from './resolver/restart.ts'
import type { Untried } from './resolver/untried.ts'
import { rules } from './rules/index.ts'
import type { DnsmasqVersion } from './sources/dnsmasq.ts'
import type { SourceProblem } from './sources/source.ts'

export type { Build } from '../grammar/builds.ts'
export type { PlatformName } from '../grammar/platforms/index.ts'
export type {
  ArgumentDescription,
  ExternalPluginOptions,
  ExternalPlugins,
  GrammarDescription,
  LineDescription,
  PropertyDescription,
} from '../grammar/program-options.ts'
export type { FormatResult, UntouchedText } from './format/format-file.ts'
export type { Diagnostic, Effect, Fix, Related, ReleaseSpan, Safety, Severity } from './lint/diagnostic.ts'
export type { FixResult } from './lint/fix.ts'
export type { CorefileResult, FileResult, FixedFile, LintResult, Summary, Suppressed, Target } from './lint/result.ts'
export type { InputFile } from './lint/workspace.ts'
export type { ChangedFile } from './migrate/changed-file.ts'
export type { Conflict, Fidelity, Item, ItemSource } from './migrate/plan.ts'
export type { Cause, Change, Side } from './resolver/causes.ts'
export type {
  Comparison,
  DeclaredDifference,
  Difference,
  ExpectedDifference,
  Unproved,
} from './resolver/compare.ts'
export type { Decision, Step } from './resolver/decision.ts'
export type { Outcome, ResourceRecord } from './resolver/outcome.ts'
export type { Reduced } from './resolver/probes.ts'
export type { Restart } from './resolver/restart.ts'
export type { Untried } from './resolver/untried.ts'
export type { SourceProblem } from './sources/source.ts'
export { parse } from './syntax/parse.ts'
export { print } from './syntax/print.ts'
export type { Argument, Braces, Corefile, Directive, Import, ServerBlock, Snippet, SyntaxFault } from './syntax/tree.ts'
export type { TextEdit } from './text/edit.ts'
export { applyEdits } from './text/edit.ts'
export type { Position } from './text/lines.ts'
export { LineIndex } from './text/lines.ts'
export type { FilePlace, Range } from './text/range.ts'

/** What `lint` and `fix` may be told; everything has a default. */
export interface LintOptions {
  /** CoreDNS releases to judge by, oldest first, each written out (`1.12.0`); the one inside of `build`, else the newest, when missing. */
  readonly coredns?: readonly string[]
  /** The program: `official`, `node-cache` with or without its image tag, or the plugins of your own in run order, as in plugin.cfg. */
  readonly build?: Build
  /** A severity or `off` by rule id. */
  readonly rules?: EngineOptions['severities']
  /** Turns the rules on that are a matter of taste. */
  readonly pedantic?: boolean
  /** Whose Corefile imports a ConfigMap `coredns-custom`, where that Corefile is not among the files. */
  readonly platform?: PlatformName
  readonly clusterDomain?: string
  readonly clusterDnsIp?: readonly string[]
  /** Plugins that your own build of CoreDNS has besides its own: names, or names with where they run and what they accept. */
  readonly externalPlugins?: ExternalPlugins
  /** Environment variables that CoreDNS will see; others are not known. */
  readonly environment?: EngineOptions['environment']
  /** Finds the files of an `import`; without it they are not known. */
  readonly findImport?: EngineOptions['findImport']
  /** Whether a path exists where CoreDNS runs; undefined when you do not know. */
  readonly fileExists?: EngineOptions['fileExists']
}

/**
 * Finds the Corefiles in the files (whole files, or values of ConfigMaps) and what is wrong with them, in the order of the files. Throws a
 * RangeError that lists every mistake in `build` and `externalPlugins`.
 */
export async function lint(files: readonly InputFile[], options: LintOptions = {}): Promise<LintResult> {
  return lintFiles(files, await engineOptions(options))
}

/**
 * Applies the fixes of what `lint` finds until none is left: those that keep every answer (`safe`), or all (`unsafe`). Files come back
 * as texts; nothing is written. Throws as `lint` does.
 */
export async function fix(
  files: readonly InputFile[],
  options: LintOptions = {},
  safety: 'safe' | 'unsafe' = 'safe',
): Promise<FixResult> {
  return fixFiles(files, await engineOptions(options), safety)
}

/** What `format` may be told of a text. */
export interface FormatOptions {
  /** The name of the file, which says what it is; `Corefile` when missing. */
  readonly path?: string
  /** How to read it; by its name, and where that says nothing by its content, when missing. */
  readonly as?: InputFile['as']
}

/**
 * Lays out a Corefile, or those in a manifest or Terraform file, as `corefile fmt` does: CoreDNS reads the same before and after, all
 * comments stay, and formatting the result again changes nothing. What cannot be laid out is left as it is and stands in `untouched`.
 * Never throws for any text.
 */
export async function format(
  text: string,
  { path = 'Corefile', as = 'auto' }: FormatOptions = {},
): Promise<FormatResult> {
  return formatFile(text, async (version) => (await findUnits({ path, as, text: version })).units)
}

/** What `migrate` may be told; everything has a default. */
export interface MigrateOptions {
  /** The CoreDNS release of the result, written out (`1.12.0`); the newest when missing. */
  readonly coredns?: string
  /** The file with the Corefile that it goes into, or with the DNS resource of OpenShift; a new Corefile when missing. */
  readonly into?: { readonly path: string; readonly text: string }
  /** The release of OpenShift whose operator writes the Corefile, such as `4.18`; the newest when missing. */
  readonly openshift?: string
  /** The cluster's domain where no source says it. */
  readonly clusterDomain?: string
  /** Networks whose reverse names the cluster has, in place of all of them. */
  readonly reverseCidrs?: readonly string[]
  /** The dnsmasq release, such as `2.78`; that of the image, else 2.90, when missing. */
  readonly dnsmasqVersion?: string
  /** Of a ConfigMap that kube-dns refuses: what it does today, or what was meant; a conflict when missing. */
  readonly reading?: 'running' | 'intended'
  /** Codes of conflicts that are decided. */
  readonly accept?: readonly string[]
  /** Whether aliases go out of their manifests where that is proved safe. */
  readonly removeAliases?: boolean
}

/** What a migration came to. */
export interface MigrationResult {
  /** The whole Corefile, whatever it stands in. */
  readonly corefile: string
  /** The files of the call that change, as they were and as they become. */
  readonly changed: readonly ChangedFile[]
  /** Every thing that the sources say, once, and what became of it. */
  readonly items: readonly Item[]
  /** What a person has to decide; `accept` takes one of the choices. */
  readonly conflicts: readonly Conflict[]
  /** Today's answers held against those of the result; null where there is no model of what answers today. */
  readonly comparison: Comparison | null
  /** What is wrong with the sources, or not to be trusted. */
  readonly problems: readonly SourceProblem[]
  /** Whether it may be taken as it is: nothing is left to decide, all was read, and no answer differs that is not declared. */
  readonly isReady: boolean
  /** Item by item for people, as Markdown, with the commands to roll out and back. */
  report(): string
}

/**
 * Migrates what texts hold (kube-dns, dnsmasq, hostAliases, hosts files, resolv.conf, SkyDNS, settings of distributions) into a Corefile
 * that answers the same. Nothing is written. Throws a RangeError where `into` holds nothing to go into, or a release is not known.
 */
export async function migrate(
  files: readonly { readonly path: string; readonly text: string }[],
  options: MigrateOptions = {},
): Promise<MigrationResult> {
  const { coredns, into, dnsmasqVersion } = options
  if (coredns !== undefined && !isRelease(coredns)) throw new RangeError(`there is no CoreDNS ${coredns}`)
  const { isReady, migrateTexts } = await import('./migration.ts')
  const { targetIn } = await import('./migrate/target.ts')
  const { migrationMarkdown } = await import('./report/migration.ts')
  const target = into === undefined ? null : await targetIn(into.path, into.text)
  if (target !== null && 'error' in target) throw new RangeError(target.error)
  const openShift = target?.kind === 'operator' ? openShiftOf(options.openshift ?? NEWEST_OPENSHIFT) : null
  if (openShift !== null && 'error' in openShift) throw new RangeError(openShift.error)
  const migrated = await migrateTexts(files, {
    release: coredns ?? openShift?.release ?? NEWEST,
    target,
    operator:
      target?.kind === 'operator' && openShift !== null
        ? { openshift: openShift.openshift, into: { ...target, text: target.file } }
        : null,
    clusterDomain: options.clusterDomain,
    reverseCidrs: options.reverseCidrs ?? [],
    dnsmasqVersion: (dnsmasqVersion as DnsmasqVersion | undefined) ?? null,
    reading: options.reading ?? null,
    accept: new Set(options.accept),
    removesAliases: options.removeAliases ?? false,
  })
  const { migration, proof, changed, problems } = migrated
  return {
    corefile: migration.corefile,
    changed,
    items: migration.items,
    conflicts: migration.conflicts,
    comparison: proof.comparison,
    problems,
    isReady: isReady(migrated),
    report: () => migrationMarkdown({ ...migrated, into: into?.path ?? null, isWritten: false }),
  }
}

/** What `trace` and `compare` may be told of a text, besides what `lint` may. */
export interface AnswerOptions extends LintOptions {
  /** The name of the file, which says what it is; `Corefile` when missing. */
  readonly path?: string
  /** The address that the client asks from, for `acl` and `view`; what depends on it is unknown when missing. */
  readonly client?: string
  /** The text of a file where CoreDNS runs, such as a hosts or zone file; null where there is none, undefined where nobody knows. */
  readonly fileText?: (path: string) => string | null | undefined
}

/**
 * Who answers a name, and how it came to that: the block, its plugins in run order, where the query stops and why. `text` is a Corefile
 * or whatever holds one, also a dnsmasq or kube-dns configuration. What lies elsewhere (an upstream, the cluster) stays a symbol. A text
 * that the release refuses answers as it would. Throws a RangeError where the text holds no server.
 */
export async function trace(text: string, name: string, type = 'A', options: AnswerOptions = {}): Promise<Decision> {
  const { decider } = await answererOf(text, options)
  const { queryFor } = await import('./resolver/query.ts')
  return decider.decide(queryFor(name, type, options.client === undefined ? {} : { client: options.client }))
}

/** What comparing two texts came to. */
export interface AnswerComparison extends Comparison {
  /** The undeclared differences by cause, the largest first. */
  readonly causes: readonly Cause[]
  /** Whether a CoreDNS that runs takes the new text over by itself; null where one of the two is no CoreDNS. */
  readonly restart: Restart | null
  /** What was not asked as there are very many names; null where everything was. */
  readonly reduced: Reduced | null
  /** Patterns of one text alone that no question was found for. */
  readonly untried: readonly Untried[]
  /** What limits the comparison, such as that a release refuses a text: sentences without a full stop. */
  readonly notes: readonly string[]
}

/**
 * Which answers change from one text to another, asked with questions made of the names that both mention. Options of their own may be
 * given for the new text, such as its release. Throws as `trace` does.
 */
export async function compare(
  old: string,
  later: string,
  options: AnswerOptions = {},
  laterOptions: AnswerOptions = options,
): Promise<AnswerComparison> {
  const { compared } = await import('./comparison.ts')
  const { causesOf } = await import('./resolver/causes.ts')
  const sides = await Promise.all([sideOf(old, options), sideOf(later, laterOptions)])
  const { comparison, restart, reduced, untried, notes, lines } = compared(...sides)
  return { ...comparison, causes: causesOf(comparison.undeclared, lines), restart, reduced, untried, notes }
}

async function sideOf(text: string, options: AnswerOptions): Promise<ComparedSide> {
  const path = options.path ?? 'Corefile'
  return { answerer: await answererOf(text, options), textOf: (asked) => (asked === path ? text : undefined) }
}

async function answererOf(text: string, options: AnswerOptions): Promise<Answerer> {
  const { path = 'Corefile', fileText } = options
  const { answerersOf } = await import('./answerers.ts')
  const [answerer] = await answerersOf(
    [{ path, text }],
    await engineOptions(options),
    fileText === undefined ? {} : { filesOf: () => fileText },
  )
  if (answerer === undefined) throw new RangeError(`${path} holds no Corefile, kube-dns or dnsmasq configuration`)
  return answerer
}

async function engineOptions(options: LintOptions): Promise<EngineOptions> {
  const { coredns, build, platform, clusterDomain, clusterDnsIp, environment, findImport, fileExists } = options
  const externalPlugins = await declaredPlugins(options)
  const inside = releaseOfBuild(build)?.release
  return {
    releases: coredns ?? [inside ?? NEWEST],
    releasesFrom: (coredns ?? inside) === undefined ? 'assumed' : 'flag',
    build: build ?? 'official',
    isBuildChosen: build !== undefined,
    ...(platform === undefined ? {} : { platform }),
    severities: options.rules ?? {},
    pedantic: options.pedantic ?? false,
    settings: {
      clusterDomain: clusterDomain ?? null,
      clusterDnsIp: clusterDnsIp ?? [],
    },
    rules,
    ...(externalPlugins === undefined ? {} : { externalPlugins }),
    ...(environment === undefined ? {} : { environment }),
    ...(findImport === undefined ? {} : { findImport }),
    ...(fileExists === undefined ? {} : { fileExists }),
  }
}

/** The external plugins of the options, when they and the build are right. What checks them loads only where they are given. */
async function declaredPlugins({ build, externalPlugins }: LintOptions): Promise<DeclaredPlugins | undefined> {
  if (build === undefined && externalPlugins === undefined) return undefined
  const { readProgram } = await import('./lint/program-reader.ts')
  return readProgram({
    ...(build === undefined ? {} : { build }),
    ...(externalPlugins === undefined ? {} : { externalPlugins }),
  })
}
