import type { OccurrenceView, ServersView, WordView } from '../../../src/verdict/servers-view.ts'
import { UPSTREAMS } from './configuration.ts'

/** A listener of a text, written so that the harness can serve it. */
export interface Adapted {
  readonly text: string
  readonly files: Readonly<Record<string, string>>
  /** The directives that are left. */
  readonly directives: ReadonlySet<string>
}

/** Why a text cannot be asked about here. */
export class Unsupported extends Error {}

/** What the harness decides itself, and what only looks on or runs programs. */
const DROPPED: ReadonlySet<string> = new Set([
  'bind',
  'cancel',
  'debug',
  'dnstap',
  'errors',
  'health',
  'https',
  'https3',
  'grpc_server',
  'log',
  'loop',
  'multisocket',
  'on',
  'pprof',
  'prometheus',
  'proxyproto',
  'quic',
  'ready',
  'reload',
  'root',
  'timeouts',
  'tls',
  'trace',
  'transfer',
])

/** Directives that need nothing of a machine. */
const AS_WRITTEN: ReadonlySet<string> = new Set([
  'acl',
  'any',
  'bufsize',
  'cache',
  'chaos',
  'dns64',
  'erratic',
  'header',
  'k8s_external',
  'loadbalance',
  'local',
  'metadata',
  'minimal',
  'nsid',
  'rewrite',
  'template',
  'view',
  'whoami',
])

/** How an upstream is reached, which the fakes decide. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set(['tls', 'tls_servername', 'health_check', 'resolver', 'doh_method'])
const OF_THE_API: ReadonlySet<string> = new Set(['endpoint', 'tls', 'kubeconfig', 'resyncperiod', 'startup_timeout'])
const KUBERNETES: ReadonlySet<string> = new Set([
  'endpoint_pod_names',
  'fallthrough',
  'ignore',
  'namespaces',
  'pods',
  'ttl',
])

/** Placeholders of the harness. */
const TAKEN = /@(?:port|upstream\d|upstreamport\d|files|folder|api)\b|\b192\.0\.2\.[1-4]\b/

/** Records of a zone whose file we do not have; every name in it is relative. */
const ZONE_FILE = `@ 3600 IN SOA ns hostmaster 1 7200 3600 1209600 300
@ IN NS ns
@ IN A 10.9.0.1
ns IN A 10.9.0.2
www IN A 10.9.0.3
alias IN CNAME www
*.wild IN A 10.9.0.4
`

/**
 * The listeners of a configuration, each a text of its own: the same blocks, zones and plugins, with the port, the upstreams (as many), the
 * files and the API of the harness. What decides only how a server listens or what it logs is dropped. Throws `Unsupported`.
 */
export function adapt(servers: ServersView): readonly Adapted[] {
  const { main, unknowns } = servers.configuration
  const [unknown] = unknowns
  if (TAKEN.test(main.text)) throw new Unsupported('words that the harness uses')
  if (unknown !== undefined) throw new Unsupported(`${unknown.kind} not given`)
  const listeners = new Map<string, Listener>()
  for (const block of servers.blocks) {
    const keys = new Map<string, string[]>()
    const bound = block.occurrences('bind').flatMap(({ args }) => args.map(({ value }) => value))
    for (const { key, port, transport } of block.served) {
      const listener = [transport, port, ...bound].join(' ')
      const zone = key.value.replace(/^[a-z0-9]+:\/\//, '').replace(new RegExp(`:${port}$`), '')
      keys.set(listener, [...(keys.get(listener) ?? []), `${zone}:@port@`])
    }
    for (const [name, zones] of keys) {
      const listener = listeners.get(name) ?? new Listener()
      listeners.set(name, listener)
      listener.add([...new Set(zones)], [...block.plugins.values()].flat(), block.zones)
    }
  }
  return [...listeners.values()].filter(({ directives }) => directives.size > 0)
}

class Listener implements Adapted {
  readonly files: Record<string, string> = {}
  readonly directives = new Set<string>()
  readonly #upstreams = new Map<string, string>()
  #text = ''

  get text(): string {
    return this.#text
  }

  add(keys: readonly string[], occurrences: readonly OccurrenceView[], zones: readonly string[]): void {
    const kept = occurrences.filter(({ plugin }) => !DROPPED.has(plugin))
    const lines = kept.flatMap((each) => this.#directive(each, zones))
    this.#text += `${keys.map(wordText).join(' ')} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
  }

  #directive(occurrence: OccurrenceView, zones: readonly string[]): string[] {
    const { plugin } = occurrence
    const args = occurrence.args.map(({ value }) => value)
    this.directives.add(plugin)
    switch (plugin) {
      case 'forward': {
        const [from = '', ...to] = args
        const lines = linesOf(occurrence).filter(([name]) => !OF_CONNECTIONS.has(name))
        return written(['forward', from, ...to.map((each) => this.#upstream(each))], lines)
      }
      case 'kubernetes': {
        const lines = linesOf(occurrence).filter(([name]) => !OF_THE_API.has(name))
        const other = lines.find(([name]) => !KUBERNETES.has(name))
        if (other !== undefined) throw new Unsupported(`kubernetes ${other[0]}`)
        return written(['kubernetes', ...args], [['endpoint', '@api@'], ...lines])
      }
      case 'hosts': {
        const names = zones.map((zone) => `10.9.1.1 ${`host.${zone}`.replace(/\.+$/, '')}\n`)
        const file = this.#file('hosts', args.length === 0 ? '127.0.0.1 localhost\n' : names.join(''))
        return written(['hosts', file, ...args.slice(1)], linesOf(occurrence))
      }
      case 'file': {
        const lines = linesOf(occurrence).filter(([name]) => name !== 'transfer' && name !== 'upstream')
        return written(['file', this.#file('zone', ZONE_FILE), ...args.slice(1)], lines)
      }
      case 'auto': {
        const folder = `auto-${Object.keys(this.files).length}`
        for (const zone of args.length > 0 ? args : zones)
          this.files[`${folder}/db.${zone.replace(/\.$/, '')}`] = ZONE_FILE
        const lines = linesOf(occurrence).filter(([name]) => name !== 'transfer' && name !== 'upstream')
        const within = lines.map((line) =>
          line[0] === 'directory' ? ['directory', `@files@/${folder}`, ...line.slice(2)] : line,
        )
        return written(['auto', ...args], within)
      }
      case 'autopath': {
        const last = args.at(-1) ?? ''
        const list = last.startsWith('@') ? last : this.#file('resolv.conf', 'search one.test two.test\n')
        return written(['autopath', ...args.slice(0, -1), list], linesOf(occurrence))
      }
      default:
        if (!AS_WRITTEN.has(plugin)) throw new Unsupported(`plugin ${plugin}`)
        if (plugin === 'loadbalance' && args.includes('weighted')) throw new Unsupported('loadbalance weighted')
        return tokenLines(occurrence)
    }
  }

  /** The fake for an upstream, the same each time. */
  #upstream(word: string): string {
    const fake = this.#upstreams.get(word) ?? `192.0.2.${1 + (this.#upstreams.size % UPSTREAMS)}`
    this.#upstreams.set(word, fake)
    return fake
  }

  #file(kind: string, content: string): string {
    const path = `${kind}-${Object.keys(this.files).length}`
    this.files[path] = content
    return `@files@/${path}`
  }
}

type Line = readonly string[]

function linesOf(occurrence: OccurrenceView): (readonly [string, ...string[]])[] {
  const values = (words: readonly WordView[]) => words.map(({ value }) => value)
  return [...occurrence.lines()].map(({ name, args }) => [name.value, ...values(args)])
}

function written(head: Line, lines: readonly Line[]): string[] {
  if (lines.length === 0) return [lineText(head)]
  return [`${lineText(head)} {`, ...lines.map((line) => `    ${lineText(line)}`), '}']
}

/** A directive line by line as it is. */
function tokenLines({ tokens }: OccurrenceView): string[] {
  const lines: string[] = []
  for (let number = 0; number < tokens.count; number++) {
    const isNew = number === 0 || !tokens.continuesLine(number - 1)
    const word = wordText(tokens.value(number))
    if (isNew) lines.push(word)
    else lines.push(`${lines.pop()} ${word}`)
  }
  return lines
}

function lineText(words: Line): string {
  return words.map(wordText).join(' ')
}

function wordText(word: string): string {
  if (/^[^\s"#]+$/.test(word)) return word
  if (/\\"|\\$/.test(word)) throw new Unsupported('a word that cannot be quoted')
  return `"${word.replaceAll('"', '\\"')}"`
}
