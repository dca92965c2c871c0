import type { Embedded } from '../embed/embedded.ts'
import { embeddedIn } from '../embed/embedded.ts'
import type { InnerText } from '../embed/inner-text.ts'
import { fileText } from '../embed/inner-text.ts'
import { isIp, parseIp } from '../values/ip.ts'
import { shellCommands } from './command-line.ts'
import { dnsmasqLines } from './dnsmasq-lines.ts'
import { dnsmasqOptions, optionNamed } from './dnsmasq-options.ts'
import { readDnsmasqCommandLine, readDnsmasqFile } from './dnsmasq-reader.ts'
import { readHostsFile } from './hosts-file.ts'
import type { Manifests } from './manifest-sources.ts'
import { readResolvConf } from './resolv-conf.ts'
import { readSkyDnsCommands } from './skydns.ts'
import type { Source, SourceFiles } from './source.ts'

/** A file of which is asked what it holds. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What `recognise` may be told. */
export interface RecogniseOptions {
  /** Every pod, not only those with hostAliases: for questions about who else would see a name. */
  readonly allPods?: boolean
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
  const sources: Source[] = []
  const nothing: { path: string; why: string }[] = []
  let manifests: Manifests | undefined
  const found: { readonly path: string; readonly own: Source[] }[] = []
  for (const { path, text } of files) {
    const own: Source[] = []
    const isManifest = looksLikeManifest(path, text)
    if (isManifest) {
      if (!manifests) {
        const { Manifests: Reader } = await import('./manifest-sources.ts')
        manifests = new Reader(options)
      }
      const embedded = await embeddedIn(path, text)
      own.push(...embedded.embedded.map((one) => corefileIn(path, one)))
      manifests.read(path, text, own, embedded.embedded)
    } else {
      const source = readPlain(path, text, options)
      if (source) own.push(source)
    }
    found.push({ path, own })
  }
  for (const { path, own } of found) {
    const all = (manifests?.complete(own) ?? own).toSorted((a, b) => a.range.start - b.range.start)
    sources.push(...all)
    if (all.length === 0) nothing.push({ path, why: whyNothing(path) })
  }
  return { sources, nothing }
}

function whyNothing(path: string): string {
  if (/\.(?:tf|tofu|hcl)(?:\.[\w-]+)?$/i.test(path)) return 'of Terraform only Corefiles are read'
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

/** A text that is a source itself, by how most of its lines read. */
function readPlain(path: string, text: string, options: RecogniseOptions): Source | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const source = { path, text: fileText(text) }
  if (/^resolv\.conf/.test(base)) return readResolvConf(source)
  if (/^(?:Corefile|CoreFile)|\.(?:corefile|server|override)$/.test(base)) return corefile(path, source.text)
  if (/^(?:etc_)?hosts\b|\.hosts$|_hosts$/.test(base) && isMostly(text, isHostsLine)) return readHostsFile(source)
  if (
    isMostly(text, (line) => /^(?:nameserver|search|domain|options|sortlist)[ \t]/.test(line)) &&
    /^nameserver[ \t]/m.test(text)
  ) {
    return readResolvConf(source)
  }
  if (isMostly(text, isHostsLine) && text.trim() !== '') return readHostsFile(source)
  const commands = readCommands(path, source.text, options)
  if (commands) return commands
  if (looksLikeDnsmasq(text) || /dnsmasq.*\.conf$/.test(base)) return readDnsmasqFile(source, options.files)
  if (/\{[ \t]*(?:#.*)?$/m.test(text) && /^[ \t]*\}/m.test(text)) return corefile(path, source.text)
  // One in which everything is commented out.
  return /^(?:etc_)?hosts$|[_.]hosts$/.test(base) ? readHostsFile(source) : undefined
}

function corefile(path: string, text: InnerText): Source {
  const range = { start: 0, end: text.text.length }
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    kind: 'corefile',
    path,
    name,
    range,
    embedded: undefined,
    text,
    role: 'coredns',
    problems: [],
    notUnderstood: [],
  }
}

/** No more of a text is looked at to tell what it is. */
const sampleLength = 20_000

/** True when a text has lines, and all of the first ones but comments are such. */
function isMostly(text: string, isSuch: (line: string) => boolean): boolean {
  let lines = 0
  for (const line of text
    .slice(0, sampleLength)
    .split('\n', 400)
    .slice(0, -1)
    .concat(text.length <= sampleLength ? [text.slice(text.lastIndexOf('\n') + 1)] : [])) {
    const content = line.trim()
    if (content === '' || /^[#;]/.test(content)) continue
    if (!isSuch(content)) return false
    lines++
  }
  return lines > 0
}

function isHostsLine(line: string): boolean {
  const [address = '', name] = line.split(/[ \t]+/)
  return (
    name !== undefined &&
    (isIp(address.replace(/%.*$/, '')) || parseIp(address) !== undefined || /^[0-9.]+$/.test(address))
  )
}

/** A configuration of dnsmasq: at least half of its lines are options of it, in its own spelling. */
function looksLikeDnsmasq(text: string): boolean {
  let known = 0
  let others = 0
  for (const { text: line } of dnsmasqLines(fileText(text.slice(0, sampleLength)))) {
    const name = line.value.replace(/ *=.*$/s, '')
    if (dnsmasqOptions.has(name)) known++
    else others++
  }
  return known > 0 && known >= others
}

/** Command lines: a script or a note with the command of dnsmasq, SkyDNS or kube2sky in it, or nothing but options of dnsmasq. */
function readCommands(path: string, text: InnerText, options: RecogniseOptions): Source | undefined {
  if (!/dnsmasq|skydns|kube2sky|^\s*-/.test(text.text)) return undefined
  const { commands } = shellCommands(text, new Map())
  const skydns = readSkyDnsCommands(path, text, commands)
  if (skydns) return skydns
  for (const { words } of commands) {
    const at = words.findIndex(({ text: word }) => /^(?:.*\/)?dnsmasq(?:-nanny)?$/.test(word.value))
    const first = words[0]?.text.value ?? ''
    const isBare = first.startsWith('--') && optionNamed(first.slice(2).replace(/=.*$/s, '')) !== undefined
    if (at === -1 && !isBare) continue
    const own = words.slice(at + 1)
    const dashes = own.findIndex(({ text: word }) => word.value === '--')
    const rest = dashes === -1 ? own : own.slice(dashes + 1)
    const range = { start: words[0]?.text.range.start ?? 0, end: words.at(-1)?.text.range.end ?? 0 }
    const name = path.slice(path.lastIndexOf('/') + 1)
    return readDnsmasqCommandLine({ path, name, range, words: rest }, options.files)
  }
  return undefined
}
