import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { NEWEST_OPENSHIFT, openShiftOf } from '../../grammar/openshift.ts'
import { NEWEST } from '../../grammar/releases.ts'
import { fileText } from '../embed/inner-text.ts'
import type { Reading } from '../migrate/kube-dns/config-map.ts'
import type { OperatorTarget } from '../migrate/openshift/operated.ts'
import { type MigrationTarget, targetIn } from '../migrate/target.ts'
import { type MigratedTexts, migrateTexts } from '../migration.ts'
import type { DnsmasqVersion } from '../sources/dnsmasq.ts'
import type { SourceFiles, SourceText } from '../sources/source.ts'
import { loadConfiguration } from './configuration.ts'
import { isDirectory, readText } from './files.ts'
import { readGiven } from './given-file.ts'
import { releasesOf } from './release-choice.ts'
import { SourceFilesGiven } from './source-files.ts'
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

/** What migrating files gives. */
export interface MigratedFiles extends MigratedTexts {
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}

/** Reads sources from files, directories and `-`, and migrates them. Throws a WrongUsage where an option is wrong. */
export async function migrateFiles(paths: readonly string[], options: MigrateFilesOptions): Promise<MigratedFiles> {
  const target = options.into === undefined ? null : await targetOf(options.into, options.cwd)
  const { operator, coreDns } = operatorOf(target, options)
  const release = (await releaseOf(options)) ?? coreDns ?? NEWEST
  const { files, unreadable, named } = await gathered(paths, options)
  const migrated = await migrateTexts(files, {
    release,
    target,
    operator,
    clusterDomain: options.clusterDomain,
    reverseCidrs: options.reverseCidrs,
    dnsmasqVersion: (options.dnsmasqVersion as DnsmasqVersion | undefined) ?? null,
    reading: options.reading,
    accept: options.accept,
    removesAliases: options.removesAliases,
    beside: new FilesBeside(
      paths.filter((path) => path !== '-'),
      options.cwd,
    ),
    onProgress: options.onProgress,
  })
  return {
    ...migrated,
    unreadable,
    ignored: migrated.ignored.filter(({ path }) => named.has(path)),
    isWhole: migrated.isWhole && unreadable.length === 0,
  }
}

async function gathered(paths: readonly string[], options: MigrateFilesOptions): Promise<SourceFilesGiven> {
  const given = new SourceFilesGiven(options)
  for (const path of paths) await given.add(path)
  return given
}

/** Throws a WrongUsage where the file holds nothing to go into. */
async function targetOf(path: string, cwd: string): Promise<MigrationTarget> {
  const read = readGiven(path, cwd)
  if (!read.isUtf8) throw new WrongUsage(`${path} is not UTF-8: it is never written`)
  const target = await targetIn(withSlashes(path), read.text)
  if ('error' in target) throw new WrongUsage(target.error)
  return target
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
