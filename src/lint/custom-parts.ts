import { type PlatformName, platformOf, rootOfPlatform } from '../../grammar/platforms/index.ts'
import type { FilePlace } from '../text/range.ts'
import { covers } from '../text/range.ts'
import { globExpression } from '../values/glob.ts'
import { isInvalid } from '../values/invalid.ts'
import { belongingTo, NearIndex } from './cluster/near.ts'
import { CorefileUnit, type Workspace } from './workspace.ts'

/** What platforms call the ConfigMap that their own Corefile imports from. */
const customName = 'coredns-custom'

/** The directory it is mounted as, wherever that lies. */
const customDirectory = /(?:^|\/)custom$/

/** The parts of a Corefile that stand in a ConfigMap `coredns-custom`: what goes into its server block, and server blocks of their own. */
export class CustomParts {
  readonly path: string
  readonly units: readonly CorefileUnit[]
  readonly namespace: string | undefined
  /** Where its keys are files on the server, as far as workloads of the run say. */
  readonly #directories: ReadonlySet<string>
  readonly #byFile: ReadonlyMap<string, CorefileUnit>
  readonly #byPath: ReadonlyMap<string, readonly CorefileUnit[]>
  readonly #sorted: readonly PartFile[]
  readonly #found = new Map<string, readonly PartFile[] | null>()

  constructor(units: readonly [CorefileUnit, ...CorefileUnit[]], directories: ReadonlySet<string>) {
    const [first] = units
    this.path = first.path
    this.units = units
    this.namespace = first.embedded?.document.namespace
    this.#directories = directories
    this.#byFile = new Map(units.map((unit) => [fileOf(unit), unit]))
    this.#byPath = Map.groupBy(units, ({ path }) => path)
    const files = units.map((unit) => ({ path: fileOf(unit), text: unit.text, key: unit.embedded?.key ?? '' }))
    this.#sorted = files.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  /** Whether an import looks where the keys are files. */
  isMeant(pattern: string): boolean {
    const directory = pattern.slice(0, Math.max(pattern.lastIndexOf('/'), 0))
    return customDirectory.test(directory) || this.#directories.has(directory)
  }

  /** The keys that an import leads to, in the order in which CoreDNS reads files; null for an import of something else. */
  find(pattern: string): readonly PartFile[] | null {
    if (!this.isMeant(pattern)) return null
    let found = this.#found.get(pattern)
    if (found === undefined) {
      const expression = globExpression(pattern.slice(pattern.lastIndexOf('/') + 1))
      found = isInvalid(expression) ? null : this.#sorted.filter(({ key }) => expression.test(key))
      this.#found.set(pattern, found)
    }
    return found
  }

  /** The part that a file of `find` is, undefined for other files. */
  unitOf(file: string): CorefileUnit | undefined {
    return this.#byFile.get(file)
  }

  /** Whether a place is in one of the parts. */
  holds(place: FilePlace): boolean {
    return this.partAt(place) !== undefined
  }

  /** The part that a place is in. */
  partAt({ path, range }: FilePlace): CorefileUnit | undefined {
    return this.#byPath.get(path)?.find((unit) => covers(unit.range, range))
  }
}

/** A key as a file. */
interface PartFile {
  readonly path: string
  readonly text: string
  readonly key: string
}

/** No file has such a name. */
function fileOf({ path, name }: CorefileUnit): string {
  return `${path}\0${name}`
}

/** Parts and the Corefile that imports them. */
export interface Merge {
  readonly root: CorefileUnit
  readonly parts: CustomParts
}

/** Finds out which Corefile of a run imports which `coredns-custom` of the run, each cluster its own. */
export class CustomMerges {
  /** Those whose root imports one alone: judging the root judges both. */
  readonly own = new Map<CorefileUnit, CustomParts>()
  /** Those of a root that several ConfigMaps belong to, each of which is to be judged with it. */
  readonly shared: readonly Merge[]
  readonly rootless: readonly CustomParts[]
  readonly #rooted: ReadonlySet<CorefileUnit>

  constructor(workspace: Workspace) {
    const all = partsIn(workspace)
    const roots = new NearIndex<{ readonly path: string; readonly unit: CorefileUnit }>()
    const rivals = new NearIndex<CustomParts>()
    for (const parts of all) rivals.add(customName, parts)
    if (all.length > 0) {
      for (const unit of workspace.units) if (mayBeRoot(unit)) roots.add(customName, { path: unit.path, unit })
    }
    const merges: Merge[] = []
    const rootless: CustomParts[] = []
    for (const parts of all) {
      const near = belongingTo(customName, parts.path, roots, rivals).filter(({ unit }) => isRootOf(unit, parts))
      const [root] = near
      if (root === undefined) rootless.push(parts)
      else merges.push({ root: root.unit, parts })
    }
    const byRoot = Map.groupBy(merges, ({ root }) => root)
    this.rootless = rootless
    this.#rooted = new Set(merges.flatMap(({ parts }) => parts.units))
    this.shared = merges.filter(({ root, parts }) => {
      const isAlone = byRoot.get(root)?.length === 1
      if (isAlone) this.own.set(root, parts)
      return !isAlone
    })
  }

  /** Whether a unit is a part that is looked at in its root as well; `hasPlatform` where its platform supplies that. */
  isMerged(unit: CorefileUnit, hasPlatform: boolean): boolean {
    return isPart(unit) && (hasPlatform || this.#rooted.has(unit))
  }
}

/** Whether a unit is part of another Corefile by the key it stands under. */
function isPart({ embedded }: CorefileUnit): boolean {
  return embedded !== null && /\.(?:server|override)$/.test(embedded.key)
}

function partsIn({ units, cluster }: Workspace): CustomParts[] {
  const groups = Map.groupBy(units.filter(isPart), ({ path, embedded }) =>
    embedded?.document.kind === undefined ? path : embedded.document,
  )
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group
    if (first === undefined) return []
    const directories = cluster.mountsOf(first).flatMap(({ mount }) => mount.mountPath?.value.replace(/\/+$/, '') ?? [])
    return [new CustomParts([first, ...others], new Set(directories))]
  })
}

function mayBeRoot(unit: CorefileUnit): boolean {
  return !unit.isFragment && !isPart(unit) && /\bimport[ \t]+\S*[*?[]/.test(unit.text)
}

function isRootOf({ text, embedded }: CorefileUnit, parts: CustomParts): boolean {
  const namespace = embedded?.document.namespace
  if (namespace !== undefined && parts.namespace !== undefined && namespace !== parts.namespace) return false
  return Array.from(text.matchAll(/\bimport[ \t]+(\S+)/g), ([, pattern = '']) => pattern).some((pattern) =>
    parts.isMeant(pattern),
  )
}

/** The Corefile of a platform as a unit of its own, which is in no file; its path says what it is. */
export function platformRoot(name: PlatformName, release: string, clusterDomain: string | null): CorefileUnit {
  const text = rootOfPlatform(name, release, clusterDomain ?? undefined)
  return new CorefileUnit(`Corefile of ${platformOf(name).title}`, text, 'corefile', null)
}
