import { isSinceOpenShift, OPENSHIFT_FIELD_SINCE, type OpenShiftRelease } from '../../../grammar/openshift.ts'
import { OPENSHIFT_DOMAIN } from '../../resolver/openshift/operator-corefile.ts'
import type { OperatorForwarding, OperatorResolvers, OperatorUpstream } from '../../sources/operator-dns.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { absoluteName, isSubdomain } from '../../values/name.ts'
import { zonesOf } from '../../values/zone.ts'
import type { BlockContent } from '../block-content.ts'
import { Blocks } from '../owners.ts'
import type { Fact, ForwardFact, Item, Plan } from '../plan.ts'
import { endpointOf, forwardingRefusals, MOST_UPSTREAMS, upstreamRefusal, zoneRefusal } from './limits.ts'

/** Zones that the resource should have servers for, and the items that say so. */
export interface WantedServer extends OperatorForwarding {
  /** Without a final dot. */
  readonly zones: readonly string[]
  readonly upstreams: readonly string[]
  readonly items: readonly Item[]
}

/** What of a plan the resource can say, and why it cannot say the rest. */
export interface Wanted {
  readonly servers: readonly WantedServer[]
  /** Null where the plan says nothing of all other names. */
  readonly resolvers: (OperatorResolvers & { readonly items: readonly Item[] }) | null
  /** A Go duration; null for the operator's own. */
  readonly positiveTTL: { readonly value: string; readonly items: readonly Item[] } | null
  readonly logLevel: { readonly value: 'Trace'; readonly items: readonly Item[] } | null
  /** Items of which something cannot be said: why, and what to do instead, if anything. */
  readonly lost: ReadonlyMap<Item, ReadonlyMap<string, string | null>>
  /** Items that the operator does without being told. */
  readonly byItself: ReadonlyMap<Item, string>
}

/** What the resource of the operator can say of a plan; every other fact is told with the reason. */
export function wantedOf(plan: Plan, release: string, openshift: OpenShiftRelease): Wanted {
  return new Wanting(plan, release, openshift).finish()
}

/** What to do with names that the operator's CoreDNS cannot answer itself. */
const BESIDE =
  'leave it where it is, or let a CoreDNS of your own answer it (--format manifest writes one) and give its zone an entry in spec.servers with the address of that one'

/** Why a fact has no place in the resource, in a sentence without a full stop. */
const WHY: Readonly<Record<Exclude<Fact['kind'], 'forward' | 'cluster' | 'directive' | 'setting'>, string>> = {
  host: 'the operator writes the Corefile, and its resource has no names with addresses',
  record: 'the operator writes the Corefile, and its resource has no records',
  address: 'the operator writes the Corefile, and its resource has no answers for a whole domain',
  deny: 'the operator writes the Corefile, and its resource cannot deny a domain',
  template: 'the operator writes the Corefile, and its resource has no templates',
  'private-reverse': 'the operator writes the Corefile, and its resource cannot deny reverse names',
  zone: 'the operator writes the Corefile, and its resource has no zones but such with upstreams',
}

const WHY_SETTING = {
  port: 'the operator has the port in its hands: its Service listens on 53',
  bind: 'the operator has in its hands on which addresses CoreDNS listens',
  'no-cache': 'the operator always has a cache; spec.cache.positiveTTL: 1s comes nearest',
  'hosts-ttl': 'the operator writes the Corefile, and its resource has no names with addresses',
  limit: 'the resource has no limit of queries at once',
  order: null,
  'no-resolver': 'the operator always has servers for all names: those of upstreamResolvers, or of the node',
} as const

class Wanting {
  readonly #plan: Plan
  readonly #release: string
  readonly #openshift: OpenShiftRelease
  readonly #lost = new Map<Item, Map<string, string | null>>()
  readonly #byItself = new Map<Item, string>()
  readonly #servers: WantedServer[] = []
  #resolvers: Wanted['resolvers'] = null
  #logLevel: Wanted['logLevel'] = null

  constructor(plan: Plan, release: string, openshift: OpenShiftRelease) {
    this.#plan = plan
    this.#release = release
    this.#openshift = openshift
  }

  finish(): Wanted {
    const forwards: ForwardFact[] = []
    for (const fact of this.#plan.facts) {
      if (fact.kind === 'forward' && fact.view === null) forwards.push(fact)
      else this.#readOther(fact)
    }
    this.#readForwards(forwards)
    return {
      servers: this.#servers,
      resolvers: this.#resolvers,
      positiveTTL: this.#cache(),
      logLevel: this.#logLevel,
      lost: this.#lost,
      byItself: this.#byItself,
    }
  }

  #readOther(fact: Fact): void {
    const { kind, items } = fact
    if (kind === 'forward') this.#lose(items, 'the resource has servers for zones, and none for other kinds of names')
    else if (kind === 'cluster') this.#readCluster(fact)
    else if (kind === 'directive') this.#readDirective(fact)
    else if (kind === 'setting') {
      const why = WHY_SETTING[fact.setting]
      if (this.#counts(fact.setting) && why !== null) this.#lose(items, why)
    } else this.#lose(items, WHY[kind], BESIDE)
  }

  /** Whether a setting makes a difference to the plan as a whole. */
  #counts(setting: Extract<Fact, { kind: 'setting' }>['setting']): boolean {
    const { port, bind, facts } = this.#plan
    if (setting === 'port') return port !== null
    if (setting === 'bind') return bind.length > 0
    const asksSomebody = facts.some((fact) => fact.kind === 'forward' && fact.zones.includes('.'))
    return setting !== 'no-resolver' || !asksSomebody
  }

  #readCluster({ domain, lines, items }: Extract<Fact, { kind: 'cluster' }>): void {
    if (domain.toLowerCase() === OPENSHIFT_DOMAIN)
      for (const item of items) this.#byItself.set(item, 'the operator serves the names of the cluster')
    else {
      const naming = this.#plan.items.filter(({ source }) => flagValue(source.text).replace(/\.$/, '') === domain)
      this.#lose([...items, ...naming], `the operator serves ${OPENSHIFT_DOMAIN}, and no other domain of a cluster`)
    }
    for (const line of lines) {
      const [plugin = '', value = ''] = line.split(' ')
      const own = this.#plan.items.filter(({ source }) => flagValue(source.text) === value)
      this.#lose(
        own,
        `the operator decides about ${plugin === 'endpoint' || plugin === 'kubeconfig' ? 'the API server' : plugin} itself`,
      )
    }
  }

  #readDirective({ plugin, lines, items }: Extract<Fact, { kind: 'directive' }>): void {
    if (plugin === 'log' && this.#has('logLevel'))
      this.#logLevel = { value: 'Trace', items: [...(this.#logLevel?.items ?? []), ...items] }
    else if (lines.join() === 'bufsize 1232')
      for (const item of items) this.#byItself.set(item, 'the operator writes bufsize 1232')
    else this.#lose(items, `the operator writes the Corefile, and its resource has nothing for ${plugin}`)
  }

  #readForwards(facts: readonly ForwardFact[]): void {
    const blocks = new Blocks(facts, this.#release, [])
    const root = blocks.root
    if (root !== null && root.forwards.length > 0) this.#readRoot(root, blocks.defaults)
    const zonesOfBlocks = blocks.all.map((content) =>
      content.keys.flatMap((key) => zonesOf(key, this.#release)).map((zone) => absoluteName(zone)),
    )
    const known = new Set(zonesOfBlocks.flat())
    for (const [at, content] of blocks.all.entries()) {
      if (content === root) continue
      const zones = zonesOfBlocks[at] ?? []
      const isOfRoot = (zone: string) =>
        ![...known].some((other) => other !== zone && other !== '.' && isSubdomain(other, zone))
      const { to, policy, lines } = together(content.forwards, blocks.defaults)
      const items = content.forwards.flatMap((fact) => fact.items)
      const isDefault = content.forwards.every((fact) => fact.to === 'default') || to.join() === blocks.defaults.join()
      if (isDefault && blocks.defaults.length > 0 && zones.every(isOfRoot)) {
        for (const item of items) this.#byItself.set(item, 'the servers for all names are asked')
      } else this.#readZone(zones, to, policy, lines, items)
    }
  }

  #readZone(
    zones: readonly string[],
    to: readonly string[],
    policy: ForwardFact['policy'],
    lines: readonly string[],
    items: readonly Item[],
  ): void {
    const asked = this.#forwarding(to, policy, lines, 'random')
    const none = to.length === 0 ? 'there are no servers for all names that it could ask' : null
    const refusal = none ?? asked.why ?? asked.upstreams.map(upstreamRefusal).find((why) => why !== null) ?? null
    if (refusal !== null) {
      this.#lose(items, refusal)
      return
    }
    const good: string[] = []
    for (const zone of zones.map((one) => one.replace(/\.$/, ''))) {
      const why = zoneRefusal(zone, OPENSHIFT_DOMAIN)
      if (why === null) good.push(zone)
      else this.#lose(items, why)
    }
    if (good.length > 0) this.#servers.push({ zones: good, upstreams: asked.upstreams, items, ...asked.forwarding })
  }

  #readRoot(root: BlockContent, defaults: readonly string[]): void {
    const { policy, lines } = together(root.forwards, defaults)
    const items = root.forwards.flatMap((fact) => fact.items)
    const asked = this.#forwarding(defaults, policy, lines, 'sequential')
    const isNode = asked.upstreams.join() === '/etc/resolv.conf'
    const why =
      (isNode || this.#has('upstreamResolvers') ? null : this.#since('upstreamResolvers')) ??
      asked.why ??
      asked.upstreams
        .map((upstream) =>
          upstream === '/etc/resolv.conf' && asked.forwarding.transport === undefined
            ? null
            : upstreamRefusal(upstream),
        )
        .find((one) => one !== null) ??
      null
    if (why !== null) {
      this.#lose(items, why)
      return
    }
    const isTls = asked.forwarding.transport === 'TLS'
    const upstreams = asked.upstreams.map((upstream): OperatorUpstream => {
      if (upstream === '/etc/resolv.conf') return { type: 'SystemResolvConf', address: undefined, port: undefined }
      const { host, port } = endpointOf(upstream)
      // Port 53 is added by the API server where none is written, over TLS as well.
      return { type: 'Network', address: shortest(host), port: port ?? (isTls ? 853 : undefined) }
    })
    this.#resolvers = { ...asked.forwarding, upstreams, items }
  }

  /** How a forward asks in the words of the resource; `usual` is the policy where none is written. */
  #forwarding(
    to: readonly string[],
    policy: ForwardFact['policy'],
    lines: readonly string[],
    usual: ForwardFact['policy'],
  ): { upstreams: string[]; forwarding: OperatorForwarding; why: string | null } {
    const isTls = to.some((one) => one.startsWith('tls://'))
    const word = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]
    const chosen = lines.includes('policy round_robin') ? 'round_robin' : policy === 'sequential' ? policy : 'random'
    const isWritten = to.length > 1 && chosen !== usual
    const forcesTcp = lines.includes('force_tcp')
    const forwarding: OperatorForwarding = {
      policy: isWritten ? POLICY[chosen] : undefined,
      transport: isTls ? 'TLS' : undefined,
      serverName: isTls ? word('tls_servername') : undefined,
      caBundle: undefined,
      protocolStrategy: forcesTcp ? 'TCP' : undefined,
    }
    const tlsFile = lines.some((line) => /^tls \S/.test(line))
    const why =
      (to.length > MOST_UPSTREAMS
        ? `the resource takes ${MOST_UPSTREAMS} upstreams of a zone, and these are ${to.length}`
        : null) ??
      (isTls && !to.every((one) => one.startsWith('tls://'))
        ? 'TLS and plain DNS cannot be mixed among the upstreams of a zone'
        : null) ??
      (isTls && !this.#has('transportConfig') ? this.#since('transportConfig') : null) ??
      (isTls && tlsFile
        ? 'certificates of the upstream go into a ConfigMap of openshift-config that caBundle names'
        : null) ??
      forwardingRefusals(forwarding)[0]?.replace(
        /^TLS needs serverName$/,
        'over TLS the resource needs the name in the certificate (serverName), which is not given',
      ) ??
      (isWritten && !this.#has('policy') ? this.#since('policy') : null) ??
      (forcesTcp && !this.#has('protocolStrategy') ? this.#since('protocolStrategy') : null)
    return { upstreams: to.map((one) => plainUpstream(one)), forwarding, why }
  }

  #cache(): Wanted['positiveTTL'] {
    const { cache } = this.#plan
    if (cache === null) return null
    const other = cache.items.filter((item) => !cache.secondsItems.includes(item))
    this.#lose(other, 'the resource has the seconds of the cache alone')
    if (cache.secondsItems.length === 0) return null
    if (cache.seconds < 1) this.#lose(cache.secondsItems, 'spec.cache takes one second at least')
    else if (this.#has('cache')) return { value: `${cache.seconds}s`, items: cache.secondsItems }
    else this.#lose(cache.secondsItems, this.#since('cache'))
    return null
  }

  #lose(items: readonly Item[], why: string, instead: string | null = null): void {
    for (const item of items) this.#lost.set(item, (this.#lost.get(item) ?? new Map()).set(why, instead))
  }

  #has(field: keyof typeof OPENSHIFT_FIELD_SINCE): boolean {
    return isSinceOpenShift(this.#openshift, OPENSHIFT_FIELD_SINCE[field])
  }

  #since(field: keyof typeof OPENSHIFT_FIELD_SINCE): string {
    return `${field} of the resource came in OpenShift ${OPENSHIFT_FIELD_SINCE[field]}`
  }
}

const POLICY = { random: 'Random', round_robin: 'RoundRobin', sequential: 'Sequential' } as const

/** What several forwards of one block ask, as `forward` would have it. */
function together(
  forwards: readonly ForwardFact[],
  defaults: readonly string[],
): { to: string[]; policy: ForwardFact['policy']; lines: string[] } {
  return {
    to: [...new Set(forwards.flatMap(({ to }) => (to === 'default' ? defaults : to)))],
    policy: forwards[0]?.policy ?? 'random',
    lines: [...new Set(forwards.flatMap(({ lines }) => lines))],
  }
}

/** What stands behind the `=` of a flag; all of what is none. */
function flagValue(text: string): string {
  return text.slice(text.indexOf('=') + 1)
}

/** `10.0.0.1` for `10.0.0.1:53` and `tls://10.0.0.1:853`. */
function plainUpstream(written: string): string {
  const isTls = written.startsWith('tls://')
  const upstream = isTls ? written.slice('tls://'.length) : written
  const { host, port } = endpointOf(upstream)
  return port === (isTls ? 853 : 53) ? host : upstream
}

function shortest(host: string): string {
  const ip = parseIp(host)
  return ip === undefined ? host : formatIp(ip)
}
