import type { PluginBlock } from './plugin-block.ts'
import { answeringBlocks } from './plugin-blocks-answering.ts'
import { changingBlocks } from './plugin-blocks-changing.ts'
import { servingBlocks } from './plugin-blocks-serving.ts'

/**
 * At least one way to write each plugin that was ever part of CoreDNS, with the properties of all releases. In the order
 * of the names: what is generated from a seed depends on it.
 */
export const pluginBlocks: Readonly<Record<string, readonly PluginBlock[]>> = Object.fromEntries(
  Object.entries({ ...answeringBlocks, ...changingBlocks, ...servingBlocks }).sort(([a], [b]) => (a < b ? -1 : 1)),
)
