import { absoluteName, normalizeName, parentOf, withoutDot } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import { zonesOf } from '../values/zone.ts'
import type { BlockContent } from './block-content.ts'
import type { ServingBlock } from './existing.ts'
import type { Fact, ForwardFact } from './plan.ts'

/** Ends within a hexadecimal digit, which releases before 1.8.5 split at the next whole byte. */
const LINK_LOCAL = 'fe80::/9'
const LINK_LOCAL_ZONES = ['8', '9', 'a', 'b', 'c', 'd', 'e', 'f'].map((digit) => `${digit}.e.f.ip6.arpa`)

/** Networks whose reverse names dnsmasq keeps to itself with `--bogus-priv`, as it was seen; an IPv6 address alone must be written as a name. */
export const PRIVATE_NETWORKS = [
  '10.0.0.0/8',
  '192.168.0.0/16',
  '172.16.0.0/12',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '0.0.0.0/8',
  '255.255.255.255/32',
  'fd00::/8',
  LINK_LOCAL,
  '2001:db8::/32',
  `${'0.'.repeat(32)}ip6.arpa`,
  `1.${'0.'.repeat(31)}ip6.arpa`,
] as const

/** The server blocks of a result, and which of them a name belongs to. */
export class Blocks {
  readonly #release: string
  readonly #blocks = new Map<string, BlockContent>()
  readonly #zones = new Map<string, BlockContent>()
  /** Denied domains, and the names in them that something else answers. */
  readonly denied: ReadonlyMap<string, ReadonlySet<string>>
  /** The block of all other names; null where they are refused. */
  readonly root: BlockContent | null
  /** The servers for all other names, as behind `forward .`. */
  readonly defaults: readonly string[]

  constructor(facts: readonly Fact[], release: string, existing: readonly ServingBlock[]) {
    this.#release = release
    for (const block of existing) this.#addExisting(block)
    this.denied = inhabitedDenials(facts)
    const forwards = withoutOverlap(
      facts.filter((fact) => fact.kind === 'forward'),
      release,
    )
    const isDefault = ({ zones, view }: ForwardFact) => view === null && zones.includes('.')
    this.defaults = [...new Set(forwards.flatMap((fact) => (isDefault(fact) && fact.to !== 'default' ? fact.to : [])))]
    const known = this.#zones.get('.') ?? null
    this.root = known ?? (facts.some((fact) => this.#needsRoot(fact)) ? this.#add(['.'], null) : null)
    for (const fact of forwards) this.#add(fact.zones, fact.view).forwards.push(fact)
    for (const [domain, names] of this.denied)
      if (names.size > 0) this.#add([withoutDot(domain)], null).deniesOnly = true
    for (const fact of facts) if (fact.kind === 'zone') this.#addZone(fact)
    for (const fact of facts) if (fact.kind === 'private-reverse') this.#addPrivateReverse(fact.items)
    for (const fact of facts) if (fact.kind === 'cluster') this.#addCluster(fact)
  }

  /** The blocks: those with a view, `.`, then the others by name. */
  get all(): BlockContent[] {
    const blocks = [...this.#blocks.values()]
    const views = blocks.filter(({ view }) => view !== null)
    const others = blocks.filter((block) => block !== this.root && block.view === null)
    others.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    return [...views, ...(this.root === null ? [] : [this.root]), ...others]
  }

  /** The block that CoreDNS chooses for a name, views aside; null where none serves it. */
  owner(name: string): BlockContent | null {
    for (let zone = absoluteName(name); ; zone = parentOf(zone)) {
      const block = this.#zones.get(zone)
      if (block !== undefined) return block
      if (zone === '.') return null
    }
  }

  /** All zones that blocks serve, with their blocks. */
  get zones(): ReadonlyMap<string, BlockContent> {
    return this.#zones
  }

  #needsRoot(fact: Fact): boolean {
    switch (fact.kind) {
      case 'forward':
        return fact.view === null && fact.zones.includes('.')
      case 'directive':
      case 'template':
        return fact.zone === '.'
      case 'deny':
        return this.denied.get(absoluteName(fact.domain))?.size === 0
      case 'private-reverse':
      case 'zone':
      case 'setting':
        return false
      default:
        return true
    }
  }

  #add(keys: readonly string[], view: ForwardFact['view']): BlockContent {
    const id = `${keys.join(' ')} ${view?.name ?? ''}`
    let block = this.#blocks.get(id)
    if (block === undefined && view === null) {
      const zones = keys.flatMap((key) => zonesOf(key, this.#release)).map((zone) => normalizeName(zone))
      const owner = this.#zones.get(zones[0] ?? '')
      if (owner?.existing && zones.every((zone) => this.#zones.get(zone) === owner)) return owner
    }
    if (block === undefined) {
      block = {
        keys,
        view,
        existing: null,
        clusters: [],
        forwards: [],
        hosts: [],
        templates: [],
        rewrites: [],
        directives: [],
        deniesOnly: false,
      }
      this.#blocks.set(id, block)
      if (view !== null) return block
      for (const zone of keys.flatMap((key) => zonesOf(key, this.#release))) {
        const name = normalizeName(zone)
        if (!this.#zones.has(name)) this.#zones.set(name, block)
      }
    }
    return block
  }

  /** A block that is there already: it keeps its zones, whatever sources say. */
  #addExisting({ view: existing, zones: keys }: ServingBlock): void {
    const block: BlockContent = {
      keys,
      view: null,
      existing,
      clusters: [],
      forwards: [],
      hosts: [],
      templates: [],
      rewrites: [],
      directives: [],
      deniesOnly: false,
    }
    this.#blocks.set(`existing ${existing.block.number}`, block)
    for (const zone of keys) if (!this.#zones.has(zone)) this.#zones.set(zone, block)
  }

  #addZone({ zone, plugin, lines, items }: Extract<Fact, { kind: 'zone' }>): void {
    this.#add([zone], null).directives.push({ kind: 'directive', zone, plugin, lines, items })
  }

  #addPrivateReverse(items: readonly Fact['items'][number][]): void {
    // A zone that has its own servers keeps them; the others of its network are then written out.
    const networks = PRIVATE_NETWORKS.flatMap((key) =>
      key === LINK_LOCAL && !isSince(this.#release, '1.8.5') ? LINK_LOCAL_ZONES : [key],
    )
    const keys = networks.flatMap((key) => {
      const zones = zonesOf(key, this.#release).map((zone) => normalizeName(zone))
      const free = zones.filter((zone) => !this.#zones.has(zone))
      return free.length === zones.length ? [key] : free.map(withoutDot)
    })
    // Where none is left, the block that serves most of them is the one for them.
    const block = keys.length > 0 ? this.#add(keys, null) : this.#ownerOfMost(networks)
    if (block === null) return
    const lines = [
      'template IN PTR {',
      '    match "^([0-9]+\\.)+in-addr\\.arpa\\.$" "^([0-9a-f]\\.)+ip6\\.arpa\\.$"',
      '    rcode NXDOMAIN',
      '    fallthrough',
      '}',
    ]
    block.templates.push({ rank: 90, lines: lines.map((text) => ({ text, items })) })
    if (this.defaults.length > 0) {
      block.forwards.push({
        kind: 'forward',
        zones: keys,
        to: 'default',
        policy: 'random',
        lines: [],
        view: null,
        items,
      })
    }
  }

  #ownerOfMost(keys: readonly string[]): BlockContent | null {
    const counts = new Map<BlockContent, number>()
    for (const zone of keys.flatMap((key) => zonesOf(key, this.#release))) {
      const owner = this.#zones.get(normalizeName(zone))
      if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1)
    }
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null
  }

  #addCluster(cluster: Extract<Fact, { kind: 'cluster' }>): void {
    if (this.root !== null && !this.root.clusters.some(({ domain }) => domain === cluster.domain))
      this.root.clusters.push(cluster)
    // A zone above the cluster's would take its names away from `.`.
    if (this.owner(cluster.domain) !== this.root) {
      this.#add([cluster.domain], null).clusters.push({ ...cluster, reverseZones: [] })
    }
  }
}

/**
 * Forwards of which no two have a zone in common, `.` aside: a network and a reverse zone inside are one domain to dnsmasq, with the
 * servers of both, and two blocks with one zone are refused. Networks that lose a zone are written out.
 */
function withoutOverlap(facts: readonly ForwardFact[], release: string): readonly ForwardFact[] {
  const owners = new Map<string, Set<ForwardFact>>()
  const zonesAt = (key: string) => zonesOf(key, release).map((zone) => normalizeName(zone))
  const own = facts.filter(({ view }) => view === null)
  for (const fact of own) {
    for (const zone of fact.zones.flatMap(zonesAt)) {
      const others = owners.get(zone) ?? new Set()
      owners.set(zone, others.add(fact))
    }
  }
  const shared = [...owners].filter(([zone, some]) => zone !== '.' && some.size > 1)
  if (shared.length === 0) return facts
  const isShared = new Set(shared.map(([zone]) => zone))
  const left = facts.flatMap((fact) => {
    if (fact.view !== null) return [fact]
    const zones = fact.zones.flatMap((key) => {
      const all = zonesAt(key)
      return all.some((zone) => isShared.has(zone)) ? all.filter((zone) => !isShared.has(zone)).map(withoutDot) : [key]
    })
    return zones.length === 0 ? [] : [{ ...fact, zones }]
  })
  return [...left, ...shared.map(([zone, some]) => joined(withoutDot(zone), [...some]))]
}

function joined(zone: string, facts: readonly ForwardFact[]): ForwardFact {
  const to = [...new Set(facts.flatMap((fact) => (fact.to === 'default' ? [] : fact.to)))]
  return {
    kind: 'forward',
    zones: [zone],
    to: to.length === 0 ? 'default' : to,
    policy: facts[0]?.policy ?? 'random',
    lines: [...new Set(facts.flatMap(({ lines }) => lines))],
    view: null,
    items: facts.flatMap(({ items }) => items),
  }
}

/** The domains that facts deny, each with the names and zones in it that other facts answer. Linear in names and their labels. */
function inhabitedDenials(facts: readonly Fact[]): Map<string, Set<string>> {
  const denied = new Map<string, Set<string>>()
  for (const fact of facts) if (fact.kind === 'deny') denied.set(absoluteName(fact.domain), new Set())
  if (denied.size === 0) return denied
  for (const fact of facts) {
    for (const name of namesOf(fact)) {
      const absolute = absoluteName(name)
      for (let zone = absolute; zone !== '.'; zone = parentOf(zone)) denied.get(zone)?.add(absolute)
    }
  }
  return denied
}

function namesOf(fact: Fact): readonly string[] {
  if (fact.kind === 'host') return fact.names
  if (fact.kind === 'record') return [fact.name]
  return fact.kind === 'forward' ? fact.zones.filter((zone) => zone !== '.' && !zone.includes('/')) : []
}

/** What blocks are sorted by: the domain. */
function keyOf({ keys }: BlockContent): string {
  return keys[0] ?? ''
}
