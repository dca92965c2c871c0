import type { ChangedFile } from './migrate/changed-file.ts'
import type { MigrateOptions } from './migrate/migrate.ts'
import { type Migration, migrate } from './migrate/migrate.ts'
import type { OperatorTarget } from './migrate/openshift/operated.ts'
import { coreDnsOf, type Proof, prove } from './migrate/proof.ts'
import { type AliasRemovals, removalsOf } from './migrate/remove-aliases.ts'
import type { MigrationTarget } from './migrate/target.ts'
import { isProved } from './report/migration.ts'
import { recognise, type SourceFile } from './sources/recognise.ts'
import type { CorefileSource, Source, SourceFiles, SourceProblem } from './sources/source.ts'
import { hasAliases, type Workload } from './sources/workload.ts'
import { unifiedDiff } from './text/diff.ts'
import { applyEdits } from './text/edit.ts'
import { FileLines } from './text/file-lines.ts'

/** How to migrate texts. */
export interface MigrateTextsOptions
  extends Pick<MigrateOptions, 'release' | 'reverseCidrs' | 'dnsmasqVersion' | 'reading' | 'accept'> {
  /** What it goes into; null for a new Corefile. */
  readonly target: MigrationTarget | null
  /** The resource of OpenShift's operator that it becomes; null for a Corefile. */
  readonly operator: OperatorTarget | null
  /** The cluster's domain; that of the sources, else `cluster.local`, when missing. */
  readonly clusterDomain?: string | undefined
  readonly removesAliases: boolean
  /** Files that sources name and that are not among the texts, and the texts of those that were read. */
  readonly beside?: SourceFiles & { readonly texts: ReadonlyMap<string, string> }
  /** Called with the number of questions asked and that of all, for long work. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined
}

/** What migrating texts gives. */
export interface MigratedTexts {
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
  /** Files that hold nothing to migrate. */
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

/** Recognises what texts hold, migrates it, and holds the result against it. */
export async function migrateTexts(files: readonly SourceFile[], options: MigrateTextsOptions): Promise<MigratedTexts> {
  const { release, target: into, operator, beside, reading } = options
  const others = files.filter(({ path }) => into === null || path !== into.path)
  const found = await recognise(others, {
    allPods: true,
    keepsRemovals: options.removesAliases,
    ...(beside === undefined ? {} : { files: beside }),
  })
  const pods = found.sources.filter(isOtherPod)
  const sources = found.sources.filter((source) => !isOtherPod(source))
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  if (into !== null) texts.set(into.path, into.file)
  const textOf = (path: string) => texts.get(path) ?? beside?.texts.get(path) ?? ''
  const domain = options.clusterDomain ?? domainOf(sources) ?? 'cluster.local'
  const source = into?.kind === 'corefile' ? into.source : null
  const migration = migrate(sources, {
    release,
    into: source,
    ...(operator === null ? {} : { operator }),
    clusterDomain: domain.replace(/\.$/, ''),
    reverseCidrs: options.reverseCidrs,
    dnsmasqVersion: options.dnsmasqVersion,
    reading,
    accept: options.accept,
    others: pods,
    textOf,
  })
  const proof = prove(migration, { release, onProgress: options.onProgress })
  const hasNodeLocal = sources.some((one) => one.kind === 'corefile' && one.role === 'node-local-dns')
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
    ignored: [...found.nothing, ...onlyOthers(pods, sources)],
    lines: new FileLines(textOf),
    problems: problemsOf(sources),
    isWhole: areWhole(sources, reading),
    cannotEdit: outer === null ? whyNotEdited(source) : (migration.resource?.cannotEdit ?? null),
  }
}

function whyNotEdited(source: CorefileSource | null): string {
  const how =
    source?.embedded?.found === 'rendered'
      ? 'values of the chart cannot say these changes: without --into the result is shown, to be written into servers by hand'
      : 'the style of its value cannot hold these changes: write it as a block (Corefile: |)'
  return `${source?.path}: ${how}`
}

/** Whether somebody may take a result as it is: nothing is left to decide, all was read, nothing differs that is not declared. */
export function isReady({ migration, proof, cannotEdit, isWhole }: MigratedTexts): boolean {
  return migration.conflicts.length === 0 && isProved(proof) && cannotEdit === null && isWhole
}

/** What a migration changes, as `git apply` takes it, with the secrets of the files. */
export function diffOf({ changed }: Pick<MigratedTexts, 'changed'>): string {
  return changed.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('')
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
function areWhole(sources: readonly Source[], reading: MigrateOptions['reading']): boolean {
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
