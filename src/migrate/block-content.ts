import type { BlockView } from '../verdict/servers-view.ts'
import type { ClusterFact, DirectiveFact, ForwardFact, HostFact, ResultLine } from './plan.ts'
import type { Template } from './templates.ts'

/** What goes into one server block, before it is written. */
export interface BlockContent {
  readonly keys: readonly string[]
  readonly view: ForwardFact['view']
  /** The block of the Corefile it goes into; null for a new one. */
  readonly existing: BlockView | null
  readonly clusters: ClusterFact[]
  readonly forwards: ForwardFact[]
  readonly hosts: HostFact[]
  readonly templates: Template[]
  readonly rewrites: ResultLine[]
  readonly directives: DirectiveFact[]
  /** True for a block that only denies: then there is nothing to keep. */
  deniesOnly: boolean
}
