import type {
  DnsmasqAddressRule,
  DnsmasqDomain,
  DnsmasqOption,
  DnsmasqServer,
  DnsmasqVersion,
} from '../../sources/dnsmasq.ts'
import { isSinceDnsmasq } from '../../sources/dnsmasq-options.ts'
import type { FilePlace } from '../../text/range.ts'
import { isInvalid } from '../../values/invalid.ts'
import { parseCidr } from '../../values/ip.ts'
import { absoluteName, foldCase, normalizeName, parentOf, spelledName } from '../../values/name.ts'
import { reverseZones } from '../../values/reverse.ts'

/** A domain with what options say of it. */
export interface DomainRule {
  /** Fully qualified, in lower case; `.` for every name. */
  readonly domain: string
  readonly option: string
  readonly at: FilePlace
  readonly says:
    | { readonly type: 'server'; readonly server: DnsmasqServer }
    | { readonly type: 'default' }
    /** Answered from here alone. */
    | { readonly type: 'local' }
    | { readonly type: 'address'; readonly address: string }
}

/** The domains of `--server`, `--local`, `--address` and `--rev-server`, for the lookup of a name (domain-match.c). */
export class Domains {
  readonly #rules = new Map<string, DomainRule[]>()
  /** Rules for names without a dot. */
  readonly single: DomainRule[] = []
  /** Patterns, of releases that have them. */
  readonly patterns: { readonly match: 'suffix' | 'subdomains'; readonly text: string; readonly rule: DomainRule }[] =
    []
  /** Servers for all names. */
  readonly defaults: DomainRule[] = []
  /** Servers of `--resolv-file`, and whether they count. */
  readonly files: readonly string[]
  readonly #isNew: boolean

  constructor(options: readonly DnsmasqOption[], version: DnsmasqVersion) {
    this.#isNew = isSinceDnsmasq(version, '2.86')
    for (const option of options) this.#read(option, version)
    const given = options.filter(({ name }) => name === 'resolv-file')
    const files = given.flatMap(({ argument }) =>
      argument !== undefined && argument.value !== '' ? argument.value : [],
    )
    const isOff = options.some(({ name }) => name === 'no-resolv')
    // An empty one takes /etc/resolv.conf away and puts nothing in its place.
    this.files = isOff ? [] : given.length > 0 ? files : ['/etc/resolv.conf']
  }

  /** All domains that something is said of. */
  get names(): Iterable<string> {
    return this.#rules.keys()
  }

  /** The rules of the deepest domain that a name lies in and that has one of the wanted kind; null where there is none. */
  deepest(name: string, isWanted: (rule: DomainRule) => boolean): readonly DomainRule[] | null {
    for (let zone = name; ; zone = parentOf(zone)) {
      const rules = this.#rules.get(zone)
      if (rules?.some(isWanted)) return rules
      if (zone === '.') return null
    }
  }

  /** Whether a name lies in a domain with an address. */
  isUnderAddress(name: string): boolean {
    return this.deepest(name, ({ says }) => says.type === 'address') !== null
  }

  #read(option: DnsmasqOption, version: DnsmasqVersion): void {
    const { value } = option
    const at = { path: option.path, range: option.range }
    const name = `--${option.name}`
    if (value.type === 'server') {
      const says: DomainRule['says'] =
        value.to === 'none'
          ? { type: 'local' }
          : value.to === 'default'
            ? { type: 'default' }
            : { type: 'server', server: value.to }
      if (value.domains.length === 0) {
        if (says.type === 'server') this.defaults.push({ domain: '.', option: name, at, says })
        return
      }
      for (const domain of value.domains) this.#add(domain, { option: name, at, says })
    } else if (value.type === 'rev-server') this.#readReverse(option, at, name)
    else if (value.type === 'address') {
      // 2.86 alone forgets an address for all names.
      const domains = version === '2.86' ? value.domains.filter(({ match }) => match !== 'every') : value.domains
      for (const domain of domains) for (const says of saysOf(value)) this.#add(domain, { option: name, at, says })
    }
  }

  #readReverse({ value }: DnsmasqOption, at: FilePlace, option: string): void {
    if (value.type !== 'rev-server') return
    const read = parseCidr(`${value.address}/${value.prefix}`)
    if (isInvalid(read)) return
    const says: DomainRule['says'] =
      value.to === 'none'
        ? { type: 'local' }
        : value.to === 'default'
          ? { type: 'default' }
          : { type: 'server', server: value.to }
    for (const zone of reverseZones(read.ip, read.network, '1.15.0'))
      this.#push({ domain: normalizeName(zone), option, at, says })
  }

  #add({ name, match }: DnsmasqDomain, rule: Omit<DomainRule, 'domain'>): void {
    if (match === 'below') this.#push({ ...rule, domain: key(name) })
    else if (match === 'every') {
      if (rule.says.type === 'server') this.defaults.push({ ...rule, domain: '.' })
      else this.#push({ ...rule, domain: '.' })
    } else if (match === 'single') this.single.push({ ...rule, domain: '' })
    else if (this.#isNew)
      this.patterns.push({ match, text: foldCase(spelledName(name)), rule: { ...rule, domain: key(name) } })
  }

  #push(rule: DomainRule): void {
    const others = this.#rules.get(rule.domain)
    if (others === undefined) this.#rules.set(rule.domain, [rule])
    else others.push(rule)
  }
}

function saysOf({ to }: DnsmasqAddressRule): DomainRule['says'][] {
  if (to === 'none') return [{ type: 'local' }]
  if (to === 'zero') return ['0.0.0.0', '::'].map((address) => ({ type: 'address', address }))
  return [{ type: 'address', address: to.value }]
}

function key(name: string): string {
  return absoluteName(foldCase(spelledName(name)))
}
