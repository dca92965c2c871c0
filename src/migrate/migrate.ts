import { addressesOfServices } from '../resolver/dnsmasq/named-servers.ts'
import { ASSUMED_DNSMASQ } from '../resolver/kube-dns/defaults.ts'
import { createStub } from '../resolver/stub.ts'
import type { DnsmasqVersion } from '../sources/dnsmasq.ts'
import type { CorefileSource, Source } from '../sources/source.ts'
import type { Workload } from '../sources/workload.ts'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import { FileLines } from '../text/file-lines.ts'
import { blocksOf, refusingBlock } from './blocks.ts'
import { type Contribution, nothing, planOf, sourceOf } from './contribution.ts'
import { translateDistribution } from './distributions.ts'
import { conflictsAmong, itemsAround } from './dnsmasq/surroundings.ts'
import { translateDnsmasq } from './dnsmasq/translate.ts'
import {
  clusterInNodeLocal,
  deeperZones,
  type Existing,
  existingOf,
  linesAfter,
  portOf,
  servingBlocks,
  viewsFirst,
} from './existing.ts'
import { mergeInto } from './into.ts'
import type { Reading } from './kube-dns/config-map.ts'
import { translateKubeDns } from './kube-dns/translate.ts'
import { mergedLines, onePerPlace } from './one-per-place.ts'
import { type OperatorResource, type OperatorTarget, operated } from './openshift/operated.ts'
import type { Conflict, Item, Plan } from './plan.ts'
import { renderCorefile } from './render.ts'
import { translateHostsFile, translateResolvConf } from './simple-sources.ts'
import { translateSkyDns } from './skydns.ts'
import type { ClusterNames } from './workloads/alias-names.ts'
import { type MovedAlias, translateAliases } from './workloads/translate.ts'
import { writable } from './writable.ts'

/** What a migration is told besides its sources. */
export interface MigrateOptions {
  /** The CoreDNS release of the result. */
  readonly release: string
  /** The Corefile it goes into; null for a new one. */
  readonly into: CorefileSource | null
  /** The cluster's domain where no source says it, without a final dot. */
  readonly clusterDomain: string
  /** Reverse zones of the cluster in CIDR form, in place of all of in-addr.arpa and ip6.arpa. */
  readonly reverseCidrs: readonly string[]
  /** The dnsmasq that counts whatever an image says. */
  readonly dnsmasqVersion: DnsmasqVersion | null
  readonly reading: Reading
  /** Codes of conflicts that are decided. */
  readonly accept: ReadonlySet<string>
  /** The resource of OpenShift's operator, where that writes the Corefile: then `into` is null. */
  readonly operator?: OperatorTarget
  /** Workloads of the run without aliases, who find names in CoreDNS too. */
  readonly others?: readonly Workload[]
  /** The text of a file of the run. */
  readonly textOf: (path: string) => string
}

/** What a migration gives, before it is proved. */
export interface Migration {
  readonly plan: Plan
  /** The Corefile before; empty for a new one. */
  readonly before: string
  /** The Corefile afterwards. */
  readonly corefile: string
  /** Edits of the Corefile's own text; null for a new one, none where an operator writes it. */
  readonly edits: readonly TextEdit[] | null
  /** The resource from which an operator writes the Corefile; null where it is the result itself. */
  readonly resource: OperatorResource | null
  /** Every item of every source, in the order of the sources. */
  readonly items: readonly Item[]
  /** What a person has to decide, without what is accepted. */
  readonly conflicts: readonly Conflict[]
  /** The line (1-based) of the new Corefile, or of the file with the resource, that expresses an item. */
  readonly lineOf: ReadonlyMap<Item, number>
  /** Aliases that every pod finds in the result. */
  readonly moved: readonly MovedAlias[]
  /** What answers today, to hold the result against. */
  readonly today: Pick<Contribution, 'server' | 'overlay' | 'lost'>
}

/** Translates sources into a Corefile of a release, new or by edits of one that is there. Pure; says everything that it cannot do. */
export function migrate(sources: readonly Source[], options: MigrateOptions): Migration {
  const existing = options.into === null ? null : existingOf(options.into, options.release)
  const { contributions, moved } = translateAll(sources, options, existing)
  const { plan, lost } = writable(planOf(contributions), options.release)
  const server = contributions.find((one) => one.server !== null)?.server ?? null
  const today = {
    server,
    overlay: contributions.flatMap(({ overlay }) => overlay),
    lost: [...contributions.flatMap((one) => one.lost), ...lost],
  }
  const conflicts = [...plan.conflicts, ...nodeLocalConflicts(sources, plan)]
  const { operator } = options
  const done =
    operator !== undefined
      ? withOperator({ ...plan, conflicts }, moved, options, operator)
      : existing === null
        ? created(plan, conflicts, moved, options)
        : merged(plan, conflicts, moved, options, existing)
  const { items, mergedOf } = onePerPlace(done.items)
  const lineOf = mergedOf.size === 0 ? done.lineOf : mergedLines(done.lineOf, mergedOf)
  return { ...done, items, lineOf, today: { ...today, lost: [...today.lost, ...done.lost] } }
}

function translateAll(
  sources: readonly Source[],
  options: MigrateOptions,
  existing: Existing | null,
): { contributions: Contribution[]; moved: readonly MovedAlias[] } {
  const { release, clusterDomain, dnsmasqVersion, reading } = options
  const of = <Kind extends Source['kind']>(kind: Kind) =>
    sources.filter((source): source is Extract<Source, { kind: Kind }> => source.kind === kind)
  const contributions: Contribution[] = []
  const addressesOf = addressesOfServices(of('service'), clusterDomain)
  const configMaps = of('kube-dns-configmap')
  const deployments = of('kube-dns-deployment')
  for (let at = 0; at < Math.max(configMaps.length, deployments.length); at++) {
    const deployment = deployments[at] ?? null
    const own = addressesOfServices(of('service'), deployment?.kubedns.domain?.value ?? clusterDomain)
    const settings = { release, reading, clusterDomain, dnsmasqVersion, addressesOf: own }
    contributions.push(translateKubeDns(configMaps[at] ?? null, deployment, settings))
  }
  for (const source of of('dnsmasq')) {
    const context = {
      version: dnsmasqVersion ?? source.version?.version ?? ASSUMED_DNSMASQ,
      release,
      clusterDomain: null,
      kubednsPort: null,
      kubednsUpstreams: [],
      addressesOf,
    }
    const translated = translateDnsmasq(source, context)
    contributions.push({ ...translated, items: [...itemsAround(source, dnsmasqVersion), ...translated.items] })
  }
  contributions.push({ ...nothing, conflicts: conflictsAmong(of('dnsmasq')) })
  contributions.push(...of('skydns').map(translateSkyDns))
  const isNew = options.into === null && options.operator === undefined
  for (const source of of('distribution'))
    contributions.push(translateDistribution(source, { release, clusterDomain, isNew, reading }))
  contributions.push(...of('hosts-file').map(translateHostsFile))
  contributions.push(...of('resolv-conf').map(translateResolvConf))
  if (of('workload').length === 0) return { contributions: completed(contributions, sources, options), moved: [] }
  const aliases = translateAliases(of('workload'), {
    cluster: clusterNames(sources, clusterDomain),
    lines: new FileLines(options.textOf),
    others: options.others ?? [],
    today: existing?.decider ?? contributions.find(({ server }) => server !== null)?.server?.() ?? null,
    accept: options.accept,
  })
  contributions.push(aliases)
  return { contributions: completed(contributions, sources, options), moved: aliases.moved }
}

/** With what goes without saying. */
function completed(contributions: Contribution[], sources: readonly Source[], options: MigrateOptions): Contribution[] {
  return withReverseZones(withResolver(withCluster(contributions, options), sources, options), options)
}

/** A new Corefile for a cluster serves the cluster, whatever little the sources say. */
function withCluster(
  contributions: Contribution[],
  { into, operator, release, clusterDomain }: MigrateOptions,
): Contribution[] {
  const isCluster = contributions.some((one) => one.isCluster)
  if (into !== null || operator !== undefined || !isCluster) return contributions
  const facts = contributions.flatMap((one) => one.facts)
  if (facts.some(({ kind }) => kind === 'cluster')) return contributions
  const asksSomebody = facts.some((fact) => fact.kind === 'forward' && fact.zones.includes('.'))
  const usual = translateKubeDns(null, null, {
    release,
    reading: null,
    clusterDomain,
    dnsmasqVersion: null,
    addressesOf: new Map(),
  })
  return [
    ...contributions,
    {
      ...nothing,
      facts: usual.facts.filter(({ kind }) => kind === 'cluster' || !asksSomebody),
      isCluster: true,
      // What answers the pods of these workloads today is what Kubernetes installs.
      server: facts.every(({ kind }) => kind === 'host') ? usual.server : null,
    },
  ]
}

/** Beside a hosts file the C library asks the servers of the machine's own resolv.conf. */
function withResolver(
  contributions: Contribution[],
  sources: readonly Source[],
  { into, operator }: MigrateOptions,
): Contribution[] {
  const isAlone = sources.every(({ kind }) => kind === 'hosts-file' || kind === 'config-map' || kind === 'corefile')
  if (into !== null || operator !== undefined || !isAlone || contributions.length === 0) return contributions
  const file = '/etc/resolv.conf'
  const forward = {
    kind: 'forward',
    zones: ['.'],
    to: [file],
    policy: 'sequential',
    lines: [],
    view: null,
    items: [],
  } as const
  return [...contributions, { ...nothing, facts: [forward], server: () => createStub([file]) }]
}

function withReverseZones(contributions: Contribution[], { reverseCidrs }: MigrateOptions): Contribution[] {
  if (reverseCidrs.length === 0) return contributions
  return contributions.map((one) => ({
    ...one,
    facts: one.facts.map((fact) =>
      fact.kind === 'cluster' ? { ...fact, reverseZones: reverseCidrs, reverseFallsThrough: false } : fact,
    ),
  }))
}

/** All Services and namespaces are given when the two that every cluster has are among them. */
function clusterNames(sources: readonly Source[], domain: string): ClusterNames {
  const services = new Set(
    sources.flatMap((source) => (source.kind === 'service' ? `${source.object.name}.${source.namespace}` : [])),
  )
  const namespaces = new Set(
    sources.flatMap((source) => (source.kind === 'namespace' ? (source.object.name ?? []) : [])),
  )
  const isComplete = services.has('kubernetes.default') && namespaces.has('kube-system')
  const hasNodeLocal = sources.some((source) => source.kind === 'corefile' && source.role === 'node-local-dns')
  return { domain, services, namespaces, isComplete, hasNodeLocal }
}

/** NodeLocal DNSCache takes its stub domains from the ConfigMap of kube-dns; without that it loses them. */
function nodeLocalConflicts(sources: readonly Source[], plan: Plan): Conflict[] {
  const caches = sources.filter((source) => source.kind === 'corefile').filter(({ role }) => role === 'node-local-dns')
  const zones = plan.facts.flatMap((fact) => (fact.kind === 'forward' ? fact.zones.filter((zone) => zone !== '.') : []))
  const hasConfigMap = sources.some(({ kind }) => kind === 'kube-dns-configmap')
  if (caches.length === 0 || zones.length === 0 || !hasConfigMap) return []
  const missing = caches.filter(({ text }) => zones.some((zone) => !text.text.includes(zone)))
  if (missing.length === 0) return []
  return [
    {
      code: 'node-local-dns-stubs',
      message:
        'NodeLocal DNSCache takes its stub domains from the ConfigMap of kube-dns: once that is deleted the nodes lose them',
      places: missing.map(({ path, range, name }) => sourceOf(path, range, name)),
      choices: [
        {
          accept: 'node-local-dns-stubs',
          effect: 'the ConfigMap of kube-dns stays, or the stub domains were put into node-local-dns first',
        },
      ],
    },
  ]
}

function undecided(conflicts: readonly Conflict[], { accept }: MigrateOptions): Conflict[] {
  return conflicts.filter(({ code }) => !accept.has(code)).map((one) => ({ ...one, places: eachOnce(one.places) }))
}

/** Several items may stand at one place. */
function eachOnce(places: Conflict['places']): Conflict['places'] {
  return [...new Map(places.map((one) => [`${one.path} ${one.range.start} ${one.range.end}`, one])).values()]
}

/** What a result is made of, and names that it does not have. */
type Done = Omit<Migration, 'today'> & { readonly lost: readonly string[] }

/** The operator writes the Corefile of every cluster: what goes into its resource is an edit of what is there. */
function withOperator(
  plan: Plan,
  moved: readonly MovedAlias[],
  options: MigrateOptions,
  operator: OperatorTarget,
): Done {
  const done = operated(plan, operator, options.release, options.accept)
  return { plan, ...done, edits: [], conflicts: undecided(done.conflicts, options), moved }
}

function created(
  plan: Plan,
  conflicts: readonly Conflict[],
  moved: readonly MovedAlias[],
  options: MigrateOptions,
): Done {
  const blocks = blocksOf(plan, options.release)
  const { text, lineOf } = renderCorefile(blocks.length === 0 ? [refusingBlock] : blocks, plan.port ?? 53)
  return {
    plan,
    before: '',
    corefile: text,
    edits: null,
    resource: null,
    lost: [],
    items: plan.items,
    conflicts: undecided(conflicts, options),
    lineOf,
    moved,
  }
}

function merged(
  plan: Plan,
  conflicts: readonly Conflict[],
  moved: readonly MovedAlias[],
  options: MigrateOptions,
  there: Existing,
): Done {
  const { into, before, servers } = there
  const { release } = options
  const port = plan.port ?? portOf(servers) ?? 53
  const existing = servingBlocks(servers, port)
  const source = { path: into.path, toOuter: (start: number, end: number) => into.text.toOuter({ start, end }) }
  const merge = mergeInto(servers, blocksOf(plan, release, existing), port, source, options.accept)
  const corefile = applyEdits(before, merge.edits)
  const ofZones = [...deeperZones(plan, existing, into), ...viewsFirst(plan, there), ...clusterInNodeLocal(plan, there)]
  return {
    plan,
    before,
    corefile,
    edits: merge.edits,
    resource: null,
    lost: [],
    items: plan.items,
    conflicts: undecided([...conflicts, ...merge.conflicts, ...ofZones], options),
    lineOf: linesAfter(merge.placeOf, merge.edits, corefile),
    moved,
  }
}
