import { type ManifestValue, manifestValues } from '../embed/manifest-value.ts'
import type { CorefileUnit, Workspace } from '../lint/workspace.ts'
import { covers, type Range } from '../text/range.ts'

/** An object of Kubernetes, as far as labels go. */
interface Labelled {
  readonly range: Range
  readonly labels: ReadonlyMap<string, string>
}

/** Chooses the Corefiles whose object has all of some labels, and knows those it left out. */
export class LabelSelection {
  readonly #labels: readonly (readonly [key: string, value: string])[]
  readonly #leftOut = new Set<string>()
  readonly #objects = new WeakMap<Workspace, Map<string, readonly Labelled[]>>()

  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = Object.entries(labels)
  }

  /** How many Corefiles were left out. */
  get leftOut(): number {
    return this.#leftOut.size
  }

  /** The labels as they were asked for. */
  get words(): string {
    return this.#labels.map(([key, value]) => `${key}=${value}`).join(' and ')
  }

  /** Whether `metadata.labels` of the object around a Corefile has them; false where there is no object, or none that can be read. */
  selects(unit: CorefileUnit, workspace: Workspace): boolean {
    const object = this.#objectsOf(unit.path, workspace).find(({ range }) => covers(range, unit.range))
    const isSelected = object !== undefined && this.#labels.every(([key, value]) => object.labels.get(key) === value)
    if (!isSelected) this.#leftOut.add(`${unit.path}\n${unit.name}`)
    return isSelected
  }

  #objectsOf(path: string, workspace: Workspace): readonly Labelled[] {
    let byPath = this.#objects.get(workspace)
    if (byPath === undefined) {
      byPath = new Map()
      this.#objects.set(workspace, byPath)
    }
    let objects = byPath.get(path)
    if (objects === undefined) {
      const text = workspace.files.find((file) => file.path === path)?.text ?? ''
      objects = manifestValues(text, { start: 0, end: text.length }).flatMap(objectsIn)
      byPath.set(path, objects)
    }
    return objects
  }
}

/** An object, or those of a list. */
function objectsIn(value: ManifestValue): readonly Labelled[] {
  const isList = value.get('kind')?.text?.endsWith('List') ?? false
  if (isList) return (value.get('items')?.items() ?? []).flatMap(objectsIn)
  const pairs = value.get('metadata')?.get('labels')?.entries() ?? []
  return [{ range: value.range, labels: new Map(pairs.map(({ key, value: { text } }) => [key, text ?? ''])) }]
}
