import { type Build, pluginsOfBuild, readBuildEntry } from './builds.ts'
import type { Plugin } from './plugin.ts'
import { pluginGrammars } from './plugin-index.ts'
import { everInTree, isPluginOf, type Release } from './releases.ts'
import { ANSWERERS } from './roles.ts'

/** What a person says of a plugin that their own program has. */
export interface DeclaredPlugin {
  /** The plugin right behind it in the run order, or right in front of it; it runs last where neither is said. */
  readonly place: { readonly before: string } | { readonly after: string } | null
  /** Whether it answers names from data or an upstream of its own; null when nobody said. */
  readonly answers: boolean | null
  readonly description: Plugin | null
}

export type DeclaredPlugins = ReadonlyMap<string, DeclaredPlugin>

/** No plugins besides those of the build. */
export const noDeclaredPlugins: DeclaredPlugins = new Map()

/** What runs a Corefile at one release: which plugins it has, in which order they run, and what is known of each. */
export interface Program {
  readonly release: Release
  /** All of its plugins by directive, in run order. */
  readonly plugins: readonly string[]
  has(plugin: string): boolean
  /** Where a plugin stands in the run order, from 0; -1 if the program does not have it. */
  position(plugin: string): number
  /** What a plugin accepts; null if the program does not have it, or if nobody described it. */
  describe(plugin: string): Plugin | null
  /** Whether the program has the plugin from elsewhere than the CoreDNS repository. */
  isExternal(plugin: string): boolean
  /** Whether somebody said where in the run order it stands, and it is no guess. */
  isPlaced(plugin: string): boolean
  /** Whether a plugin answers names from data or an upstream of its own; null for one that the program lacks or nobody told about. */
  answers(plugin: string): boolean | null
}

/** Programs by what was declared for them, then by release and build: many Corefiles of a run share theirs. */
const programs = new WeakMap<DeclaredPlugins, Map<string, Program>>()

/**
 * The program that a build makes of a release. A list as build decides alone which plugins there are; to other builds the declared ones
 * are added. Those without a place run last, as plugins do that CoreDNS's own build adds without a line in plugin.cfg (COREDNS_PLUGINS
 * in directives_generate.go), and so do those placed beside a plugin that the program does not have.
 */
export function programOf(
  release: Release,
  build: Build = 'official',
  declared: DeclaredPlugins = noDeclaredPlugins,
): Program {
  let known = programs.get(declared)
  if (known === undefined) {
    known = new Map()
    programs.set(declared, known)
  }
  const key = `${release} ${typeof build === 'string' ? build : build.join('\n')}`
  let program = known.get(key)
  if (program === undefined) {
    program =
      typeof build === 'string' ? programFromNamed(release, build, declared) : programFromList(release, build, declared)
    known.set(key, program)
  }
  return program
}

function programFromNamed(
  release: Release,
  build: Exclude<Build, readonly string[]>,
  declared: DeclaredPlugins,
): Program {
  const own = pluginsOfBuild(build, release)
  if (declared.size === 0) return new BuiltProgram(release, own, declared, new Set(), new Set())
  const foreign = new Set([...declared.keys()].filter((name) => !isPluginOf(release, name)))
  const moving = [...declared].filter(([name, { place }]) => place !== null || !own.includes(name))
  const order = own.filter((name) => !moving.some(([other]) => other === name))
  const unplaced = putInPlace(order, new Map(moving))
  return new BuiltProgram(release, order, declared, foreign, unplaced)
}

function programFromList(release: Release, lines: readonly string[], declared: DeclaredPlugins): Program {
  const foreign = new Set<string>()
  const order: string[] = []
  for (const { name, isForeign } of lines.map(readBuildEntry)) {
    const isInTree = !isForeign && isPluginOf(release, name)
    // The plugins of another release: its program was built without them.
    if (!isInTree && !isForeign && everInTree.has(name) && !declared.has(name)) continue
    if (!isInTree) foreign.add(name)
    order.push(name)
  }
  return new BuiltProgram(release, order, declared, foreign, new Set())
}

/** Adds plugins to an order, each where it belongs; answers those that nobody placed, or beside nothing that is there. */
function putInPlace(order: string[], moving: Map<string, DeclaredPlugin>): Set<string> {
  const unplaced = new Set<string>()
  const append = (name: string) => {
    moving.delete(name)
    unplaced.add(name)
    order.push(name)
  }
  for (const [name, { place }] of moving) if (place === null) append(name)
  /** The last plugin that was put behind another one: the next one goes behind it, so that all stand as they are written. */
  const lastBehind = new Map<string, string>()
  let placed = true
  while (placed) {
    placed = false
    for (const [name, { place }] of moving) {
      if (place === null) continue
      const beside = 'before' in place ? place.before : place.after
      if (!order.includes(beside)) continue
      const at = 'before' in place ? order.indexOf(beside) : order.indexOf(lastBehind.get(beside) ?? beside) + 1
      if ('after' in place) lastBehind.set(beside, name)
      order.splice(at, 0, name)
      moving.delete(name)
      placed = true
    }
  }
  for (const name of [...moving.keys()]) append(name)
  return unplaced
}

class BuiltProgram implements Program {
  readonly release: Release
  readonly plugins: readonly string[]
  readonly #positions: ReadonlyMap<string, number>
  readonly #declared: DeclaredPlugins
  readonly #foreign: ReadonlySet<string>
  readonly #unplaced: ReadonlySet<string>

  constructor(
    release: Release,
    plugins: readonly string[],
    declared: DeclaredPlugins,
    foreign: ReadonlySet<string>,
    unplaced: ReadonlySet<string>,
  ) {
    this.release = release
    this.plugins = plugins
    this.#positions = new Map(plugins.map((name, index) => [name, index]))
    this.#declared = declared
    this.#foreign = foreign
    this.#unplaced = unplaced
  }

  has(plugin: string): boolean {
    return this.#positions.has(plugin)
  }

  position(plugin: string): number {
    return this.#positions.get(plugin) ?? -1
  }

  describe(plugin: string): Plugin | null {
    if (!this.has(plugin)) return null
    const declared = this.#declared.get(plugin)?.description ?? null
    if (declared !== null || this.#foreign.has(plugin)) return declared
    return pluginGrammars.get(plugin) ?? null
  }

  isExternal(plugin: string): boolean {
    return this.#foreign.has(plugin)
  }

  isPlaced(plugin: string): boolean {
    return this.has(plugin) && !this.#unplaced.has(plugin)
  }

  answers(plugin: string): boolean | null {
    if (!this.has(plugin)) return null
    const declared = this.#declared.get(plugin)?.answers ?? null
    return declared !== null || this.#foreign.has(plugin) ? declared : ANSWERERS.has(plugin)
  }
}
