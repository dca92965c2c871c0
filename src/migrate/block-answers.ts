import { parseIp } from '../values/ip.ts'
import { absoluteName, countLabels, parentOf } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import { reverseName } from '../values/reverse.ts'
import type { BlockContent } from './block-content.ts'
import { line } from './corefile-line.ts'
import type { Blocks } from './owners.ts'
import type { AddressFact, DenyFact, Fact, HostFact, Item, RecordFact, ResultLine } from './plan.ts'
import {
  addressTemplates,
  denyTemplates,
  directive,
  escapedForRegex,
  exactly,
  match,
  recordTemplate,
} from './templates.ts'

/** The release from which on `rewrite` can change the rcode of a reply. */
const HAS_REWRITE_RCODE = '1.11.2'
/** More domains than this share one `rewrite`. */
const MOST_SINGLE_REWRITES = 20
const DOMAINS_OF_A_REWRITE = 50

/** Puts everything that is answered from the configuration itself into the blocks that own the names. */
export function answersOf(facts: readonly Fact[], blocks: Blocks, release: string): void {
  const answers = new Answers(facts, blocks, release)
  answers.place()
}

class Answers {
  readonly #facts: readonly Fact[]
  readonly #blocks: Blocks
  readonly #release: string
  /** Domains that a template answers as a whole. */
  readonly #covered: ReadonlySet<string>
  /** Those of them of which it answers every type. */
  readonly #closed: ReadonlySet<string>
  /** What templates answer beside whole domains. */
  readonly #covers: ReadonlySet<string | null>
  readonly #clusterDomain: string | null
  /** Records of exact names by block, name and type, of which each gets one template. */
  readonly #exact = new Map<BlockContent, Map<string, RecordFact[]>>()
  /** Addresses whose reverse name has its record: dnsmasq gives the first name of an address alone. */
  readonly #reversed = new Set<string>()

  constructor(facts: readonly Fact[], blocks: Blocks, release: string) {
    this.#facts = facts
    this.#blocks = blocks
    this.#release = release
    this.#covered = new Set(
      facts.flatMap((fact) => (fact.kind === 'address' || fact.kind === 'deny' ? [absoluteName(fact.domain)] : [])),
    )
    this.#closed = new Set(
      facts.flatMap((fact) =>
        fact.kind === 'deny' || (fact.kind === 'address' && fact.otherTypes === 'nodata')
          ? [absoluteName(fact.domain)]
          : [],
      ),
    )
    this.#covers = new Set(facts.flatMap((fact) => (fact.kind === 'template' ? [fact.covers] : [])))
    for (const fact of facts) {
      if (fact.kind === 'record' && fact.type === 'PTR') this.#reversed.add(absoluteName(fact.name))
    }
    this.#clusterDomain = facts.find((fact) => fact.kind === 'cluster')?.domain ?? null
  }

  place(): void {
    for (const fact of this.#facts) {
      if (fact.kind === 'host') this.#placeHost(fact)
      else if (fact.kind === 'record') this.#placeRecord(fact)
      else if (fact.kind === 'template') {
        const lines = fact.lines.map((text) => ({ text, items: fact.items }))
        for (const block of this.#blocksWithin(fact.zone)) block.templates.push({ rank: fact.rank, lines })
      } else if (fact.kind === 'directive') {
        const blocks = fact.zone === '*' ? this.#blocks.all : this.#blocksOf(fact.zone)
        for (const block of blocks) block.directives.push(fact)
      }
    }
    for (const [block, records] of this.#exact) {
      for (const some of records.values()) {
        const [first] = some
        if (first !== undefined) block.templates.push(recordTemplate(first.name, first.type, some))
      }
    }
    this.#placeTopDomains()
    this.#placeAddresses()
    this.#placeDenials()
  }

  /** Names without a dot that have records, or stand above one, exist, without data, where other such names do not. */
  #placeTopDomains(): void {
    const { root } = this.#blocks
    if (root === null) return
    const hosts = this.#facts.flatMap((fact) => (fact.kind === 'host' ? fact.names : []))
    const records = this.#facts.flatMap((fact) => (fact.kind === 'record' ? [fact.name.replace(/\.$/, '')] : []))
    const above = (names: readonly string[]) =>
      names.flatMap((name) => (name.includes('.') ? [name.slice(name.lastIndexOf('.') + 1)] : []))
    const themselves = (names: readonly string[]) => names.filter((name) => name !== '' && !name.includes('.'))
    for (const denial of this.#facts) {
      if (denial.kind !== 'template' || denial.covers !== 'single-label') continue
      if (!denial.lines.some((text) => text.trim() === 'rcode NXDOMAIN')) continue
      const type = denial.lines[0]?.split(' ')[2] ?? 'ANY'
      const tops = denial.hasEmptyNonTerminals === false ? [] : above([...hosts, ...records])
      // Addresses of hosts have templates of their own.
      for (const name of new Set([...tops, ...themselves(records), ...(type === 'ANY' ? themselves(hosts) : [])])) {
        const properties = [match(exactly(`${name}.`)), 'rcode NOERROR', 'fallthrough']
        const lines = directive(denial.items, line('template', 'IN', type, name), properties)
        root.templates.push({ rank: 2, lines })
      }
    }
  }

  #addRecord(block: BlockContent, record: RecordFact): void {
    const id = `${absoluteName(record.name)} ${record.type}`
    const records = this.#exact.get(block) ?? new Map<string, RecordFact[]>()
    this.#exact.set(block, records)
    records.set(id, [...(records.get(id) ?? []), record])
  }

  /** The block of a zone, and of a reverse zone those of the networks in it: a template by addresses is about all of them. */
  #blocksWithin(zone: string): BlockContent[] {
    const blocks = new Set(this.#blocksOf(zone))
    if (zone.endsWith('.arpa')) {
      for (const [name, block] of this.#blocks.zones) if (name.endsWith(`.${zone}.`)) blocks.add(block)
    }
    return [...blocks]
  }

  /** The block of a zone; for `*` all that ask upstreams. */
  #blocksOf(zone: string): BlockContent[] {
    if (zone === '*') return this.#blocks.all.filter(({ forwards }) => forwards.length > 0)
    const owner = this.#blocks.owner(zone)
    return owner === null ? [] : [owner]
  }

  #placeHost(fact: HostFact): void {
    const { root } = this.#blocks
    const isReverseOfRoot = this.#isReverseOfRoot(fact)
    // The reverse name comes to `.`, which needs all names for it.
    if (isReverseOfRoot) root?.hosts.push(fact)
    const owners = new Map<BlockContent, string[]>()
    const add = (block: BlockContent, name: string) => owners.set(block, [...(owners.get(block) ?? []), name])
    for (const name of fact.names) {
      const owner = this.#blocks.owner(name)
      if (owner !== null) add(owner, name)
      if (!name.includes('.'))
        for (const block of this.#blocks.all) if (block.view?.covers === 'single-label') add(block, name)
    }
    for (const [owner, names] of owners) {
      const plain: string[] = []
      for (const name of names) {
        if (this.#isCovered(name, fact.address)) this.#placeExactly(owner, fact, name)
        else plain.push(name)
      }
      if (plain.length > 0 && !(owner === root && isReverseOfRoot)) owner.hosts.push({ ...fact, names: plain })
    }
    this.#placeReverse(fact)
  }

  /** Whether `hosts` of `.` gets to answer the reverse name. */
  #isReverseOfRoot({ address }: HostFact): boolean {
    const ip = parseIp(address)
    if (ip === undefined || this.#covers.has('reverse')) return false
    const name = reverseName(ip)
    return this.#blocks.owner(name) === this.#blocks.root && !isWithin(name, this.#closed)
  }

  /** A name that a template answers before `hosts` sees it gets a template of its own in front of that. */
  #placeExactly(block: BlockContent, { address, items }: HostFact, name: string): void {
    const type = address.includes(':') ? 'AAAA' : 'A'
    const record: RecordFact = { kind: 'record', name, type, rdata: [type, address], ttl: 0, items }
    this.#addRecord(block, record)
    if (name.includes('.') || !this.#covers.has('single-label')) return
    const absolute = absoluteName(name)
    // Of a name without a dot the other family is asked of nobody.
    const lines = directive(items, line('template', 'IN', type === 'A' ? 'AAAA' : 'A', name), [
      match(exactly(absolute)),
      'rcode NOERROR',
      'fallthrough',
    ])
    block.templates.push({ rank: 1, lines })
  }

  #isCovered(name: string, address: string): boolean {
    if (this.#covers.has('single-label') && !name.includes('.')) return true
    if (this.#covers.has(address.includes(':') ? 'AAAA' : 'A')) return true
    return isWithin(absoluteName(name), this.#covered)
  }

  /** The reverse name, where `hosts` of `.` does not get to answer it. */
  #placeReverse(fact: HostFact): void {
    const { address, names, hasReverse, items } = fact
    const ip = parseIp(address)
    const [first] = names
    if (ip === undefined || first === undefined) return
    const name = reverseName(ip)
    const owner = this.#blocks.owner(name)
    if (owner === null || this.#isReverseOfRoot(fact)) return
    // Whoever answers for the reverse zone goes on answering what only clients knew of themselves.
    const isThere = owner.existing !== null && owner !== this.#blocks.root
    if (!hasReverse && (isThere || owner.forwards.some(({ items: own }) => !own.some(isAboutPrivate)))) return
    if (this.#reversed.has(name)) return
    this.#reversed.add(name)
    this.#addRecord(owner, { kind: 'record', name, type: 'PTR', rdata: ['PTR', { name: first }], ttl: 30, items })
  }

  #placeRecord(fact: RecordFact): void {
    const owner = this.#blocks.owner(fact.name)
    if (owner !== null) this.#addRecord(owner, fact)
  }

  #placeAddresses(): void {
    const facts = this.#facts.filter((fact) => fact.kind === 'address')
    const isNested = this.#isNested
    const groups = new Map<string, { fact: AddressFact; domains: string[]; items: Item[]; owner: BlockContent }>()
    for (const fact of facts) {
      const owner = this.#blocks.owner(fact.domain)
      if (owner === null) continue
      const id = [
        isNested ? depthOf(fact.domain) : '',
        owner.keys,
        fact.ipv4,
        fact.ipv6,
        fact.otherTypes,
        fact.ttl,
      ].join('|')
      const group = groups.get(id)
      if (group === undefined) groups.set(id, { fact, domains: [fact.domain], items: [...fact.items], owner })
      else {
        group.domains.push(fact.domain)
        group.items.push(...fact.items)
      }
    }
    for (const { fact, domains, items, owner } of groups.values())
      owner.templates.push(...addressTemplates({ ...fact, items }, domains))
    this.#convert(facts.filter(({ otherTypes }) => otherTypes === 'upstream'))
  }

  /** True where one domain that is answered as a whole lies in another: then the deeper one must come first. */
  get #isNested(): boolean {
    return [...this.#covered].some((domain) => {
      for (let zone = domain; zone !== '.'; ) {
        zone = parentOf(zone)
        if (this.#covered.has(zone)) return true
      }
      return false
    })
  }

  /** Makes the NXDOMAIN of upstreams no data, in every block that asks one for names of the domains. */
  #convert(facts: readonly AddressFact[]): void {
    if (facts.length === 0 || !isSince(this.#release, HAS_REWRITE_RCODE)) return
    const domains = new Map(facts.map((fact) => [absoluteName(fact.domain), fact]))
    const byBlock = new Map<BlockContent, Map<string, readonly Item[]>>()
    const add = (block: BlockContent | null, zone: string) => {
      if (block === null || block.forwards.length === 0) return
      const zones = byBlock.get(block) ?? new Map<string, readonly Item[]>()
      byBlock.set(block, zones.set(zone, domains.get(zone)?.items ?? []))
    }
    for (const zone of domains.keys()) if (outermost(zone, domains) === zone) add(this.#blocks.owner(zone), zone)
    for (const [zone, block] of this.#blocks.zones) {
      const outer = outermost(zone, domains)
      if (outer !== null && outer !== '.') add(block, outer)
    }
    // `rewrite` stops at the first rule that matches: denied names keep their NXDOMAIN by a rule in front of it.
    for (const fact of this.#facts) {
      if (fact.kind !== 'deny') continue
      const domain = absoluteName(fact.domain)
      const block = this.#blocks.owner(domain)
      const outer = outermost(domain, domains)
      if (block === null || outer === null || !byBlock.get(block)?.has(outer)) continue
      block.rewrites.push({
        text: line('rewrite', 'stop', 'rcode', 'regex', expressionFor([domain]), 'NXDOMAIN', 'NXDOMAIN'),
        items: fact.items,
      })
    }
    for (const [block, zones] of byBlock)
      block.rewrites.push(...rewritesFor([...zones].map(([domain, items]) => ({ domain, items }))))
  }

  #placeDenials(): void {
    const isNested = this.#isNested
    const groups = new Map<string, { fact: DenyFact; domains: string[]; items: Item[]; owner: BlockContent }>()
    for (const fact of this.#facts) {
      if (fact.kind !== 'deny') continue
      const owner = this.#blocks.owner(fact.domain.includes('/') ? '.' : fact.domain)
      if (owner === null) continue
      const names = this.#blocks.denied.get(absoluteName(fact.domain)) ?? new Set()
      if (names.size > 0) {
        owner.templates.push(...denyTemplates(fact, [fact.domain], this.#namesIn(names), this.#clusterDomain))
        continue
      }
      const id = `${owner.keys.join(' ')}|${isNested ? depthOf(fact.domain) : ''}`
      const group = groups.get(id)
      if (group === undefined) groups.set(id, { fact, domains: [fact.domain], items: [...fact.items], owner })
      else {
        group.domains.push(fact.domain)
        group.items.push(...fact.items)
      }
    }
    for (const { fact, domains, items, owner } of groups.values()) {
      owner.templates.push(...denyTemplates({ ...fact, items }, domains, new Set(), this.#clusterDomain))
    }
  }

  /** The names with records, without the zones that have servers of their own. */
  #namesIn(names: ReadonlySet<string>): Set<string> {
    const zones = new Set(
      this.#facts.flatMap((fact) => (fact.kind === 'forward' ? fact.zones.map((zone) => absoluteName(zone)) : [])),
    )
    return new Set([...names].filter((name) => !zones.has(name)))
  }
}

/** Whether a name is one of some domains or below one. */
function isWithin(name: string, domains: ReadonlySet<string>): boolean {
  for (let zone = name; ; zone = parentOf(zone)) {
    if (domains.has(zone)) return true
    if (zone === '.') return false
  }
}

/** The widest of the domains that a zone lies in or is; null where it lies in none. */
function outermost(zone: string, domains: ReadonlyMap<string, unknown>): string | null {
  let found: string | null = null
  for (let one = zone; ; one = parentOf(one)) {
    if (domains.has(one)) found = one
    if (one === '.') return found
  }
}

function isAboutPrivate({ source }: Item): boolean {
  return source.text.includes('bogus-priv')
}

function rewritesFor(list: readonly { domain: string; items: readonly Item[] }[]): ResultLine[] {
  const size = list.length > MOST_SINGLE_REWRITES ? DOMAINS_OF_A_REWRITE : 1
  const lines: ResultLine[] = []
  for (let at = 0; at < list.length; at += size) {
    const some = list.slice(at, at + size)
    const expression = expressionFor(some.map(({ domain }) => domain))
    lines.push({
      text: line('rewrite', 'rcode', 'regex', expression, 'NXDOMAIN', 'NOERROR'),
      items: some.flatMap(({ items }) => items),
    })
  }
  return lines
}

/** A regular expression for domains and everything below them. */
function expressionFor(domains: readonly string[]): string {
  if (domains.includes('.')) return '.*'
  const names = domains.map((domain) => escapedForRegex(domain.slice(0, -1)))
  return `^(.*\\.)?${names.length === 1 ? names[0] : `(${names.join('|')})`}\\.$`
}

/** How deep a domain lies, for the order of templates: CoreDNS takes the first that matches, not the deepest. */
export function depthOf(domain: string): number {
  return countLabels(absoluteName(domain))
}
