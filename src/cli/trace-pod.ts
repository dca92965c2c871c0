import type { Answerer } from '../answerers.ts'
import { readGiven } from '../node/given-file.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { jsonLine } from '../report/json-text.ts'
import { placeShape, traceShape } from '../report/trace-json.ts'
import { answering } from '../resolver/compare.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import { type LookupStep, lookUp, type PodLookup } from '../resolver/pod-lookup.ts'
import { recognise } from '../sources/recognise.ts'
import type { Workload } from '../sources/workload.ts'
import type { FileLines } from '../text/file-lines.ts'
import { LineIndex } from '../text/lines.ts'
import { visible } from '../text/width.ts'
import type { Io } from './io.ts'

/** What to trace for the pod of a manifest. */
export interface PodTrace {
  readonly manifest: string
  readonly name: string
  readonly type: string
  readonly answerer: Answerer
  readonly format: 'pretty' | 'json'
  readonly lines: FileLines
  readonly domain: string | undefined
  readonly io: Io
}

/** What a pod gets for a name with both C libraries, as text. Throws a WrongUsage where the manifest has no pod. */
export async function podTrace({
  manifest,
  name,
  type,
  answerer,
  format,
  lines,
  domain,
  io,
}: PodTrace): Promise<string> {
  const { text } = readGiven(manifest, io.cwd)
  const { sources } = await recognise([{ path: manifest, text }], { allPods: true })
  const workload = sources.find((source): source is Workload => source.kind === 'workload')
  if (workload === undefined) throw new WrongUsage(`${manifest} holds no pod`)
  const clusterDomain =
    domain ?? [...answerer.decider.vocabulary.clusterDomains][0]?.replace(/\.$/, '') ?? 'cluster.local'
  const lookups = (['glibc', 'musl'] as const).map((libc) =>
    lookUp({ name, type, workload, clusterDomain, libc }, answerer.decider),
  )
  const [first, second] = lookups
  if (first === undefined || second === undefined) return ''
  if (format === 'json') {
    const shapes = lookups.map((lookup) => ({
      libc: lookup.libc,
      search: lookup.search,
      ndots: lookup.ndots,
      steps: lookup.steps.map((step) => stepShape(step, lines)),
      withoutAlias: lookup.withoutAlias?.map((step) => stepShape(step, lines)) ?? null,
    }))
    return `${jsonLine({ version: 1, query: { name, type }, pod: workload.name, dns: first.asks, lookups: shapes })}\n`
  }
  const index = new LineIndex(text)
  const isSame = JSON.stringify(texts(first)) === JSON.stringify(texts(second))
  const policy = workload.pod.dnsPolicy?.value ?? 'ClusterFirst'
  const shown = isSame ? [first] : lookups
  return shown
    .map((lookup) => {
      const libc = isSame ? 'glibc and musl' : lookup.libc
      const head = `${visible(name)} in ${visible(workload.name)} (${visible(policy)}, ndots ${lookup.ndots}), ${libc}:`
      const rows = lookup.steps.map((step, at) => `  ${at + 1}  ${rowOf(step, index, lookup.steps.length === at + 1)}`)
      const without =
        lookup.withoutAlias === null
          ? []
          : [`Without the alias: ${lookup.withoutAlias.map((step) => shortOf(step)).join(', then ')}`]
      return [head, ...askedLines(lookup, workload.pod.hostNetwork), ...rows, ...without].join('\n')
    })
    .join('\n\n')
    .concat('\n')
}

/** Pods that never ask the cluster's DNS are told so first. */
function askedLines({ asks }: PodLookup, hostNetwork: boolean): string[] {
  if (asks === 'cluster') return []
  if (asks === 'own') return ['  asks the servers of its dnsConfig, never the DNS of the cluster']
  const why = hostNetwork ? 'is in the network of its node, and so ' : ''
  return [`  ${why}asks the servers of its node, never the DNS of the cluster; the search list is that of the node`]
}

function texts(lookup: PodLookup): string[] {
  return [...lookup.steps, ...(lookup.withoutAlias ?? [])].map(shortOf)
}

function rowOf(step: LookupStep, index: LineIndex, isLast: boolean): string {
  if (step.in === 'hosts') {
    const line = step.at === null ? '' : `  :${index.positionAt(step.at.range.start).line}`
    const addresses = step.addresses.join(', ') || 'no address of that family'
    return `/etc/hosts (hostAliases)   ${addresses}     stops here; DNS is not asked${line}`
  }
  const ending = isLast ? (step.isLast ? '     stops here' : '     not found') : ''
  return `${visible(step.name)}   ${answerText(step)}${ending}`
}

function answerText({ decision }: Extract<LookupStep, { in: 'dns' }>): string {
  const by = answering(decision)?.plugin
  return visible(`${by === undefined ? '' : `${by}: `}${outcomeSummary(decision.outcome)}`)
}

function shortOf(step: LookupStep): string {
  return step.in === 'hosts'
    ? `/etc/hosts: ${step.addresses.join(', ') || 'no address of that family'}`
    : `${visible(step.name)} (${answerText(step)})`
}

function stepShape(step: LookupStep, lines: FileLines): Record<string, unknown> {
  if (step.in === 'hosts')
    return { in: 'hosts', addresses: step.addresses, at: step.at === null ? null : placeShape(step.at, lines) }
  return { in: 'dns', ...traceShape(step.decision, lines), isLast: step.isLast }
}
