import type { Embedded } from '../embed/embedded.ts'
import type { InnerText } from '../embed/inner-text.ts'
import { fileText } from '../embed/inner-text.ts'
import { covers } from '../text/range.ts'
import { readCompose } from './compose.ts'
import { mayHaveDistributionSettings, readDistribution } from './distributions.ts'
import { isKubeDnsConfigMap, readKubeDnsConfigMap, readKubeDnsSettings } from './kube-dns-configmap.ts'
import type { PodPlace } from './kube-dns-deployment.ts'
import { readKubeDnsDeployment, readPodDnsmasq } from './kube-dns-deployment.ts'
import type { KubeDnsTag } from './kube-dns-servers.ts'
import { tagOfDeployment } from './kube-dns-servers.ts'
import type { ManifestNode } from './manifest.ts'
import { documentsOf, ManifestDocument, nameOfObject, objectsIn } from './manifest.ts'
import { mountedFiles } from './mounted-files.ts'
import { readPlainSource } from './plain-source.ts'
import { readSkyDnsConfig, readSkyDnsPod } from './skydns.ts'
import type { ConfigMapObject, Source, SourceFiles } from './source.ts'
import { kubeDnsInTerraform } from './terraform-configmaps.ts'
import { hasAliases, type PodContainer, type PodSpec } from './workload.ts'
import { mayHaveHostAliases, podsIn, readNamespace, readService } from './workloads.ts'

/** Kinds that are sources whatever is in them. */
const kindSign =
  /\bkind\\{0,4}["']?[ \t]{0,60}:[ \t]{0,60}\\{0,4}["']?(?:Service|Namespace|ConfigMap|List|(?:Service|Namespace|ConfigMap)List)\b/
const dnsSign = /kube-?dns|kubedns|dnsmasq|skydns|kube2sky|stubDomains|upstreamNameservers|dns_addr/i

/** What reading manifests depends on. */
export interface ManifestsOptions {
  readonly allPods?: boolean
  readonly keepsRemovals?: boolean
  /** Files of containers that are in no ConfigMap. */
  readonly files?: SourceFiles
  /** All files of the call. */
  readonly given?: SourceFiles
}

/** Reads the sources of manifests. ConfigMaps are collected first; those who mount them are completed when all files are read. */
export class Manifests {
  readonly #allPods: boolean
  readonly #keepsRemovals: boolean
  readonly #files: SourceFiles | undefined
  /** The files of the machine, which services of Compose mount. */
  readonly #given: SourceFiles | undefined
  readonly #configMaps = new Map<string, ConfigMapObject>()
  /** Texts of ConfigMaps that a pod among the files reads. */
  readonly #mounted = new Set<InnerText>()
  /** The tag of the kube-dns that is among the files: what it takes of its ConfigMap depends on it. */
  #tag: KubeDnsTag | undefined
  /** What is made of a pod or ConfigMap once all ConfigMaps are known, by what stands for it meanwhile. */
  readonly #pending = new Map<Source, () => Source>()

  constructor({ allPods = false, keepsRemovals = true, files, given }: ManifestsOptions) {
    this.#allPods = allPods
    this.#keepsRemovals = keepsRemovals
    this.#files = files
    this.#given = given ?? files
  }

  /** Adds the sources of a file to `into`; `embedded` are the Corefiles that were found in it. */
  read(path: string, text: string, into: Source[], embedded: readonly Embedded[]): void {
    const host = fileText(text)
    if (/\.(?:tf|tofu|hcl)(?:\.(?!json$)[\w-]+)?$/i.test(path)) {
      for (const configMap of kubeDnsInTerraform(path, host)) {
        this.#addKubeDns(into, (tag) => readKubeDnsSettings({ path, problems: [], ...configMap }, tag))
      }
      return
    }
    for (const range of documentsOf(text)) {
      const written = text.slice(range.start, range.end)
      if (!this.#mayMatter(written)) continue
      const document = new ManifestDocument(host, range)
      for (const root of document.roots()) this.#readRoot(path, root, into, embedded)
    }
  }

  /** The tag of the kube-dns that is among the files read so far; undefined where there is none, or it does not say. */
  get tag(): KubeDnsTag | undefined {
    return this.#tag
  }

  /** The sources of a file when all files are read. */
  complete(sources: readonly Source[]): Source[] {
    const complete = sources.map((source) => this.#pending.get(source)?.() ?? source)
    return complete.flatMap((source) => (source.kind === 'config-map' ? [source, ...this.#textsOf(source)] : [source]))
  }

  /** The hosts files and configurations of dnsmasq in a ConfigMap of which nothing says what mounts it. */
  #textsOf({ path, object, entries }: ConfigMapObject): Source[] {
    const sources: Source[] = []
    for (const [key, text] of entries) {
      if (this.#mounted.has(text) || !/hosts|dns/i.test(`${object.name ?? ''} ${key}`)) continue
      for (const found of readPlainSource({ path, text }, key, this.#files)) {
        if (found.kind !== 'hosts-file' && found.kind !== 'dnsmasq') continue
        sources.push({ ...found, name: `${nameOfObject(object)} ${key}` })
      }
    }
    return sources
  }

  #mayMatter(text: string): boolean {
    if (mayHaveHostAliases(text) || kindSign.test(text) || dnsSign.test(text) || mayHaveDistributionSettings(text))
      return true
    return this.#allPods && /\bcontainers\b/.test(text)
  }

  #readRoot(path: string, root: ManifestNode, into: Source[], embedded: readonly Embedded[]): void {
    const objects = objectsIn(root)
    if (objects.length === 0) {
      const found = readDistribution(path, root) ?? readSkyDnsConfig(path, root)
      const services = readCompose(path, root, this.#given)
      into.push(...services)
      if (found) into.push(found)
      else if (services.length === 0) this.#readPods(path, root, undefined, into)
      return
    }
    for (const { object, kind } of objects) {
      if (kind === 'ConfigMap') this.#readConfigMap(path, object, into, embedded)
      else if (kind === 'Service') into.push(readService(path, object))
      else if (kind === 'Namespace') into.push(readNamespace(path, object))
      else {
        const distribution = readDistribution(path, object)
        if (distribution) into.push(distribution)
        this.#readPods(path, object, kind, into)
      }
    }
  }

  #readConfigMap(path: string, object: ManifestNode, into: Source[], embedded: readonly Embedded[]): void {
    if (isKubeDnsConfigMap(object)) this.#addKubeDns(into, (tag) => readKubeDnsConfigMap(path, object, tag))
    const entries = new Map<string, InnerText>()
    for (const { key, value } of object.get('data')?.pairs ?? []) {
      const text = value?.text
      if (text) entries.set(key, text)
    }
    const identity = { ...object.identity, kind: 'ConfigMap' }
    const { range } = object
    const name = nameOfObject(identity)
    const map: ConfigMapObject = {
      kind: 'config-map',
      path,
      name,
      range,
      object: identity,
      entries,
      problems: [],
      notUnderstood: [],
    }
    if (identity.name !== undefined) this.#configMaps.set(placeOf(identity.namespace, identity.name), map)
    if (!embedded.some((one) => covers(range, one.range)) && !isKubeDnsConfigMap(object)) into.push(map)
  }

  /** What kube-dns takes depends on its release, which another file may say. */
  #addKubeDns(into: Source[], read: (tag?: KubeDnsTag) => Source): void {
    const newest = read()
    into.push(newest)
    this.#pending.set(newest, () => (this.#tag === undefined ? newest : read(this.#tag)))
  }

  #readPods(path: string, object: ManifestNode, kind: string | undefined, into: Source[]): void {
    const mayBeDns = dnsSign.test(object.document.text)
    for (const { workload, node } of podsIn(path, object, kind, this.#keepsRemovals)) {
      const place: PodPlace = { path, object, identity: workload.object, node, pod: workload.pod }
      // Their programs are named in the pod; most pods have none of them.
      const first = mayBeDns ? this.#program(place) : undefined
      if (first) {
        into.push(first)
        if (first.kind === 'kube-dns-deployment') this.#tag ??= tagOfDeployment(first)
        this.#pending.set(first, () => this.#program(place) ?? first)
      }
      if (this.#allPods || hasAliases(workload)) into.push(workload)
    }
  }

  /** Notes what is read. */
  #noted(files: SourceFiles): SourceFiles {
    return {
      read: (path) => {
        const read = files.read(path)
        if (read) this.#mounted.add(read.text)
        return read
      },
      list: (directory) => files.list(directory),
    }
  }

  /** What kind of DNS server a pod is. */
  #program(place: PodPlace): Source | undefined {
    const namespace = place.identity.namespace
    const files = (pod: PodSpec, container: PodContainer) =>
      this.#noted(mountedFiles(pod, container, (name) => this.#configMaps.get(placeOf(namespace, name)), this.#files))
    return readSkyDnsPod(place) ?? readKubeDnsDeployment(place, files) ?? readPodDnsmasq(place, files)
  }
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}
