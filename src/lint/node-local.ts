import { belongingTo, NearIndex } from './cluster/near.ts'
import type { CorefileUnit, Workspace } from './workspace.ts'

/** One name for all in the indices below. */
const anyName = 'Corefile'

interface NodeLocals {
  readonly nodeLocal: NearIndex<CorefileUnit>
  readonly cluster: NearIndex<CorefileUnit>
}

const known = new WeakMap<Workspace, NodeLocals>()

/** Whether a Corefile is that of NodeLocal DNSCache: by the name of its ConfigMap, or by the placeholders that its program replaces. */
export function isNodeLocal({ embedded, text }: CorefileUnit): boolean {
  return /^node-?local-?dns/i.test(embedded?.document.name ?? '') || text.includes('__PILLAR__')
}

/** The Corefile of the NodeLocal DNSCache of the same cluster, as far as it is in the run: in the same file, or in the nearest directory. */
export function nodeLocalOf(unit: CorefileUnit, workspace: Workspace): CorefileUnit | null {
  if (isNodeLocal(unit)) return null
  let all = known.get(workspace)
  if (all === undefined) {
    all = { nodeLocal: new NearIndex(), cluster: new NearIndex() }
    for (const each of workspace.units)
      if (!each.isFragment) all[isNodeLocal(each) ? 'nodeLocal' : 'cluster'].add(anyName, each)
    known.set(workspace, all)
  }
  const [first, ...others] = belongingTo(anyName, unit.path, all.nodeLocal, all.cluster)
  return others.length > 0 ? null : (first ?? null)
}
