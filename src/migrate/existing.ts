import { programOf } from '../../grammar/program.ts'
import { expand } from '../expand/expand.ts'
import { createCoreDns } from '../resolver/coredns/server.ts'
import type { Decider } from '../resolver/decision.ts'
import type { CorefileSource } from '../sources/source.ts'
import { sortEdits, type TextEdit } from '../text/edit.ts'
import { LineIndex } from '../text/lines.ts'
import { absoluteName, isSubdomain, normalizeName } from '../values/name.ts'
import { zonesAround } from '../values/zone-index.ts'
import { judge } from '../verdict/judge.ts'
import { type BlockView, ServersView } from '../verdict/servers-view.ts'
import { sourceOf } from './contribution.ts'
import type { MergedPlace } from './into.ts'
import type { Conflict, Item, Plan } from './plan.ts'

/** The Corefile that it goes into, as a release reads it. */
export interface Existing {
  readonly into: CorefileSource
  readonly before: string
  readonly servers: ServersView
  readonly decider: Decider
}

/** A block that plain queries of one port come to, and the zones for which they do. */
export interface ServingBlock {
  readonly view: BlockView
  /** Fully qualified and in lower case. */
  readonly zones: readonly string[]
}

/** The blocks without `view` that plain DNS of a port comes to: one for TLS alone, or for another port, gets none of its queries. */
export function servingBlocks(servers: ServersView, port: number): ServingBlock[] {
  return servers.blocks.flatMap((view) => {
    const served = view.served.filter((one) => one.transport === 'dns' && Number(one.port) === port)
    if (served.length === 0 || view.has('view')) return []
    return { view, zones: served.map(({ zone }) => normalizeName(zone)) }
  })
}

/** The Corefile that a migration goes into, with what answers by it. */
export function existingOf(into: CorefileSource, release: string): Existing {
  const before = into.text.text
  const program = programOf(release)
  const configuration = expand(before, { release, isDirective: (name) => program.has(name) })
  const servers = new ServersView(configuration, judge(configuration, { release }).served, program)
  const fileText = (path: string) => (path === '/dev/null' ? '' : undefined)
  return { into, before, servers, decider: createCoreDns({ servers, path: 'Corefile', fileText }) }
}

/** Blocks that are there for names below a domain of the sources: CoreDNS asks the deepest block, whatever the sources say. */
export function deeperZones(plan: Plan, existing: readonly ServingBlock[], into: CorefileSource): Conflict[] {
  const own = new Set(plan.facts.flatMap((fact) => (fact.kind === 'forward' ? fact.zones.map(absoluteName) : [])))
  const clusters = plan.facts.flatMap((fact) => (fact.kind === 'cluster' ? absoluteName(fact.domain) : []))
  return plan.facts.flatMap((fact) => {
    if (fact.kind !== 'forward' || fact.view !== null) return []
    return fact.zones.map(absoluteName).flatMap((zone) =>
      existing.flatMap(({ view, zones }) => {
        const inside = zones.filter((one) => one !== zone && isSubdomain(zone, one))
        const [deeper] = inside.filter((one) => !own.has(one) && !clusters.includes(one))
        const { open } = view.block
        if (zone === '.' || deeper === undefined || open === null) return []
        const start = open.list.start(open.index)
        return [
          {
            code: 'corefile-has-deeper-zone',
            message: `the Corefile has a server block for ${deeper.slice(0, -1)}, of which the sources say nothing but what holds for all of ${zone.slice(0, -1)}`,
            places: [
              sourceOf(into.path, into.text.toOuter({ start, end: start }), deeper.slice(0, -1)),
              ...fact.items.map(({ source }) => source),
            ],
            choices: [{ accept: 'corefile-has-deeper-zone', effect: 'the server block stays as it is' }],
          },
        ]
      }),
    )
  })
}

/** NodeLocal DNSCache is built without `kubernetes`, and does not start with it: names of the cluster are those of the CoreDNS behind it. */
export function clusterInNodeLocal({ facts }: Plan, { into }: Existing): Conflict[] {
  const cluster = facts.find(({ kind }) => kind === 'cluster')
  if (into.role !== 'node-local-dns' || cluster === undefined) return []
  return [
    {
      code: 'cluster-in-node-local-dns',
      message:
        'the Corefile is that of NodeLocal DNSCache, which has no plugin kubernetes: what answers for Services and pods goes into the Corefile of CoreDNS (ConfigMap coredns)',
      places: [sourceOf(into.path, into.range, into.name), ...cluster.items.map(({ source }) => source)],
      choices: [],
    },
  ]
}

/** Blocks with a view take their clients before the block without one, which is the only one that gets names. */
export function viewsFirst(plan: Plan, { servers, into }: Existing): Conflict[] {
  const serving = servers.blocks.filter((block) => block.served.length > 0)
  const views = serving.filter((block) => block.has('view'))
  if (views.length === 0) return []
  const zones = new Set(serving.flatMap((block) => block.zones))
  const names: string[] = []
  const blocks = new Set<BlockView>()
  for (const fact of plan.facts) {
    for (const name of fact.kind === 'host' ? fact.names.map(absoluteName) : []) {
      const owner = zonesAround(name).find((zone) => zones.has(zone))
      const first = owner === undefined ? [] : views.filter((block) => block.zones.includes(owner))
      if (first.length === 0) continue
      names.push(name.slice(0, -1))
      for (const block of first) blocks.add(block)
    }
  }
  if (names.length === 0) return []
  const told = [...new Set(names)]
  const more = told.length > MOST_TOLD ? ` and ${told.length - MOST_TOLD} more` : ''
  return [
    {
      code: 'views-come-first',
      message: `${told.slice(0, MOST_TOLD).join(', ')}${more}: the Corefile has blocks with view for ${told.length === 1 ? 'this name' : 'these names'}, whose clients do not come to the block that gets ${told.length === 1 ? 'it' : 'them'}`,
      places: [...blocks].flatMap(({ block: { open }, zones: own }) => {
        if (open === null) return []
        const start = open.list.start(open.index)
        const range = into.text.toOuter({ start, end: start })
        return [sourceOf(into.path, range, own.map((zone) => zone.slice(0, -1) || '.').join(' '))]
      }),
      choices: [{ accept: 'views-come-first', effect: 'the names are for clients that no view takes' }],
    },
  ]
}

/** More names than this are told by their number. */
const MOST_TOLD = 5

/** Lines of the new text for places of the old one and of the edits. */
export function linesAfter(
  placeOf: ReadonlyMap<Item, MergedPlace>,
  edits: readonly TextEdit[],
  corefile: string,
): Map<Item, number> {
  const index = new LineIndex(corefile)
  const starts = new Map<TextEdit, number>()
  const ends: { readonly end: number; readonly shift: number }[] = []
  let shift = 0
  for (const edit of sortEdits(edits)) {
    starts.set(edit, edit.start + shift)
    shift += edit.text.length - (edit.end - edit.start)
    ends.push({ end: edit.end, shift })
  }
  const shiftAt = (offset: number) => ends.findLast(({ end }) => end <= offset)?.shift ?? 0
  const lines = new Map<Item, number>()
  for (const [item, { edit, offset }] of placeOf) {
    const at = edit === null ? offset + shiftAt(offset) : (starts.get(edit) ?? 0) + offset
    lines.set(item, index.positionAt(Math.min(corefile.length, at)).line)
  }
  return lines
}

/** The port for plain DNS of the block for all names, else of the first block, which new blocks must share; null where there is none. */
export function portOf(servers: ServersView): number | null {
  const plain = servers.blocks.flatMap(({ served }) => served.filter(({ transport }) => transport === 'dns'))
  const port = Number((plain.find(({ zone }) => zone === '.') ?? plain[0])?.port ?? '')
  return port > 0 ? port : null
}
