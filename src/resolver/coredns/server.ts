import { isInvalid } from '../../values/invalid.ts'
import { contains, type Network, parseCidr, parseIp } from '../../values/ip.ts'
import { foldCase, labelStarts } from '../../values/name.ts'
import { isSince } from '../../values/release.ts'
import type { Served } from '../../verdict/servers.ts'
import type { BlockView, ServersView } from '../../verdict/servers-view.ts'
import type { Decider, Decision, Step, Vocabulary } from '../decision.ts'
import type { Outcome } from '../outcome.ts'
import type { Query } from '../query.ts'
import { chainOf, missingImports } from './block-chain.ts'
import { type ChainLink, type Locate, replyOf, runChain } from './chain.ts'
import type { KubernetesObject } from './cluster.ts'
import { type Door, doorsOf, type Entrance, entranceOf } from './listening.ts'
import type { BlockContext, Reply, Request } from './model.ts'
import { models } from './plugins/index.ts'
import { agreed, returned, unknown } from './replies.ts'
import { viewName, viewTakes } from './view-filter.ts'
import { VocabularyBuilder } from './vocabulary.ts'

/** What a CoreDNS is made of, and what is known of the world around it. */
export interface CoreDnsOptions {
  readonly servers: ServersView
  /** What the Corefile is called, for the path. */
  readonly path: string
  /** Says where a word stands for people, such as in the ConfigMap around the Corefile; its own file where this is missing. */
  readonly locate?: Locate
  /** Text of a file where CoreDNS runs; null where there is none, undefined where nobody knows. */
  readonly fileText?: (path: string) => string | null | undefined
  /** Paths of all files that are known to be where CoreDNS runs; undefined where nobody said which there are. */
  readonly files?: readonly string[]
  /** The objects of the cluster that `kubernetes` watches; symbolic answers where they are missing. */
  readonly services?: readonly KubernetesObject[]
  /** The addresses of the machine that CoreDNS runs on (its pod), loopback addresses not among them. */
  readonly localAddresses?: readonly string[]
  /** Networks from which all clients ask, `10.244.0.0/16`; they decide about a query whose client is not known. */
  readonly clientNetworks?: readonly string[]
}

/** Lookups of CNAME targets that lie in one another; CoreDNS itself ends such a round in the plugins. */
const DEEPEST_LOOKUP = 10

/**
 * The model of a CoreDNS that serves a configuration, which must be one that the release accepts. Reads a block when the first query
 * comes to it. Never throws; what the configuration does not tell is unknown.
 */
export function createCoreDns(options: CoreDnsOptions): Decider {
  return new CoreDns(options)
}

/** What was noted on the way of a query. */
interface Notes {
  readonly assumes: Set<string>
  readonly lookups: Decision[]
}

/** Where a query came in; without notes where nobody wants to know the way. */
interface Entry {
  readonly door: Door
  readonly notes: Notes | null
}

/** Decisions about CNAME targets are kept up to this number. */
const MOST_LOOKUPS = 20

const OTHER_VIEW = 'it depends on which view takes the query: on what nobody said of it, such as where the client is'

/** A block that may answer, with the zone of it that the query came by. */
interface Candidate {
  readonly served: Served | null
  readonly reply: Reply
  readonly path: readonly Step[]
}

class CoreDns implements Decider {
  readonly program: string
  readonly #options: CoreDnsOptions
  readonly #servers: ServersView
  readonly #doors: readonly Door[]
  readonly #locate: Locate
  readonly #contexts = new Map<BlockView, BlockContext>()
  readonly #chains = new Map<BlockView, readonly ChainLink[]>()
  readonly #views: ReadonlyMap<Served, BlockView>
  readonly #networks: readonly Network[]
  /** Addresses of blocks that are not known: such a block may serve any name. */
  readonly #unknownKeys: readonly string[]
  readonly #entrances = new Map<Query['transport'], Entrance>()
  #vocabulary: Vocabulary | undefined

  constructor(options: CoreDnsOptions) {
    const { servers, path, locate, clientNetworks = [] } = options
    this.program = `CoreDNS ${servers.release}`
    this.#options = options
    this.#servers = servers
    this.#doors = doorsOf(servers)
    this.#locate =
      locate ??
      (({ list, index }) => ({
        path: list.file === '' ? path : list.file,
        range: { start: list.start(index), end: list.end(index) },
      }))
    this.#views = new Map(servers.blocks.flatMap((view) => view.served.map((served) => [served, view] as const)))
    this.#unknownKeys = servers.blocks.flatMap(({ keys }) => keys.flatMap(({ known, value }) => (known ? [] : [value])))
    this.#networks = clientNetworks.map(parseCidr).flatMap((read) => (isInvalid(read) ? [] : [read.network]))
  }

  get vocabulary(): Vocabulary {
    this.#vocabulary ??= this.#gatherVocabulary()
    return this.#vocabulary
  }

  decide(query: Query): Decision {
    const entrance = this.#entranceOf(query)
    if (entrance.doors === null) {
      const outcome = this.#outside(entrance.why)
      return { query, outcome, block: null, listener: null, path: [], assumes: [] }
    }
    const { doors } = entrance
    const notes: Notes = {
      assumes: new Set(this.#unknownKeys.map((key) => `${key} is no zone of the name`)),
      lookups: [],
    }
    const candidates = doors.flatMap((door) => this.#ask(requestFor(query, { door, notes })))
    return this.#decision(query, doors[0], candidates, whyOpen(doors), notes)
  }

  outcomeOf(query: Query): Outcome {
    const entrance = this.#entranceOf(query)
    if (entrance.doors === null) return this.#outside(entrance.why)
    const { doors } = entrance
    const candidates = doors.flatMap((door) => this.#ask(requestFor(query, { door, notes: null })))
    return agreed(
      candidates.map(({ reply }) => reply),
      whyOpen(doors),
    ).outcome
  }

  /** Ordinary queries all come in at one place, which is looked for once. */
  #entranceOf(query: Query): Entrance {
    if (query.server !== null) return entranceOf(this.#doors, query)
    let entrance = this.#entrances.get(query.transport)
    if (entrance === undefined) {
      entrance = entranceOf(this.#doors, query)
      this.#entrances.set(query.transport, entrance)
    }
    return entrance
  }

  /** What a query gets that no listener takes. */
  #outside(why: string): Outcome {
    const [unknownKey] = this.#unknownKeys
    return unknownKey === undefined
      ? { kind: 'dropped', reason: why }
      : { kind: 'unknown', reason: `${unknownKey} may serve it, and is not filled in` }
  }

  #decision(
    query: Query,
    door: Door,
    candidates: readonly Candidate[],
    reason: string,
    { assumes, lookups }: Notes,
  ): Decision {
    const [first] = candidates
    const served = first?.served ?? null
    const reply = agreed(
      candidates.map((candidate) => candidate.reply),
      reason,
    )
    return {
      query,
      outcome: reply.outcome,
      block: served && { key: keyText(served), at: this.#locate(served.key.at) },
      listener: door.name,
      path: first?.path ?? [],
      ...(lookups.length > 0 ? { lookups } : {}),
      assumes: [...assumes],
    }
  }

  /** Asks the block that the server chooses; several where the view depends on what nobody knows. */
  #ask(request: Request): readonly Candidate[] {
    const { door } = request.listener as Entry
    const [unknownKey] = this.#unknownKeys
    const refused = (): Candidate => ({
      served: null,
      reply:
        unknownKey === undefined
          ? returned({ kind: 'refused' })
          : unknown(`${unknownKey} may serve it, and is not filled in`),
      path: [],
    })
    if (request.class !== 'IN' && !this.#hasOtherClasses(door)) return [refused()]
    const { chosen, isCertain } = this.#choose(door, request)
    const candidates = chosen.map((served) => this.#serve(served, request))
    return isCertain ? candidates : [...candidates, refused()]
  }

  /** core/dnsserver/server.go ServeDNS: the blocks that may take a query; the last one surely does where `isCertain`. */
  #choose(door: Door, request: Request): { chosen: readonly Served[]; isCertain: boolean } {
    const name = foldCase(request.name)
    const labels = name === '.' ? ['.'] : labelStarts(name).map((start) => name.slice(start))
    const chosen: Served[] = []
    let lastOfDs: Served | null = null
    for (const zone of labels) {
      for (const served of door.zones.get(zone) ?? []) {
        if (this.#chain(served).length === 0) return { chosen: [...chosen, served], isCertain: true }
        const takes = this.#takes(served, request)
        if (takes === false) continue
        if (request.type === 'DS') {
          if (takes) lastOfDs = served
          else chosen.push(served)
          continue
        }
        chosen.push(served)
        if (takes) return { chosen, isCertain: true }
      }
    }
    // The parent's side of a zone cut answers DS: the shortest zone but the root.
    if (lastOfDs !== null) return { chosen: [...chosen, lastOfDs], isCertain: true }
    for (const served of door.zones.get('.') ?? []) {
      if (this.#chain(served).length === 0) continue
      const takes = this.#takes(served, request)
      if (takes === false) continue
      chosen.push(served)
      if (takes) return { chosen, isCertain: true }
    }
    return { chosen, isCertain: false }
  }

  #takes(served: Served, request: Request): boolean | null {
    if (!served.hasView) return true
    return viewTakes(this.#contextOf(served), request)
  }

  #serve(served: Served, request: Request): Candidate {
    const { notes } = request.listener as Entry
    const chain = this.#chain(served)
    if (chain.length === 0) return { served, reply: returned({ kind: 'refused' }), path: [] }
    const { block } = this.#contextOf(served)
    const own = served.hasView ? { ...request, view: viewName(block) } : request
    if (notes === null) return { served, reply: replyOf(chain, own), path: [] }
    const { assumes } = notes
    for (const each of missingImports(this.#servers, block)) assumes.add(each)
    const { reply, path } = runChain(chain, own, this.#locate, (what) => assumes.add(what))
    return { served, reply, path }
  }

  #chain(served: Served): readonly ChainLink[] {
    const context = this.#contextOf(served)
    let chain = this.#chains.get(context.block)
    if (chain === undefined) {
      chain = chainOf(this.#servers, context)
      this.#chains.set(context.block, chain)
    }
    return chain
  }

  /** core/dnsserver/server.go EnableChaos: for all blocks of a listener. */
  #hasOtherClasses(door: Door): boolean {
    const plugins = ['chaos', 'forward', 'proxy']
    return [...door.zones.values()].flat().some(({ block }) => plugins.some((name) => block.directives.has(name)))
  }

  #contextOf(served: Served): BlockContext {
    const block = this.#views.get(served) as BlockView
    let context = this.#contexts.get(block)
    if (context === undefined) {
      context = this.#makeContext(block)
      this.#contexts.set(block, context)
    }
    return context
  }

  #makeContext(block: BlockView): BlockContext {
    const { fileText, files, services = null, localAddresses = null } = this.#options
    const servers = this.#servers
    const rooted = (path: string, isRooted = false) => {
      const root = block.occurrences('root').at(-1)?.args[0]?.value ?? ''
      return isRooted && root !== '' && !path.startsWith('/') ? `${root.replace(/\/+$/, '')}/${path}` : path
    }
    return {
      block,
      servers,
      program: servers.program,
      since: (release) => isSince(servers.release, release),
      fileText: (path, options) => fileText?.(rooted(path, options?.rooted)),
      filesIn(directory, options) {
        const start = `${rooted(directory, options?.rooted).replace(/\/+$/, '')}/`
        return files?.filter((path) => path.startsWith(start))
      },
      services,
      // plugin/kubernetes/local.go boundIPs makes nothing of the addresses of a bind.
      localAddresses: block.served[0]?.hosts.length === 0 ? localAddresses : [],
      lookup: (request, name, type) => this.#lookup(request, name, type),
      clientIn: ({ query }, network) => this.#clientIn(query, network),
    }
  }

  #lookup(request: Request, name: string, type: string): Reply {
    const depth = request.depth + 1
    if (depth > DEEPEST_LOOKUP) return unknown('names refer to one another without end')
    const { door, notes } = request.listener as Entry
    const own: Entry = { door, notes: notes && { assumes: notes.assumes, lookups: [] } }
    const candidates = this.#ask({ ...request, name, type, depth, view: null, listener: own })
    if (notes !== null && own.notes !== null && notes.lookups.length < MOST_LOOKUPS) {
      const query = { ...request.query, name, type }
      const { lookups } = own.notes
      notes.lookups.push(this.#decision(query, door, candidates, OTHER_VIEW, { assumes: new Set(), lookups }))
    }
    return agreed(
      candidates.map((candidate) => candidate.reply),
      OTHER_VIEW,
    )
  }

  #clientIn({ client }: Query, network: Network): boolean | null {
    if (client !== null) {
      const ip = parseIp(client)
      return ip === undefined ? null : contains(network, ip)
    }
    if (this.#networks.length === 0) return null
    const lies = this.#networks.map((each) => relationOf(each, network))
    const [first] = lies
    return lies.every((lie) => lie === first) ? (first ?? null) : null
  }

  #gatherVocabulary(): Vocabulary {
    const builder = new VocabularyBuilder()
    for (const block of this.#servers.blocks) {
      for (const zone of block.zones) builder.domain(zone)
      for (const [plugin, occurrences] of block.plugins) {
        const [served] = block.served
        const model = this.#servers.program.isExternal(plugin) ? undefined : models.get(plugin)
        if (served !== undefined) model?.mention?.(occurrences, builder, this.#contextOf(served))
      }
    }
    return builder
  }
}

/** Why nobody can say what a query gets that several blocks may take. */
function whyOpen(doors: readonly Door[]): string {
  if (doors.length === 1) return OTHER_VIEW
  return `it depends on the address that is asked, and ${doors.map(({ name }) => name).join(', ')} differ`
}

/** Whether all of one network lies in the other (true), none of it (false), or some (null). */
function relationOf(inner: Network, outer: Network): boolean | null {
  if (inner.address.length !== outer.address.length) return false
  if (contains(outer, inner.address) && inner.prefix >= outer.prefix) return true
  return contains(inner, outer.address) ? null : false
}

function requestFor(query: Query, listener: Entry): Request {
  const { name, type, class: classOf } = query
  return { name, type, class: classOf, query, view: null, depth: 0, listener }
}

/** A zone and its port as people write them: `.:53`, `tls://example.org:853`. */
function keyText({ zone, port, transport }: Served): string {
  const name = zone.length > 1 && zone.endsWith('.') ? zone.slice(0, -1) : zone
  return `${transport === 'dns' ? '' : `${transport}://`}${name}:${port}`
}
