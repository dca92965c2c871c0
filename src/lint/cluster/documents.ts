import { allDocuments } from '../../embed/configmap.ts'
import type { ManifestValue, manifestValues } from '../../embed/manifest-value.ts'
import type { Range } from '../../text/range.ts'
import { covers } from '../../text/range.ts'
import type { CorefileUnit, InputFile } from '../workspace.ts'
import type { ClusterObject } from './objects.ts'
import { readObject } from './read-objects.ts'
import { isKustomizationName } from './signs.ts'

/** What reads the values of YAML; it is large, and comes from whoever has loaded it. */
export type ReadValues = typeof manifestValues

/** A document of a file that names the kinds of objects, and is not parsed before somebody asks for one of them. */
export interface ObjectDocument {
  readonly path: string
  readonly text: string
  readonly range: Range
  /** All words behind a `kind:`, those of lists and of what only looks like an object among them. */
  readonly kinds: ReadonlySet<string>
}

const kindSign = /\bkind["']?[ \t]{0,60}:[ \t]{0,60}["']?([A-Z][A-Za-z]{0,60})/g
const otherLanguage = /\.(?:tf|tofu|tfvars|hcl)$/i

/** The documents of the files that name a kind of object, but those that hold nothing but a ConfigMap whose Corefile was found already. */
export function objectDocuments(
  files: readonly InputFile[],
  units: readonly CorefileUnit[],
): readonly ObjectDocument[] {
  const known = Map.groupBy(units, ({ path }) => path)
  const documents: ObjectDocument[] = []
  for (const { path, text, as } of files) {
    if (as === 'corefile' || as === 'fragment' || otherLanguage.test(path)) continue
    const implied = isKustomizationName(path) ? 'Kustomization' : undefined
    if (implied === undefined && !/\bkind\b/.test(text)) continue
    const found = known.get(path) ?? []
    if (found.some(({ embedded }) => embedded === null)) continue
    for (const range of allDocuments(text)) {
      const kinds = new Set(Array.from(text.slice(range.start, range.end).matchAll(kindSign), ([, kind = '']) => kind))
      // Kustomize knows its files by their names.
      if (implied !== undefined && kinds.size === 0) kinds.add(implied)
      const isKnown = kinds.size === 1 && kinds.has('ConfigMap') && found.some((unit) => isOnlyObject(unit, range))
      if (kinds.size > 0 && !isKnown) documents.push({ path, text, range, kinds })
    }
  }
  return documents
}

function isOnlyObject({ embedded, range }: CorefileUnit, document: Range): boolean {
  return embedded?.document.kind === 'ConfigMap' && covers(document, range)
}

/** Reads objects out of documents, each document once and when first asked for. */
export class ObjectReader {
  readonly #documents: readonly ObjectDocument[]
  readonly #readValues: ReadValues
  readonly #objects = new Map<ObjectDocument, readonly ClusterObject[]>()

  constructor(documents: readonly ObjectDocument[], readValues: ReadValues) {
    this.#documents = documents
    this.#readValues = readValues
  }

  /** The objects of a kind, in the order of the files; where `words` are given, of documents alone in which they stand. */
  ofKind(kind: string, words?: RegExp): ClusterObject[] {
    return this.#documents
      .filter(({ kinds }) => kinds.has(kind) || kinds.has(`${kind}List`))
      .filter(({ text, range }) => words === undefined || words.test(text.slice(range.start, range.end)))
      .flatMap((document) => this.#objectsOf(document).filter((object) => object.kind === kind))
  }

  #objectsOf(document: ObjectDocument): readonly ClusterObject[] {
    let objects = this.#objects.get(document)
    if (objects === undefined) {
      const values = this.#readValues(document.text, document.range)
      objects = values.flatMap((value) =>
        objectsIn(document.path, value, isKustomizationName(document.path) ? 'Kustomization' : undefined),
      )
      this.#objects.set(document, objects)
    }
    return objects
  }
}

/** The object that a value is, or those of the list that it is; `implied` is the kind of those in a list that says it for them. */
function objectsIn(path: string, value: ManifestValue, implied: string | undefined): ClusterObject[] {
  const kind = value.get('kind')?.text ?? implied
  if (kind === undefined) {
    const inline = value.get('cluster')?.get('inlineManifests')?.items() ?? []
    const documents = inline.flatMap((manifest) => manifest.get('contents')?.documents() ?? [])
    return documents.flatMap((document) => objectsIn(path, document, undefined))
  }
  if (!kind.endsWith('List')) return [readObject(path, value, kind)]
  const item = kind === 'List' ? undefined : kind.slice(0, -'List'.length)
  return (value.get('items')?.items() ?? []).flatMap((one) => {
    // A list in a list is nothing that Kubernetes knows.
    return one.get('kind')?.text?.endsWith('List') ? [] : objectsIn(path, one, item)
  })
}
