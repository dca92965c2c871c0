import type { Range } from '../text/range.ts'
import type {
  DistributionCache,
  DistributionHost,
  DistributionLines,
  DistributionServer,
  DistributionSettings,
  DistributionZone,
} from './distribution.ts'
import type { ManifestNode } from './manifest.ts'
import { nameOfObject } from './manifest.ts'
import type { OperatorDns } from './operator-dns.ts'
import type { NotUnderstood, Placed, SourceProblem } from './source.ts'

/** Gathers the settings of a distribution while its file is read; what is not understood is noted, never dropped. */
export class DistributionReading {
  readonly path: string
  readonly node: ManifestNode
  readonly zones: DistributionZone[] = []
  readonly hosts: DistributionHost[] = []
  readonly directives: DistributionLines[] = []
  readonly clusterOptions: Placed[] = []
  readonly forwardOptions: Placed[] = []
  upstreams: readonly DistributionServer[] = []
  upstreamPolicy: Placed | undefined
  forcesTcp = false
  clusterDomain: Placed | undefined
  reverseCidrs: readonly Placed[] = []
  withoutReverse: Placed | undefined
  cache: DistributionCache | undefined
  operator: OperatorDns | undefined
  program: DistributionSettings['program'] = 'coredns'
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []

  constructor(path: string, node: ManifestNode) {
    this.path = path
    this.node = node
  }

  /** A zone; what is not given says nothing. */
  addZone(zone: Pick<DistributionZone, 'zones' | 'servers'> & Partial<DistributionZone>): void {
    this.zones.push({
      policy: undefined,
      forcesTcp: false,
      cache: undefined,
      directives: [],
      readBy: 'coredns',
      ...zone,
    })
  }

  /** A map of domains with lists of servers. */
  stubDomains(value: ManifestNode, readBy: DistributionZone['readBy']): void {
    if (!value.isMap) this.report('stub domains', value.range, this.#whyNoWord(value, 'map'))
    for (const { key, keyRange, value: list } of value.pairs)
      this.addZone({ zones: [{ value: key, range: keyRange }], servers: this.servers(list), readBy })
  }

  /** The servers of a list; `tls://` in front of one is its protocol. */
  servers(list: ManifestNode | undefined): DistributionServer[] {
    return this.words(list, 'servers').map((at) => {
      const tls = /^tls:\/\/(.*)$/s.exec(at.value)?.[1]
      return { written: tls ?? at.value, at, protocol: tls === undefined ? 'dns' : 'tls', serverName: undefined }
    })
  }

  /** The words of a list; one that a template writes is reported. */
  words(list: ManifestNode | undefined, what: string): Placed[] {
    if (list && !list.isList) this.report(what, list.range, this.#whyNoWord(list, 'list'))
    return (list?.items ?? []).flatMap((item) => {
      if (!isWritten(item) && item.placed) return [item.placed]
      this.report(item.placed?.value ?? what, item.range, this.#whyNoWord(item, 'word'))
      return []
    })
  }

  /** A word that nothing but the file itself says; undefined, and reported, where a template writes it. */
  word(node: ManifestNode | undefined, what: string): Placed | undefined {
    if (node === undefined) return undefined
    if (!isWritten(node) && node.placed) return node.placed
    this.report(node.placed?.value ?? what, node.range, this.#whyNoWord(node, 'word'))
    return undefined
  }

  /** Reports the keys of a map that are not among the known ones. */
  unknownKeys(map: ManifestNode | undefined, known: ReadonlySet<string>): void {
    for (const { key, keyRange } of map?.pairs ?? [])
      if (!known.has(key)) this.report(key, keyRange, 'no field is called so')
  }

  #whyNoWord(node: ManifestNode, wanted: string): string {
    return isWritten(node) ? 'a template writes it' : `it is no ${wanted}`
  }

  report(text: string, range: Range, why: string): void {
    this.#notUnderstood.push({ text, path: this.path, range, why })
  }

  problem(severity: SourceProblem['severity'], message: string, range: Range): void {
    this.#problems.push({ severity, message, path: this.path, range })
  }

  finish(system: DistributionSettings['system']): DistributionSettings {
    const { identity, range } = this.node
    const isObject = identity.kind !== undefined
    return {
      kind: 'distribution',
      system,
      path: this.path,
      name: isObject ? nameOfObject(identity) : this.path.slice(this.path.lastIndexOf('/') + 1),
      range,
      object: isObject ? identity : undefined,
      program: this.program,
      zones: this.zones,
      upstreams: this.upstreams,
      upstreamPolicy: this.upstreamPolicy,
      forcesTcp: this.forcesTcp,
      forwardOptions: this.forwardOptions,
      clusterDomain: this.clusterDomain,
      reverseCidrs: this.reverseCidrs,
      withoutReverse: this.withoutReverse,
      hosts: this.hosts,
      directives: this.directives,
      clusterOptions: this.clusterOptions,
      cache: this.cache,
      operator: this.operator,
      problems: this.#problems,
      notUnderstood: this.#notUnderstood,
    }
  }
}

/** Whether a template writes a value: one of Helm, or of Ansible, whose braces stand in a string. */
export function isWritten(node: ManifestNode): boolean {
  return node.isWritten || /\{\{|\{%/.test(node.placed?.value ?? '')
}
