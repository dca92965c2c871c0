import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { NEWEST_OPENSHIFT, openShiftOf } from '../../grammar/openshift.ts'
import { NEWEST } from '../../grammar/releases.ts'
import { fileText } from '../embed/inner-text.ts'
import type { Reading } from '../migrate/kube-dns/config-map.ts'
import { type Migration, migrate } from '../migrate/migrate.ts'
import type { OperatorTarget } from '../migrate/openshift/operated.ts'
import { coreDnsOf, type Proof, prove } from '../migrate/proof.ts'
import { type AliasRemovals, removalsOf } from '../migrate/remove-aliases.ts'
import type { DnsmasqVersion } from '../sources/dnsmasq.ts'
import { recognise } from '../sources/recognise.ts'
import type { CorefileSource, Source, SourceFiles, SourceProblem, SourceText } from '../sources/source.ts'
import { hasAliases, type Workload } from '../sources/workload.ts'
import { unifiedDiff } from '../text/diff.ts'
import { applyEdits } from '../text/edit.ts'
import { FileLines } from '../text/file-lines.ts'
import { loadConfiguration } from './configuration.ts'
import { readText } from './files.ts'
import { type MigrationTarget, targetOf } from './migration-target.ts'
import { releasesOf } from './release-choice.ts'
import { isDirectory, SourceFilesGiven } from './source-files.ts'
import { leadsInside, withSlashes, workTreeOf } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** How to migrate files, as a person says it. */
export interface MigrateFilesOptions {
  readonly cwd: string
  readonly coredns?: string | undefined
  readonly kubernetes?: string | undefined
  /** The release of OpenShift whose operator writes the Corefile. */
  readonly openshift?: string | undefined
  readonly config?: string | undefined
  /** The file with the Corefile that it goes into, or with the resource of OpenShift's operator. */
  readonly into?: string | undefined
  /** True for a new resource of OpenShift's operator in place of a new Corefile. */
  readonly asOperatorResource?: boolean
  readonly clusterDomain?: string | undefined
  readonly reverseCidrs: readonly string[]
  readonly dnsmasqVersion?: string | undefined
  readonly reading: Reading
  readonly accept: ReadonlySet<string>
  readonly removesAliases: boolean
  readonly stdin?: Uint8Array
  /** Called with the number of files read and null, then with that of questions asked and of all, for long work. */
  readonly onProgress?: (done: number, all: number | null) => void
}

/** A file that a migration changes. */
export interface ChangedFile {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** What migrating files gives. */
export interface MigratedFiles {
  readonly migration: Migration
  readonly proof: Proof
  readonly release: string
  readonly sources: readonly Source[]
  /** Files to write: the one it goes into, and manifests that lose aliases. */
  readonly changed: readonly ChangedFile[]
  /** Where the Corefile stands in the file it goes into; null for a new one. */
  readonly target: CorefileSource | null
  /** Null where nobody asked to remove aliases. */
  readonly removals: AliasRemovals | null
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
  /** Files that hold nothing to migrate, of those that were named. */
  readonly ignored: readonly { readonly path: string; readonly why: string }[]
  /** Lines of all files that were read. */
  readonly lines: FileLines
  /** What is wrong with the sources, or not to be trusted. */
  readonly problems: readonly SourceProblem[]
  /** False where a source could not be read to its end, or is none that its program would start with. */
  readonly isWhole: boolean
  /** Why the file it goes into cannot take the edits; null where it can. */
  readonly cannotEdit: string | null
}

/** Reads sources from files, directories and `-`, and migrates them. Throws a WrongUsage where an option is wrong. */
export async function migrateFiles(paths: readonly string[], options: MigrateFilesOptions): Promise<MigratedFiles> {
  const into = options.into === undefined ? null : await targetOf(options.into, options.cwd)
  const { operator, coreDns } = operatorOf(into, options)
  const release = (await releaseOf(options)) ?? coreDns ?? NEWEST
  const gathering = new SourceFilesGiven(options)
  for (const path of paths) await gathering.add(path)
  const files = gathering.files.filter(({ path }) => into === null || path !== into.path)
  const beside = new FilesBeside(
    paths.filter((path) => path !== '-'),
    options.cwd,
  )
  const found = await recognise(files, { allPods: true, files: beside })
  const others = found.sources.filter(isOtherPod)
  const sources = found.sources.filter((source) => !isOtherPod(source))
  const texts = new Map(gathering.files.map(({ path, text }) => [path, text]))
  if (into !== null) texts.set(into.path, into.file)
  const textOf = (path: string) => texts.get(path) ?? beside.texts.get(path) ?? ''
  const domain = options.clusterDomain ?? domainOf(sources) ?? 'cluster.local'
  const source = into?.kind === 'corefile' ? into.source : null
  const migration = migrate(sources, {
    release,
    into: source,
    ...(operator === null ? {} : { operator }),
    clusterDomain: domain.replace(/\.$/, ''),
    reverseCidrs: options.reverseCidrs,
    dnsmasqVersion: (options.dnsmasqVersion as DnsmasqVersion | undefined) ?? null,
    reading: options.reading,
    accept: options.accept,
    others,
    textOf,
  })
  const proof = prove(migration, { release, onProgress: options.onProgress })
  const problems = problemsOf(sources)
  const hasNodeLocal = sources.some((source) => source.kind === 'corefile' && source.role === 'node-local-dns')
  const removals = options.removesAliases
    ? removalsOf(migration.moved, {
        result: coreDnsOf(migration.corefile, release).decider,
        isBehindNodeLocal: hasNodeLocal,
        textOf,
      })
    : null
  const outer = source === null || migration.edits === null ? [] : source.text.toOuterEdits(migration.edits)
  const changed: ChangedFile[] = []
  if (into !== null) {
    const after = migration.resource?.text ?? applyEdits(into.file, outer ?? [])
    if (after !== into.file) changed.push({ path: into.path, before: into.file, after })
  }
  for (const [path, edits] of removals?.edits ?? [])
    changed.push({ path, before: textOf(path), after: applyEdits(textOf(path), edits) })
  return {
    migration,
    proof,
    release,
    sources,
    changed,
    target: source,
    removals,
    unreadable: gathering.unreadable,
    ignored: [...found.nothing, ...onlyOthers(others, sources)].filter(({ path }) => gathering.named.has(path)),
    lines: new FileLines(textOf),
    problems,
    isWhole: gathering.unreadable.length === 0 && areWhole(sources, options.reading),
    cannotEdit:
      outer === null
        ? `${into?.path}: the style of its value cannot hold these changes: write it as a block (Corefile: |)`
        : (migration.resource?.cannotEdit ?? null),
  }
}

/** A pod without aliases: nothing to migrate, but somebody who asks CoreDNS. */
function isOtherPod(source: Source): source is Workload {
  return source.kind === 'workload' && !hasAliases(source)
}

/** Files with nothing but pods that have no aliases. */
function onlyOthers(others: readonly Workload[], sources: readonly Source[]): { path: string; why: string }[] {
  const known = new Set(sources.map(({ path }) => path))
  const paths = new Set(others.flatMap(({ path }) => (known.has(path) ? [] : path)))
  return [...paths].map((path) => ({ path, why: 'its pods have no hostAliases' }))
}

/** What a migration changes, as `git apply` takes it, with the secrets of the files. */
export function diffOf({ changed }: MigratedFiles): string {
  return changed.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('')
}

/** What readers say against sources, once each; that kube-dns refuses a ConfigMap is a conflict and told there. */
function problemsOf(sources: readonly Source[]): SourceProblem[] {
  const told = sources.flatMap(({ kind, problems }) =>
    problems.filter(({ severity }) => {
      if (kind === 'kube-dns-configmap') return severity === 'unread'
      return kind !== 'corefile' && severity !== 'note'
    }),
  )
  // Sources in one document share what is wrong with it.
  return [...new Map(told.map((one) => [`${one.path} ${one.range.start} ${one.message}`, one])).values()]
}

/** Whether sources can be taken as they are. That dnsmasq or kube-dns refuses options or a ConfigMap is a conflict of its own. */
function areWhole(sources: readonly Source[], reading: Reading): boolean {
  return sources.every(({ kind, problems }) =>
    problems.every(({ severity }) =>
      kind === 'kube-dns-deployment' && reading === null
        ? severity !== 'error' && severity !== 'unread'
        : severity !== 'unread',
    ),
  )
}

/** The domain that a cluster's own settings name. */
function domainOf(sources: readonly Source[]): string | undefined {
  for (const source of sources) {
    if (source.kind === 'kube-dns-deployment' && source.kubedns.domain !== undefined) return source.kubedns.domain.value
    if (source.kind === 'distribution' && source.clusterDomain !== undefined) return source.clusterDomain.value
  }
  return undefined
}

/** The resource of OpenShift's operator that it goes into or that is asked for, and the CoreDNS of that release. */
function operatorOf(
  into: MigrationTarget | null,
  { openshift, asOperatorResource = false, reverseCidrs, into: path }: MigrateFilesOptions,
): { operator: OperatorTarget | null; coreDns: string | null } {
  if (asOperatorResource && into?.kind === 'corefile')
    throw new WrongUsage(`--format openshift: ${path} holds a Corefile, not the DNS resource of OpenShift`)
  if (!asOperatorResource && into?.kind !== 'operator') {
    if (openshift !== undefined)
      throw new WrongUsage('--openshift needs --format openshift, or --into with the DNS resource of OpenShift')
    return { operator: null, coreDns: null }
  }
  if (reverseCidrs.length > 0)
    throw new WrongUsage('--reverse-cidr: the operator of OpenShift has the reverse names of the cluster in its hands')
  const release = openShiftOf(openshift ?? NEWEST_OPENSHIFT)
  if ('error' in release) throw new WrongUsage(release.error)
  const there = into?.kind === 'operator' ? { path: into.path, text: into.file, object: into.object } : null
  return { operator: { openshift: release.openshift, into: there }, coreDns: release.release }
}

async function releaseOf({ cwd, coredns, kubernetes, config }: MigrateFilesOptions): Promise<string | null> {
  const chosen = releasesOf({ coredns, kubernetes })
  if (chosen !== null && 'error' in chosen) throw new WrongUsage(chosen.error)
  const configuration = await loadConfiguration(cwd, config ?? null, [])
  return (chosen?.releases ?? configuration?.releases)?.at(-1) ?? null
}

/**
 * Files that options of dnsmasq name and nobody gave: below the directories that were given, and beside the files that were, as if those
 * were the machine. Nothing outside of their work tree is read.
 */
class FilesBeside implements SourceFiles {
  /** What was read, by its path. */
  readonly texts = new Map<string, string>()
  readonly #folders: readonly string[]
  readonly #cwd: string

  constructor(paths: readonly string[], cwd: string) {
    const folders = paths.map((path) => (isDirectory(resolve(cwd, path)) ? path : dirname(path)))
    this.#folders = [...new Set(folders)]
    this.#cwd = cwd
  }

  read(path: string): SourceText | undefined {
    return this.#find(path, (full, shown) => {
      const read = statSync(full).isFile() ? readText(full) : { error: 'no file' }
      if ('error' in read) return undefined
      this.texts.set(shown, read.text)
      return { path: shown, text: fileText(read.text) }
    })
  }

  list(directory: string): readonly string[] | undefined {
    return this.#find(directory, (full) =>
      isDirectory(full) ? readdirSync(full).filter((name) => !isDirectory(join(full, name))) : undefined,
    )
  }

  /** The first of what the end of a path leads to, the longest end first. */
  #find<T>(path: string, look: (full: string, shown: string) => T | undefined): T | undefined {
    if (path.includes('\0')) return undefined
    const names = path.split('/').filter((name) => name !== '')
    for (let from = 0; from < names.length; from++) {
      for (const folder of this.#folders) {
        const shown = join(folder, ...names.slice(from))
        const full = resolve(this.#cwd, shown)
        if (!existsSync(full) || !leadsInside(full, workTreeOf(folder, this.#cwd))) continue
        const found = look(full, withSlashes(shown))
        if (found !== undefined) return found
      }
    }
    return undefined
  }
}
