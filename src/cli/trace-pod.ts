import { resolve } from 'node:path'
import type { Answerer } from '../answerers.ts'
import { readText } from '../node/files.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { jsonLine } from '../report/json-text.ts'
import { traceShape } from '../report/trace-json.ts'
import { answering } from '../resolver/compare.ts'
import type { SourcePlace } from '../resolver/decision.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import { type LookupStep, lookUp, type PodLookup } from '../resolver/pod-lookup.ts'
import { recognise } from '../sources/recognise.ts'
import type { Workload } from '../sources/workload.ts'
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
  readonly places: {
    position(place: SourcePlace): { path: string; line: number; column: number }
    name(place: SourcePlace): string
  }
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
  places,
  domain,
  io,
}: PodTrace): Promise<string> {
  const read = readText(resolve(io.cwd, manifest))
  if ('error' in read) throw new WrongUsage(`cannot read ${manifest}: ${read.error}`)
  const { sources } = await recognise([{ path: manifest, text: read.text }], { allPods: true })
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
      steps: lookup.steps.map((step) => stepShape(step, (place) => places.position(place))),
      withoutAlias: lookup.withoutAlias?.map((step) => stepShape(step, (place) => places.position(place))) ?? null,
    }))
    return `${jsonLine({ version: 1, query: { name, type }, pod: workload.name, dns: first.asks, lookups: shapes })}\n`
  }
  const index = new LineIndex(read.text)
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

function stepShape(step: LookupStep, positionOf: PodTrace['places']['position']): Record<string, unknown> {
  if (step.in === 'hosts')
    return { in: 'hosts', addresses: step.addresses, at: step.at === null ? null : positionOf(step.at) }
  return { in: 'dns', ...traceShape(step.decision, positionOf), isLast: step.isLast }
}
