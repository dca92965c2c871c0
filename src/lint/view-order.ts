import type { Configuration, ServerBlock } from '../expand/configuration.ts'
import type { Reason } from '../verdict/reason.ts'

/** Whether CoreDNS refuses a block for standing behind one without a view, though it has one itself: so until 1.14.2 (core/dnsserver/address.go). */
export function isViewBehind({ kind, at }: Reason, { blocks }: Configuration): boolean {
  return kind === 'duplicate-zone' && blockOfKey(blocks, at)?.directives.has('view') === true
}

function blockOfKey(blocks: readonly ServerBlock[], at: Reason['at']): ServerBlock | undefined {
  return blocks.find(({ keys }) => keys.some((key) => key.at.list === at.list && key.at.index === at.index))
}
