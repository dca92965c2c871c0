import type { ServersView } from '../verdict/servers-view.ts'
import { isWhole } from './answering.ts'

/** Whether all that a server runs is at hand: no part of its Corefile is missing or not known, and no plugin in it that nobody described. */
export function isAllKnown(servers: ServersView): boolean {
  const { configuration, program, blocks } = servers
  if (configuration.problems.length > 0 || servers.isTemplate || blocks.length === 0) return false
  return blocks.every(
    (block) =>
      isWhole(servers, block) &&
      block.keys.every(({ known }) => known) &&
      [...block.plugins.keys()].every((name) => program.describe(name) !== null),
  )
}
