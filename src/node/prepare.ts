import { resolve } from 'node:path'
import { NEWEST } from '../../grammar/releases.ts'
import { mayHoldCorefile } from '../embed/signs.ts'
import { mayHoldClusterObjects } from '../lint/cluster/signs.ts'
import type { Severity } from '../lint/diagnostic.ts'
import type { Unreadable } from '../lint/result.ts'
import type { Rule, RuleSettings } from '../lint/rule.ts'
import type { LintOptions, TargetOptions } from '../lint/run.ts'
import type { InputFile } from '../lint/workspace.ts'
import { type Configuration, type ConfiguredTarget, loadConfiguration } from './configuration.ts'
import { decode, isDirectory, readText, reasonOf } from './files.ts'
import { importedFiles } from './import-files.ts'
import type { LabelSelection } from './label-selection.ts'
import { releasesOf } from './release-choice.ts'
import { isStructuredName, walk } from './walk.ts'
import { withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** How to lint files, as a person says it. */
export interface LintFilesOptions {
  /** The directory that relative paths begin at; the working directory of the process when missing. */
  readonly cwd?: string
  /** CoreDNS releases, such as `1.12` or `>=1.9 <1.12`; those of the configuration, else the newest, when missing. */
  readonly coredns?: string
  /** A Kubernetes release, in place of `coredns`. */
  readonly kubernetes?: string
  /** The configuration file; the nearest `.corefile.yaml` when missing. */
  readonly config?: string
  /** A severity or `off` by rule id; beats the configuration. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>
  /** Turns the pedantic rules on. */
  readonly pedantic?: boolean
  /** How to read the files that are named; by their names and contents when missing. */
  readonly as?: 'corefile' | 'configmap'
  /** Labels by their keys: only Corefiles in objects of Kubernetes that have all of them are checked; all when missing. */
  readonly labels?: Readonly<Record<string, string>>
  /** The environment variables of CoreDNS; those of this process are never used. */
  readonly environment?: Readonly<Record<string, string>>
  /** A directory that stands for the root of the machine that runs CoreDNS: absolute paths are read below it. */
  readonly root?: string
  /** What `-` among the paths means, and the name to report it by (`-` when missing). */
  readonly stdin?: {
    readonly bytes: Uint8Array
    readonly path?: string
  }
  /** Told while files of directories are read how many there are so far (then `total` is null), then how many Corefiles are done. */
  readonly onProgress?: (done: number, total: number | null) => void
}

/** A directory that was walked, and what was looked at there. */
export interface WalkedDirectory {
  readonly path: string
  /** The files that may hold a Corefile by their names. */
  readonly candidates: ReadonlySet<string>
}

/** All that lint needs, read from the disk. */
export interface Prepared {
  readonly files: readonly InputFile[]
  readonly options: LintOptions
  readonly unreadable: readonly Unreadable[]
  /** Files that are not UTF-8 and so must not be written. */
  readonly unwritable: ReadonlySet<string>
  readonly directories: readonly WalkedDirectory[]
  /** Files that were named and are not checked, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly releaseNote: string | null
  /** Which Corefiles are checked by their labels; null for all. */
  readonly selection: LabelSelection | null
  /** The text of a file that is imported or was read for the objects in it, by its path. */
  readonly textOf: (path: string) => string | undefined
}

/** What else is written in Terraform's language is recognised, so that it is not taken for a Corefile. */
const otherTerraformName = /\.(?:tfvars|hcl)$/i

/**
 * Reads files, directories and `-`, and the configuration that counts. What cannot be read is noted and does not stop the others.
 * Throws a WrongUsage where an option or the configuration is wrong.
 */
export async function prepare(
  paths: readonly string[],
  options: LintFilesOptions,
  rules: readonly Rule[],
): Promise<Prepared> {
  const cwd = resolve(options.cwd ?? '.')
  const ruleIds = rules.map(({ id }) => id)
  const configuration = await loadConfiguration(cwd, options.config ?? null, ruleIds)
  const gathering = new Gathering(cwd, options, configuration)
  for (const path of paths) await gathering.add(path)
  const imports = importedFiles(cwd, rootOf(options, cwd))
  const target = targetOf(options, configuration)
  const { around, ...gathered } = gathering
  const selection = options.labels === undefined ? null : await selectionBy(options.labels)
  return {
    ...gathered,
    releaseNote: target.releaseNote,
    selection,
    textOf: (path) => imports.textOf(path) ?? around.find((file) => file.path === path)?.text,
    options: {
      ...target.options,
      rules,
      around,
      findImport: imports.find,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(selection === null ? {} : { selects: (unit, workspace) => selection.selects(unit, workspace) }),
      ...(configuration === null ? {} : { overrides: overridesOf(options, configuration, target.options) }),
      ...(options.root === undefined ? {} : { fileExists: imports.exists }),
      ...(options.environment === undefined ? {} : { environment: environmentOf(options.environment) }),
    },
  }
}

class Gathering {
  readonly files: InputFile[] = []
  readonly around: InputFile[] = []
  readonly unreadable: Unreadable[] = []
  readonly unwritable = new Set<string>()
  readonly directories: WalkedDirectory[] = []
  readonly skipped: { path: string; reason: string }[] = []
  readonly #cwd: string
  readonly #options: LintFilesOptions
  readonly #configuration: Configuration | null
  readonly #known = new Set<string>()

  constructor(cwd: string, options: LintFilesOptions, configuration: Configuration | null) {
    this.#cwd = cwd
    this.#options = options
    this.#configuration = configuration
  }

  async add(path: string): Promise<void> {
    if (path === '-') this.#addInput()
    else if (isDirectory(resolve(this.#cwd, path))) await this.#addDirectory(path)
    else this.#addNamed(path)
  }

  #addInput(): void {
    const { stdin, as } = this.#options
    if (stdin === undefined) throw new WrongUsage('- means standard input, of which there is none')
    const path = withSlashes(stdin.path ?? '-')
    try {
      this.#push(path, decode(stdin.bytes), as)
    } catch (error) {
      this.unreadable.push({ path, message: reasonOf(error) })
    }
  }

  #addNamed(path: string): void {
    const shown = withSlashes(path)
    const isAsked = this.#options.as !== undefined
    if (!isAsked && otherTerraformName.test(path)) {
      this.skipped.push({ path: shown, reason: 'of Terraform only *.tf and *.tofu are looked into' })
    } else if (this.#configuration?.ignores(path)) {
      this.skipped.push({ path: shown, reason: `left out by ignore in ${this.#configuration.path}` })
    } else if (this.#isNew(path)) {
      const read = readText(resolve(this.#cwd, path))
      if ('error' in read) this.unreadable.push({ path: shown, message: read.error })
      else this.#push(shown, read, this.#options.as)
    }
  }

  async #addDirectory(path: string): Promise<void> {
    const { paths, unreadable } = await walk(path, this.#cwd)
    for (const one of unreadable) this.unreadable.push(one)
    const candidates = paths.filter((candidate) => !this.#configuration?.ignores(candidate))
    this.directories.push({ path: withSlashes(path), candidates: new Set(candidates) })
    for (const candidate of candidates) {
      if (!this.#isNew(candidate)) continue
      this.#options.onProgress?.(this.#known.size, null)
      const read = readText(resolve(this.#cwd, candidate))
      if ('error' in read) this.unreadable.push({ path: candidate, message: read.error })
      else if (!isStructuredName(candidate) || mayHoldCorefile(read.text)) this.#push(candidate, read)
      else if (mayHoldClusterObjects(candidate, read.text)) this.around.push({ path: candidate, text: read.text })
    }
  }

  #push(path: string, { text, isUtf8 }: { text: string; isUtf8: boolean }, as?: InputFile['as']): void {
    this.files.push({ path, text, ...(as === undefined ? {} : { as }) })
    if (!isUtf8) this.unwritable.add(path)
  }

  /** False for a file that is here already, under whatever name. */
  #isNew(path: string): boolean {
    const full = resolve(this.#cwd, path)
    if (this.#known.has(full)) return false
    this.#known.add(full)
    return true
  }
}

async function selectionBy(labels: Readonly<Record<string, string>>): Promise<LabelSelection> {
  // What reads YAML is large.
  const { LabelSelection } = await import('./label-selection.ts')
  return new LabelSelection(labels)
}

function rootOf({ root }: LintFilesOptions, cwd: string): string | null {
  if (root === undefined) return null
  if (!isDirectory(resolve(cwd, root))) throw new WrongUsage(`the root ${root} is not a directory`)
  return root
}

function environmentOf(variables: Readonly<Record<string, string>>): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
}

const noSettings: RuleSettings = { clusterDomain: null, clusterDnsIp: [] }

/** What all files are judged by: the options first, then the configuration, then what is assumed. */
function targetOf(
  options: LintFilesOptions,
  configuration: Configuration | null,
): { readonly options: TargetOptions; readonly releaseNote: string | null } {
  const chosen = releasesOf(options)
  if (chosen !== null && 'error' in chosen) throw new WrongUsage(chosen.error)
  const configured = configuration?.releases
  const releases = chosen?.releases ?? configured ?? [NEWEST]
  return {
    releaseNote: chosen === null ? (configuration?.releaseNote ?? null) : chosen.note,
    options: {
      releases,
      releasesFrom: chosen !== null ? 'flag' : configured !== undefined ? 'config' : 'assumed',
      build: configuration?.build ?? 'official',
      isBuildChosen: configuration?.build !== undefined,
      ...(configuration?.platform === undefined ? {} : { platform: configuration.platform }),
      ...(configuration?.externalPlugins === undefined ? {} : { externalPlugins: configuration.externalPlugins }),
      severities: { ...configuration?.severities, ...options.severities },
      pedantic: options.pedantic ?? false,
      settings: { ...noSettings, ...configuration?.settings },
    },
  }
}

/** What the configuration says of single files, as far as no option says otherwise. */
function overridesOf(
  options: LintFilesOptions,
  configuration: Configuration,
  target: TargetOptions,
): (path: string) => Partial<TargetOptions> {
  const hasChosen = target.releasesFrom === 'flag'
  const partial = (override: ConfiguredTarget): Partial<TargetOptions> => ({
    ...(override.releases === undefined || hasChosen ? {} : { releases: override.releases, releasesFrom: 'config' }),
    ...(override.build === undefined ? {} : { build: override.build, isBuildChosen: true }),
    ...(override.platform === undefined ? {} : { platform: override.platform }),
    ...(override.externalPlugins === undefined ? {} : { externalPlugins: override.externalPlugins }),
    severities: { ...configuration.severities, ...override.severities, ...options.severities },
    settings: { ...target.settings, ...override.settings },
  })
  return (path) => {
    const override = configuration.overridesFor(path)
    return override === null ? {} : partial(override)
  }
}
