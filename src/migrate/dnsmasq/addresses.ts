import type { DnsmasqAddressRule, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { AddressFact, DenyFact, Item } from '../plan.ts'
import { type DnsmasqContext, isTarget, isVersion, localTtlOf, sourceOfOption } from './context.ts'

interface AddressRule {
  readonly domain: string
  readonly to: DnsmasqAddressRule['to']
  readonly item: Item
}

/** The domains of `--address`, of which all options together say what is answered. */
export class AddressRules {
  readonly #context: DnsmasqContext
  readonly #ttl: number
  readonly #rules: AddressRule[] = []

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext) {
    this.#context = context
    this.#ttl = localTtlOf(options) ?? 0
  }

  /** Notes one option, and says what becomes of it. */
  read(option: DnsmasqOption, rule: DnsmasqAddressRule): Item {
    const source = sourceOfOption(option)
    if (rule.domains.some(({ match }) => match === 'every') && this.#context.version === '2.86') {
      return exact(source, 'dnsmasq 2.86 ignores an address for all names: nothing is written')
    }
    if (rule.domains.some(({ match }) => match === 'single' || match === 'suffix' || match === 'subdomains')) {
      return untranslatable(source, 'an address for a pattern of names is not translated')
    }
    const item = this.#itemOf(option, rule)
    for (const { name, match } of rule.domains) {
      const domain = match === 'every' ? '.' : name.toLowerCase()
      this.#rules.push({ domain, to: rule.to, item })
    }
    return item
  }

  #itemOf(option: DnsmasqOption, rule: DnsmasqAddressRule): Item {
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

  /** What the domains answer. */
  facts(): (AddressFact | DenyFact)[] {
    const domains = new Map<string, AddressRule[]>()
    for (const rule of this.#rules) domains.set(rule.domain, [...(domains.get(rule.domain) ?? []), rule])
    return [...domains].map(([domain, rules]) => {
      const items = rules.map(({ item }) => item)
      return this.#address(domain, rules, items) ?? denialOf(domain, items, this.#context)
    })
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
    return { kind: 'address', domain, ipv4, ipv6, otherTypes, ttl: this.#ttl, items }
  }
}

/** A domain that dnsmasq asks nobody about. */
export function denialOf(domain: string, items: readonly Item[], context: DnsmasqContext): DenyFact {
  return { kind: 'deny', domain, hasEmptyNonTerminals: isVersion(context, '2.80'), items }
}
