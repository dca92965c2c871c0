import type { DnsmasqOption, DnsmasqReverseServer } from '../../sources/dnsmasq.ts'
import { zonesOf } from '../../values/zone.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { Conflict, Fact, ForwardFact, Item } from '../plan.ts'
import { AddressRules, denialOf } from './addresses.ts'
import { type DnsmasqContext, isTarget, isVersion, sourceOfOption } from './context.ts'
import { type DomainRule, ServerRules } from './server-rules.ts'
import { Upstreams } from './upstreams.ts'

/** What the options about other servers, local domains and addresses come to. */
export interface RoutingTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
}

/** Reverse zones that people name for the cluster; `in6.arpa` is a slip of the finger that many manifests carry. */
const REVERSE = ['in-addr.arpa', 'ip6.arpa']

/** Translates `--server`, `--local`, `--rev-server`, `--address`, `--strict-order`, `--resolv-file` and `--no-resolv`, which only together say who is asked. */
export function translateRouting(options: readonly DnsmasqOption[], context: DnsmasqContext): RoutingTranslation {
  const routing = new Routing(options, context)
  routing.read()
  return { facts: routing.facts(), items: routing.items, conflicts: routing.conflicts }
}

class Routing {
  readonly items: Item[] = []
  readonly conflicts: Conflict[]
  readonly #options: readonly DnsmasqOption[]
  readonly #context: DnsmasqContext
  readonly #upstreams: Upstreams
  readonly #servers: ServerRules
  readonly #addresses: AddressRules
  readonly #facts: Fact[] = []
  /** What counts in place of /etc/resolv.conf: the last `--resolv-file`. */
  #file: { readonly path: string; readonly item: Item } | null = null

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext) {
    this.#options = options
    this.#context = context
    this.#upstreams = new Upstreams(options, context)
    this.#servers = new ServerRules(options, context, this.#upstreams)
    this.#addresses = new AddressRules(options, context)
    this.conflicts = this.#upstreams.conflicts
  }

  read(): void {
    for (const option of this.#options) {
      const { value } = option
      if (value.type === 'server') this.items.push(...this.#servers.read(option, value))
      else if (value.type === 'rev-server') this.items.push(this.#servers.readNetwork(option, value))
      else if (value.type === 'address') this.items.push(this.#addresses.read(option, value))
    }
  }

  facts(): Fact[] {
    this.#facts.push(...this.#servers.facts)
    this.#readSimple()
    this.#addCluster()
    this.#addDefaults()
    this.#addZones()
    for (const { rule, item } of this.#servers.networks) {
      const to = rule.to === 'default' || rule.to === 'none' ? rule.to : this.#upstreams.endpoint(rule.to)?.text
      if (to === 'none') this.#facts.push(...this.#denyNetwork(rule, item))
      else if (to !== undefined)
        this.#forward([`${rule.address}/${rule.prefix}`], to === 'default' ? to : [to], [], [item])
    }
    this.#addAddresses()
    return this.#facts
  }

  #denyNetwork({ address, prefix }: DnsmasqReverseServer, item: Item): Fact[] {
    const zones = zonesOf(`${address}/${prefix}`, this.#context.release)
    return zones.map((zone) => denialOf(zone.replace(/\.$/, ''), [item], this.#context))
  }

  /** Options that need no domains. */
  #readSimple(): void {
    for (const option of this.#options) {
      const source = sourceOfOption(option)
      if (option.name === 'no-resolv') {
        const item = exact(source, '/etc/resolv.conf is not among the servers')
        this.items.push(item)
        this.#facts.push({ kind: 'setting', setting: 'no-resolver', items: [item] })
      } else if (option.name === 'strict-order') {
        const isReversed = !isVersion(this.#context, '2.86')
        this.items.push(
          differs(
            source,
            ['D-POLICY', 'D-ERR'],
            `policy sequential${isReversed ? `, in reverse: dnsmasq ${this.#context.version} tries the last --server first` : ''}`,
          ),
        )
      } else if (option.name === 'all-servers') {
        this.items.push(
          untranslatable(
            source,
            'CoreDNS asks one server after another; asking all at once needs the external plugin fanout',
          ),
        )
      } else if (option.name === 'resolv-file') this.#readFile(option)
    }
  }

  /** option.c: an empty `--resolv-file` alone is none, not even /etc/resolv.conf. */
  get #hasNoFile(): boolean {
    return this.#file === null && this.#has('resolv-file')
  }

  #readFile(option: DnsmasqOption): void {
    const source = sourceOfOption(option)
    const path = option.argument?.value ?? ''
    const item =
      path === ''
        ? exact(source, 'takes /etc/resolv.conf away and names nothing for it: no file behind forward')
        : this.#has('no-resolv')
          ? exact(source, 'no-resolv keeps dnsmasq from reading it: nothing to write')
          : exact(source, 'forward . with that file')
    this.items.push(item)
    if (path !== '') this.#file = { path: path.startsWith('/') ? path : `./${path}`, item }
  }

  #has(name: string): boolean {
    return this.#options.some((option) => option.name === name)
  }

  #addCluster(): void {
    const { clusterDomain } = this.#context
    if (clusterDomain === null) return
    const own = this.#servers.domains.filter(({ to }) => typeof to !== 'string' && this.#upstreams.isKubedns(to))
    const named = own.map(({ domain }) => domain)
    const asksAll = this.#servers.asksKubednsForAll !== null
    const reverseZones = asksAll ? REVERSE : REVERSE.filter((zone) => named.includes(zone))
    this.#facts.push({
      kind: 'cluster',
      domain: clusterDomain,
      reverseZones,
      reverseFallsThrough: true,
      lines: [],
      items: this.#servers.clusterItems,
    })
    for (const { domain, item } of own) {
      const isKnown =
        domain === clusterDomain.toLowerCase() || REVERSE.includes(domain) || /^in6\.arpa$|apra$/.test(domain)
      // Names that kubedns does not own go on to its own upstreams.
      if (!isKnown) this.#forward([domain], this.#context.kubednsUpstreams, [], [item])
    }
  }

  #addDefaults(): void {
    const usesFile = !this.#has('no-resolv') && !this.#hasNoFile
    const isStrict = this.#has('strict-order')
    const kubedns = this.#servers.asksKubednsForAll !== null
    if (kubedns && this.#servers.defaults.length > 0) this.#reportMixed()
    const written =
      isStrict && !isVersion(this.#context, '2.86') ? this.#servers.defaults.toReversed() : this.#servers.defaults
    const to = [...new Set(written.map(({ text }) => text))]
    const ofKubedns = kubedns && to.length === 0
    if (ofKubedns) to.push(...this.#context.kubednsUpstreams)
    if (usesFile && !kubedns) to.push(this.#file?.path ?? '/etc/resolv.conf')
    if (to.length === 0) return
    const failover = isStrict && isTarget(this.#context, '1.13.0') && to.length > 1
    const lines = [
      ...new Set(written.flatMap((one) => one.lines)),
      ...(failover ? [`failover ${isVersion(this.#context, '2.80') ? 'SERVFAIL REFUSED' : 'REFUSED'}`] : []),
      ...this.#limit(),
    ]
    const ofFile = usesFile && !kubedns && this.#file !== null ? [this.#file.item] : []
    const items = ofKubedns ? this.#servers.clusterItems : [...written.map(({ item }) => item), ...ofFile]
    this.#facts.push({
      kind: 'forward',
      zones: ['.'],
      to,
      policy: isStrict ? 'sequential' : 'random',
      lines,
      view: null,
      items,
    })
  }

  #limit(): string[] {
    if (!isTarget(this.#context, '1.6.9')) return []
    const limit = this.#options.find(({ name }) => name === 'dns-forward-max')
    if (limit?.value.type === 'number') return [`max_concurrent ${limit.value.number.value}`]
    return this.#context.clusterDomain === null ? [] : ['max_concurrent 1000']
  }

  /** kubedns beside other servers for all names: which of them is asked is chance. */
  #reportMixed(): void {
    const item = this.#servers.asksKubednsForAll
    if (item === null) return
    this.conflicts.push({
      code: 'kubedns-among-others',
      message:
        'dnsmasq treats kubedns and the other servers as equals, so names of the cluster are asked of either: answers today are chance',
      places: [item.source, ...this.#servers.defaults.map((one) => one.item.source)],
      choices: [
        {
          accept: 'kubedns-among-others',
          effect: 'the cluster answers its own names, the other servers everything else',
        },
      ],
    })
  }

  /** One server block for the domains of one option, as long as they have the same servers. */
  #addZones(): void {
    const byDomain = new Map<string, DomainRule[]>()
    for (const rule of this.#servers.domains) {
      if (typeof rule.to !== 'string' && this.#upstreams.isKubedns(rule.to)) continue
      byDomain.set(rule.domain, [...(byDomain.get(rule.domain) ?? []), rule])
    }
    const cluster = this.#context.clusterDomain?.toLowerCase()
    const groups = new Map<string, { zones: string[]; rules: DomainRule[] }>()
    for (const [domain, rules] of byDomain) {
      if (domain === cluster) {
        this.#reportClusterStub(rules)
        continue
      }
      const id = rules.map(({ option }) => `${option.path} ${option.range.start}`).join(',')
      const group = groups.get(id)
      if (group === undefined) groups.set(id, { zones: [domain], rules })
      else group.zones.push(domain)
    }
    for (const { zones, rules } of groups.values()) this.#addZone(zones, rules)
  }

  #reportClusterStub(rules: readonly DomainRule[]): void {
    this.conflicts.push({
      code: 'stub-is-cluster-domain',
      message: `${this.#context.clusterDomain} is asked of kubedns and of another server at once: whoever replies first answers`,
      places: rules.map(({ item }) => item.source),
      choices: [
        {
          accept: 'stub-is-cluster-domain',
          effect: 'the cluster answers all names of its domain, the other server none',
        },
      ],
    })
  }

  #addZone(zones: readonly string[], rules: readonly DomainRule[]): void {
    const items = rules.map(({ item }) => item)
    const servers = rules.flatMap(({ to }) => (typeof to === 'string' ? [] : [to]))
    const isLocal = rules.some(({ to }) => to === 'none')
    // Of a local domain with servers as well, older releases ask nobody.
    if (isLocal && (servers.length === 0 || !isVersion(this.#context, '2.86'))) {
      for (const domain of zones) this.#facts.push(denialOf(domain, items, this.#context))
      return
    }
    const isStrict = this.#has('strict-order')
    const ordered = isStrict && !isVersion(this.#context, '2.86') ? servers.toReversed() : servers
    const endpoints = ordered.flatMap((server) => this.#upstreams.endpoint(server) ?? [])
    const to = [...new Set(endpoints.map(({ text }) => text))]
    const lines = [...new Set(endpoints.flatMap((endpoint) => endpoint.lines))]
    if (to.length === 0) this.#forward(zones, 'default', lines, items)
    else this.#forward(zones, to, lines, items, isStrict)
  }

  #forward(
    zones: readonly string[],
    to: ForwardFact['to'],
    lines: readonly string[],
    items: readonly Item[],
    isStrict = false,
  ): void {
    this.#facts.push({
      kind: 'forward',
      zones,
      to,
      policy: isStrict ? 'sequential' : 'random',
      lines,
      view: null,
      items,
    })
  }

  #addAddresses(): void {
    for (const fact of this.#addresses.facts()) {
      // Beside an address releases before 2.86 have no data for all other types, local domain or not.
      if (fact.kind === 'address' && !isVersion(this.#context, '2.86')) this.#dropDenial(fact.domain)
      this.#facts.push(fact)
    }
  }

  #dropDenial(domain: string): void {
    const at = this.#facts.findIndex((fact) => fact.kind === 'deny' && fact.domain === domain)
    if (at !== -1) this.#facts.splice(at, 1)
  }
}
