import type {
  DnsmasqDomain,
  DnsmasqOption,
  DnsmasqReverseServer,
  DnsmasqServer,
  DnsmasqServerRule,
} from '../../sources/dnsmasq.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { Fact, Item } from '../plan.ts'
import { type DnsmasqContext, isTarget, isVersion, sourceOfOption } from './context.ts'
import type { Endpoint, Upstreams } from './upstreams.ts'

/** A rule for one domain: who is asked, and which option says so. */
export interface DomainRule {
  readonly domain: string
  readonly to: DnsmasqServer | 'default' | 'none'
  readonly option: DnsmasqOption
  readonly item: Item
}

/** What `--server`, `--local` and `--rev-server` say one by one, each with its item; who is asked for a name they say only together. */
export class ServerRules {
  readonly domains: DomainRule[] = []
  readonly networks: { readonly rule: DnsmasqReverseServer; readonly item: Item }[] = []
  /** Servers for all names, in the order of the options. */
  readonly defaults: (Endpoint & { readonly item: Item })[] = []
  /** What names without a dot get. */
  readonly facts: Fact[] = []
  /** Options that name the kubedns beside this dnsmasq. */
  readonly clusterItems: Item[] = []
  readonly #options: readonly DnsmasqOption[]
  readonly #context: DnsmasqContext
  readonly #upstreams: Upstreams
  #asksKubednsForAll: Item | null = null

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext, upstreams: Upstreams) {
    this.#options = options
    this.#context = context
    this.#upstreams = upstreams
  }

  /** The option that sends all names to kubedns; null for none. */
  get asksKubednsForAll(): Item | null {
    return this.#asksKubednsForAll
  }

  /** Notes an option about servers for domains, and says what becomes of it, once for each kind of domain. */
  read(option: DnsmasqOption, rule: DnsmasqServerRule): Item[] {
    const { to } = rule
    if (rule.domains.length === 0) return [this.#readDefault(option, to)]
    if (typeof to !== 'string' && this.#upstreams.isKubedns(to)) {
      const item = this.#clusterItem(option, rule.domains)
      this.clusterItems.push(item)
      for (const { name } of rule.domains) this.domains.push({ domain: name.toLowerCase(), to, option, item })
      return [item]
    }
    const endpoint = typeof to === 'string' ? null : this.#upstreams.endpoint(to)
    if (typeof to !== 'string' && endpoint === null) return [this.#upstreams.unresolvedItem(option, to)]
    const patterns = rule.domains.filter(({ match }) => match !== 'below')
    const plain = rule.domains.filter(({ match }) => match === 'below')
    const items = patterns.map((domain) => this.#readPattern(option, rule, domain, endpoint))
    return plain.length === 0 ? items : [...items, this.#readDomains(option, to, plain)]
  }

  #readDomains(option: DnsmasqOption, to: DnsmasqServerRule['to'], domains: readonly DnsmasqDomain[]): Item {
    const source = sourceOfOption(option)
    const item =
      to === 'none'
        ? exact(source, 'names there that nothing else here knows do not exist: template with rcode NXDOMAIN')
        : to === 'default'
          ? exact(source, 'a server block of its own that asks the servers for all names')
          : this.#upstreams.item(option, to, 'a server block of its own')
    for (const { name } of domains) this.domains.push({ domain: name.toLowerCase(), to, option, item })
    return item
  }

  /** Notes the servers of the reverse names of a network, and says what becomes of them. */
  readNetwork(option: DnsmasqOption, rule: DnsmasqReverseServer): Item {
    const source = sourceOfOption(option)
    if (typeof rule.to !== 'string' && this.#upstreams.endpoint(rule.to) === null)
      return this.#upstreams.unresolvedItem(option, rule.to)
    if (typeof rule.to !== 'string' && this.#upstreams.isKubedns(rule.to)) {
      const item = exact(source, 'the cluster answers reverse names: kubernetes')
      this.clusterItems.push(item)
      return item
    }
    const network = `${rule.address}/${rule.prefix}`
    const item = exact(
      source,
      rule.to === 'none'
        ? `reverse names of ${network} that nothing else here knows do not exist: template with rcode NXDOMAIN`
        : `a server block with the network ${network} as key`,
    )
    this.networks.push({ rule, item })
    return item
  }

  #readDefault(option: DnsmasqOption, to: DnsmasqServerRule['to']): Item {
    const source = sourceOfOption(option)
    if (typeof to === 'string') return exact(source, 'names no server: nothing to do')
    if (this.#upstreams.isKubedns(to)) {
      const item = exact(source, 'the hop to kubedns goes away: kubernetes and forward answer in its place')
      this.#asksKubednsForAll = item
      this.clusterItems.push(item)
      return item
    }
    const endpoint = this.#upstreams.endpoint(to)
    if (endpoint === null) return this.#upstreams.unresolvedItem(option, to)
    const item = this.#upstreams.item(option, to, 'forward .')
    this.defaults.push({ ...endpoint, item })
    return item
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
    endpoint: Endpoint | null,
  ): Item {
    const source = sourceOfOption(option)
    if (match === 'every' && rule.to === 'none') {
      return untranslatable(
        source,
        'dnsmasq then asks nobody about any name, whatever servers there are: take forward out of the block of . where that is meant',
      )
    }
    if (match === 'every') {
      const item = exact(source, 'the same as a server without a domain: forward .')
      if (endpoint !== null) this.defaults.push({ ...endpoint, item })
      return item
    }
    if (match === 'single') return this.#readSingle(option, rule, endpoint)
    if (!isVersion(this.#context, '2.86'))
      return exact(source, `dnsmasq ${this.#context.version} has no patterns: it never matches, and nothing is written`)
    if (match === 'suffix')
      return untranslatable(
        source,
        `CoreDNS chooses servers by whole labels: names that only end in "${name}" cannot have their own`,
      )
    const item = differs(
      source,
      ['D-POLICY'],
      `a server block for ${name}, which takes ${name} itself along: dnsmasq asks only for names below it`,
    )
    this.domains.push({ domain: name.toLowerCase(), to: rule.to, option, item })
    return item
  }

  /** Names without a dot. */
  #readSingle(option: DnsmasqOption, rule: DnsmasqServerRule, endpoint: Endpoint | null): Item {
    const source = sourceOfOption(option)
    if (rule.to === 'default')
      return exact(source, 'names without a dot are asked of the servers for all names, as they are anyway')
    if (rule.to === 'none') {
      const item = exact(source, 'names without a dot that nothing else here knows do not exist')
      this.facts.push({
        kind: 'template',
        zone: '.',
        covers: 'single-label',
        hasEmptyNonTerminals: isVersion(this.#context, '2.80'),
        rank: 79,
        lines: ['template IN ANY . {', '    match "^[^.]+\\.$"', '    rcode NXDOMAIN', '    fallthrough', '}'],
        items: [item],
      })
      return item
    }
    if (isVersion(this.#context, '2.86') && !this.#hasDefaults)
      return exact(source, 'dnsmasq asks it only beside servers for all names, and there are none')
    if (endpoint === null || !isTarget(this.#context, '1.10.0'))
      return untranslatable(
        source,
        `servers for names without a dot need a view, which CoreDNS has since 1.10.0, not ${this.#context.release}`,
      )
    const item = exact(source, 'a server block in front of the one for all names, with a view for names without a dot')
    const view = { name: 'single', expression: "name() matches '^[^.]+\\\\.$'", covers: 'single-label' } as const
    const { text, lines } = endpoint
    this.facts.push({ kind: 'forward', zones: ['.'], to: [text], policy: 'random', lines, view, items: [item] })
    return item
  }

  get #hasDefaults(): boolean {
    const named = this.#options.some(
      ({ value }) =>
        value.type === 'server' &&
        typeof value.to !== 'string' &&
        (value.domains.length === 0 || value.domains.some(({ match }) => match === 'every')),
    )
    return named || !this.#options.some(({ name }) => name === 'no-resolv')
  }
}
