import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Answerer, answerersOf } from '../answerers.ts'
import type { Unreadable } from '../lint/result.ts'
import type { CorefileUnit, InputFile } from '../lint/workspace.ts'
import type { KubernetesObject } from '../resolver/coredns/cluster.ts'
import { isDirectory, readText } from './files.ts'
import { readGiven } from './given-file.ts'
import { type LintFilesOptions, type Prepared, prepare } from './prepare.ts'
import { SourceFilesGiven } from './source-files.ts'
import { leadsInside, workTreeOf } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'
import { yamlMistake } from './yaml-view.ts'

/** How to find who answers in files. */
export interface AnswererOptions extends LintFilesOptions {
  /** A file with objects of the cluster, as `kubectl get -o yaml` or `-o json` writes it; without it the cluster is a symbol. */
  readonly services?: string
  /** The dnsmasq release of sources that do not say which they have. */
  readonly dnsmasqVersion?: string
  /** The domain of the cluster where no source says it. */
  readonly clusterDomain?: string
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
  const prepared = await prepare(paths, options, [])
  const found = await preparedAnswerers(prepared, options)
  if (found.answerers.length > 0) return found
  // Directories are looked through for Corefiles; where there is none, other sources count.
  const cwd = options.cwd ?? '.'
  const given = new SourceFilesGiven({ cwd })
  for (const path of paths) if (path !== '-' && isDirectory(resolve(cwd, path))) await given.add(path)
  if (given.files.length === 0) return found
  const known = new Set(given.files.map(({ path }) => path))
  const files = [...prepared.files.filter(({ path }) => !known.has(path)), ...given.files]
  const others = await preparedAnswerers({ ...prepared, files }, options)
  // Where no name says so, a text is no Corefile.
  const answerers = others.answerers.filter(({ unit }) => unit === null)
  return answerers.length === 0 ? found : { ...others, answerers }
}

/** The same for texts that are at hand. */
export async function answerersOfTexts(files: readonly InputFile[], options: AnswererOptions): Promise<Answerers> {
  return preparedAnswerers({ ...(await prepare([], options, [])), files }, options)
}

/** The same for files that are read already. */
export async function preparedAnswerers(prepared: Prepared, options: AnswererOptions): Promise<Answerers> {
  const { files, options: target } = prepared
  const { services, dnsmasqVersion, clusterDomain } = options
  const answerers = await answerersOf(files, target, {
    ...(services === undefined ? {} : { services: await readObjects(options, services) }),
    ...(dnsmasqVersion === undefined ? {} : { dnsmasqVersion }),
    ...(clusterDomain === undefined ? {} : { clusterDomain }),
    filesOf: (unit) => serverFiles(options, unit),
  })
  const texts = new Map([...files, ...(target.around ?? [])].map(({ path, text }) => [path, text]))
  const textOf = (path: string) => texts.get(path) ?? prepared.textOf(path)
  return { answerers, prepared, unreadable: prepared.unreadable, textOf }
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
  const { text } = readGiven(path, cwd ?? '.')
  const { parseAllDocuments } = await import('yaml')
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  const [broken] = documents.flatMap(({ errors }) => errors)
  if (broken !== undefined) throw new WrongUsage(`${path}: not YAML (${yamlMistake(broken.message)})`)
  try {
    return documents
      .map((document) => document.toJS({ maxAliasCount: 100 }) as KubernetesObject)
      .filter((object) => typeof object === 'object' && object !== null)
  } catch {
    throw new WrongUsage(`${path}: its aliases lead nowhere, or to more than anybody writes`)
  }
}
