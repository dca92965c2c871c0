import { programOf } from '../../grammar/program.ts'
import { expand } from '../expand/expand.ts'
import { judge } from '../verdict/judge.ts'
import { ServersView } from '../verdict/servers-view.ts'
import type { CorefileUnit } from './workspace.ts'

/** What NodeLocal DNSCache does with which names. */
export interface NodeLocalZones {
  /** Every zone it has a block for, the root among them. */
  readonly all: readonly string[]
  /** Whom it asks for all other names: the cluster DNS, or somebody else. */
  readonly root: 'cluster' | 'elsewhere'
}

const known = new WeakMap<CorefileUnit, NodeLocalZones | null>()

/** Reads the Corefile of NodeLocal DNSCache; null where a key is not known, or whom it asks for other names. */
export function readServedZones(unit: CorefileUnit, release: string): NodeLocalZones | null {
  let zones = known.get(unit)
  if (zones === undefined) {
    zones = read(unit, release)
    known.set(unit, zones)
  }
  return zones
}

function read({ text }: CorefileUnit, release: string): NodeLocalZones | null {
  // Its own program replaces the placeholder for the cluster domain.
  const written = text.replaceAll('__PILLAR__DNS__DOMAIN__', 'cluster.local')
  const program = programOf(release, 'node-cache')
  const configuration = expand(written, { release, isDirective: (name) => program.has(name), as: 'corefile' })
  const { served } = judge(configuration, { release, program })
  const { blocks } = new ServersView(configuration, served, program)
  if (blocks.some(({ keys }) => keys.some((key) => !key.known))) return null
  const root = blocks.find((block) => block.servesRoot)
  const targets = root?.occurrences('forward').flatMap(({ args }) => args.slice(1)) ?? []
  const [first] = targets
  if (first === undefined) return null
  const words = targets.map(({ place }) => place.list.value(place.index))
  if (words.some((word) => /CLUSTER__DNS/.test(word)))
    return { all: blocks.flatMap(({ zones }) => zones), root: 'cluster' }
  // What nobody knows besides may be the cluster DNS; so may an address.
  const isElsewhere = words.every((word) => /UPSTREAM__SERVERS/.test(word) || word.startsWith('/'))
  return isElsewhere ? { all: blocks.flatMap(({ zones }) => zones), root: 'elsewhere' } : null
}
