import type { InnerText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import { didYouMean } from '../text/suggest.ts'
import type { JsonValue } from './go-json.ts'
import { readGoJson } from './go-json.ts'
import type {
  Federation,
  KubeDnsConfigMap,
  KubeDnsKey,
  KubeDnsRefusal,
  KubeDnsServer,
  KubeDnsSettings,
  StubDomain,
} from './kube-dns.ts'
import type { KubeDnsTag } from './kube-dns-servers.ts'
import {
  isDns1123Label,
  isDns1123Subdomain,
  readKubeDnsServer,
  refusalOfStubServer,
  refusalOfUpstream,
} from './kube-dns-servers.ts'
import type { ManifestNode } from './manifest.ts'
import { documentProblems, nameOfObject } from './manifest.ts'
import type { NotUnderstood, Placed, SourceProblem } from './source.ts'

const keys: readonly KubeDnsKey[] = ['federations', 'stubDomains', 'upstreamNameservers']

/** True for a ConfigMap that kube-dns would read: by its name, or by what it sets. */
export function isKubeDnsConfigMap(object: ManifestNode): boolean {
  if (object.get('metadata', 'name')?.placed?.value === 'kube-dns') return true
  return object.get('data')?.pairs.some(({ key }) => isKubeDnsKey(key)) ?? false
}

/**
 * The ConfigMap of kube-dns, with what kube-dns does with it (pkg/dns/config/sync.go `processUpdate`): one value that is wrong, and it
 * takes none. `tag` is that of the kube-dns image; the newest when missing.
 */
export function readKubeDnsConfigMap(path: string, object: ManifestNode, tag?: KubeDnsTag): KubeDnsConfigMap {
  const data = object.get('data')
  const entries = (data?.pairs ?? []).map(({ key, keyRange, value }): KubeDnsEntry => {
    const writer = value?.isWritten ? 'a template' : undefined
    return { key, path, keyRange, range: value?.range ?? keyRange, text: value?.text, writer }
  })
  const identity = { ...object.identity, kind: 'ConfigMap' }
  const settings = { path, name: nameOfObject(identity), range: object.range, object: identity, entries }
  const read = readKubeDnsSettings({ ...settings, problems: documentProblems(path, object) }, tag)
  if (!data || data.isMap) return read
  const why = data.isWritten ? 'a template writes it' : 'data is a map'
  return { ...read, notUnderstood: [...read.notUnderstood, { text: 'data', path, range: data.range, why }] }
}

/** A key of the ConfigMap of kube-dns with its value, wherever somebody keeps it. */
export interface KubeDnsEntry {
  readonly key: string
  readonly path: string
  /** Where the key stands; the file where that is its name. */
  readonly keyRange: Range
  readonly range: Range
  /** Undefined where the value is no string. */
  readonly text: InnerText | undefined
  /** Who writes the value later, so that it is not known: `a template`. */
  readonly writer: string | undefined
}

/** The settings of kube-dns that entries make: a ConfigMap, or a directory with a file for each key. */
export function readKubeDnsSettings(
  {
    path,
    name,
    range,
    object,
    entries,
    problems,
  }: Pick<KubeDnsConfigMap, 'path' | 'name' | 'range' | 'object' | 'problems'> & {
    readonly entries: readonly KubeDnsEntry[]
  },
  tag?: KubeDnsTag,
): KubeDnsConfigMap {
  const reading = new ConfigMapReading(path, tag, problems)
  for (const entry of entries) reading.take(entry)
  const pathOfKey = (key: KubeDnsKey) => entries.findLast((entry) => entry.key === key)?.path ?? path
  return {
    kind: 'kube-dns-configmap',
    path,
    name,
    range,
    object,
    pathOf: {
      stubDomains: pathOfKey('stubDomains'),
      upstreamNameservers: pathOfKey('upstreamNameservers'),
      federations: pathOfKey('federations'),
    },
    ...reading.finish(),
  }
}

/** The keys that kube-dns reads. */
export function isKubeDnsKey(key: string): key is KubeDnsKey {
  return (keys as readonly string[]).includes(key)
}

const nothing: KubeDnsSettings = { stubDomains: [], upstreamNameservers: [], federations: [], leftOut: [] }

class ConfigMapReading {
  /** Of the value that is read. */
  #path: string
  readonly #tag: KubeDnsTag | undefined
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []
  readonly #refusals: KubeDnsRefusal[] = []
  readonly #unknownKeys: Placed[] = []
  readonly #leftOut: NotUnderstood[] = []
  readonly #stubDomains = new Map<string, StubDomain>()
  #upstreams: KubeDnsServer[] = []
  readonly #federations: Federation[] = []

  constructor(path: string, tag: KubeDnsTag | undefined, problems: readonly SourceProblem[]) {
    this.#path = path
    this.#tag = tag
    this.#problems.push(...problems)
  }

  take({ key, path, keyRange, range, text, writer }: KubeDnsEntry): void {
    this.#path = path
    if (!isKubeDnsKey(key)) {
      this.#unknownKeys.push({ value: key, range: keyRange })
      this.#problem('warning', `kube-dns does not read ${key}${didYouMean(key, keys)}`, keyRange)
      this.#notUnderstood.push({ text: key, path, range: keyRange, why: `kube-dns does not read ${key}` })
      return
    }
    if (writer !== undefined) {
      this.#report(key, range, `${writer} writes it`)
      return
    }
    if (!text) {
      this.#problem('error', `${key} is not a string: Kubernetes refuses this ConfigMap`, range)
      this.#report(key, range, 'it is not a string')
      return
    }
    if (key === 'federations') this.#takeFederations(text)
    else if (key === 'stubDomains') this.#takeStubDomains(text)
    else this.#takeUpstreams(text)
  }

  #report(text: string, range: Range, why: string): void {
    this.#notUnderstood.push({ text, path: this.#path, range, why })
  }

  finish(): Pick<
    KubeDnsConfigMap,
    'refusals' | 'asRunning' | 'asIntended' | 'unknownKeys' | 'problems' | 'notUnderstood'
  > {
    const asIntended = {
      stubDomains: [...this.#stubDomains.values()],
      upstreamNameservers: this.#upstreams,
      federations: this.#federations,
      leftOut: this.#leftOut,
    }
    for (const { key, message, range } of this.#refusals) {
      this.#problem('error', `kube-dns uses nothing of this ConfigMap: ${key}: ${message}`, range)
    }
    for (const server of [...this.#stubDomains.values()].flatMap(({ servers }) => servers).concat(this.#upstreams)) {
      if (server.why !== undefined) this.#problem('warning', `${server.written}: ${server.why}`, server.range)
    }
    return {
      refusals: this.#refusals,
      asRunning: this.#refusals.length === 0 ? asIntended : nothing,
      asIntended,
      unknownKeys: this.#unknownKeys,
      problems: this.#problems,
      notUnderstood: this.#notUnderstood,
    }
  }

  /** A JSON object of lists of strings; null is empty, and of equal domains the last counts. */
  #takeStubDomains(text: InnerText): void {
    const { value, fault } = readGoJson(text)
    if (fault) this.#refuse('stubDomains', fault.message, fault.range)
    if (!value || value.kind === 'null') return
    if (value.kind !== 'object') {
      this.#refuse('stubDomains', 'it is an object of domains with lists of servers', value.range)
      this.#leaveOut(value, 'it is no object')
      return
    }
    const last = new Map(value.entries.map((entry) => [entry.key.value, entry]))
    for (const entry of value.entries) {
      const { key, value: list } = entry
      // Of equal keys kube-dns sees the last alone; only its type is looked at before.
      const isSeen = last.get(key.value) === entry
      const servers = this.#serversOf(list, isSeen)
      const problem = isDns1123Subdomain(key.value) ? undefined : domainFault(key.value)
      if (problem !== undefined && isSeen) this.#refuse('stubDomains', problem, key.range)
      const domain = meantDomain(key.value)
      const hidden = this.#stubDomains.get(domain ?? '')
      if (domain === undefined) {
        this.#leftOut.push({
          text: key.value,
          path: this.#path,
          range: key.range,
          why: `${key.value} is no domain name`,
        })
        continue
      }
      if (hidden) {
        this.#problem('warning', `${domain} is written twice: only the last one counts`, hidden.domain.range)
        this.#leftOut.push({ text: domain, path: this.#path, range: hidden.range, why: 'a later one takes its place' })
        this.#stubDomains.delete(domain)
      }
      const range = { start: Math.min(key.range.start, list.range.start), end: Math.max(key.range.end, list.range.end) }
      this.#stubDomains.set(domain, { domain: { value: domain, range: key.range }, servers, range })
    }
  }

  #serversOf(list: JsonValue, isSeen: boolean): KubeDnsServer[] {
    if (list.kind === 'null') return []
    if (list.kind !== 'array') {
      this.#refuse('stubDomains', 'the servers of a domain are a list', list.range)
      if (list.kind === 'string') return this.#server(list)
      this.#leaveOut(list, 'it is no list of servers')
      return []
    }
    return list.items.flatMap((item) => {
      if (item.kind !== 'string' && item.kind !== 'null') {
        this.#refuse('stubDomains', 'a server is a string', item.range)
        this.#leaveOut(item, 'it is no string')
        return []
      }
      // Go reads null as an empty string.
      const written = item.kind === 'null' ? '' : item.value
      const why = isSeen ? refusalOfStubServer(written, this.#tag) : undefined
      if (why !== undefined) this.#refuse('stubDomains', why, item.range)
      return this.#server({ kind: 'string', value: written, range: item.range })
    })
  }

  #server(value: Extract<JsonValue, { kind: 'string' }>): KubeDnsServer[] {
    const server = readKubeDnsServer(value.value, value.range)
    if (server) return [server]
    this.#leftOut.push({ text: value.value, path: this.#path, range: value.range, why: 'it is no server' })
    return []
  }

  #takeUpstreams(text: InnerText): void {
    const { value, fault } = readGoJson(text)
    if (fault) this.#refuse('upstreamNameservers', fault.message, fault.range)
    if (!value || value.kind === 'null') return
    if (value.kind !== 'array') {
      this.#refuse('upstreamNameservers', 'it is a list of servers', value.range)
      if (value.kind === 'string') this.#upstreams = this.#server(value)
      else this.#leaveOut(value, 'it is no list')
      return
    }
    const fourth = value.items[3]
    if (fourth) this.#refuse('upstreamNameservers', 'there may be three servers at most', fourth.range)
    this.#upstreams = value.items.flatMap((item) => {
      if (item.kind !== 'string' && item.kind !== 'null') {
        this.#refuse('upstreamNameservers', 'a server is a string', item.range)
        this.#leaveOut(item, 'it is no string')
        return []
      }
      const written = item.kind === 'null' ? '' : item.value
      const why = refusalOfUpstream(written, this.#tag)
      if (why !== undefined) this.#refuse('upstreamNameservers', why, item.range)
      return this.#server({ kind: 'string', value: written, range: item.range })
    })
  }

  /** federation.go `ParseFederationsFlag`: `name=domain,name2=domain2`; no JSON, although the documentation says so. */
  #takeFederations(text: InnerText): void {
    if (text.text.trim() === '') return
    if (/^\s*\{/.test(text.text)) {
      const message = 'it is not JSON but a list of name=domain with commas between'
      this.#refuse('federations', message, text.toOuter({ start: 0, end: text.text.length }))
      const { value } = readGoJson(text)
      if (value?.kind !== 'object') return
      for (const { key, value: domain } of value.entries) {
        if (domain.kind === 'string')
          this.#federations.push({ name: key, domain: { value: domain.value, range: domain.range } })
        else this.#leaveOut(domain, 'it is no domain')
      }
      return
    }
    for (const match of text.text.matchAll(/[^,]+|(?<=^|,)(?=,|$)/g)) {
      const [name, domain] = pairOf(text, match.index, match[0])
      if (!domain) {
        this.#refuse(
          'federations',
          `${name.value === '' ? 'an empty part' : name.value} is not name=domain`,
          name.range,
        )
        if (name.value !== '')
          this.#leftOut.push({ text: name.value, path: this.#path, range: name.range, why: 'no domain' })
        continue
      }
      if (!isDns1123Label(name.value))
        this.#refuse('federations', `${name.value} is no name of a federation`, name.range)
      if (!isDns1123Subdomain(domain.value))
        this.#refuse('federations', `${domain.value} is no domain name`, domain.range)
      this.#federations.push({ name, domain })
    }
  }

  #leaveOut(value: JsonValue, why: string): void {
    const text = 'value' in value ? value.value : value.kind
    this.#leftOut.push({ text, path: this.#path, range: value.range, why })
  }

  #refuse(key: KubeDnsKey, message: string, range: Range): void {
    this.#refusals.push({ key, message, range })
  }

  #problem(severity: SourceProblem['severity'], message: string, range: Range): void {
    this.#problems.push({ severity, message, path: this.#path, range })
  }
}

function pairOf(text: InnerText, start: number, part: string): [name: Placed, domain: Placed | undefined] {
  const equals = part.indexOf('=')
  const placed = (from: number, to: number): Placed => {
    const written = part.slice(from, to)
    const value = written.trim()
    const at = start + from + (written.length - written.trimStart().length)
    return { value, range: text.toOuter({ start: at, end: at + value.length }) }
  }
  if (equals === -1) return [placed(0, part.length), undefined]
  return [placed(0, equals), placed(equals + 1, part.length)]
}

function domainFault(domain: string): string {
  if (domain === '') return 'a domain is empty'
  if (/[A-Z]/.test(domain)) return `${domain} has upper case letters`
  if (/^\.|\.$/.test(domain)) return `${domain} begins or ends with a dot`
  return `${domain} is no domain name to kube-dns: letters, digits and hyphens`
}

/** The domain that somebody meant who wrote a final dot, upper case or an underscore. */
function meantDomain(domain: string): string | undefined {
  const meant = domain.toLowerCase().replace(/^\.|\.$/g, '')
  return /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(meant) ? meant : undefined
}
