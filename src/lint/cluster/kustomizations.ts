import type { ManifestValue } from '../../embed/manifest-value.ts'
import type { ClusterObject } from './objects.ts'
import { type Stated, StatedReader } from './place.ts'

/** What a kustomization makes of an image of this name. */
interface ImageChange {
  readonly name: string
  readonly newName: string | undefined
  readonly newTag: Stated<string> | null
  /** Replaces the tag: nobody knows what is in it. */
  readonly hasDigest: boolean
}

interface Kustomization {
  readonly path: string
  readonly images: readonly ImageChange[]
}

/** The ConfigMap that a kustomization makes of a file. */
export interface GeneratedConfigMap {
  readonly name: string
  readonly namespace: string | undefined
  /** The kustomization. */
  readonly path: string
}

/** More steps from base to overlay than this are not followed. */
const mostSteps = 200

/** The kustomizations of a run: which of them build on which files, and what they make of images. */
export class Kustomizations {
  readonly #all: readonly Kustomization[]
  /** Those that name a file, or a directory with another kustomization, by its path. */
  readonly #naming = new Map<string, Kustomization[]>()
  readonly #generated = new Map<string, GeneratedConfigMap>()

  constructor(objects: readonly ClusterObject[]) {
    this.#all = objects.map((object) => this.#read(object))
  }

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  /** The ConfigMap that a file becomes the value of a key of, null where none does. */
  generatedFrom(path: string): GeneratedConfigMap | null {
    return this.#generated.get(path) ?? null
  }

  /** What becomes of an image that a file names: one for each overlay in which it ends, the image itself where no kustomization changes it. */
  imagesFor(image: Stated<string>, path: string): readonly Stated<string>[] {
    return this.#end(path, image, (kustomization, before) => changed(kustomization.images, before))
  }

  /** The images of any name that the kustomizations which build on a file, or are it, set a tag for. */
  imagesAround(path: string): readonly Stated<string>[] {
    const own = this.#all.find((kustomization) => kustomization.path === path)
    const found: Stated<string>[] = []
    const note = ({ images }: Kustomization) => {
      for (const { name, newName, newTag } of images) {
        if (newTag !== null) found.push({ ...newTag, value: `${newName ?? name}:${newTag.value}` })
      }
    }
    if (own !== undefined) note(own)
    this.#end(path, null, (kustomization) => {
      note(kustomization)
      return null
    })
    return found
  }

  /** Carries a value from a file through all that builds on it, each way up to its end. */
  #end<T>(path: string, start: T, step: (kustomization: Kustomization, value: T) => T): T[] {
    const ends: T[] = []
    const waiting = [{ path, value: start }]
    let steps = 0
    for (let next = waiting.pop(); next !== undefined && steps < mostSteps; next = waiting.pop()) {
      const { value } = next
      const naming = this.#naming.get(next.path) ?? []
      if (naming.length === 0) ends.push(value)
      for (const kustomization of naming) {
        steps++
        waiting.push({ path: directoryOf(kustomization.path), value: step(kustomization, value) })
      }
    }
    return ends
  }

  #read({ path, manifest }: ClusterObject): Kustomization {
    const directory = directoryOf(path)
    const stated = new StatedReader(path)
    const images = items(manifest, 'images').flatMap((image): ImageChange[] => {
      const name = image.get('name')?.text
      if (name === undefined) return []
      const newName = image.get('newName')?.text
      return [{ name, newName, newTag: stated.text(image.get('newTag')), hasDigest: image.get('digest') !== undefined }]
    })
    const kustomization = { path, images }
    for (const key of ['resources', 'bases', 'components', 'patchesStrategicMerge']) {
      for (const { value } of stated.texts(manifest.get(key))) this.#name(joined(directory, value), kustomization)
    }
    for (const patch of items(manifest, 'patches')) {
      const file = patch.get('path')?.text
      if (file !== undefined) this.#name(joined(directory, file), kustomization)
    }
    const namespace = manifest.get('namespace')?.text
    for (const generator of items(manifest, 'configMapGenerator')) {
      const name = generator.get('name')?.text
      if (name === undefined) continue
      for (const { value } of stated.texts(generator.get('files'))) {
        const file = joined(directory, value.slice(value.indexOf('=') + 1))
        this.#generated.set(file, { name, namespace: generator.get('namespace')?.text ?? namespace, path })
        this.#name(file, kustomization)
      }
    }
    return kustomization
  }

  #name(path: string, kustomization: Kustomization): void {
    const known = this.#naming.get(path)
    if (known === undefined) this.#naming.set(path, [kustomization])
    else if (!known.includes(kustomization)) known.push(kustomization)
  }
}

function items(manifest: ManifestValue, key: string): readonly ManifestValue[] {
  return manifest.get(key)?.items() ?? []
}

/** Source: kustomize api/filters/imagetag/updater.go: a digest takes the place of the tag, a name without both keeps it. */
function changed(changes: readonly ImageChange[], before: Stated<string>): Stated<string> {
  const [reference = '', digest] = before.value.split('@')
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1)
  const name = colon < 0 ? reference : reference.slice(0, colon)
  const change = changes.find((one) => one.name === name)
  if (change === undefined) return before
  const newName = change.newName ?? name
  if (change.newTag !== null) return { ...change.newTag, value: `${newName}:${change.newTag.value}` }
  if (change.hasDigest) return { ...before, value: newName }
  return {
    ...before,
    value: newName + (colon < 0 ? '' : reference.slice(colon)) + (digest === undefined ? '' : `@${digest}`),
  }
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** A path relative to a directory as other paths of the run are written; what climbs out of where the run began stays as it is. */
function joined(directory: string, relative: string): string {
  const parts = directory === '' ? [] : directory.split('/')
  for (const part of relative.replace(/\/+$/, '').split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
