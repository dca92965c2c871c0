import type { Dirent } from 'node:fs'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Ignore } from 'ignore'
import { reasonOf } from './files.ts'
import { leadsInside, repositoryOf, withSlashes, workTreeOf } from './work-tree.ts'

/** What a directory holds that may be a Corefile or hold one. */
export interface Walked {
  /** Paths that begin with the directory as it was given, with `/`, sorted. */
  readonly paths: readonly string[]
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}

/** Never looked into: `..data` and the like are how Kubernetes mounts a ConfigMap, its files are linked from beside them. */
const skipped = /^(?:\.git|node_modules|\.\..+)$/

const corefileName = /^Core[fF]ile(?:\..+)?$|\.[cC]ore[fF]ile$/
const notACorefile = /\.(?:md|sw[a-p]|orig|rej)$|~$/
const structuredName =
  /\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tpl|tmpl|gotmpl|template|tftpl|sed|in|erb|base|example|dist))?$|\.(?:tf|tofu)$/i
const besideCorefile = /\.(?:override|server)$/

/** True for the name of a file that may hold Corefiles in values: YAML, JSON, templates of either, Terraform. */
export function isStructuredName(path: string): boolean {
  return structuredName.test(path)
}

/** True for a name under which a Corefile is looked for, without regard to what else is in the directory. */
function isCorefileName(name: string): boolean {
  return corefileName.test(name) && !notACorefile.test(name) && !isStructuredName(name)
}

/**
 * The files in and below a directory (`path` as given, relative to `cwd`) that may hold a Corefile, by their names: `Corefile`,
 * `CoreFile`, `Corefile.*`, `*.corefile` (also `*.Corefile`), `*.override` and `*.server` beside one of these, YAML and JSON, templates of either, and Terraform. What `.gitignore` files
 * (and `.git/info/exclude`) leave out is left out. Links to files are followed where they stay in the work tree, links to directories
 * are not. `isWantedToo` adds files by other names.
 */
export async function walk(
  path: string,
  cwd: string,
  isWantedToo: (name: string) => boolean = () => false,
): Promise<Walked> {
  const { default: createIgnore } = await import('ignore')
  const root = resolve(cwd, path)
  const paths: string[] = []
  const unreadable: { path: string; message: string }[] = []
  const tree = workTreeOf(root, cwd)
  const visit = (directory: string, shown: string, ignoring: readonly Layer[]): void => {
    let entries: Dirent[]
    try {
      entries = readdirSync(directory, { withFileTypes: true })
    } catch (error) {
      unreadable.push({ path: shown, message: reasonOf(error) })
      return
    }
    const layers = withIgnoreFile(directory, ignoring, createIgnore)
    const kept = entries.filter(({ name }) => !skipped.test(name))
    const files = kept.filter((entry) => isFile(entry, directory, tree))
    const hasCorefile = files.some(({ name }) => isCorefileName(name))
    const candidates = new Set(files.filter(({ name }) => isCandidate(name, hasCorefile) || isWantedToo(name)))
    for (const entry of kept.toSorted((a, b) => compareNames(a, b))) {
      if (!candidates.has(entry) && !entry.isDirectory()) continue
      const full = join(directory, entry.name)
      if (isIgnored(layers, full, entry.isDirectory())) continue
      const name = shown === '' ? entry.name : `${shown}${shown.endsWith('/') ? '' : '/'}${entry.name}`
      if (entry.isDirectory()) visit(full, name, layers)
      else paths.push(name)
    }
  }
  visit(root, startOf(path), layersAbove(root, createIgnore))
  return { paths, unreadable }
}

/** How the paths of a directory begin: as it was given, without a needless `./`. */
function startOf(path: string): string {
  const given = withSlashes(path)
  return /^(?:\.\/+)*\.?$/.test(given) ? '' : given.replace(/(?<=.)\/+$/, '')
}

/** True for a name under which a Corefile may be found in some directory. */
export function isPossibleName(name: string): boolean {
  return isCandidate(name, true)
}

function isCandidate(name: string, hasCorefile: boolean): boolean {
  if (isStructuredName(name) || isCorefileName(name)) return true
  return hasCorefile && besideCorefile.test(name)
}

/** Whether an entry is a file to read: one itself, or a link to one in the work tree, whose text may be shown. */
function isFile(entry: Dirent, directory: string, tree: string): boolean {
  if (entry.isFile()) return true
  if (!entry.isSymbolicLink()) return false
  const path = join(directory, entry.name)
  try {
    return statSync(path).isFile() && leadsInside(path, tree)
  } catch {
    return false
  }
}

function compareNames(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

/** What one ignore file says of the paths below its directory. */
interface Layer {
  readonly directory: string
  readonly rules: Ignore
}

type CreateIgnore = () => Ignore

function withIgnoreFile(directory: string, layers: readonly Layer[], create: CreateIgnore): readonly Layer[] {
  const text = textOrNull(join(directory, '.gitignore'))
  return text === null ? layers : [...layers, { directory, rules: create().add(text) }]
}

/** The ignore files that count for a directory from above, those of its repository; none where the directory itself is left out by them, for it was asked for. */
function layersAbove(directory: string, create: CreateIgnore): readonly Layer[] {
  const repository = repositoryOf(directory)
  if (repository === null) return []
  const exclude = textOrNull(join(repository, '.git', 'info', 'exclude'))
  let layers: readonly Layer[] = exclude === null ? [] : [{ directory: repository, rules: create().add(exclude) }]
  const above: string[] = []
  for (let at = directory; at !== repository; at = dirname(at)) above.unshift(dirname(at))
  for (const [index, at] of above.entries()) {
    layers = withIgnoreFile(at, layers, create)
    if (isIgnored(layers, above[index + 1] ?? directory, true)) return []
  }
  return layers
}

function textOrNull(path: string): string | null {
  return existsSync(path) ? readOrNull(path) : null
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** The innermost ignore file that speaks of a path decides. */
function isIgnored(layers: readonly Layer[], path: string, isDirectory: boolean): boolean {
  for (const { directory, rules } of layers.toReversed()) {
    const { ignored, unignored } = rules.test(withSlashes(relative(directory, path)) + (isDirectory ? '/' : ''))
    if (ignored || unignored) return ignored
  }
  return false
}
