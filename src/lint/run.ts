import type { Build } from '../../grammar/builds.ts'
import { type PlatformName, platformOf } from '../../grammar/platforms/index.ts'
import type { DeclaredPlugins } from '../../grammar/program.ts'
import { NEWEST } from '../../grammar/releases.ts'
import type { FindImport } from '../expand/expand.ts'
import type { Environment } from '../expand/references.ts'
import { loadClusterObjects } from './cluster/cluster.ts'
import { CustomMerges, type CustomParts, platformRoot } from './custom-parts.ts'
import type { Severity } from './diagnostic.ts'
import { inspect } from './inspect.ts'
import { inspectRun } from './inspect-run.ts'
import { Repeats } from './repeats.ts'
import type { FileResult, LintResult, Summary } from './result.ts'
import { type Merged, NEEDS_ROOT, Results } from './results.ts'
import type { Rule, RuleSettings } from './rule.ts'
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
  /** Whose Corefile a `coredns-custom` goes into where that is not in the run. */
  readonly platform?: PlatformName
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
  /** Told before each Corefile, and at the end, how many are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void
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
  const results = new Results(texts)
  for (const { file, unchecked } of found) {
    const result = results.of(file.path)
    for (const one of unchecked) result.unchecked.push(one)
  }
  const targets = new Targets(workspace, texts)
  const optionsFor = (unit: CorefileUnit) => {
    const own = options.overrides?.(unit.path)
    return targets.of(unit, own === undefined || Object.keys(own).length === 0 ? options : { ...options, ...own })
  }
  const merges = new CustomMerges(workspace)
  const merged: Merged[] = []
  const repeats = new Repeats(units)
  const isSelected = (unit: CorefileUnit) => options.selects?.(unit, workspace) !== false
  for (const [done, unit] of units.entries()) {
    options.onProgress?.(done, units.length)
    if (!isSelected(unit)) continue
    const parts = merges.own.get(unit) ?? null
    const forUnit = optionsFor(unit)
    const isPart = merges.isMerged(unit, forUnit.platform !== undefined)
    const inspection = inspect(unit, workspace, forUnit, { parts, isPart, repeats })
    repeats.leave(unit)
    if (inspection === null) continue
    results.add(inspection, parts)
    if (parts !== null) merged.push({ inspection, parts, isRootShown: true, notImported: NEEDS_ROOT })
  }
  options.onProgress?.(units.length, units.length)
  const apart = [...merges.own].filter(([root]) => !isSelected(root)).map(([root, parts]) => ({ root, parts }))
  for (const { root, parts } of [...merges.shared, ...apart]) {
    if (!parts.units.some(isSelected)) continue
    const inspection = inspect(root, workspace, optionsFor(root), { parts, isPart: false, repeats: null })
    if (inspection !== null) merged.push({ inspection, parts, isRootShown: false, notImported: NEEDS_ROOT })
  }
  for (const parts of merges.rootless.filter((some) => some.units.some(isSelected))) {
    const one = onPlatform(parts, workspace, optionsFor)
    if (one !== null) merged.push(one)
  }
  for (const one of merged) results.merge(one)
  // Whoever asks for some Corefiles asks for nothing else.
  if (options.selects === undefined) results.addRun(inspectRun(workspace, texts, options))
  const finished = results.finish(units)
  return { files: finished, unreadable: [], summary: summarize(finished), texts: results.texts }
}

/** The parts in the Corefile that their platform installs; null where nobody says which that is. */
function onPlatform(
  parts: CustomParts,
  workspace: Workspace,
  optionsFor: (unit: CorefileUnit) => LintOptions,
): Merged | null {
  const [first] = parts.units
  const options = first && optionsFor(first)
  if (options?.platform === undefined) return null
  const release = options.releases.at(-1) ?? NEWEST
  const root = platformRoot(options.platform, release, options.settings.clusterDomain)
  const inspection = inspect(root, workspace, options, { parts, isPart: false, repeats: null })
  if (inspection === null) return null
  const { title, instead } = platformOf(options.platform)
  const why =
    instead === null
      ? `the Corefile of ${title} does not import it with CoreDNS ${release}`
      : `${title} does not import it: ${instead}`
  return { inspection, parts, isRootShown: false, notImported: why }
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
