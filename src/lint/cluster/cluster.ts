import type { InnerText } from '../../embed/inner-text.ts'
import type { KubeDnsConfigMap } from '../../sources/kube-dns.ts'
import { covers } from '../../text/range.ts'
import { byteLength } from '../../values/text.ts'
import type { CorefileUnit, InputFile } from '../workspace.ts'
import { type ObjectDocument, ObjectReader, objectDocuments, type ReadValues } from './documents.ts'
import { Kustomizations } from './kustomizations.ts'
import { ClusterLinks } from './links.ts'
import { belongingTo, NearIndex } from './near.ts'
import type {
  ClusterObject,
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  ConfigMapEntry,
  ConfigMapSource,
  Container,
  Service,
  Volume,
  VolumeMount,
  Workload,
} from './objects.ts'
import { readClusterRole, readClusterRoleBinding, readConfigMap, readService } from './read-objects.ts'
import { isWorkloadKind, readWorkload } from './read-workload.ts'

/** A container that has a ConfigMap among its files. */
export interface Mount {
  readonly workload: Workload
  readonly container: Container
  readonly volume: Volume
  readonly source: ConfigMapSource
  readonly mount: VolumeMount
}

/**
 * The objects of Kubernetes in the files of the run. A file is parsed when a kind is first asked for that it names; asking again costs
 * nothing. Templates that are not YAML give none.
 */
export class ClusterObjects {
  readonly #units: readonly CorefileUnit[]
  readonly #reader: ObjectReader
  readonly #kinds = new Map<string, readonly ClusterObject[]>()
  #workloads: readonly Workload[] | undefined
  #services: readonly Service[] | undefined
  #clusterRoles: readonly ClusterRole[] | undefined
  #clusterRoleBindings: readonly ClusterRoleBinding[] | undefined
  #kustomizations: Kustomizations | undefined
  #links: ClusterLinks | undefined
  readonly #documents: readonly ObjectDocument[]
  readonly #readKubeDns: ReadKubeDns
  #kubeDns: readonly KubeDnsConfigMap[] | undefined
  #configMaps: readonly ConfigMap[] | undefined
  #ownConfigMaps: readonly ConfigMap[] | undefined
  #byPlace: ReadonlyMap<string, ConfigMap> | undefined
  #mounts: NearIndex<Mount & { readonly path: string }> | undefined
  #rivals: NearIndex<{ readonly path: string }> | undefined

  constructor(
    documents: readonly ObjectDocument[],
    units: readonly CorefileUnit[],
    readValues: ReadValues,
    readKubeDns: ReadKubeDns = () => [],
  ) {
    this.#units = units
    this.#documents = documents
    this.#readKubeDns = readKubeDns
    this.#reader = new ObjectReader(documents, readValues)
  }

  /** Deployments, DaemonSets, StatefulSets, Pods and all else that makes pods. */
  get workloads(): readonly Workload[] {
    const kinds = [
      'Deployment',
      'DaemonSet',
      'StatefulSet',
      'ReplicaSet',
      'ReplicationController',
      'Pod',
      'Job',
      'CronJob',
    ]
    this.#workloads ??= kinds
      .flatMap((kind) => this.objectsOf(kind))
      .flatMap((object) => (isWorkloadKind(object.kind) ? readWorkload(object, object.kind) : []))
    return this.#workloads
  }

  get services(): readonly Service[] {
    this.#services ??= this.objectsOf('Service').map(readService)
    return this.#services
  }

  get clusterRoles(): readonly ClusterRole[] {
    this.#clusterRoles ??= this.objectsOf('ClusterRole').map(readClusterRole)
    return this.#clusterRoles
  }

  get clusterRoleBindings(): readonly ClusterRoleBinding[] {
    this.#clusterRoleBindings ??= this.objectsOf('ClusterRoleBinding').map(readClusterRoleBinding)
    return this.#clusterRoleBindings
  }

  /** Those that hold a Corefile first, then the others. */
  get configMaps(): readonly ConfigMap[] {
    this.#configMaps ??= [...this.#withCorefiles, ...this.#otherConfigMaps(this.objectsOf('ConfigMap'))]
    return this.#configMaps
  }

  /** Those whose name fits; documents in which nothing does are not parsed. */
  configMapsNamed(name: RegExp): readonly ConfigMap[] {
    const objects = this.#reader.ofKind('ConfigMap', name)
    return [...this.#withCorefiles, ...this.#otherConfigMaps(objects)].filter((each) => name.test(each.name ?? ''))
  }

  get #withCorefiles(): readonly ConfigMap[] {
    this.#ownConfigMaps ??= configMapsOf(this.#units)
    return this.#ownConfigMaps
  }

  /** The ConfigMap whose first Corefile stands where this one does; undefined for its further ones, and for one that is in no ConfigMap. */
  configMapAt({ path, range }: CorefileUnit): ConfigMap | undefined {
    this.#byPlace ??= new Map(this.#withCorefiles.map((each) => [`${each.path}\n${each.range.start}`, each]))
    return this.#byPlace.get(`${path}\n${range.start}`)
  }

  /** The objects of any kind as they are written, in the order of the files. */
  objectsOf(kind: string): readonly ClusterObject[] {
    let objects = this.#kinds.get(kind)
    if (objects === undefined) {
      objects = this.#reader.ofKind(kind)
      this.#kinds.set(kind, objects)
    }
    return objects
  }

  /** The ConfigMaps of kube-dns, which hold no Corefile. */
  get kubeDns(): readonly KubeDnsConfigMap[] {
    if (this.#kubeDns === undefined) {
      const documents = this.#documents.filter(isOfKubeDns)
      this.#kubeDns = documents.length === 0 ? [] : this.#readKubeDns(documents, this.#kubeDnsTag())
    }
    return this.#kubeDns
  }

  /** The tag of the kube-dns in the run; undefined where there is none, or several differ. */
  #kubeDnsTag(): string | undefined {
    const images = this.workloads.flatMap(({ containers }) => containers.map(({ image }) => image?.value ?? ''))
    const tags = new Set(images.flatMap((image) => /\bk8s-dns-kube-dns[\w-]*:v?(\d[\d.]*)/.exec(image)?.[1] ?? []))
    const [tag] = tags
    return tags.size === 1 ? tag : undefined
  }

  /** What kustomize makes of the files of the run. */
  get kustomizations(): Kustomizations {
    this.#kustomizations ??= new Kustomizations(this.objectsOf('Kustomization').filter(isKustomization))
    return this.#kustomizations
  }

  /** Which Services lead to a workload, and what its account may do. */
  get links(): ClusterLinks {
    this.#links ??= new ClusterLinks({
      workloads: this.workloads,
      services: this.services,
      clusterRoles: this.clusterRoles,
      clusterRoleBindings: this.clusterRoleBindings,
      roleBindings: this.objectsOf('RoleBinding'),
    })
    return this.#links
  }

  /** Those of `mountsOf` that run CoreDNS as far as their image says, each container once; what only sets something up is left out. */
  runnersOf(unit: CorefileUnit): readonly Mount[] {
    const seen = new Set<Container>()
    return this.mountsOf(unit).filter(({ workload, container }) => {
      const isKnown = seen.has(container)
      seen.add(container)
      const image = container.image?.value
      const runs = image === undefined || /core-?dns|node-?cache/i.test(image)
      return !isKnown && workload.containers.includes(container) && (runs || workload.containers.length === 1)
    })
  }

  /**
   * The containers that mount the ConfigMap of a Corefile: by its name, and its namespace where both say one, in the same file, else in
   * the nearest directory. Where a run holds many clusters, each with a `coredns` of its own, they are not mixed up. A file that
   * kustomize makes a ConfigMap of counts as one. None for a Corefile that is in no ConfigMap.
   */
  mountsOf({ embedded, path }: CorefileUnit): readonly Mount[] {
    const generated = embedded === null ? this.kustomizations.generatedFrom(path) : null
    if (generated !== null) return this.mountsOfConfigMap(generated)
    const name = embedded?.document.kind === 'ConfigMap' ? embedded.document.name : undefined
    return name === undefined ? [] : this.mountsOfConfigMap({ name, namespace: embedded?.document.namespace, path })
  }

  /** The same for a ConfigMap by its name and namespace, which the file `path` defines. */
  mountsOfConfigMap({
    name,
    namespace,
    path,
  }: {
    name: string
    namespace: string | undefined
    path: string
  }): readonly Mount[] {
    this.#mounts ??= mountIndex(this.workloads)
    this.#rivals ??= rivalIndex(this.#units)
    return belongingTo(name, path, this.#mounts, this.#rivals).filter(
      ({ workload }) => namespace === undefined || (workload.namespace?.value ?? namespace) === namespace,
    )
  }

  #otherConfigMaps(objects: readonly ClusterObject[]): readonly ConfigMap[] {
    const known = Map.groupBy(this.#units, ({ path }) => path)
    return objects
      .filter(({ path, range }) => !(known.get(path) ?? []).some((unit) => covers(range, unit.range)))
      .map(readConfigMap)
  }
}

/** The objects of the files; what reads YAML is loaded only where a file names one that is not known yet. */
export async function loadClusterObjects(
  files: readonly InputFile[],
  units: readonly CorefileUnit[],
): Promise<ClusterObjects> {
  const documents = objectDocuments(files, units)
  if (documents.length === 0) return new ClusterObjects([], units, () => [])
  const { manifestValues } = await import('../../embed/manifest-value.ts')
  const readKubeDns = documents.some(isOfKubeDns) ? (await import('./kube-dns.ts')).kubeDnsConfigMapsIn : undefined
  return new ClusterObjects(documents, units, manifestValues, readKubeDns)
}

/** What reads the ConfigMap of kube-dns; loaded where there may be one. */
type ReadKubeDns = (documents: readonly ObjectDocument[], tag: string | undefined) => readonly KubeDnsConfigMap[]

/** A cheap look for a ConfigMap of that name. */
function isOfKubeDns({ text, range, kinds }: ObjectDocument): boolean {
  if (!kinds.has('ConfigMap') && !kinds.has('ConfigMapList')) return false
  return /\bname["']?[ \t]{0,60}:[ \t]{0,60}["']?kube-dns\b/.test(text.slice(range.start, range.end))
}

function mountIndex(workloads: readonly Workload[]): NearIndex<Mount & { readonly path: string }> {
  const index = new NearIndex<Mount & { readonly path: string }>()
  for (const workload of workloads) {
    for (const volume of workload.volumes) {
      for (const source of volume.configMaps) {
        for (const container of [...workload.containers, ...workload.initContainers]) {
          const mount = container.volumeMounts.find(({ name }) => name === volume.name)
          if (mount === undefined) continue
          index.add(source.name.value, { workload, container, volume, source, mount, path: workload.path })
        }
      }
    }
  }
  return index
}

/** Flux has a kind of the same name. */
function isKustomization({ apiVersion = 'kustomize.config.k8s.io' }: ClusterObject): boolean {
  return apiVersion.startsWith('kustomize.config.k8s.io')
}

/** The ConfigMaps with Corefiles, each once. */
function rivalIndex(units: readonly CorefileUnit[]): NearIndex<{ readonly path: string }> {
  const index = new NearIndex<{ readonly path: string }>()
  for (const { embedded, path } of new Map(units.map((unit) => [unit.embedded?.document, unit])).values()) {
    if (embedded?.document.name !== undefined) index.add(embedded.document.name, { path })
  }
  return index
}

function configMapsOf(units: readonly CorefileUnit[]): ConfigMap[] {
  const first = new Map(units.toReversed().map((unit) => [unit.embedded?.document, unit]))
  return units.flatMap((unit) => {
    const { embedded, path, range } = unit
    const document = embedded?.document
    if (document?.kind !== 'ConfigMap' || first.get(document) !== unit) return []
    const data = new Map<string, ConfigMapEntry>()
    let size = 0
    for (const [key, inner] of document.entries) {
      data.set(key, entryOf(path, inner))
      size += byteLength(key) + byteLength(inner.text)
    }
    return [{ path, range, name: document.name, namespace: document.namespace, data, size }]
  })
}

/** An entry whose place is worked out when somebody asks. */
function entryOf(path: string, inner: InnerText): ConfigMapEntry {
  return {
    path,
    text: inner.text,
    get range() {
      return inner.toOuter({ start: 0, end: inner.text.length })
    },
  }
}
