import type { Decider } from '../resolver/decision.ts'
import { distributionServer } from '../resolver/distribution-server.ts'
import type {
  DistributionLines,
  DistributionServer,
  DistributionSettings,
  DistributionZone,
} from '../sources/distribution.ts'
import type { Placed } from '../sources/source.ts'
import { type Contribution, differs, exact, nothing, sourceOf, sourceOfValue, untranslatable } from './contribution.ts'
import { line } from './corefile-line.ts'
import type { Reading } from './kube-dns/config-map.ts'
import type { CachePlan, Conflict, Fact, ForwardFact, Item } from './plan.ts'
import { refusalOf } from './refusal.ts'

/** What a translation of a distribution's settings depends on besides them. */
export interface DistributionOptions {
  /** The CoreDNS release of the result. */
  readonly release: string
  /** The cluster's domain where the settings do not say it, without a final dot. */
  readonly clusterDomain: string
  /** True for a new Corefile, which needs somebody to ask. */
  readonly isNew: boolean
  /** What counts of settings that the program of the distribution does not read; null where nobody said. */
  readonly reading: Reading
}

/** Zones and servers that a distribution keeps in a resource of its own. */
export function translateDistribution(settings: DistributionSettings, options: DistributionOptions): Contribution {
  return new DistributionTranslation(settings, options).finish()
}

/** Why stub domains of kops and RKE1 are not read beside CoreDNS. */
const NOT_READ = 'stub domains are given to kube-dns alone'

/** Why networks of RKE1 are not those of the cluster: its templates print the list as Go does, or each as the name of a domain. */
const NO_NETWORKS = {
  coredns: 'RKE writes the networks in brackets, which CoreDNS takes for a name',
  'kube-dns': 'RKE gives the networks to dnsmasq as names of domains',
  corefile: 'nobody reads the networks',
} as const

/** Directives that every result has of its own: lines for another one would be a second. */
const OF_EVERY_RESULT: ReadonlySet<string> = new Set([
  'errors',
  'health',
  'ready',
  'prometheus',
  'kubernetes',
  'hosts',
  'forward',
  'loop',
  'reload',
  'loadbalance',
])

/** Properties of `forward` that mean the same wherever they stand. */
const FORWARD_OPTIONS =
  /^(?:max_fails|expire|health_check|max_concurrent|prefer_udp|tls_servername|except|failover|next|max_age)\b/

class DistributionTranslation {
  readonly #settings: DistributionSettings
  readonly #options: DistributionOptions
  readonly #items: Item[] = []
  readonly #facts: Fact[] = []
  readonly #lost: string[] = []

  constructor(settings: DistributionSettings, options: DistributionOptions) {
    this.#settings = settings
    this.#options = options
  }

  finish(): Contribution {
    const { zones, notUnderstood } = this.#settings
    const { release, clusterDomain, reading } = this.#options
    const server = () =>
      distributionServer(this.#settings, { release, clusterDomain, asIntended: reading !== 'running' })
    const ofCoreDns = new Set(zones.flatMap((zone) => (zone.readBy === 'coredns' ? zone.zones.map(nameOf) : [])))
    for (const zone of zones) this.#zone(zone, ofCoreDns)
    this.#root()
    this.#hosts()
    this.#cluster()
    for (const lines of this.#settings.directives) this.#lines(lines, '.')
    for (const { path, range, text, why } of notUnderstood)
      this.#items.push(untranslatable(sourceOf(path, range, text), why))
    return {
      ...nothing,
      facts: this.#facts,
      items: this.#items,
      cache: this.#cache(),
      isCluster: true,
      conflicts: this.#conflicts(),
      lost: this.#lost,
      server: server() === null ? null : () => server() as Decider,
    }
  }

  #zone(zone: DistributionZone, ofCoreDns: ReadonlySet<string>): void {
    const names = zone.zones.flatMap((at) => {
      const why = whyNoZone(at.value)
      const isTwice = zone.readBy === 'node-local-dns' && ofCoreDns.has(nameOf(at))
      if (why === null && !isTwice) return [nameOf(at)]
      const other =
        'NodeLocal DNSCache asks servers of its own for it, CoreDNS those of coredns_external_zones: these count'
      this.#items.push(untranslatable(this.#at(at), why ?? other))
      return []
    })
    if (names.length === 0) return
    if (zone.readBy === 'nobody' && this.#options.reading === 'running') {
      for (const { at } of zone.servers) this.#items.push(exact(this.#at(at), `${NOT_READ}: left out`))
      return
    }
    const { policy, forcesTcp, servers, readBy } = zone
    const own = this.#forward(names, servers, policy?.value, forcesTcp, [], (at) => this.#serverItem(at, readBy))
    const [first] = names
    if (own.length === 0 || first === undefined) return
    if (zone.cache !== undefined) this.#zoneCache(names, zone.cache)
    for (const lines of zone.directives) for (const name of names) this.#lines(lines, name)
  }

  #serverItem(at: Placed, readBy: DistributionZone['readBy']): Item {
    const source = this.#at(at)
    if (readBy === 'coredns') return exact(source, 'a server block of its own')
    if (readBy === 'node-local-dns')
      return exact(
        source,
        'a server block of its own',
        'NodeLocal DNSCache goes on asking this server itself as long as its own Corefile has the zone',
      )
    return exact(source, `a server block of its own, as it was meant: ${NOT_READ}`)
  }

  /** Settings that CoreDNS does not get as they are meant. */
  #conflicts(): Conflict[] {
    if (this.#options.reading !== null) return []
    const { zones, reverseCidrs } = this.#settings
    const unread = zones.filter(({ readBy }) => readBy === 'nobody')
    const reverse: Conflict = {
      code: 'reverse-cidrs-not-read',
      message: `${NO_NETWORKS[this.#settings.program]}: reverse names are asked of the servers for all names today`,
      places: reverseCidrs.map((at) => this.#at(at)),
      choices: [
        { accept: '--as-running', effect: 'ask the servers for all names, as today' },
        { accept: '--as-intended', effect: 'let the cluster answer them from now on' },
      ],
    }
    return [...(reverseCidrs.length > 0 ? [reverse] : []), ...(unread.length > 0 ? [this.#unreadStubs(unread)] : [])]
  }

  #unreadStubs(unread: readonly DistributionZone[]): Conflict {
    return {
      code: 'stub-domains-not-read',
      message: `${NOT_READ}, and CoreDNS is installed: names in them are asked of the servers for all names today`,
      places: unread.flatMap(({ zones }) => zones.map((at) => this.#at(at))),
      choices: [
        { accept: '--as-running', effect: 'ask the servers for all names, as today' },
        { accept: '--as-intended', effect: 'ask the servers of the stub domains from now on' },
      ],
    }
  }

  #zoneCache(names: readonly string[], { value, range }: Placed<number>): void {
    const source = sourceOf(this.#settings.path, range, `cache: ${value}`)
    if (value < 1) {
      this.#items.push(
        untranslatable(source, 'CoreDNS does not start with cache 0: the seconds of the other blocks are taken'),
      )
      return
    }
    const item = exact(source, `cache ${value}`)
    this.#items.push(item)
    for (const zone of names)
      this.#facts.push({ kind: 'directive', zone, plugin: 'cache', lines: [`cache ${value}`], items: [item] })
  }

  #root(): void {
    const { upstreams, upstreamPolicy, forcesTcp, forwardOptions } = this.#settings
    const options: Item[] = []
    const lines = forwardOptions.flatMap((at) => {
      const isKnown = FORWARD_OPTIONS.test(at.value)
      const why = isKnown
        ? refusalOf(`forward . 192.0.2.1 {\n${at.value}\n}`, this.#options.release)
        : 'it is no property of forward that is known here'
      const item = why === null ? exact(this.#at(at), 'forward .') : untranslatable(this.#at(at), why)
      this.#items.push(item)
      if (why === null) options.push(item)
      return why === null ? [at.value] : []
    })
    const item = (at: Placed) => exact(this.#at(at), 'forward .')
    const own = this.#forward(['.'], upstreams, upstreamPolicy?.value, forcesTcp, lines, item, options)
    if (own.length > 0 || (lines.length === 0 && !this.#options.isNew)) return
    const fact = { kind: 'forward', zones: ['.'], to: ['/etc/resolv.conf'], view: null, items: options, lines } as const
    this.#facts.push({ ...fact, policy: policyOf(upstreamPolicy?.value) })
  }

  #forward(
    zones: readonly string[],
    servers: readonly DistributionServer[],
    policy: string | undefined,
    forcesTcp: boolean,
    more: readonly string[],
    itemOf: (at: Placed) => Item,
    itemsOfMore: readonly Item[] = [],
  ): readonly Item[] {
    if (servers.length === 0) return []
    const items = servers.map(({ at }) => itemOf(at))
    this.#items.push(...items)
    const names = [...new Set(servers.flatMap(({ serverName }) => serverName ?? []))]
    const lines = [
      ...(names.length === 1 ? [line('tls_servername', names[0] ?? '')] : []),
      ...(policyOf(policy) === 'round_robin' && servers.length > 1 ? ['policy round_robin'] : []),
      ...(forcesTcp ? ['force_tcp'] : []),
      ...more,
    ]
    const to = [
      ...new Set(
        servers.map(({ written, protocol }) =>
          protocol === 'tls' && !written.startsWith('tls://') ? `tls://${written}` : written,
        ),
      ),
    ]
    const fact: ForwardFact = {
      kind: 'forward',
      zones,
      to,
      policy: policyOf(policy),
      lines,
      view: null,
      items: [...items, ...itemsOfMore],
    }
    this.#facts.push(fact)
    return items
  }

  #hosts(): void {
    for (const { address, names } of this.#settings.hosts) {
      const item = differs(
        this.#at(address),
        ['D-HOSTS-OTHER'],
        'hosts: other types than A and AAAA are not asked upstream',
      )
      this.#items.push(item)
      const lower = names.map(({ value }) => value.toLowerCase().replace(/\.$/, ''))
      const fact = { kind: 'host', names: lower, hasReverse: true, comment: null, items: [item] } as const
      this.#facts.push({ ...fact, address: address.value })
    }
  }

  /** The cluster, where the settings say something of it; else a result has what every cluster has. */
  #cluster(): void {
    const { clusterDomain, reverseCidrs, withoutReverse, clusterOptions } = this.#settings
    const items: Item[] = []
    if (clusterDomain !== undefined) items.push(exact(this.#at(clusterDomain), 'the zone of kubernetes'))
    const isRunning = this.#options.reading === 'running'
    for (const cidr of reverseCidrs)
      items.push(
        exact(
          this.#at(cidr),
          isRunning
            ? `${NO_NETWORKS[this.#settings.program]}: left out`
            : `a reverse zone of kubernetes, as it was meant: ${NO_NETWORKS[this.#settings.program]}`,
        ),
      )
    if (withoutReverse !== undefined) items.push(exact(this.#at(withoutReverse), 'kubernetes without reverse zones'))
    const lines = clusterOptions.flatMap((at) => {
      const isSet = /^(?:pods|ttl|fallthrough)\b/.test(at.value)
      const why = isSet
        ? 'kubernetes of the result has it already: change it there'
        : refusalOf(`kubernetes {\n${at.value}\n}`, this.#options.release)
      const item = why === null ? exact(this.#at(at), 'a property of kubernetes') : untranslatable(this.#at(at), why)
      this.#items.push(item)
      if (why === null) items.push(item)
      return why === null ? [at.value] : []
    })
    this.#items.push(...items)
    if (items.length === 0) return
    const usual = withoutReverse === undefined ? ['in-addr.arpa', 'ip6.arpa'] : []
    this.#facts.push({
      kind: 'cluster',
      domain: clusterDomain?.value.replace(/\.$/, '') ?? this.#options.clusterDomain,
      reverseZones: reverseCidrs.length === 0 ? usual : isRunning ? [] : reverseCidrs.map(({ value }) => value),
      reverseFallsThrough: true,
      lines,
      items,
    })
  }

  /** Lines of a Corefile as directives of a block, where the release takes them. */
  #lines({ text, at }: DistributionLines, zone: string): void {
    const source = this.#at(at)
    const directives = directivesOf(text)
    const own = directives.map(({ plugin }) => plugin).filter((plugin) => OF_EVERY_RESULT.has(plugin))
    const why =
      own.length > 0
        ? `${own.join(', ')} of the result would be there twice: put the lines together by hand`
        : refusalOf(`kubernetes cluster.local\nforward . /etc/resolv.conf\n${text}`, this.#options.release)
    const note = `${[...new Set(directives.map(({ plugin }) => plugin))].join(', ')} of ${zone === '.' ? 'the block of all names' : zone}`
    const item = why === null ? exact(source, note) : untranslatable(source, why)
    this.#items.push(item)
    if (why !== null) {
      this.#lost.push(...namesIn(text))
      return
    }
    for (const { plugin, lines } of directives)
      this.#facts.push({ kind: 'directive', zone, plugin, lines, items: [item] })
  }

  #cache(): CachePlan | null {
    const { cache, system } = this.#settings
    if (cache === undefined) return null
    const items = cache.from.map((at) => exact(this.#at(at), 'cache'))
    this.#items.push(...items)
    const lines = system === 'openshift' ? [`denial 9984 ${cache.negative}`] : []
    return { seconds: cache.positive, lines, items, secondsItems: items }
  }

  #at(at: Placed): ReturnType<typeof sourceOfValue> {
    return sourceOfValue(this.#settings.path, at)
  }
}

function policyOf(word: string | undefined): ForwardFact['policy'] {
  return word === 'sequential' || word === 'round_robin' ? word : 'random'
}

/** A zone without what else its word may have. */
function nameOf({ value }: Placed): string {
  return (
    value
      .replace(/^dns:\/\//i, '')
      .replace(/:53$/, '')
      .replace(/\.$/, '')
      .toLowerCase() || '.'
  )
}

/** Why a word is no zone that the block of the result can have, in a sentence without a full stop; null where it is one. */
function whyNoZone(word: string): string | null {
  const scheme = /^([a-z]+):\/\//i.exec(word)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'dns')
    return `a server block for ${scheme} needs a certificate (tls): write it by hand`
  const port = /:(\d+)$/.exec(word)?.[1]
  return port === undefined || port === '53'
    ? null
    : `a server on port ${port} is not asked by pods: write the block by hand`
}

/** The names that lines speak of, with all below, as `lost` has them. */
function namesIn(lines: string): string[] {
  const words = lines.toLowerCase().match(/(?<![^\s.])[\w-]+(?:\.[\w-]+)+\.?(?!\S)/g) ?? []
  return words.map((word) => `*.${word.replace(/\.$/, '')}.`)
}

/** The directives of a stretch of a server block: a line that stands outside of braces begins one. */
function directivesOf(text: string): { readonly plugin: string; readonly lines: readonly string[] }[] {
  const directives: { plugin: string; lines: string[] }[] = []
  let depth = 0
  for (const line of text.split(/\r?\n/)) {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#')) continue
    if (depth === 0) directives.push({ plugin: bare.split(/\s/)[0] ?? '', lines: [bare] })
    else directives.at(-1)?.lines.push(bare === '}' && depth === 1 ? bare : `    ${bare}`)
    if (/(?:^|\s)\{$/.test(bare)) depth++
    else if (bare === '}') depth--
  }
  return directives
}
