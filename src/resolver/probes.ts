import { formatIp, type Ip, parseIp } from '../values/ip.ts'
import { foldCase, isSubdomain } from '../values/name.ts'
import { reverseName } from '../values/reverse.ts'
import type { Vocabulary } from './decision.ts'
import { samplesOf } from './pattern-samples.ts'
import { type Query, queryFor } from './query.ts'

/** Types asked of every name; HTTPS stands for those that no plugin treats apart. */
const FORWARD_TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'HTTPS'] as const
const REVERSE_TYPES = ['PTR', 'A', 'TXT'] as const
/** Names beyond this number are asked for their addresses alone. */
const MOST_NAMES_IN_FULL = 2_000

/** A query, and what it stands for. */
export interface Probe {
  readonly query: Query
  /** `itself`: the name alone. `below`: every name under `of` that no configuration mentions. `beside`: a spelling or neighbour that must not be confused with it. */
  readonly kind: 'itself' | 'below' | 'beside'
  readonly of: string
}

/** Queries that tell two configurations apart, and whether names were so many that some of them are asked less. */
export interface Probes {
  readonly probes: readonly Probe[]
  readonly reduced: boolean
}

/**
 * A finite set of queries that decides whether two configurations answer alike: both depend on a name only through equality with the
 * names that they mention, through the domains that it lies in, through the number of its labels there and through the address in a
 * reverse name. Linear in the number of names.
 */
export function probesOf(vocabularies: readonly Vocabulary[]): Probes {
  const set = new ProbeSet()
  const domains = union(vocabularies.map((vocabulary) => vocabulary.domains))
  const names = union(vocabularies.map((vocabulary) => vocabulary.names))
  const clusters = union(vocabularies.map((vocabulary) => vocabulary.clusterDomains))
  const patterns = vocabularies.flatMap((vocabulary) => vocabulary.patterns)
  const samples = new Set([
    ...patterns.flatMap(({ sample }) => sample ?? []),
    ...[...new Set(patterns.map(({ source }) => source))].flatMap(samplesOf),
  ])
  const nodes = new Set<string>(['.'])
  for (const domain of domains) addWithAncestors(nodes, domain)
  for (const cluster of clusters) {
    addWithAncestors(nodes, cluster)
    nodes.add(under('svc', cluster))
    nodes.add(under('pod', cluster))
  }
  const full: string[] = []
  const brief: string[] = []
  for (const name of names) (full.length < MOST_NAMES_IN_FULL ? full : brief).push(name)
  for (const name of full) addWithAncestors(nodes, name)
  const labels = new FreshLabels([...nodes, ...brief])

  for (const node of nodes) {
    set.add(node)
    set.add(under(labels.one, node), 'below', node)
    set.add(under(`${labels.two}.${labels.three}`, node), 'below', node)
    if (node !== '.') set.add(`x${node}`, 'beside', node)
  }
  set.add(`${labels.one}.${labels.two}.${labels.three}.`, 'below', '.')
  for (const name of full) set.addAs(['A'], oddCase(name), 'beside', name)
  for (const name of brief) set.addAs(['A', 'AAAA'], name)
  for (const sample of samples) set.add(sample)
  for (const cluster of clusters) addClusterNames(set, cluster, labels)
  addReverseNames(set, union(vocabularies.map((vocabulary) => vocabulary.addresses)))
  return { probes: set.probes, reduced: brief.length > 0 }
}

class ProbeSet {
  readonly probes: Probe[] = []
  readonly #known = new Set<string>()

  add(name: string, kind: Probe['kind'] = 'itself', of = name): void {
    this.addAs(isReverse(name) ? REVERSE_TYPES : FORWARD_TYPES, name, kind, of)
  }

  addAs(types: readonly string[], name: string, kind: Probe['kind'] = 'itself', of = name): void {
    // What cannot be asked at all tells nothing.
    if (name.length > 254 || name.split('.').some(({ length }) => length > 63)) return
    for (const type of types) {
      const key = `${name} ${type}`
      if (this.#known.has(key)) continue
      this.#known.add(key)
      this.probes.push({ query: queryFor(name, type), kind, of })
    }
  }
}

/** Labels that none of the names has, so that what they give is what any other name gives. */
class FreshLabels {
  readonly one: string
  readonly two: string
  readonly three: string

  constructor(names: readonly string[]) {
    const used = new Set(names.flatMap((name) => name.split('.')))
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

function addClusterNames(set: ProbeSet, cluster: string, labels: FreshLabels): void {
  for (const name of ['kubernetes.default.svc', '10-0-0-1.default.pod']) set.add(under(name, cluster))
  set.add(under(`${labels.one}.default.svc`, cluster), 'below', under('default.svc', cluster))
}

function addReverseNames(set: ProbeSet, addresses: Iterable<string>): void {
  for (const address of [...addresses, '10.96.0.1', '8.8.8.8', '2001:4860:4860::8888', 'fd00::1']) {
    const ip = parseIp(address)
    if (ip === undefined) continue
    for (const one of [ip, next(ip)]) set.addAs(REVERSE_TYPES, reverseName(one))
  }
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

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set].map(foldCase)))
}

function addWithAncestors(nodes: Set<string>, name: string): void {
  for (let node = name; node !== '.' && !nodes.has(node); node = parentOf(node)) nodes.add(node)
}

function parentOf(name: string): string {
  const dot = name.indexOf('.')
  return dot === -1 || dot === name.length - 1 ? '.' : name.slice(dot + 1)
}

function under(labels: string, parent: string): string {
  return parent === '.' ? `${labels}.` : `${labels}.${parent}`
}

function isReverse(name: string): boolean {
  return isSubdomain('in-addr.arpa.', name) || isSubdomain('ip6.arpa.', name)
}

function oddCase(name: string): string {
  return name.replace(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter))
}
