import type {
  DnsmasqAddressRule,
  DnsmasqDomain,
  DnsmasqOption,
  DnsmasqReverseServer,
  DnsmasqServer,
  DnsmasqServerRule,
} from '../../sources/dnsmasq.ts'
import { zonesOf } from '../../values/zone.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { AddressFact, Conflict, DenyFact, Fact, ForwardFact, Item } from '../plan.ts'
import { type DnsmasqContext, isTarget, isVersion, sourceOfOption } from './context.ts'

/** What the options about other servers, local domains and addresses come to. */
export interface RoutingTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
}

/** A rule for one domain: who is asked, and which option says so. */
interface DomainRule {
  readonly domain: string
  readonly to: DnsmasqServer | 'default' | 'none'
  readonly option: DnsmasqOption
  readonly item: Item
}

interface AddressRule {
  readonly domain: string
  readonly to: DnsmasqAddressRule['to']
  readonly item: Item
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
  readonly conflicts: Conflict[] = []
  readonly #options: readonly DnsmasqOption[]
  readonly #context: DnsmasqContext
  readonly #rules: DomainRule[] = []
  readonly #addresses: AddressRule[] = []
  readonly #reverse: { rule: DnsmasqReverseServer; item: Item }[] = []
  /** Servers for all names, in the order of the options. */
  readonly #defaults: { text: string; lines: readonly string[]; item: Item }[] = []
  readonly #facts: Fact[] = []
  readonly #clusterItems: Item[] = []
  #asksKubednsForAll: Item | null = null

  /** How many servers each domain has, '' for all names: with several dnsmasq chooses otherwise than CoreDNS. */
  readonly #serversOf = new Map<string, number>()

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext) {
    this.#options = options
    this.#context = context
    for (const { value } of options) {
      if (value.type !== 'server' || typeof value.to === 'string' || this.#isKubedns(value.to)) continue
      const domains = value.domains.length === 0 ? [''] : value.domains.map(({ name }) => name.toLowerCase())
      for (const domain of domains) this.#serversOf.set(domain, (this.#serversOf.get(domain) ?? 0) + 1)
    }
  }

  read(): void {
    for (const option of this.#options) {
      const { value } = option
      if (value.type === 'server') this.#readServer(option, value)
      else if (value.type === 'rev-server') this.#readReverse(option, value)
      else if (value.type === 'address') this.#readAddress(option, value)
    }
  }

  facts(): Fact[] {
    this.#readSimple()
    this.#addCluster()
    this.#addDefaults()
    this.#addZones()
    for (const { rule, item } of this.#reverse) {
      const to = rule.to === 'default' || rule.to === 'none' ? rule.to : this.#endpoint(rule.to)?.text
      if (to === 'none') this.#facts.push(...this.#denyNetwork(rule, item))
      else if (to !== undefined)
        this.#forward([`${rule.address}/${rule.prefix}`], to === 'default' ? to : [to], [], [item])
    }
    this.#addAddresses()
    return this.#facts
  }

  #note(item: Item): Item {
    this.items.push(item)
    return item
  }

  #readServer(option: DnsmasqOption, rule: DnsmasqServerRule): void {
    const source = sourceOfOption(option)
    if (rule.domains.length === 0) {
      if (typeof rule.to === 'string') {
        this.#note(exact(source, 'names no server: nothing to do'))
        return
      }
      if (this.#isKubedns(rule.to)) {
        const item = this.#note(
          exact(source, 'the hop to kubedns goes away: kubernetes and forward answer in its place'),
        )
        this.#asksKubednsForAll = item
        this.#clusterItems.push(item)
        return
      }
      const endpoint = this.#endpoint(rule.to)
      if (endpoint === null) this.#noteUnresolved(option, rule.to)
      else this.#defaults.push({ ...endpoint, item: this.#note(this.#serverItem(option, rule.to, 'forward .')) })
      return
    }
    const [first] = rule.domains
    if (first !== undefined && typeof rule.to !== 'string' && this.#isKubedns(rule.to)) {
      const item = this.#note(this.#clusterItem(option, rule.domains))
      this.#clusterItems.push(item)
      for (const { name } of rule.domains) this.#rules.push({ domain: name.toLowerCase(), to: rule.to, option, item })
      return
    }
    const endpoint = typeof rule.to === 'string' ? null : this.#endpoint(rule.to)
    if (typeof rule.to !== 'string' && endpoint === null) {
      this.#noteUnresolved(option, rule.to)
      return
    }
    const special = rule.domains.find(({ match }) => match !== 'below')
    if (special !== undefined && rule.domains.length === 1) {
      this.#readPattern(option, rule, special, endpoint)
      return
    }
    const item = this.#note(
      rule.to === 'none'
        ? exact(source, 'names there that nothing else here knows do not exist: template with rcode NXDOMAIN')
        : rule.to === 'default'
          ? exact(source, 'a server block of its own that asks the servers for all names')
          : this.#serverItem(option, rule.to, 'a server block of its own'),
    )
    for (const { name, match } of rule.domains) {
      if (match === 'below') this.#rules.push({ domain: name.toLowerCase(), to: rule.to, option, item })
    }
  }

  /** A server as it stands behind `forward .`; null for a name whose address nobody gave. */
  #endpoint({ host, port, isName, via }: DnsmasqServer): { text: string; lines: readonly string[] } | null {
    const address = isName ? this.#context.addressesOf.get(host.toLowerCase()) : host
    if (address === undefined) return null
    const isV6 = address.includes(':')
    const text = port === 53 ? address : isV6 ? `[${address}]:${port}` : `${address}:${port}`
    const from = via.find(({ value }) => /[.:]/.test(value))
    const lines =
      from !== undefined && isTarget(this.#context, '1.14.6') ? [`source_address ${from.value.split('#')[0]}`] : []
    return { text, lines }
  }

  #serverItem(option: DnsmasqOption, server: DnsmasqServer, where: string): Item {
    const source = sourceOfOption(option)
    const lost = server.via.filter(({ value }) => !/[.:]/.test(value) || !isTarget(this.#context, '1.14.6'))
    if (lost.length > 0) {
      const via = lost.map(({ value }) => value).join(', ')
      return untranslatable(source, `the server goes to ${where}, but forward cannot send queries over ${via}`)
    }
    if (server.isName)
      return differs(
        source,
        ['D-POLICY'],
        `${where}, with the address that was given for ${server.host}: later changes of it are not followed`,
      )
    const domains = option.value.type === 'server' ? option.value.domains.map(({ name }) => name.toLowerCase()) : []
    const isOneOfSeveral = (domains.length === 0 ? [''] : domains).some(
      (domain) => (this.#serversOf.get(domain) ?? 0) > 1,
    )
    return isOneOfSeveral
      ? differs(source, ['D-POLICY'], `${where}, one of several: CoreDNS asks one of them at random`)
      : exact(source, where)
  }

  #noteUnresolved(option: DnsmasqOption, { host }: DnsmasqServer): void {
    const source = sourceOfOption(option)
    this.#note(
      untranslatable(
        source,
        `the server is given by name, and nobody gave the address of ${host}: nothing was written for it`,
      ),
    )
    this.conflicts.push({
      code: 'server-by-name',
      message: `${host} is a name; CoreDNS needs an address (releases before 1.14.4 do not start with a name, later ones fail to start when it does not resolve)`,
      places: [source],
      choices: [
        {
          accept: 'server-by-name',
          effect: `leave it out: names that ${host} answers today are then asked of the other servers`,
        },
      ],
    })
  }

  #isKubedns({ host, port }: DnsmasqServer): boolean {
    const { kubednsPort } = this.#context
    return kubednsPort !== null && port === kubednsPort && /^(?:127\.|::1$|localhost$)/.test(host)
  }

  #clusterItem(option: DnsmasqOption, domains: readonly DnsmasqDomain[]): Item {
    const source = sourceOfOption(option)
    const typo = domains.find(({ name }) => /^(?:in6\.arpa|in-addr\.apra|ip6\.apra)$/i.test(name))
    if (typo === undefined) return exact(source, 'the cluster answers it: kubernetes')
    return exact(
      source,
      `"${typo.name}" is no reverse zone, so the reverse names of IPv6 never reached kubedns, and do not here`,
      `add ip6.arpa to the kubernetes line if reverse names of IPv6 should work`,
    )
  }

  #readPattern(
    option: DnsmasqOption,
    rule: DnsmasqServerRule,
    { name, match }: DnsmasqDomain,
    endpoint: { text: string; lines: readonly string[] } | null,
  ): void {
    const source = sourceOfOption(option)
    if (match === 'every') {
      const item = this.#note(exact(source, 'the same as a server without a domain: forward .'))
      if (endpoint !== null) this.#defaults.push({ ...endpoint, item })
    } else if (match === 'single') this.#readSingle(option, rule, endpoint)
    else if (!isVersion(this.#context, '2.86')) {
      this.#note(
        exact(source, `dnsmasq ${this.#context.version} has no patterns: it never matches, and nothing is written`),
      )
    } else if (match === 'suffix') {
      this.#note(
        untranslatable(
          source,
          `CoreDNS chooses servers by whole labels: names that only end in "${name}" cannot have their own`,
        ),
      )
    } else {
      const item = this.#note(
        differs(
          source,
          ['D-POLICY'],
          `a server block for ${name}, which takes ${name} itself along: dnsmasq asks only for names below it`,
        ),
      )
      this.#rules.push({ domain: name.toLowerCase(), to: rule.to, option, item })
    }
  }

  /** Names without a dot. */
  #readSingle(
    option: DnsmasqOption,
    rule: DnsmasqServerRule,
    endpoint: { text: string; lines: readonly string[] } | null,
  ): void {
    const source = sourceOfOption(option)
    if (rule.to === 'default') {
      this.#note(exact(source, 'names without a dot are asked of the servers for all names, as they are anyway'))
    } else if (rule.to === 'none') {
      const item = this.#note(exact(source, 'names without a dot that nothing else here knows do not exist'))
      this.#facts.push({
        kind: 'template',
        zone: '.',
        covers: 'single-label',
        rank: 79,
        lines: ['template IN ANY . {', '    match "^[^.]+\\.$"', '    rcode NXDOMAIN', '    fallthrough', '}'],
        items: [item],
      })
    } else if (isVersion(this.#context, '2.86') && !this.#hasDefaults) {
      this.#note(exact(source, 'dnsmasq asks it only beside servers for all names, and there are none'))
    } else if (endpoint !== null && isTarget(this.#context, '1.10.0')) {
      const item = this.#note(
        exact(source, 'a server block in front of the one for all names, with a view for names without a dot'),
      )
      const view = { name: 'single', expression: "name() matches '^[^.]+\\\\.$'", covers: 'single-label' } as const
      this.#facts.push({
        kind: 'forward',
        zones: ['.'],
        to: [endpoint.text],
        policy: 'random',
        lines: endpoint.lines,
        view,
        items: [item],
      })
    } else {
      this.#note(
        untranslatable(
          source,
          `servers for names without a dot need a view, which CoreDNS has since 1.10.0, not ${this.#context.release}`,
        ),
      )
    }
  }

  #readReverse(option: DnsmasqOption, rule: DnsmasqReverseServer): void {
    const source = sourceOfOption(option)
    if (typeof rule.to !== 'string' && this.#endpoint(rule.to) === null) this.#noteUnresolved(option, rule.to)
    else if (typeof rule.to !== 'string' && this.#isKubedns(rule.to)) {
      this.#clusterItems.push(this.#note(exact(source, 'the cluster answers reverse names: kubernetes')))
    } else {
      const network = `${rule.address}/${rule.prefix}`
      const item = this.#note(
        exact(
          source,
          rule.to === 'none'
            ? `reverse names of ${network} that nothing else here knows do not exist: template with rcode NXDOMAIN`
            : `a server block with the network ${network} as key`,
        ),
      )
      this.#reverse.push({ rule, item })
    }
  }

  #denyNetwork({ address, prefix }: DnsmasqReverseServer, item: Item): Fact[] {
    const zones = zonesOf(`${address}/${prefix}`, this.#context.release)
    return zones.map((zone) => this.#deny(zone.replace(/\.$/, ''), [item]))
  }

  #readAddress(option: DnsmasqOption, rule: DnsmasqAddressRule): void {
    const source = sourceOfOption(option)
    if (rule.domains.some(({ match }) => match === 'every') && this.#context.version === '2.86') {
      this.#note(exact(source, 'dnsmasq 2.86 ignores an address for all names: nothing is written'))
      return
    }
    if (rule.domains.some(({ match }) => match === 'single' || match === 'suffix' || match === 'subdomains')) {
      this.#note(untranslatable(source, 'an address for a pattern of names is not translated'))
      return
    }
    const item = this.#note(this.#addressItem(option, rule))
    for (const { name, match } of rule.domains) {
      const domain = match === 'every' ? '.' : name.toLowerCase()
      this.#addresses.push({ domain, to: rule.to, item })
    }
  }

  #addressItem(option: DnsmasqOption, rule: DnsmasqAddressRule): Item {
    const source = sourceOfOption(option)
    if (rule.to === 'none')
      return exact(source, 'names there that nothing else here knows do not exist: template with rcode NXDOMAIN')
    const codes = ['D-TTL']
    if (!isVersion(this.#context, '2.86'))
      return differs(source, codes, 'templates for the domain and everything below; other types have no data')
    if (isTarget(this.#context, '1.11.2')) {
      return differs(
        source,
        codes,
        'a template for the domain and everything below; other types are asked upstream, and their NXDOMAIN becomes no data',
      )
    }
    return differs(
      source,
      ['D-TTL', 'D-HOSTS-OTHER'],
      `templates for the domain and everything below; other types have no data, as CoreDNS ${this.#context.release} cannot change the rcode of a reply`,
    )
  }

  /** Options that need no domains. */
  #readSimple(): void {
    for (const option of this.#options) {
      const source = sourceOfOption(option)
      if (option.name === 'no-resolv') this.#note(exact(source, '/etc/resolv.conf is not among the servers'))
      else if (option.name === 'strict-order') {
        const isReversed = !isVersion(this.#context, '2.86')
        this.#note(
          differs(
            source,
            ['D-POLICY', 'D-ERR'],
            `policy sequential${isReversed ? `, in reverse: dnsmasq ${this.#context.version} tries the last --server first` : ''}`,
          ),
        )
      } else if (option.name === 'all-servers') {
        this.#note(
          untranslatable(
            source,
            'CoreDNS asks one server after another; asking all at once needs the external plugin fanout',
          ),
        )
      } else if (option.name === 'resolv-file') this.#note(exact(source, 'forward . with that file'))
    }
  }

  get #hasDefaults(): boolean {
    const named = this.#options.some(
      ({ value }) =>
        value.type === 'server' &&
        typeof value.to !== 'string' &&
        (value.domains.length === 0 || value.domains.some(({ match }) => match === 'every')),
    )
    return named || !this.#has('no-resolv')
  }

  #has(name: string): boolean {
    return this.#options.some((option) => option.name === name)
  }

  #addCluster(): void {
    const { clusterDomain } = this.#context
    if (clusterDomain === null) return
    const own = this.#rules.filter(({ to }) => typeof to !== 'string' && this.#isKubedns(to))
    const named = own.map(({ domain }) => domain)
    const asksAll = this.#asksKubednsForAll !== null
    const reverseZones = asksAll ? REVERSE : REVERSE.filter((zone) => named.includes(zone))
    this.#facts.push({
      kind: 'cluster',
      domain: clusterDomain,
      reverseZones,
      reverseFallsThrough: true,
      lines: [],
      items: this.#clusterItems,
    })
    for (const { domain, item } of own) {
      const isKnown =
        domain === clusterDomain.toLowerCase() || REVERSE.includes(domain) || /^in6\.arpa$|apra$/.test(domain)
      // Names that kubedns does not own go on to its own upstreams.
      if (!isKnown) this.#forward([domain], this.#context.kubednsUpstreams, [], [item])
    }
  }

  #addDefaults(): void {
    const files = this.#options.flatMap(({ name, argument }) =>
      name === 'resolv-file' && argument ? [argument.value] : [],
    )
    const usesFile = !this.#has('no-resolv')
    const isStrict = this.#has('strict-order')
    const kubedns = this.#asksKubednsForAll !== null
    if (kubedns && this.#defaults.length > 0) this.#reportMixed()
    const written = isStrict && !isVersion(this.#context, '2.86') ? this.#defaults.toReversed() : this.#defaults
    const to = [...new Set(written.map(({ text }) => text))]
    if (kubedns && to.length === 0) to.push(...this.#context.kubednsUpstreams)
    if (usesFile && !kubedns) to.push(files.at(-1) ?? '/etc/resolv.conf')
    if (to.length === 0) return
    const failover = isStrict && isTarget(this.#context, '1.13.0') && to.length > 1
    const lines = [
      ...new Set(written.flatMap((one) => one.lines)),
      ...(failover ? [`failover ${isVersion(this.#context, '2.80') ? 'SERVFAIL REFUSED' : 'REFUSED'}`] : []),
      ...this.#limit(),
    ]
    const items = written.map(({ item }) => item)
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
    const item = this.#asksKubednsForAll
    if (item === null) return
    this.conflicts.push({
      code: 'kubedns-among-others',
      message:
        'dnsmasq treats kubedns and the other servers as equals, so names of the cluster are asked of either: answers today are chance',
      places: [item.source, ...this.#defaults.map((one) => one.item.source)],
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
    for (const rule of this.#rules) {
      if (typeof rule.to !== 'string' && this.#isKubedns(rule.to)) continue
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
      for (const domain of zones) this.#facts.push(this.#deny(domain, items))
      return
    }
    const isStrict = this.#has('strict-order')
    const ordered = isStrict && !isVersion(this.#context, '2.86') ? servers.toReversed() : servers
    const endpoints = ordered.flatMap((server) => this.#endpoint(server) ?? [])
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

  #deny(domain: string, items: readonly Item[]): DenyFact {
    return { kind: 'deny', domain, hasEmptyNonTerminals: isVersion(this.#context, '2.80'), items }
  }

  #addAddresses(): void {
    const domains = new Map<string, AddressRule[]>()
    for (const rule of this.#addresses) domains.set(rule.domain, [...(domains.get(rule.domain) ?? []), rule])
    for (const [domain, rules] of domains) {
      const items = rules.map(({ item }) => item)
      const fact = this.#address(domain, rules, items)
      // Beside an address releases before 2.86 have no data for all other types, local domain or not.
      if (fact !== null && !isVersion(this.#context, '2.86')) this.#dropDenial(domain)
      if (fact === null) this.#facts.push(this.#deny(domain, items))
      else this.#facts.push(fact)
    }
  }

  #dropDenial(domain: string): void {
    const at = this.#facts.findIndex((fact) => fact.kind === 'deny' && fact.domain === domain)
    if (at !== -1) this.#facts.splice(at, 1)
  }

  #address(domain: string, rules: readonly AddressRule[], items: readonly Item[]): AddressFact | null {
    const written = rules.flatMap(({ to }) => (to === 'zero' ? ['0.0.0.0', '::'] : to === 'none' ? [] : [to.value]))
    if (written.length === 0) return null
    const isNew = isVersion(this.#context, '2.86')
    // Releases before 2.86 return the first address of a family alone.
    const some = (addresses: string[]) => [...new Set(isNew ? addresses : addresses.slice(0, 1))]
    const ipv4 = some(written.filter((address) => !address.includes(':')))
    const ipv6 = some(written.filter((address) => address.includes(':')))
    const otherTypes = isNew && isTarget(this.#context, '1.11.2') ? 'upstream' : 'nodata'
    return { kind: 'address', domain, ipv4, ipv6, otherTypes, ttl: this.#localTtl, items }
  }

  get #localTtl(): number {
    const option = this.#options.find(({ name }) => name === 'local-ttl')
    return option?.value.type === 'number' ? option.value.number.value : 0
  }
}
