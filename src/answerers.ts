import { NEWEST } from '../grammar/releases.ts'
import { loadClusterObjects } from './lint/cluster/cluster.ts'
import { CustomMerges } from './lint/custom-parts.ts'
import { inspect } from './lint/inspect.ts'
import type { LintOptions } from './lint/run.ts'
import { Targets } from './lint/targets.ts'
import { findUnits } from './lint/units.ts'
import type { CorefileUnit, InputFile, Workspace } from './lint/workspace.ts'
import type { KubernetesObject } from './resolver/coredns/cluster.ts'
import { createCoreDns } from './resolver/coredns/server.ts'
import type { Decider } from './resolver/decision.ts'
import { serversOf } from './resolver/sources.ts'
import type { Source } from './sources/source.ts'
import type { Verdict } from './verdict/reason.ts'
import type { ServersView } from './verdict/servers-view.ts'

/** A server that some text in the files makes. */
export interface Answerer {
  /** For people: `kube-system/coredns Corefile`, `Corefile`. */
  readonly name: string
  readonly path: string
  readonly decider: Decider
  /** What the releases say of a Corefile, null for other servers. */
  readonly verdicts: readonly Verdict[]
  /** Null for servers that are no CoreDNS. */
  readonly servers: ServersView | null
  readonly unit: CorefileUnit | null
  /** The release judged by and who said so: `CoreDNS 1.12.0, from the image in cm.yaml:71`. */
  readonly target: { readonly release: string; readonly from: string } | null
  /** True for the ConfigMap of NodeLocal DNSCache, which stands in front of the cluster's own. */
  readonly isNodeLocal: boolean
}

/** What is known of the world around texts. */
export interface AnswererSurroundings {
  /** The dnsmasq release of sources that do not say which they have. */
  readonly dnsmasqVersion?: string
  /** The domain of the cluster where no source says it. */
  readonly clusterDomain?: string
  /** The objects of the cluster; without them it is a symbol. */
  readonly services?: readonly KubernetesObject[]
  /** Reads files where the CoreDNS of a unit runs: null where there is none, undefined where nobody knows. */
  readonly filesOf?: (unit: CorefileUnit) => (path: string) => string | null | undefined
}

/**
 * The servers that texts make: the Corefiles in them, wherever they live, and the kube-dns and dnsmasq of other sources. Fragments are
 * part of the Corefile that imports them.
 */
export async function answerersOf(
  files: readonly InputFile[],
  target: LintOptions,
  { filesOf, services, ...options }: AnswererSurroundings = {},
): Promise<Answerer[]> {
  const found = await Promise.all(files.map(findUnits))
  const units = found.flatMap((file) => file.units)
  const around = target.around ?? []
  const texts = new Map([...files, ...around].map(({ path, text }) => [path, text]))
  const { sources } = await recognised(files, units)
  const corefiles = units.filter((unit) => !isSource(unit, sources))
  const workspace: Workspace = {
    files,
    units: corefiles,
    cluster: await loadClusterObjects([...files, ...around], corefiles),
  }
  const targets = new Targets(workspace, texts)
  const merges = new CustomMerges(workspace)
  const answerers: Answerer[] = []
  for (const unit of corefiles) {
    if (unit.isFragment) continue
    const own = targets.of(unit, { ...target, ...target.overrides?.(unit.path) })
    const parts = merges.own.get(unit) ?? null
    const inspection = inspect(unit, workspace, own, {
      parts,
      isPart: merges.isMerged(unit, own.platform !== undefined),
      repeats: null,
    })
    if (inspection === null) continue
    const { servers, verdicts } = inspection
    const main = servers.configuration.main
    const decider = createCoreDns({
      servers,
      path: unit.path,
      locate: ({ list, index }) => {
        const range = { start: list.start(index), end: list.end(index) }
        if (list === main) return { path: unit.path, range: unit.toOuter(range) }
        const part = parts?.unitOf(list.file)
        return part === undefined ? { path: list.file, range } : { path: part.path, range: part.toOuter(range) }
      },
      ...(filesOf === undefined ? {} : { fileText: filesOf(unit) }),
      ...(services === undefined ? {} : { services }),
    })
    const release = own.releases.at(-1) ?? NEWEST
    const isNodeLocal = /node-?local-?dns/i.test(unit.embedded?.document.name ?? '')
    answerers.push({
      name: unit.name,
      path: unit.path,
      decider,
      verdicts,
      servers,
      unit,
      target: { release, from: own.releasesFrom },
      isNodeLocal,
    })
  }
  for (const { name, path, decider } of serversOf(sources, options)) {
    answerers.push({ name, path, decider, verdicts: [], servers: null, unit: null, target: null, isNodeLocal: false })
  }
  return answerers
}

async function recognised(
  files: readonly InputFile[],
  units: readonly CorefileUnit[],
): Promise<{ sources: readonly Source[] }> {
  // Files that hold a Corefile and nothing else need no reader of other sources.
  const embedding = new Set(units.flatMap((unit) => (unit.embedded === null ? [] : [unit.path])))
  const others = files.filter(
    ({ path, text, as }) => as === undefined && (!embedding.has(path) || /kube-?dns|dnsmasq|hostAliases/i.test(text)),
  )
  if (others.length === 0) return { sources: [] }
  const { recognise } = await import('./sources/recognise.ts')
  const { sources } = await recognise(others)
  return { sources: sources.filter(({ kind }) => kind !== 'corefile') }
}

/** Whether a file that was taken for a Corefile, as nothing in it says otherwise, is something else. */
function isSource({ path, embedded }: CorefileUnit, sources: readonly Source[]): boolean {
  const pathsOf = (source: Source) =>
    source.kind === 'kube-dns-configmap' ? [source.path, ...Object.values(source.pathOf)] : [source.path]
  return embedded === null && sources.some((source) => pathsOf(source).includes(path))
}
