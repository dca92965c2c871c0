import type { Place } from '../expand/token-view.ts'
import type { ServersView } from '../verdict/servers-view.ts'

/** Addresses of blocks that are filled in later, which may be those of any zone. */
export interface UnknownZones {
  readonly places: readonly Place[]
  /** False where a template hides where blocks begin: then even those that are written out may be missing. */
  readonly hasBlocks: boolean
}

/** The addresses of blocks that nobody can tell yet; null where all are known. */
export function unknownZones({ blocks, isTemplate }: ServersView): UnknownZones | null {
  const unknown = blocks.filter(({ keys }) => keys.some(({ known }) => !known))
  if (unknown.length === 0) return null
  const places = unknown.flatMap(({ keys }) => keys.flatMap(({ known, at }) => (known ? [] : [at])))
  return { places, hasBlocks: !isTemplate || unknown.every(({ block }) => block.open !== null) }
}

/**
 * Where the last block needs braces before another block follows: its opening one at an offset, or null for the closing one alone. False
 * where it has both, or a template or an import writes it.
 */
export function bracesMissing({ blocks, isTemplate, configuration }: ServersView): number | null | false {
  const block = blocks.at(-1)?.block
  const key = block?.keys.at(-1)
  if (block === undefined || block.close !== null || key === undefined || isTemplate) return false
  const { list, index, site } = key.at
  if (site !== null || list !== configuration.main) return false
  return block.open === null ? list.end(index) : null
}
