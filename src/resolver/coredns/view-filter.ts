import type { BlockView } from '../../verdict/servers-view.ts'
import type { BlockContext, Request } from './model.ts'

/** The name of a block's view. */
export function viewName(block: BlockView): string | null {
  return block.occurrences('view')[0]?.args[0]?.value ?? null
}

/** Whether all expressions of a block's view are true for a query (plugin/view/view.go Filter); null where that is not known. */
export function viewTakes(context: BlockContext, _request: Request): boolean | null {
  return context.block.has('view') ? null : true
}
