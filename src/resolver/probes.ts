import { formatIp, type Ip, parseIp } from '../values/ip.ts'
import { foldCase, parentOf } from '../values/name.ts'
import { reverseName, reverseVersion } from '../values/reverse.ts'
import type { Vocabulary } from './decision.ts'
import { namesOf } from './pattern-samples.ts'
import { type Query, queryFor } from './query.ts'

/** Types asked of every name; HTTPS stands for those that no plugin treats apart. */
const FORWARD_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'HTTPS']
const REVERSE_TYPES: readonly string[] = ['PTR', 'A', 'TXT']
const ADDRESS_TYPES: readonly string[] = ['A', 'AAAA']
/** Of names, of domains and of addresses this many each are asked in full, those of one side alone first. */
const MOST_IN_FULL = 2_000
/** What other domains and names below them are asked for, and their neighbours. */
const BRIEF_DOMAIN: readonly string[] = ['A', 'AAAA', 'HTTPS']
const BRIEF_NEIGHBOUR: readonly string[] = ['A']
/** Reverse names that are asked whatever the configurations mention. */
const USUAL_ADDRESSES = ['10.96.0.1', '8.8.8.8', '2001:4860:4860::8888', 'fd00::1']

/** A query, and what it stands for. */
export interface Probe {
  readonly query: Query
  /** `itself`: the name alone. `below`: every name under `of` that no configuration mentions. `beside`: a spelling or neighbour that must not be confused with it. */
  readonly kind: 'itself' | 'below' | 'beside'
  readonly of: string
}

/** What is left out where there are very many names: each is asked for the types of its own records, not all of them in full. */
export interface Reduced {
  /** Questions that asking everything in full would take, about. */
  readonly whole: number
  /** Names, domains and addresses. */
  readonly names: number
  /** Those of them that are asked for all types, with what lies below and beside them. */
  readonly inFull: number
}

/** Questions about one name. */
interface Group {
  readonly name: string
  readonly types: readonly string[]
  readonly kind: Probe['kind']
  readonly of: string
}

/**
 * A finite set of queries that decides whether two configurations answer alike: both depend on a name only through equality with the
 * names that they mention, through the domains that it lies in, through the number of its labels there and through the address in a
 * reverse name. They are made anew each time that somebody goes through them, so that nobody need keep them.
 */
export class Probes implements Iterable<Probe> {
  /** Null where all names are asked in full. */
  readonly reduced: Reduced | null
  readonly #vocabularies: readonly Vocabulary[]
  readonly #names: Chosen
  readonly #addresses: Chosen
  readonly #clusters: readonly string[]
  readonly #samples: ReadonlySet<string>
  /** Domains and names that are asked in full, and all that is above them. */
  readonly #nodes = new Set<string>(['.'])
  /** All other domains. */
  readonly #domains: ReadonlySet<string>
  /** What is above all other names. */
  readonly #above: ReadonlySet<string>
  readonly #labels: FreshLabels
  #count: number | undefined

  constructor(vocabularies: readonly Vocabulary[]) {
    this.#vocabularies = vocabularies
    const domains = chosenOf(vocabularies.map((vocabulary) => askable(vocabulary.domains)))
    this.#names = chosenOf(vocabularies.map((vocabulary) => askable(vocabulary.names)))
    this.#addresses = chosenOf(vocabularies.map((vocabulary) => vocabulary.addresses))
    this.#clusters = [...union(vocabularies.map((vocabulary) => vocabulary.clusterDomains))]
    this.#samples = samplesIn(vocabularies)
    for (const domain of domains.inFull) addWithAncestors(this.#nodes, domain)
    for (const cluster of this.#clusters) {
      addWithAncestors(this.#nodes, cluster)
      this.#nodes.add(under('svc', cluster))
      this.#nodes.add(under('pod', cluster))
    }
    for (const name of this.#names.inFull) addWithAncestors(this.#nodes, name)
    const zones = this.#names.inBrief.flatMap((name) => this.#zoneOf(name) ?? [])
    this.#domains = withAncestors([...domains.inBrief, ...zones], [this.#nodes])
    this.#above = withAncestors(this.#names.inBrief.map(parentOf), [this.#nodes, this.#domains])
    this.#labels = new FreshLabels([this.#nodes, this.#domains, this.#names.inBrief])
    const all = [domains, this.#names, this.#addresses]
    this.reduced = all.every(({ inBrief }) => inBrief.length === 0) ? null : this.#reducedOf(all)
  }

  /** How many questions there are. */
  get count(): number {
    if (this.#count === undefined) {
      this.#count = 0
      for (const { types } of this.#groups()) this.#count += types.length
    }
    return this.#count
  }

  *[Symbol.iterator](): Generator<Probe> {
    for (const { name, types, kind, of } of this.#groups()) {
      for (const type of types) yield { query: queryFor(name, type), kind, of }
    }
  }

  *#groups(): Generator<Group> {
    // What cannot be asked at all tells nothing.
    for (const group of this.#thinkable()) if (isAskable(group.name)) yield group
  }

  *#thinkable(): Generator<Group> {
    const { one, two, three } = this.#labels
    for (const node of this.#nodes) yield* this.#around(node, { own: this.#typesOf(node) })
    yield { name: `${one}.${two}.${three}.`, types: FORWARD_TYPES, kind: 'below', of: '.' }
    for (const domain of this.#domains)
      yield* this.#around(domain, { own: this.#briefTypesOf(domain), below: BRIEF_DOMAIN, beside: BRIEF_NEIGHBOUR })
    for (const name of this.#names.inFull) {
      const odd = oddCase(name)
      if (odd !== name) yield { name: odd, types: ['A'], kind: 'beside', of: name }
    }
    for (const name of this.#above) yield itself(name, this.#briefTypesOf(name))
    for (const name of this.#names.inBrief) {
      if (!this.#isDomain(name) && !this.#above.has(name)) yield itself(name, this.#briefTypesOf(name))
    }
    for (const sample of this.#samples) if (!this.#isAsked(sample)) yield itself(sample, usualTypes(sample))
    yield* this.#clusterNames()
    yield* this.#reverseNames()
  }

  /** A domain, names below it and one beside it. */
  *#around(
    domain: string,
    { own, below, beside }: { own: readonly string[]; below?: readonly string[]; beside?: readonly string[] },
  ): Generator<Group> {
    const { one, two, three } = this.#labels
    const usual = usualTypes(domain)
    yield itself(domain, own)
    yield { name: under(one, domain), types: below ?? usual, kind: 'below', of: domain }
    yield { name: under(`${two}.${three}`, domain), types: beside ?? usual, kind: 'below', of: domain }
    const neighbour = `x${domain}`
    if (domain !== '.' && !this.#isAsked(neighbour))
      yield { name: neighbour, types: beside ?? usualTypes(neighbour), kind: 'beside', of: domain }
  }

  *#clusterNames(): Generator<Group> {
    for (const cluster of this.#clusters) {
      for (const labels of ['kubernetes.default.svc', '10-0-0-1.default.pod']) {
        const name = under(labels, cluster)
        if (!this.#isAsked(name)) yield itself(name, usualTypes(name))
      }
      const of = under('default.svc', cluster)
      if (!this.#isDomain(of)) yield { name: under(this.#labels.one, of), types: usualTypes(of), kind: 'below', of }
    }
  }

  *#reverseNames(): Generator<Group> {
    const known = new Set<string>()
    const { inFull, inBrief } = this.#addresses
    for (const address of [...inFull, ...USUAL_ADDRESSES]) {
      const ip = parseIp(address)
      for (const one of ip === undefined ? [] : [ip, next(ip)]) {
        const name = reverseName(one)
        if (!known.has(name) && !this.#isAsked(name)) yield itself(name, REVERSE_TYPES)
        known.add(name)
      }
    }
    for (const address of inBrief) {
      const ip = parseIp(address)
      const name = ip === undefined ? undefined : reverseName(ip)
      if (name !== undefined && !known.has(name) && !this.#isAsked(name)) yield itself(name, ['PTR'])
    }
  }

  #isDomain(name: string): boolean {
    return this.#nodes.has(name) || this.#domains.has(name)
  }

  #isAsked(name: string): boolean {
    return this.#isDomain(name) || this.#above.has(name) || this.#vocabularies.some(({ names }) => names.has(name))
  }

  /** The domain that a name decides about besides itself: of a wildcard, an alias of a domain or a zone cut. */
  #zoneOf(name: string): string | null {
    if (name.startsWith('*.')) return parentOf(name)
    for (const type of this.#ownTypes(name) ?? []) if (type === 'DNAME' || type === 'NS') return name
    return null
  }

  /** The usual types, and those of the records that a name has. */
  #typesOf(name: string): readonly string[] {
    return joined(usualTypes(name), this.#ownTypes(name) ?? [])
  }

  /** Those of the records that a name has, with addresses; the usual ones where it may differ from others in every type. */
  #briefTypesOf(name: string): readonly string[] {
    const own = this.#ownTypes(name)
    if (own === null) return usualTypes(name)
    return joined(reverseVersion(name) === 0 ? ADDRESS_TYPES : ['PTR'], own)
  }

  /** Null for a name that every type may matter of. */
  #ownTypes(name: string): Iterable<string> | null {
    let own: ReadonlySet<string> | undefined
    for (const { names, types } of this.#vocabularies) {
      if (!names.has(name)) continue
      const some = types?.get(name)
      if (some === undefined) return null
      own = own === undefined || own === some ? some : new Set([...own, ...some])
    }
    return own ?? []
  }

  #reducedOf(all: readonly Chosen[]): Reduced {
    const inFull = all.reduce((sum, each) => sum + each.inFull.length, 0)
    const inBrief = all.reduce((sum, each) => sum + each.inBrief.length, 0)
    let left = 5 * this.#addresses.inBrief.length
    for (const domain of this.#domains) left += Math.max(0, 4 * usualTypes(domain).length - 8)
    for (const name of this.#above) left += 4 * usualTypes(name).length - this.#briefTypesOf(name).length
    for (const name of this.#names.inBrief) left += 4 * usualTypes(name).length + 1 - this.#briefTypesOf(name).length
    return { whole: this.count + left, names: inFull + inBrief, inFull }
  }
}

/** The queries that decide whether configurations with these vocabularies answer alike. */
export function probesOf(vocabularies: readonly Vocabulary[]): Probes {
  return new Probes(vocabularies)
}

function itself(name: string, types: readonly string[]): Group {
  return { name, types, kind: 'itself', of: name }
}

function usualTypes(name: string): readonly string[] {
  return isReverse(name) ? REVERSE_TYPES : FORWARD_TYPES
}

function joined(types: readonly string[], more: Iterable<string>): readonly string[] {
  let all: string[] | undefined
  for (const type of more) {
    if (types.includes(type)) continue
    all ??= [...types]
    all.push(type)
  }
  return all ?? types
}

/** Labels that none of the names has, so that what they give is what any other name gives. */
class FreshLabels {
  readonly one: string
  readonly two: string
  readonly three: string

  constructor(names: readonly Iterable<string>[]) {
    const used = new Set<string>()
    for (const some of names) {
      for (const name of some) if (name.includes('zz')) for (const label of name.split('.')) used.add(label)
    }
    const fresh = (wanted: string) => {
      let label = wanted
      for (let number = 1; used.has(label); number++) label = `${wanted}${number}`
      return label
    }
    this.one = fresh('zzprobe')
    this.two = fresh('zza')
    this.three = fresh('zzb')
  }
}

function samplesIn(vocabularies: readonly Vocabulary[]): Set<string> {
  const patterns = vocabularies.flatMap((vocabulary) => vocabulary.patterns)
  const most = patterns.length > MOST_IN_FULL ? 1 : Number.POSITIVE_INFINITY
  return new Set(patterns.flatMap((pattern) => namesOf(pattern).slice(0, most)))
}

/** Names of a kind, which are asked in full or not. */
interface Chosen {
  readonly inFull: readonly string[]
  readonly inBrief: readonly string[]
}

/** As many as can be asked in full, those that not all sides have first. */
function chosenOf(sets: readonly ReadonlySet<string>[]): Chosen {
  const all = [...union(sets)]
  if (all.length <= MOST_IN_FULL) return { inFull: all, inBrief: [] }
  const isOfAll = (name: string) => sets.every((set) => set.has(name))
  const own = all.filter((name) => !isOfAll(name))
  const sorted = own.length === 0 ? all : [...own, ...all.filter(isOfAll)]
  return { inFull: sorted.slice(0, MOST_IN_FULL), inBrief: sorted.slice(MOST_IN_FULL) }
}

/** Each once, in lower case. */
function* union(sets: readonly ReadonlySet<string>[]): Generator<string> {
  for (const [at, set] of sets.entries()) {
    for (const name of set) {
      const folded = foldCase(name)
      if (!sets.some((other, number) => number < at && other.has(folded))) yield folded
    }
  }
}

function addWithAncestors(nodes: Set<string>, name: string): void {
  for (let node = name; node !== '.' && !nodes.has(node); node = parentOf(node)) nodes.add(node)
}

/** Names with all that is above them, but for what others have. */
function withAncestors(names: Iterable<string>, others: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>()
  for (const name of names) {
    for (let node = name; node !== '.' && !all.has(node); node = parentOf(node)) {
      if (others.some((other) => other.has(node))) break
      all.add(node)
    }
  }
  return all
}

function under(labels: string, parent: string): string {
  return parent === '.' ? `${labels}.` : `${labels}.${parent}`
}

function isAskable(name: string): boolean {
  if (name.length < 64) return true
  return name.length <= 254 && name.split('.').every(({ length }) => length <= 63)
}

function isReverse(name: string): boolean {
  return reverseVersion(name) !== 0 || name === 'in-addr.arpa.' || name === 'ip6.arpa.'
}

/** The address behind an address; the first one behind the last. */
function next(ip: Ip): Ip {
  const bytes = [...ip]
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = ((bytes[at] ?? 0) + 1) & 0xff
    if (bytes[at] !== 0) break
  }
  return parseIp(formatIp(bytes)) ?? ip
}

function oddCase(name: string): string {
  return name.replace(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter))
}

/** Without names that no query can hold: of a label without characters there is none in the middle (`a..test`). */
function askable(names: ReadonlySet<string>): ReadonlySet<string> {
  const isOdd = (name: string) => name.length > 1 && (name.startsWith('.') || /(?<!\\)\.\./.test(name))
  for (const name of names) if (isOdd(name)) return new Set([...names].filter((one) => !isOdd(one)))
  return names
}
