import type { DnsmasqConfiguration, DnsmasqHostRecord, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { type HostsFile, hostsAsDnsmasq } from '../../sources/hosts-file.ts'
import type { Placed } from '../../sources/source.ts'
import { parseIp } from '../../values/ip.ts'
import { reverseName } from '../../values/reverse.ts'
import { differs, exact, sourceOf, untranslatable } from '../contribution.ts'
import { line } from '../corefile-line.ts'
import type { Fact, HostFact, Item, ItemSource } from '../plan.ts'
import { directiveLines, exactly, match } from '../templates.ts'
import { nameKey, sourceOfOption } from './context.ts'

/** What a hosts entry costs: other types are not asked upstream, and each name has its own PTR. */
const HOST_CODES = ['D-HOSTS-OTHER', 'D-TTL']

/** Names with addresses: those of `--host-record` and of hosts files, which dnsmasq joins. */
export class HostNames {
  /** Names that are left out, fully qualified and in lower case. */
  readonly lost: string[] = []
  readonly #ttl: number
  /** What `--expand-hosts` puts behind names without a dot; null for nothing. */
  readonly #domain: string | null
  readonly #hosts: HostFact[] = []

  constructor({ options }: DnsmasqConfiguration, ttl: number) {
    const domain = options.find(({ value }) => value.type === 'domain')?.value
    const expands = options.some(({ name }) => name === 'expand-hosts')
    const suffix = expands && domain?.type === 'domain' ? domain.domain.value : '#'
    this.#ttl = ttl
    this.#domain = suffix === '#' ? null : suffix
  }

  /** All names so far, in lower case. */
  get names(): string[] {
    return this.#hosts.flatMap(({ names }) => names)
  }

  /** Notes a `--host-record`, and says what becomes of it. */
  readRecord(option: DnsmasqOption, { names: written, addresses }: DnsmasqHostRecord): Item {
    const source = sourceOfOption(option)
    if (addresses.length === 0) return exact(source, 'has no address: nothing to answer')
    const names = this.#literal(written)
    const item = itemOfHosts(source, names, written)
    if (names.length > 0) for (const { value: address } of addresses) this.#host(address, names, item)
    return item
  }

  /** Notes the lines of a hosts file, as dnsmasq reads them, and says what becomes of each. */
  readFile(file: HostsFile): Item[] {
    const items: Item[] = []
    const { path } = file
    const view = hostsAsDnsmasq(file)
    for (const { range, text, why } of view.skipped) {
      items.push(exact(sourceOf(path, range, text), `dnsmasq does not read it (${why}): left out`))
    }
    for (const { address, names, line } of view.entries) {
      const words = [line.address, ...line.names].map(({ value }) => value)
      const source = sourceOf(path, line.range, words.join(' '))
      const spelled = this.#literal(names)
      const item = itemOfHosts(source, spelled, names)
      items.push(item)
      if (spelled.length > 0) this.#host(address, spelled, item)
    }
    return items
  }

  /**
   * Host records and hosts files: entries of hosts, but for names with an IPv4 address inside of an IPv6 one, which hosts takes for IPv4.
   * These get templates, with all their addresses of that family, as a template answers before hosts does. `reverse`: reverse names
   * that have a record already; `hasIpv4`: whether an address domain gives a name one.
   */
  facts(reverse: ReadonlySet<string>, hasIpv4: (name: string) => boolean): Fact[] {
    const facts: Fact[] = []
    const reversed = new Set(reverse)
    const mapped = new Set(this.#hosts.flatMap(({ address, names }) => (isMapped(address) ? names : [])))
    const others = new Set(this.#hosts.flatMap((one) => (one.address.includes(':') ? [] : one.names)))
    for (const fact of this.#hosts) {
      const { address, names, items } = fact
      const [first] = names
      const apart = address.includes(':') ? names.filter((name) => mapped.has(name)) : []
      for (const name of apart)
        facts.push({
          kind: 'record',
          name: nameKey(name),
          type: 'AAAA',
          rdata: ['AAAA', address],
          ttl: this.#ttl,
          items,
        })
      const ip = parseIp(address)
      if (isMapped(address) && ip !== undefined && first !== undefined) {
        const bytes = [...Array.from({ length: 10 }, () => 0), 255, 255, ...ip.slice(-4)]
        const name = reverseName(bytes)
        const rdata = ['PTR', { name: first }]
        if (!reversed.has(name)) facts.push({ kind: 'record', name, type: 'PTR', rdata, ttl: this.#ttl, items })
        reversed.add(name)
      }
      if (isMapped(address)) {
        for (const name of apart.filter((one) => !others.has(one) && !hasIpv4(one)))
          facts.push(withoutFamily(name, 'A', items))
      }
      const plain = isMapped(address) ? [] : names
      if (plain.length > 0) facts.push({ ...fact, names: plain })
    }
    return facts
  }

  /** All spellings of names but of those that CoreDNS would take for others. */
  #literal(names: readonly Placed[]): string[] {
    return names.flatMap(({ value }) => {
      if (whyNotLiteral(value) === null) return this.#spellings(value)
      this.lost.push(nameKey(value))
      return []
    })
  }

  #host(address: string, names: readonly string[], item: Item): void {
    const fact: HostFact = {
      kind: 'host',
      address,
      names: names.map((name) => name.toLowerCase()),
      hasReverse: true,
      comment: null,
      items: [item],
    }
    this.#hosts.push(fact)
  }

  /** A name as dnsmasq knows it: with `--expand-hosts`, short names also in the domain. */
  #spellings(name: string): string[] {
    if (this.#domain === null || name.includes('.')) return [name]
    // The longer one first: it is the one that reverse names give.
    return [`${name}.${this.#domain}`, name]
  }
}

/** What becomes of names with an address, of which some are left out. */
function itemOfHosts(source: ItemSource, names: readonly string[], written: readonly Placed[]): Item {
  const [why] = written.flatMap(({ value }) => whyNotLiteral(value) ?? [])
  if (why !== undefined) return untranslatable(source, `${why}: that name is left out`)
  return differs(source, hostCodes(names), 'hosts: other types than A and AAAA are not asked upstream')
}

/** Why hosts would take a name for another one than dnsmasq does. */
function whyNotLiteral(name: string): string | null {
  if (name.startsWith('*.'))
    return 'dnsmasq knows no patterns and takes "*." literally, CoreDNS since 1.14.5 for a pattern'
  // dnsmasq takes one final dot away, and nobody can ask for what is left.
  return name.endsWith('.') ? 'two dots at the end of a name are none to CoreDNS' : null
}

function hostCodes(names: readonly string[]): string[] {
  return names.length > 1 ? [...HOST_CODES, 'D-PTR-MULTI'] : HOST_CODES
}

/** No data for the other family of a name: an NXDOMAIN of an upstream would hide the address from musl. */
function withoutFamily(name: string, type: 'A' | 'AAAA', items: readonly Item[]): Fact {
  const properties = [match(exactly(nameKey(name))), 'rcode NOERROR', 'fallthrough']
  const lines = directiveLines(line('template', 'IN', type, name), properties)
  return { kind: 'template', zone: name, covers: null, rank: 1, lines, items }
}

/** An IPv4 address inside of an IPv6 one. */
function isMapped(address: string): boolean {
  return address.includes(':') && parseIp(address)?.length === 4
}
