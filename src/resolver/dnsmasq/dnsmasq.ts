import type { DnsmasqConfiguration, DnsmasqServer, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import { isSinceDnsmasq } from '../../sources/dnsmasq-options.ts'
import type { FilePlace } from '../../text/range.ts'
import { joinHostPort } from '../../values/hostport.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { countLabels, foldCase, isSubdomain } from '../../values/name.ts'
import type { Decider, Decision, Step, Vocabulary } from '../decision.ts'
import type { Outcome, ReplyChange, ResourceRecord, UpstreamPolicy } from '../outcome.ts'
import type { Query } from '../query.ts'
import { type DomainRule, Domains } from './domains.ts'
import { addressOfOddReverse, OwnRecords, UNKNOWN_HOST } from './records.ts'
import { SyntheticNames } from './synthetic.ts'

/** What a dnsmasq depends on besides its options. */
export interface DnsmasqOptions {
  readonly configuration: DnsmasqConfiguration
  readonly version: DnsmasqVersion
  /** Answers in place of a server that is known, such as a kubedns beside it; null for every other server. */
  readonly serverAt?: (server: DnsmasqServer) => ((query: Query) => Outcome) | null
}

/** The model of a dnsmasq: its own records, then the deepest domain that something is said of, then the servers for all names. */
export function createDnsmasq(options: DnsmasqOptions): Decider {
  return new Dnsmasq(options)
}

/** Aliases that lead on to one another are followed so far. */
const LONGEST_ALIAS_CHAIN = 10
/** Types that `--domain-needed` looks at. */
const NEEDING_A_DOT: ReadonlySet<string> = new Set(['A', 'AAAA', 'ANY'])
/** What an upstream's NXDOMAIN becomes for a name that dnsmasq knows something of. */
const AS_NO_DATA: ReplyChange = { when: 'NXDOMAIN', becomes: 'rcode NOERROR' }
/** Reverse names of these are not asked of anybody with `--bogus-priv`; seen on 2.90. */
const PRIVATE_REVERSE = [
  /(?:^|\.)10\.in-addr\.arpa\.$/,
  /(?:^|\.)168\.192\.in-addr\.arpa\.$/,
  /(?:^|\.)(?:1[6-9]|2\d|3[01])\.172\.in-addr\.arpa\.$/,
  /(?:^|\.)(?:127|0)\.in-addr\.arpa\.$/,
  /(?:^|\.)254\.169\.in-addr\.arpa\.$/,
  /(?:^|\.)(?:2\.0\.192|100\.51\.198|113\.0\.203)\.in-addr\.arpa\.$/,
  /^255\.255\.255\.255\.in-addr\.arpa\.$/,
  /(?:^|\.)d\.f\.ip6\.arpa\.$/,
  /(?:^|\.)[89a-f]\.e\.f\.ip6\.arpa\.$/,
  /(?:^|\.)8\.b\.d\.0\.1\.0\.0\.2\.ip6\.arpa\.$/,
  // A name with fewer labels is read with zeros behind.
  /^(?:0\.)+ip6\.arpa\.$/,
  /^1\.(?:0\.){31}ip6\.arpa\.$/,
]

class Dnsmasq implements Decider {
  readonly program: string
  readonly #version: DnsmasqVersion
  readonly #records: OwnRecords
  readonly #domains: Domains
  readonly #synthetic: SyntheticNames
  readonly #flags: ReadonlySet<string>
  readonly #filtered: ReadonlySet<string>
  readonly #serverAt: NonNullable<DnsmasqOptions['serverAt']>
  readonly #configuration: DnsmasqConfiguration
  readonly #ttl: number
  #vocabulary: Vocabulary | undefined
  /** The first option that the release does not start with. */
  readonly #refusing: DnsmasqConfiguration['options'][number] | undefined

  constructor({ configuration, version, serverAt }: DnsmasqOptions) {
    this.program = `dnsmasq ${version}`
    this.#version = version
    this.#configuration = configuration
    const ttl = configuration.options.find(({ name }) => name === 'local-ttl')?.value
    this.#ttl = ttl?.type === 'number' ? ttl.number.value : 0
    this.#refusing = configuration.options.find(({ refusals }) => refusals.some((one) => this.#refuses(one)))
    this.#records = new OwnRecords(configuration, version)
    this.#domains = new Domains(configuration.options, version)
    this.#synthetic = new SyntheticNames(configuration.options, this.#ttl)
    this.#flags = new Set(configuration.options.map(({ name }) => name))
    this.#filtered = filteredTypes(configuration)
    this.#serverAt = serverAt ?? (() => null)
  }

  get vocabulary(): Vocabulary {
    this.#vocabulary ??= this.#gatherVocabulary()
    return this.#vocabulary
  }

  #gatherVocabulary(): Vocabulary {
    const names = new Set(this.#records.names)
    const { types } = this.#records
    for (const { target } of this.#records.aliases.values()) {
      names.add(target)
      types.delete(target)
    }
    const domains = new Set([...this.#domains.names, ...this.#synthetic.domains])
    for (const { rule } of this.#domains.patterns) domains.add(rule.domain)
    const addresses = new Set(this.#records.addresses)
    return { names, types, domains, addresses, clusterDomains: new Set(), patterns: [] }
  }

  decide(query: Query): Decision {
    const path: Step[] = []
    const outcome = this.#answer(query, foldCase(query.name), path, 0)
    return { query, outcome, block: null, listener: null, path, assumes: [] }
  }

  #isSince(version: DnsmasqVersion): boolean {
    return isSinceDnsmasq(this.#version, version)
  }

  #answer(query: Query, name: string, path: Step[], depth: number): Outcome {
    if (this.#refusing !== undefined) {
      const reason = `dnsmasq ${this.#version} does not start with --${this.#refusing.name}`
      return { kind: 'dropped', reason }
    }
    const alias = this.#records.aliases.get(name)
    if (alias !== undefined) {
      if (this.#isSince('2.81') || this.#hasAddressAlias(query, name))
        return this.#followAlias(query, name, path, depth)
      path.push(step(alias.option, alias.at, 'passed', 'counts for addresses alone, where the target has one'))
    }
    const own = this.#records.find(name, query.type)
    const [first] = own
    if (first !== undefined) {
      path.push(
        step(
          first.option,
          first.at,
          'answered',
          `${own.length === 1 ? 'has the record' : `has ${own.length} records`}`,
        ),
      )
      if (own.some(({ record }) => record.type === 'MX' && record.data.endsWith(` ${UNKNOWN_HOST}`))) {
        return { kind: 'unknown', reason: 'mail goes to the machine that dnsmasq runs on, whose name nobody knows' }
      }
      return { kind: 'records', records: own.map(({ record }) => record) }
    }
    const synthetic = this.#synthetic.find(name, query.type, addressOfOddReverse(name))
    if (synthetic !== null) {
      path.push(step(synthetic.option, synthetic.at, 'answered', `makes ${synthetic.record.data} of the name`))
      return { kind: 'records', records: [synthetic.record] }
    }
    return this.#lookUpDomain(query, name, path)
  }

  /** Up to 2.80 an alias is one of addresses: it is there where the end of its chain has one, for them and for CNAME (seen on 2.76 and 2.80). */
  #hasAddressAlias({ type }: Query, name: string): boolean {
    return (type === 'A' || type === 'AAAA' || type === 'CNAME') && this.#records.leadsToAddress(name)
  }

  #refuses({ since, until }: { since?: DnsmasqVersion; until?: DnsmasqVersion }): boolean {
    return (since === undefined || this.#isSince(since)) && (until === undefined || !this.#isSince(until))
  }

  #followAlias(query: Query, name: string, path: Step[], depth: number): Outcome {
    const alias = this.#records.aliases.get(name)
    if (alias === undefined || depth > LONGEST_ALIAS_CHAIN)
      return { kind: 'servfail', reason: 'aliases lead in a circle' }
    const records: ResourceRecord[] = [alias.record]
    let { target } = alias
    if (query.type === 'CNAME') {
      path.push(step(alias.option, alias.at, 'answered', `is an alias of ${target}`))
      return { kind: 'records', records }
    }
    for (let steps = 0; steps < LONGEST_ALIAS_CHAIN; steps++) {
      const next = this.#records.aliases.get(target)
      if (next === undefined) break
      records.push(next.record)
      target = next.target
    }
    const found = this.#records.find(target, query.type)
    if (found.length === 0 && !this.#isSince('2.81')) {
      path.push(step(alias.option, alias.at, 'passed', `the target has no ${query.type} here`))
      return this.#lookUpDomain(query, name, path)
    }
    path.push(step(alias.option, alias.at, 'answered', `is an alias of ${target}`))
    const all = [...records, ...found.map(({ record }) => record)]
    if (found.length > 0)
      return {
        kind: 'alias',
        records,
        target,
        reached: { kind: 'records', records: found.map(({ record }) => record) },
      }
    return { kind: 'records', records: all }
  }

  /** The deepest domain that says something about names of this type. */
  #lookUpDomain(query: Query, name: string, path: Step[]): Outcome {
    const special = this.#special(query, name, path)
    if (special !== null) return special
    const rules = this.#rulesFor(name, query.type)
    const outcome = rules === null ? null : this.#bySays(rules, query, name, path)
    if (outcome !== null) return outcome
    return this.#askDefaults(query, name, path)
  }

  /** Options that keep kinds of names from being asked. */
  #special(query: Query, name: string, path: Step[]): Outcome | null {
    const { type } = query
    const isSingle = countLabels(name) === 1
    if (type === 'SOA' || type === 'SRV' || (type === 'ANY' && name.includes('_'))) {
      if (this.#flags.has('filterwin2k')) {
        path.push(step('--filterwin2k', this.#placeOf('filterwin2k'), 'answered', `${type} is not asked of anybody`))
        return { kind: 'nodata' }
      }
    }
    const isNamed = this.#rulesFor(name, type) !== null
    if (isSingle && this.#flags.has('domain-needed') && NEEDING_A_DOT.has(type) && !isNamed) {
      path.push(
        step(
          '--domain-needed',
          this.#placeOf('domain-needed'),
          'answered',
          'a name without a dot is not asked of anybody',
        ),
      )
      if (this.#records.has(name) || this.#records.isAncestor(name)) return { kind: 'nodata' }
      return this.#isSince('2.86') ? { kind: 'nxdomain' } : { kind: 'nodata' }
    }
    const isPrivate =
      (type === 'PTR' || type === 'ANY') &&
      this.#flags.has('bogus-priv') &&
      /^(?:\d+\.)+in-addr\.arpa\.$|^(?:[\da-f]\.)+ip6\.arpa\.$/.test(name) &&
      PRIVATE_REVERSE.some((pattern) => pattern.test(name))
    if (isPrivate && (!isNamed || !this.#isSince('2.78'))) {
      path.push(
        step(
          '--bogus-priv',
          this.#placeOf('bogus-priv'),
          'answered',
          'reverse names of private addresses are not asked of anybody',
        ),
      )
      return { kind: 'nxdomain' }
    }
    return null
  }

  #placeOf(flag: string): FilePlace | null {
    const option = this.#configuration.options.find(({ name }) => name === flag)
    return option === undefined ? null : { path: option.path, range: option.range }
  }

  /** Rules for names without a dot count only beside servers for all names (seen on 2.90). */
  get #hasSingle(): boolean {
    const { single, defaults, files } = this.#domains
    return single.length > 0 && (!this.#isSince('2.86') || defaults.length + files.length > 0)
  }

  /** The rules that count for a name: up to 2.85 those of its deepest domain, since 2.86 those of the deepest one that has something for the type. */
  #rulesFor(name: string, type: string): readonly DomainRule[] | null {
    const pattern = this.#domains.patterns
      .filter(({ match, text, rule }) =>
        match === 'suffix' ? name.slice(0, -1).endsWith(text) : name !== rule.domain && isSubdomain(rule.domain, name),
      )
      .at(0)
    const isForType = ({ says }: DomainRule) => {
      if (says.type !== 'address') return true
      return type === 'ANY' || familyOf(says.address) === type
    }
    const rules = this.#domains.deepest(name, this.#isSince('2.86') ? isForType : () => true)
    if (pattern !== undefined && (rules === null || rules[0]?.domain === '.')) return [pattern.rule]
    const [first] = rules ?? []
    if (countLabels(name) === 1 && this.#hasSingle && (first === undefined || first.domain === '.'))
      return this.#domains.single
    return rules
  }

  #bySays(rules: readonly DomainRule[], query: Query, name: string, path: Step[]): Outcome | null {
    const { type } = query
    const addresses = rules.flatMap(({ says, option, at }) =>
      says.type === 'address' ? [{ address: says.address, option, at }] : [],
    )
    const fitting = addresses.filter(({ address }) => familyOf(address) === type || type === 'ANY')
    const locals = rules.filter(({ says }) => says.type === 'local')
    const servers = rules.filter(({ says }) => says.type === 'server')
    const [first] = fitting
    if (first !== undefined) {
      const used = this.#isSince('2.86') ? ofOneFamily(fitting) : fitting.slice(0, 1)
      path.push(
        step(
          first.option,
          first.at,
          'answered',
          `gives ${used.map(({ address }) => address).join(', ')} to the whole domain`,
        ),
      )
      return { kind: 'records', records: used.map(({ address }) => addressRecord(name, address, this.#ttl)) }
    }
    const [local] = locals
    // Beside an address releases before 2.86 have no data for all other types.
    const isAddressFirst = addresses.length > 0 && !this.#isSince('2.86')
    if (local !== undefined && !isAddressFirst && (servers.length === 0 || !this.#isSince('2.86'))) {
      const known = this.#records.has(name) || (this.#isSince('2.80') && this.#records.isAncestor(name))
      path.push(
        step(
          local.option,
          local.at,
          'answered',
          known
            ? 'the domain is answered from here, and the name has nothing of this type'
            : 'the domain is answered from here, and the name is not known',
        ),
      )
      return known ? { kind: 'nodata' } : { kind: 'nxdomain' }
    }
    if (addresses.length > 0 && !this.#isSince('2.86')) {
      const [address] = addresses
      if (address !== undefined) path.push(step(address.option, address.at, 'answered', `has nothing of type ${type}`))
      return { kind: 'nodata' }
    }
    if (rules.every(({ says }) => says.type === 'default' || says.type === 'address')) return null
    return this.#ask(servers, query, name, path, true)
  }

  #askDefaults(query: Query, name: string, path: Step[]): Outcome {
    const { defaults, files } = this.#domains
    if (defaults.length === 0 && files.length === 0) {
      path.push(step('--no-resolv', this.#placeOf('no-resolv'), 'answered', 'there is no server for all names'))
      return { kind: 'refused' }
    }
    return this.#ask(defaults, query, name, path, false)
  }

  #ask(rules: readonly DomainRule[], query: Query, name: string, path: Step[], isDomain: boolean): Outcome {
    const named = rules.flatMap(({ says }) => (says.type === 'server' ? [says.server] : []))
    // Nothing is sent to port 0 (seen on 2.90).
    const servers = named.filter(({ port }) => port !== 0)
    const stands = servers.map((server) => this.#serverAt(server))
    const own = stands.find((one) => one !== null)
    const [rule] = rules
    if (own && stands.every((one) => one !== null)) {
      path.push(step(rule?.option ?? '--server', rule?.at ?? null, 'passed', 'asks the server behind it'))
      return own(query)
    }
    if (own)
      return { kind: 'unknown', reason: 'the cluster and other servers are asked alike, and whoever is faster answers' }
    const isStrict = this.#flags.has('strict-order')
    const ordered = isStrict && !this.#isSince('2.86') ? servers.toReversed() : servers
    const files = isDomain ? [] : this.#domains.files.map((file) => `resolv.conf ${file}`)
    const upstreams = [...new Set([...ordered.map(serverText), ...files])]
    if (upstreams.length === 0) {
      path.push(
        step(
          rule?.option ?? '--server',
          rule?.at ?? null,
          'answered',
          'has nobody to ask: no server listens on port 0',
        ),
      )
      return { kind: 'refused' }
    }
    const converts = this.#converts(name, rule?.domain === '')
    path.push(step(rule?.option ?? '--resolv-file', rule?.at ?? null, 'answered', `asks ${upstreams.join(', ')}`))
    return {
      kind: 'upstream',
      upstreams,
      policy: this.#policy(upstreams.length, isDomain),
      asks: { name: query.name, type: query.type },
      changes: [...(converts ? [AS_NO_DATA] : []), ...this.#withheld(query.type)],
      failover: upstreams.length < 2 ? [] : this.#isSince('2.80') ? ['REFUSED', 'SERVFAIL'] : ['REFUSED'],
      next: null,
    }
  }

  /** Records of an upstream that `--filter-A` and the like take out of its answers. */
  #withheld(type: string): ReplyChange[] {
    const types = type === 'ANY' ? [...this.#filtered] : this.#filtered.has(type) ? [type] : []
    return types.map((each) => ({ when: '*', becomes: `no ${each}` }))
  }

  /** Whether NXDOMAIN of an upstream becomes no data: for every name that has something here, is above such a name, or is under an address. */
  #converts(name: string, isSingle: boolean): boolean {
    if (this.#records.isInertAlias(name) && !this.#isSince('2.81')) return false
    if (this.#records.has(name) || this.#synthetic.has(name)) return true
    if (this.#isSince('2.80') && this.#records.isAncestor(name)) return true
    return this.#isSince('2.86') && !isSingle && this.#domains.isUnderAddress(name)
  }

  #policy(count: number, isDomain: boolean): UpstreamPolicy {
    if (count < 2) return 'favourite'
    if (this.#flags.has('strict-order')) return 'sequential'
    if (this.#flags.has('all-servers')) return 'all'
    return isDomain && !this.#isSince('2.86') ? 'all' : 'favourite'
  }
}

function filteredTypes({ options }: DnsmasqConfiguration): Set<string> {
  const types = new Set<string>()
  for (const { name, value, argument } of options) {
    if (name === 'filter-A' || name === 'filter-AAAA') types.add(name.slice('filter-'.length))
    else if (name === 'filter-rr') {
      const words = value.type === 'list' ? value.items.map((item) => item.value) : (argument?.value ?? '').split(',')
      for (const word of words) types.add(word.toUpperCase())
    }
  }
  return types
}

/** A question for ANY gets the IPv6 addresses alone where there are any (seen on 2.90). */
function ofOneFamily<Each extends { readonly address: string; readonly at: FilePlace }>(
  addresses: readonly Each[],
): readonly Each[] {
  const six = addresses.filter(({ address }) => familyOf(address) === 'AAAA')
  // An option with `#` gives one of each family.
  return six.length > 0 ? addresses.filter((each) => six.some(({ at }) => at === each.at)) : addresses
}

function addressRecord(name: string, address: string, ttl: number): ResourceRecord {
  const ip = parseIp(address)
  const isMapped = address.includes(':') && ip?.length === 4
  const data = ip === undefined ? address : `${isMapped ? '::ffff:' : ''}${formatIp(ip)}`
  return { name, ttl, type: familyOf(address), data }
}

function familyOf(address: string): 'A' | 'AAAA' {
  return address.includes(':') ? 'AAAA' : 'A'
}

function serverText({ host, port }: DnsmasqServer): string {
  const ip = parseIp(host)
  return joinHostPort(ip === undefined ? host : formatIp(ip), String(port))
}

function step(plugin: string, at: FilePlace | null, role: Step['role'], did: string): Step {
  return { plugin, at, role, did }
}
