import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { NEWEST } from '../../grammar/releases.ts'
import { loadClusterObjects } from '../lint/cluster/cluster.ts'
import { CustomMerges } from '../lint/custom-parts.ts'
import { inspect } from '../lint/inspect.ts'
import type { Unreadable } from '../lint/result.ts'
import { Targets } from '../lint/targets.ts'
import { findUnits } from '../lint/units.ts'
import type { CorefileUnit, InputFile, Workspace } from '../lint/workspace.ts'
import type { KubernetesObject } from '../resolver/coredns/cluster.ts'
import { createCoreDns } from '../resolver/coredns/server.ts'
import type { Decider } from '../resolver/decision.ts'
import { serversOf } from '../resolver/sources.ts'
import type { Source } from '../sources/source.ts'
import type { Verdict } from '../verdict/reason.ts'
import type { ServersView } from '../verdict/servers-view.ts'
import { readText, reasonOf } from './files.ts'
import { type LintFilesOptions, type Prepared, prepare } from './prepare.ts'
import { leadsInside, workTreeOf } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** How to find who answers in files. */
export interface AnswererOptions extends LintFilesOptions {
  /** A file with objects of the cluster, as `kubectl get -o yaml` or `-o json` writes it; without it the cluster is a symbol. */
  readonly services?: string
  /** The dnsmasq release of sources that do not say which they have. */
  readonly dnsmasqVersion?: string
  /** The domain of the cluster where no source says it. */
  readonly clusterDomain?: string
}

/** A server that some text in the files makes. */
export interface Answerer {
  /** For people: `kube-system/coredns Corefile`, `Corefile`. */
  readonly name: string
  readonly path: string
  readonly decider: Decider
  /** What the releases say of a Corefile, null for other servers. */
  readonly verdicts: readonly Verdict[]
  /** Null for servers that are no CoreDNS. */
  readonly servers: ServersView | null
  readonly unit: CorefileUnit | null
  /** The release judged by and who said so: `CoreDNS 1.12.0, from the image in cm.yaml:71`. */
  readonly target: { readonly release: string; readonly from: string } | null
  /** True for the ConfigMap of NodeLocal DNSCache, which stands in front of the cluster's own. */
  readonly isNodeLocal: boolean
}

/** All servers that files make, and what could not be read. */
export interface Answerers {
  readonly answerers: readonly Answerer[]
  readonly prepared: Prepared
  readonly unreadable: readonly Unreadable[]
  /** The text of a file of the run, also of one that is imported. */
  readonly textOf: (path: string) => string | undefined
}

/**
 * Reads the Corefiles in files, wherever they live, or the kube-dns and dnsmasq that sources in them make, as something that can be
 * asked. Fragments are part of the Corefile that imports them. Throws a WrongUsage where an option is wrong.
 */
export async function readAnswerers(paths: readonly string[], options: AnswererOptions): Promise<Answerers> {
  return answerersOf(await prepare(paths, options, []), options)
}

/** The same for texts that are at hand. */
export async function answerersOfTexts(files: readonly InputFile[], options: AnswererOptions): Promise<Answerers> {
  return answerersOf({ ...(await prepare([], options, [])), files }, options)
}

async function answerersOf(prepared: Prepared, options: AnswererOptions): Promise<Answerers> {
  const { files, options: target } = prepared
  const objects = options.services === undefined ? undefined : await readObjects(options, options.services)
  const found = await Promise.all(files.map(findUnits))
  const units = found.flatMap((file) => file.units)
  const around = target.around ?? []
  const texts = new Map([...files, ...around].map(({ path, text }) => [path, text]))
  const textOf = (path: string) => texts.get(path) ?? prepared.textOf(path)
  const { sources } = await recognised(files, units)
  const corefiles = units.filter((unit) => !isSource(unit, sources))
  const workspace: Workspace = {
    files,
    units: corefiles,
    cluster: await loadClusterObjects([...files, ...around], corefiles),
  }
  const targets = new Targets(workspace, texts)
  const merges = new CustomMerges(workspace)
  const answerers: Answerer[] = []
  for (const unit of corefiles) {
    if (unit.isFragment) continue
    const own = targets.of(unit, { ...target, ...target.overrides?.(unit.path) })
    const parts = merges.own.get(unit) ?? null
    const inspection = inspect(unit, workspace, own, {
      parts,
      isPart: merges.isMerged(unit, own.platform !== undefined),
      repeats: null,
    })
    if (inspection === null) continue
    const { servers, verdicts } = inspection
    const main = servers.configuration.main
    const decider = createCoreDns({
      servers,
      path: unit.path,
      locate: ({ list, index }) => {
        const range = { start: list.start(index), end: list.end(index) }
        if (list === main) return { path: unit.path, range: unit.toOuter(range) }
        const part = parts?.unitOf(list.file)
        return part === undefined ? { path: list.file, range } : { path: part.path, range: part.toOuter(range) }
      },
      fileText: serverFiles(options, unit),
      ...(objects === undefined ? {} : { services: objects }),
    })
    const release = own.releases.at(-1) ?? NEWEST
    const isNodeLocal = /node-?local-?dns/i.test(unit.embedded?.document.name ?? '')
    answerers.push({
      name: unit.name,
      path: unit.path,
      decider,
      verdicts,
      servers,
      unit,
      target: { release, from: own.releasesFrom },
      isNodeLocal,
    })
  }
  for (const { name, path, decider } of serversOf(sources, options)) {
    answerers.push({ name, path, decider, verdicts: [], servers: null, unit: null, target: null, isNodeLocal: false })
  }
  return { answerers, prepared, unreadable: prepared.unreadable, textOf }
}

async function recognised(
  files: readonly InputFile[],
  units: readonly CorefileUnit[],
): Promise<{ sources: readonly Source[] }> {
  // Files that hold a Corefile and nothing else need no reader of other sources.
  const embedding = new Set(units.flatMap((unit) => (unit.embedded === null ? [] : [unit.path])))
  const others = files.filter(
    ({ path, text, as }) => as === undefined && (!embedding.has(path) || /kube-?dns|dnsmasq|hostAliases/i.test(text)),
  )
  if (others.length === 0) return { sources: [] }
  const { recognise } = await import('../sources/recognise.ts')
  const { sources } = await recognise(others)
  return { sources: sources.filter(({ kind }) => kind !== 'corefile') }
}

/** Whether a file that was taken for a Corefile, as nothing in it says otherwise, is something else. */
function isSource({ path, embedded }: CorefileUnit, sources: readonly Source[]): boolean {
  return embedded === null && sources.some((source) => source.path === path)
}

/**
 * Files of the machine that runs CoreDNS: below the directory that stands for its root; beside a Corefile those of its work tree, all
 * links followed. `/dev/null` is empty everywhere.
 */
function serverFiles({ cwd, root }: AnswererOptions, unit: CorefileUnit): (path: string) => string | null | undefined {
  const base = resolve(cwd ?? '.')
  return (path) => {
    if (path === '/dev/null') return ''
    if (path.includes('\0')) return undefined
    const isAbsolute = path.startsWith('/')
    if (isAbsolute && root === undefined) return undefined
    if (!isAbsolute && (unit.embedded !== null || unit.path === '-')) return undefined
    const directory = resolve(base, dirname(unit.path))
    const real = isAbsolute ? join(resolve(base, root ?? ''), path) : resolve(directory, path)
    if (!existsSync(real)) return isAbsolute ? null : undefined
    const boundary = isAbsolute ? resolve(base, root ?? '') : workTreeOf(directory, base)
    if (!leadsInside(real, boundary) || !statSync(real).isFile()) return undefined
    const read = readText(real)
    return 'error' in read ? undefined : read.text
  }
}

/** The objects in a file of `kubectl get -o yaml` or `-o json`. */
async function readObjects({ cwd }: AnswererOptions, path: string): Promise<KubernetesObject[]> {
  let text: string
  try {
    text = readFileSync(resolve(cwd ?? '.', path), 'utf8')
  } catch (error) {
    throw new WrongUsage(`cannot read ${path}: ${reasonOf(error)}`)
  }
  const { parseAllDocuments } = await import('yaml')
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  const [broken] = documents.flatMap(({ errors }) => errors)
  if (broken !== undefined) throw new WrongUsage(`${path}: not YAML (${broken.message.split('\n')[0]})`)
  try {
    return documents
      .map((document) => document.toJS({ maxAliasCount: 100 }) as KubernetesObject)
      .filter((object) => typeof object === 'object' && object !== null)
  } catch {
    throw new WrongUsage(`${path}: its aliases lead nowhere, or to more than anybody writes`)
  }
}
