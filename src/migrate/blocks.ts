import type { BlockView } from '../verdict/servers-view.ts'
import { answersOf } from './block-answers.ts'
import type { BlockContent } from './block-content.ts'
import {
  forwardDirective,
  hostsDirective,
  kubernetesDirective,
  rewriteDirectives,
  rootDirectives,
} from './directives.ts'
import type { ServingBlock } from './existing.ts'
import { Blocks } from './owners.ts'
import type { Plan, ResultLine } from './plan.ts'
import { directive } from './templates.ts'

/** A directive of a server block as lines, its own first. */
export interface DirectivePlan {
  readonly plugin: string
  readonly lines: readonly ResultLine[]
}

/** A server block of the result, its directives in the order in which they are written. */
export interface BlockPlan {
  /** Without port; CIDR keys as they are. */
  readonly keys: readonly string[]
  readonly existing: BlockView | null
  readonly directives: readonly DirectivePlan[]
}

/**
 * Distributes what sources say over server blocks: CoreDNS chooses the block by the longest of its keys before any plugin sees the
 * query (server.go ServeDNS), so everything about a name goes to the block that owns it, and reverse names to the one that owns those.
 * The block of `.` comes first, those with a view in front of it, the others by name. Blocks that exist already are told apart by
 * `existing`; of them all directives are given that they would have to have.
 */
export function blocksOf(plan: Plan, release: string, existing: readonly ServingBlock[] = []): BlockPlan[] {
  const blocks = new Blocks(plan.facts, release, existing)
  answersOf(plan.facts, blocks, release)
  return blocks.all.map((content) => ({
    keys: content.keys,
    existing: content.existing,
    directives: directivesOf(content, blocks, plan, release),
  }))
}

/** How people write a block: what serves the operator first, then what answers in the order in which it runs, then what keeps it going. */
export const WRITTEN_ORDER: readonly string[] = [
  'view',
  'errors',
  'bind',
  'log',
  'health',
  'ready',
  'bufsize',
  'rewrite',
  'template',
  'kubernetes',
  'etcd',
  'hosts',
  'prometheus',
  'forward',
  'cache',
  'loop',
  'reload',
  'loadbalance',
]

const ANSWERING: ReadonlySet<string> = new Set(['template', 'kubernetes', 'hosts', 'etcd', 'forward'])

/** For a block, or a whole server, that asks nobody: without a plugin that answers CoreDNS says SERVFAIL, or serves a stranger's example. */
const refusal: DirectivePlan = { plugin: 'template', lines: directive([], 'template ANY ANY .', ['rcode REFUSED']) }

/** The whole of a result that knows nothing and asks nobody. */
export const refusingBlock: BlockPlan = {
  keys: ['.'],
  existing: null,
  directives: [{ plugin: 'errors', lines: [{ text: 'errors', items: [] }] }, refusal],
}

function directivesOf(content: BlockContent, blocks: Blocks, plan: Plan, release: string): DirectivePlan[] {
  const isRoot = content === blocks.root
  const own = content.directives.map(({ plugin, lines, items }) => ({
    plugin,
    lines: lines.map((text) => ({ text, items })),
  }))
  const templates = content.templates.toSorted((a, b) => a.rank - b.rank)
  const all = [
    ...viewDirective(content),
    ...rootDirectives(plan, content, release, isRoot),
    ...own,
    ...rewriteDirectives(content),
    ...templates.map(({ lines }) => ({ plugin: 'template', lines })),
    ...kubernetesDirective(content, isRoot),
    ...hostsDirective(content, plan, release),
    ...forwardDirective(content, blocks.defaults),
  ]
  const answers = all.some(({ plugin }) => ANSWERING.has(plugin))
  if (!answers && content.existing === null) all.push(refusal)
  return all.toSorted((a, b) => WRITTEN_ORDER.indexOf(a.plugin) - WRITTEN_ORDER.indexOf(b.plugin))
}

function viewDirective({ view }: BlockContent): DirectivePlan[] {
  if (view === null) return []
  const lines = [`view ${view.name} {`, `    expr ${view.expression}`, '}']
  return [{ plugin: 'view', lines: lines.map((text) => ({ text, items: [] })) }]
}
