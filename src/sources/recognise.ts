import type { Embedded } from '../embed/embedded.ts'
import { embeddedIn } from '../embed/embedded.ts'
import { fileText } from '../embed/inner-text.ts'
import type { DnsmasqConfiguration } from './dnsmasq.ts'
import { readDnsmasqFiles } from './dnsmasq-reader.ts'
import { GivenFiles } from './given-files.ts'
import { kubeDnsDirectories, readKubeDnsDirectory } from './kube-dns-directory.ts'
import type { Manifests } from './manifest-sources.ts'
import { readPlainSource } from './plain-source.ts'
import type { Source, SourceFiles, SourceText } from './source.ts'

/** A file of which is asked what it holds. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What `recognise` may be told. */
export interface RecogniseOptions {
  /** Every pod, not only those with hostAliases: for questions about who else would see a name. */
  readonly allPods?: boolean
  /** Whether somebody asks what goes from a manifest when an alias goes; else it is not kept, for there may be very many. True when missing. */
  readonly keepsRemovals?: boolean
  /** Files that sources name and that are not in a ConfigMap among the files. */
  readonly files?: SourceFiles
}

/** What was found, and files in which nothing was. */
export interface Recognised {
  /** In the order of the files and of what is in them. */
  readonly sources: readonly Source[]
  /** Files that hold nothing that is known here, with why. */
  readonly nothing: readonly { readonly path: string; readonly why: string }[]
}

/**
 * What sources files hold, by their content, all in one call: ConfigMaps are found by those who mount them, whatever file they are in. A file
 * may hold several, or none. Never throws; costs a look for a few words for files that hold nothing.
 */
export async function recognise(files: readonly SourceFile[], options: RecogniseOptions = {}): Promise<Recognised> {
  const given = new GivenFiles(files, options.files)
  const found: { readonly path: string; readonly own: Source[] }[] = []
  const directories = kubeDnsDirectories(files)
  let manifests: Manifests | undefined
  for (const { path, text } of files) {
    const own: Source[] = []
    if (directories.has(path)) {
      // Read when all are known: what kube-dns takes depends on its release.
    } else if (looksLikeManifest(path, text)) {
      if (!manifests) {
        const { Manifests: Reader } = await import('./manifest-sources.ts')
        manifests = new Reader({ ...options, given })
      }
      const embedded = await embeddedIn(path, text)
      own.push(...embedded.embedded.map((one) => corefileIn(path, one)))
      manifests.read(path, text, own, embedded.embedded)
    } else {
      own.push(...readPlainSource(textOf({ path, text }), path.slice(path.lastIndexOf('/') + 1), given))
    }
    found.push({ path, own })
  }
  const sources: Source[] = []
  const nothing: { path: string; why: string }[] = []
  const complete = found.map(({ path, own }) => {
    const directory = directories.get(path) ?? []
    const ofKubeDns = directory[0]?.path === path ? [readKubeDnsDirectory(directory, manifests?.tag)] : []
    return { path, own: [...ofKubeDns, ...(manifests?.complete(own) ?? own)] }
  })
  const all = complete.flatMap(({ own }) => own)
  const included = includedPaths(all)
  const ofOne = pathsOfOneDnsmasq(all.filter(isConfigurationFile).filter(({ path }) => !included.has(path)))
  const [first, ...others] = ofOne.flatMap((path) => files.find((file) => file.path === path) ?? [])
  const joined = first === undefined ? null : readDnsmasqFiles([textOf(first), ...others.map(textOf)], given)
  const parts = joined === null ? included : new Set([...included, ...includedPaths([joined])])
  for (const { path, own } of complete) {
    const kept = own
      .map((source) => (isConfigurationFile(source) && source.path === joined?.path ? joined : source))
      .filter((source) => !(isIncludable(source) && parts.has(source.path)))
      .toSorted((a, b) => a.range.start - b.range.start)
    sources.push(...kept)
    if (own.length === 0 && !directories.has(path)) nothing.push({ path, why: whyNothing(path) })
  }
  return { sources, nothing }
}

function textOf({ path, text }: SourceFile): SourceText {
  return { path, text: fileText(text) }
}

function isIncludable({ kind }: Source): boolean {
  return kind === 'dnsmasq' || kind === 'hosts-file'
}

/** A dnsmasq of which there is a file alone, not how it is started. */
function isConfigurationFile(source: Source): source is DnsmasqConfiguration {
  return source.kind === 'dnsmasq' && source.range.start === 0 && source.options.every(({ from }) => from === 'file')
}

/**
 * The paths of the files of one dnsmasq, in the order in which it reads them: files in a directory such as dnsmasq.d which nobody includes
 * belong to the one configuration beside them, for that directory is on the command line then, as on Debian. Empty where it is not so.
 */
function pathsOfOneDnsmasq(sources: readonly DnsmasqConfiguration[]): readonly string[] {
  const paths = sources.map(({ path }) => path)
  const parts = paths.filter((path) => /\.d\/[^/]*$/.test(path)).sort()
  const mains = paths.filter((path) => !parts.includes(path))
  const folders = new Set(parts.map((path) => path.slice(0, path.lastIndexOf('/'))))
  return folders.size !== 1 || mains.length > 1 || paths.length === 1 ? [] : [...mains, ...parts]
}

/** Files that the configuration of a dnsmasq includes: no sources by themselves. Of files that include each other the first is one. */
function includedPaths(sources: readonly Source[]): ReadonlySet<string> {
  const included = new Set<string>()
  for (const source of sources) {
    if (source.kind !== 'dnsmasq' || included.has(source.path)) continue
    for (const { path } of [...source.options, ...source.hostsFiles]) if (path !== source.path) included.add(path)
  }
  return included
}

function whyNothing(path: string): string {
  if (/\.(?:tf|tofu|hcl)(?:\.[\w-]+)?$/i.test(path))
    return 'of Terraform only Corefiles and ConfigMaps of kube-dns are read'
  return 'nothing in it is a source that is known here'
}

function corefileIn(path: string, embedded: Embedded): Source {
  const { document, name, range } = embedded
  const role = /node-?local-?dns/i.test(document.name ?? '') ? 'node-local-dns' : 'coredns'
  const problems = { problems: [], notUnderstood: [] }
  return { kind: 'corefile', path, name, range, embedded, text: embedded, role, ...problems }
}

/** YAML and JSON by their names, and by how they begin. */
function looksLikeManifest(path: string, text: string): boolean {
  if (/\.(?:ya?ml|json|tf|tofu|hcl)(?:\.[\w-]+)?$/i.test(path)) return true
  if (/\.(?:conf|hosts|corefile)$/i.test(path) || /(?:^|\/)(?:Corefile|hosts|resolv\.conf)$/.test(path)) return false
  return /^\s*\{\s*"/.test(text) || /^(?:apiVersion|kind)["']?:[ \t]/m.test(text)
}
