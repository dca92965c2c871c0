import type { BlockView, OccurrenceView, ServersView } from '../../verdict/servers-view.ts'
import type { ChainLink } from './chain.ts'
import type { BlockContext, Link } from './model.ts'
import { models } from './plugins/index.ts'
import { unknown } from './replies.ts'
import { unknownWord } from './unknown-words.ts'

/** Plugins that set something up and are no part of the chain (no `AddPlugin` in their setup). */
const NOT_IN_CHAIN: ReadonlySet<string> = new Set([
  'bind',
  'debug',
  'grpc_server',
  'health',
  'https',
  'https3',
  'multisocket',
  'on',
  'pprof',
  'proxyproto',
  'quic',
  'ready',
  'reload',
  'root',
  'shutdown',
  'sign',
  'startup',
  'timeouts',
  'tls',
])

/** The chain of a block in run order; empty where no plugin answers queries at all. */
export function chainOf(servers: ServersView, context: BlockContext): readonly ChainLink[] {
  const { block } = context
  const unnamed = block.block.occurrences.find(({ known }) => !known)
  if (unnamed !== undefined) {
    const [first] = block.plugins.values()
    return [giveUp(unnamed.name, first?.[0] ?? null, `what ${unnamed.name} stands for is not known`)]
  }
  const chain: ChainLink[] = []
  for (const [plugin, occurrences] of block.plugins) {
    if (NOT_IN_CHAIN.has(plugin)) continue
    chain.push(...linksOf(servers, plugin, occurrences, context))
  }
  return chain
}

function linksOf(
  servers: ServersView,
  plugin: string,
  occurrences: readonly OccurrenceView[],
  context: BlockContext,
): ChainLink[] {
  const [first] = occurrences
  if (first === undefined) return []
  const { program } = servers
  if (!program.has(plugin)) return [giveUp(plugin, first, `CoreDNS ${program.release} has no plugin ${plugin}`)]
  const model = program.isExternal(plugin) ? undefined : models.get(plugin)
  if (model === undefined) return [giveUp(plugin, first, `what the plugin ${plugin} answers is not known`)]
  const unclear = model.lenient === true ? null : unknownWord(servers, occurrences)
  if (unclear !== null) return [giveUp(plugin, first, `${unclear} in ${plugin} is not filled in`)]
  return model.prepare(occurrences, context).map((link) => ({ plugin, occurrence: link.occurrence ?? first, link }))
}

function giveUp(plugin: string, occurrence: OccurrenceView | null, reason: string): ChainLink {
  const link: Link = { serve: () => unknown(reason) }
  return { plugin, occurrence, link }
}

/** What the block lacks because nobody gave it, as assumptions: each import in it whose files are not at hand. */
export function missingImports(servers: ServersView, { block }: BlockView): string[] {
  const { open, close } = block
  const missing: string[] = []
  for (const { kind, at, subject } of servers.configuration.unknowns) {
    if (kind !== 'import') continue
    let place: { list: typeof at.list; index: number; site: typeof at.site } | null = at
    while (place !== null) {
      const { list, index, site }: typeof at = place
      const isWithin = open === null || (list === open.list && index > open.index && index < (close?.index ?? Infinity))
      if (isWithin) {
        missing.push(`import ${subject} brings nothing`)
        break
      }
      place = site === null ? null : { list: site.list, index: site.index, site: site.parent }
    }
  }
  return [...new Set(missing)]
}
