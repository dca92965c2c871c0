import { externalPlugin } from '../../grammar/external-plugins.ts'
import { propertySpans } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { everInTree } from '../../grammar/releases.ts'
import type { Configuration, Key, ServerBlock } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { isIp } from '../values/ip.ts'
import type { Reason } from '../verdict/reason.ts'
import { gluedBraces } from './brace-faults.ts'
import { amongPlaces } from './lines.ts'

/** A line for a plugin outside of any server block: CoreDNS reads it as the addresses of a block, and what follows as that block. */
export interface StrayPlugin {
  readonly block: ServerBlock
  /** The plugin's name. */
  readonly name: Key
}

const known = new WeakMap<Configuration, readonly StrayPlugin[]>()

/**
 * The blocks of a configuration that begin with a plugin's line. None where a zone of that name may be meant, such as `local { .. }`, and
 * none where a brace glued to a word tells more.
 */
export function strayPlugins(configuration: Configuration): readonly StrayPlugin[] {
  let found = known.get(configuration)
  if (found === undefined) {
    found = configuration.blocks.flatMap((block) => strayPlugin(configuration, block) ?? [])
    if (found.length > 0 && gluedBraces(configuration).length > 0) found = []
    known.set(configuration, found)
  }
  return found
}

function strayPlugin(configuration: Configuration, block: ServerBlock): StrayPlugin | null {
  const [name, ...others] = block.keys
  if (name === undefined || !name.known || name.at.list.raw(name.at.index) !== name.value) return null
  if (!isPluginName(name.value)) return null
  if (others.some(({ value }) => value === '}')) return null
  if (block.open === null) return others.length === 0 && isPlausibleZone(name.value) ? null : { block, name }
  const isStray = others.some(({ value }) => isNoZone(value)) || hasPropertyOf(configuration, block, name.value)
  return isStray ? { block, name } : null
}

/** Whether a word that is a plugin's name may well be a zone: that of mDNS, or one that is called like a plugin of others' making. */
function isPlausibleZone(word: string): boolean {
  return word === 'local' || !everInTree.has(word)
}

/** Whether nobody means the word as the address of a server block. */
function isNoZone(word: string): boolean {
  return isIp(word) || word.startsWith('/') || /^\d+$/.test(word) || word.startsWith('{')
}

/** Whether a line of the block that is no plugin's is one of the plugin's own block. */
function hasPropertyOf({ problems }: Configuration, block: ServerBlock, plugin: string): boolean {
  const grammar = pluginGrammars.get(plugin)?.grammar
  const isUnknown = amongPlaces(problems.flatMap(({ kind, at }) => (kind === 'unknown-directive' ? at : [])))
  return block.occurrences.some(({ name, tokens }) => {
    if (!isUnknown(tokens.place(0))) return false
    return plugin === 'hosts' ? isIp(name) : grammar !== undefined && propertySpans(grammar, name).length > 0
  })
}

/** What goes wrong with a stray line: its words are no zones or are served already, and what stands in its braces is no plugin. */
const CONSEQUENCES: ReadonlySet<Reason['kind']> = new Set([
  'unknown-directive',
  'invalid-key',
  'duplicate-zone',
  'zone-overlap',
])

const blamed = new WeakMap<Configuration, readonly { stray: StrayPlugin; has: (place: Place) => boolean }[]>()

/** The stray plugin that is to blame for a reason of a verdict, null where none is: a directive that is a plugin somewhere else is not. */
export function strayPluginOf({ kind, subject, at, other }: Reason, configuration: Configuration): StrayPlugin | null {
  if (!CONSEQUENCES.has(kind) || (kind === 'unknown-directive' && isPluginName(subject))) return null
  const strays = strayPlugins(configuration)
  if (strays.length === 0) return null
  let all = blamed.get(configuration)
  if (all === undefined) {
    all = strays.map((stray) => ({ stray, has: amongPlaces(placesOf(stray.block)) }))
    blamed.set(configuration, all)
  }
  return all.find(({ has }) => has(at) || (other !== null && has(other)))?.stray ?? null
}

function placesOf({ keys, occurrences }: ServerBlock): Place[] {
  return [...keys.map(({ at }) => at), ...occurrences.map(({ tokens }) => tokens.place(0))]
}

function isPluginName(word: string): boolean {
  return everInTree.has(word) || externalPlugin(word) !== null
}
