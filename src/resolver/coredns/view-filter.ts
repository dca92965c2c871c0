import { type RunnableExpression, runnableExpression, UnknownValue, type Value } from '../../values/expression-run.ts'
import { ExpressionError } from '../../values/expression-tokens.ts'
import type { BlockView, OccurrenceView } from '../../verdict/servers-view.ts'
import type { BlockContext, Request } from './model.ts'
import { queryFunctions } from './query-functions.ts'

/** The name of a block's view. */
export function viewName(block: BlockView): string | null {
  return block.occurrences('view')[0]?.args[0]?.value ?? null
}

/** The expressions of a view; null for one with a word that is not known. */
const expressions = new WeakMap<OccurrenceView, readonly (RunnableExpression | null)[]>()

/** Whether all expressions of a block's view are true for a query (plugin/view/view.go Filter); null where that is not known. */
export function viewTakes(context: BlockContext, request: Request): boolean | null {
  const [view] = context.block.occurrences('view')
  if (view === undefined) return true
  let own = expressions.get(view)
  if (own === undefined) {
    own = expressionsOf(view, context.program.release)
    expressions.set(view, own)
  }
  const functions = queryFunctions(context, request)
  let takes: boolean | null = true
  for (const expression of own) {
    const result = expression === null ? null : resultOf(() => expression(functions))
    if (result === false) return false
    if (result === null) takes = null
  }
  return takes
}

function expressionsOf(view: OccurrenceView, release: string): (RunnableExpression | null)[] {
  return view.properties('expr').map(({ args }) => {
    if (args.some(({ known }) => !known)) return null
    const text = args.map(({ value }) => value).join(' ')
    try {
      return runnableExpression(text, release)
    } catch (error) {
      if (error instanceof ExpressionError) return () => false
      throw error
    }
  })
}

/** Anything but true counts as false, an error too; null for what is not known. */
function resultOf(run: () => Value): boolean | null {
  try {
    const value = run()
    return value instanceof UnknownValue ? null : value === true
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}
