import type { Node, Pair, YAMLMap } from 'yaml'
import { isMap, isSeq } from 'yaml'
import type { EmbeddingDocument } from './embedded.ts'
import type { Surroundings } from './signs.ts'
import type { YamlReader } from './yaml-reader.ts'

/** Where the walk through a document is: at the value of a key, an item of a list, or the whole. */
export class YamlPlace implements Surroundings {
  readonly key: string | undefined
  /** Where the key stands. */
  readonly keyNode: Node | undefined
  readonly #reader: YamlReader
  readonly #parent: YamlPlace | undefined
  /** The map that has the key. */
  readonly #map: YAMLMap | undefined
  readonly #index: number | undefined
  /** What the text is in which the document stands. */
  readonly #within: string

  private constructor(
    reader: YamlReader,
    within: string,
    parent?: YamlPlace,
    at: { map?: YAMLMap; key?: string; keyNode?: Node; index?: number } = {},
  ) {
    this.#reader = reader
    this.#within = within
    this.#parent = parent
    this.#map = at.map
    this.key = at.key
    this.keyNode = at.keyNode
    this.#index = at.index
  }

  /** The whole of a document that stands in what `within` names, '' for a file. */
  static whole(reader: YamlReader, within: string): YamlPlace {
    return new YamlPlace(reader, within)
  }

  valueOf(map: YAMLMap, key: string | undefined, keyNode: Node): YamlPlace {
    return new YamlPlace(this.#reader, this.#within, this, { map, keyNode, ...(key === undefined ? {} : { key }) })
  }

  item(index: number): YamlPlace {
    return new YamlPlace(this.#reader, this.#within, this, { index })
  }

  *keysAround(): Iterable<string | undefined> {
    for (let place = this.#parent; place; place = place.#parent) yield place.key
  }

  *stringsBeside(): Iterable<readonly [string, string]> {
    yield* this.#stringsOf(this.#map)
    if (!this.#parent) return
    yield* this.#stringsOf(this.#parent.#map)
    yield* this.#targetsInCompose(this.#parent)
  }

  /** The maps around, the nearest first. */
  *mapsAround(): Iterable<YAMLMap> {
    for (let place: YamlPlace | undefined = this; place; place = place.#parent) if (place.#map) yield place.#map
  }

  /** The nearest object of Kubernetes around. */
  object(): EmbeddingDocument {
    const place = this.#objectPlace()
    const map = place ? place.#map : undefined
    const metadata = map && this.#reader.resolve(this.#reader.get(map, 'metadata'))
    const own = (key: string) => (map ? this.#reader.string(this.#reader.get(map, key)) : undefined)
    const inMetadata = (key: string) =>
      isMap(metadata) ? this.#reader.string(this.#reader.get(metadata, key)) : undefined
    return {
      apiVersion: own('apiVersion'),
      kind: own('kind'),
      name: inMetadata('name'),
      namespace: inMetadata('namespace'),
      entries: new Map(),
    }
  }

  /** How people would say where this is: the object and the path in it, behind those of the text around. */
  describe(): string {
    const object = this.#objectPlace()
    const { name, namespace } = this.object()
    let path = ''
    for (let place: YamlPlace | undefined = this; place; place = place.#parent) {
      const step = place.#index === undefined ? place.key : `[${place.#index}]`
      if (step !== undefined) path = `${step}${path === '' || path.startsWith('[') ? '' : '.'}${path}`
      if (object && place === object) break
    }
    const about = name === undefined ? path : `${namespace === undefined ? '' : `${namespace}/`}${name} ${path}`
    return this.#within === '' ? about : `${this.#within} ${about}`
  }

  /** The place in the map of the nearest object around. */
  #objectPlace(): YamlPlace | undefined {
    for (let place: YamlPlace | undefined = this; place; place = place.#parent) {
      const map = place.#map
      if (map && this.#reader.get(map, 'kind') && this.#reader.get(map, 'metadata')) return place
    }
    return undefined
  }

  *#stringsOf(map: YAMLMap | undefined): Iterable<readonly [string, string]> {
    for (const { key, value } of (map?.items ?? []) as Pair<Node, Node | null>[]) {
      const name = this.#reader.string(key)
      const text = name === undefined ? undefined : this.#reader.string(value)
      if (name !== undefined && text !== undefined) yield [name, text]
    }
  }

  /** Docker Compose: what the services call the file whose content stands under `configs.NAME.content`. */
  *#targetsInCompose(name: YamlPlace): Iterable<readonly [string, string]> {
    const configs = name.#parent
    if (configs?.key !== 'configs' || !configs.#map) return
    const services = this.#reader.resolve(this.#reader.get(configs.#map, 'services'))
    if (!isMap(services)) return
    for (const { value } of services.items as Pair<Node, Node | null>[]) {
      const service = this.#reader.resolve(value)
      const used = isMap(service) ? this.#reader.resolve(this.#reader.get(service, 'configs')) : undefined
      for (const item of isSeq(used) ? (used.items as Node[]) : []) {
        const one = this.#reader.resolve(item)
        if (!isMap(one) || this.#reader.string(this.#reader.get(one, 'source')) !== name.key) continue
        const target = this.#reader.string(this.#reader.get(one, 'target'))
        if (target !== undefined) yield ['target', target]
      }
    }
  }
}
