import type { Node, Pair, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { blocksByLines, mentionsKey } from './block-by-lines.ts'
import { chartEdits } from './chart-edits.ts'
import { isChartServers, renderChartServers } from './chart-servers.ts'
import { documentRanges, kindOfKey } from './configmap.ts'
import type { Embedded, EmbeddingDocument, EmbeddingProblem, NamedProgram } from './embedded.ts'
import type { FoundValue } from './found-value.ts'
import { embeddedValue } from './found-value.ts'
import type { HostText } from './inner-text.ts'
import { fileText, scalarText } from './inner-text.ts'
import { entryOfLiteral } from './kustomize.ts'
import { programNear } from './program-near.ts'
import { rendersTheSame } from './rendered-corefile.ts'
import { isCorefileByPlace, isCorefileKey, mayHoldCorefile } from './signs.ts'
import { YamlChart } from './yaml-chart.ts'
import { YamlPlace } from './yaml-place.ts'
import type { Entries, YamlError } from './yaml-reader.ts'
import { commentBeside, placeOf, rangeOf, YamlReader } from './yaml-reader.ts'

/** How deep strings are searched that hold YAML which holds strings. */
const deepest = 4

/** Kubernetes keeps what was last applied here: a copy of the object itself, not another one. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** What else `terraform show -json` says of a plan: what was, what would change, and what it is computed from. */
const repeatedInPlan: ReadonlySet<string> = new Set([
  'prior_state',
  'resource_drift',
  'resource_changes',
  'output_changes',
  'configuration',
])

/** What was found so far in a file, and what problems call its format. */
export interface Found {
  readonly embedded: Embedded[]
  readonly problems: EmbeddingProblem[]
  readonly format: 'YAML' | 'JSON'
}

/** What a text is the value of: its name for people, and the program that stands beside it. */
export interface Within {
  readonly name: string
  readonly program: NamedProgram | undefined
}

const withinNothing: Within = { name: '', program: undefined }

/** Finds the texts for CoreDNS in all documents of a value that may hold YAML or JSON. */
export function searchValue(value: HostText, found: Found, within: Within, depth: number): void {
  if (depth > deepest) return
  for (const range of documentRanges(value.text)) searchDocument(value, range, found, within, depth)
}

/** Finds the texts for CoreDNS in one document of a text that is YAML, JSON or a template of either. */
export function searchDocument(
  host: HostText,
  range: Range,
  found: Found,
  within: Within = withinNothing,
  depth = 0,
): void {
  new DocumentSearch(host, range, found, within, depth).run()
}

/** Looks through one document that stands at `base` of the host. */
class DocumentSearch {
  readonly #host: HostText
  readonly #base: number
  readonly #text: string
  readonly #found: Found
  readonly #within: Within
  readonly #depth: number
  readonly #reader: YamlReader
  /** Values that were taken as texts for CoreDNS. */
  readonly #taken = new Set<Node>()
  #isBroken = false

  constructor(host: HostText, { start, end }: Range, found: Found, within: Within, depth: number) {
    this.#host = host
    this.#base = start
    this.#text = host.text.slice(start, end)
    this.#found = found
    this.#within = within
    this.#depth = depth
    this.#reader = new YamlReader(this.#text)
  }

  run(): void {
    const { error, documents } = this.#reader
    const known = this.#found.embedded.length
    let isTemplate = false
    if (error) {
      const blocks = blocksByLines(this.#host, this.#base, this.#base + this.#text.length)
      this.#found.embedded.push(...blocks.embedded)
      isTemplate = blocks.isTemplate
      this.#isBroken = true
    }
    if (this.#found.embedded.length === known) {
      const whole = YamlPlace.whole(this.#reader, this.#within.name)
      for (const { contents } of documents) this.#walk(contents, undefined, whole)
    }
    if (error) this.#report(error, isTemplate, this.#found.embedded.length > known)
  }

  /** Says what is wrong where a text for CoreDNS was found or should have been, unless all this only happens to stand in a value. */
  #report(error: YamlError, isTemplate: boolean, isFound: boolean): void {
    if (this.#depth > 0 || (!isFound && !mentionsKey(this.#text))) return
    const tooDeep = /call stack/i.test(error.message)
    const reason = tooDeep ? 'nested too deeply' : error.message.charAt(0).toLowerCase() + error.message.slice(1)
    const outcome = isFound
      ? 'its Corefile was found all the same, and checked in part'
      : 'its Corefile was not checked'
    this.#found.problems.push({
      code: isTemplate ? 'template' : 'not-yaml',
      message: isTemplate ? `a template; ${outcome}` : `not ${this.#found.format} (${reason}); ${outcome}`,
      range: this.#outer(Math.min(error.start, this.#text.length), Math.min(error.end, this.#text.length)),
    })
  }

  #outer(start: number, end: number): Range {
    return this.#host.toOuter({ start: this.#base + start, end: this.#base + Math.max(start, end) })
  }

  #walk(node: Node | null, implied: string | undefined, place: YamlPlace): void {
    if (isMap(node)) {
      const kind = this.#reader.string(this.#reader.get(node, 'kind')) ?? implied
      if (kind === 'ConfigMap') this.#takeConfigMap(node)
      const isPlan = this.#reader.get(node, 'planned_values') && this.#reader.get(node, 'terraform_version')
      const items = kind?.endsWith('List') ? kind.slice(0, -'List'.length) : undefined
      for (const { key: keyNode, value } of node.items as Pair<Node, Node | null>[]) {
        const key = this.#reader.string(keyNode)
        if (key === lastApplied || (isPlan && key !== undefined && repeatedInPlan.has(key))) continue
        if (key === 'configMapGenerator')
          this.#takeGenerated(value, this.#reader.string(this.#reader.get(node, 'namespace')))
        if (key === 'servers') this.#takeServers(node, value, place.valueOf(node, key, keyNode))
        const inner = isAlias(value) && key !== undefined && isCorefileKey(key) ? this.#reader.resolve(value) : value
        this.#walk(
          inner ?? null,
          key === 'items' && items ? `${items}[]` : undefined,
          place.valueOf(node, key, keyNode),
        )
      }
    } else if (isSeq(node)) {
      const item = implied?.endsWith('[]') ? implied.slice(0, -2) : undefined
      for (const [index, element] of node.items.entries()) this.#walk(element as Node, item, place.item(index))
    } else if (isScalar(node)) {
      this.#searchString(node, place)
    }
  }

  /** A string may be a Corefile, or hold YAML or JSON that holds one. */
  #searchString(node: Scalar, place: YamlPlace): void {
    if (typeof node.value !== 'string' || this.#taken.has(node)) return
    if (isCorefileByPlace(node.value, place)) this.#takeByPlace(node, place)
    else if (this.#depth < deepest && mayHoldCorefile(node.value)) {
      const inner = this.#inner(node)
      const within = { name: place.describe(), program: this.#programNear(place, false) }
      if (inner) searchValue(inner, this.#found, within, this.#depth + 1)
    }
  }

  #takeByPlace(node: Scalar, place: YamlPlace): void {
    const inner = this.#inner(node)
    if (!inner || !place.keyNode) return
    const program = this.#programNear(place, false)
    const as = { kind: 'corefile', name: place.describe(), ...(program && { program }) } as const
    this.#take(node, { key: place.key ?? '', keyNode: place.keyNode, inner, as }, place.object())
  }

  /** What the maps around a place say of the program, else what stands beside the whole text. */
  #programNear(place: YamlPlace, isChart: boolean): NamedProgram | undefined {
    const program = programNear(place.mapsAround(), this.#reader, isChart)
    if (program === undefined) return this.#within.program
    return { ...program, range: this.#outer(program.range.start, program.range.end) }
  }

  #takeConfigMap(map: YAMLMap): void {
    const data = this.#reader.resolve(this.#reader.get(map, 'data'))
    if (!isMap(data)) return
    const metadata = this.#reader.resolve(this.#reader.get(map, 'metadata'))
    const own = (key: string) => this.#reader.string(this.#reader.get(map, key))
    const inMetadata = (key: string) =>
      isMap(metadata) ? this.#reader.string(this.#reader.get(metadata, key)) : undefined
    const name = inMetadata('name')
    const hidden: Node[] = []
    const entries = this.#reader.entries(data, (key, { keyNode, value }, how) => {
      if (value) hidden.push(value)
      if (how === 'repeated' && kindOfKey(name, key)) {
        this.#problem('duplicate-key', `${key} is written twice: only the last one counts`, keyNode)
      }
    })
    const document = {
      apiVersion: own('apiVersion'),
      kind: own('kind') ?? 'ConfigMap',
      name,
      namespace: inMetadata('namespace'),
      entries: this.#texts(entries),
    } satisfies EmbeddingDocument
    for (const [key, { keyNode, value }] of entries) {
      if (value && this.#taken.has(value)) continue
      const inner = document.entries.get(key)
      if (value && inner) this.#take(value, { key, keyNode, inner }, document)
      else if (kindOfKey(name, key)) {
        this.#problem('not-a-string', `${key} is not a string: Kubernetes refuses this ConfigMap`, keyNode)
      }
    }
    for (const value of hidden) this.#taken.add(value)
  }

  /** The literals of kustomize's generators become entries of ConfigMaps. */
  #takeGenerated(generators: Node | null, outerNamespace: string | undefined): void {
    for (const generator of this.#items(generators)) {
      if (!isMap(generator)) continue
      const own = (key: string) => this.#reader.string(this.#reader.get(generator, key))
      const entries = new Map<string, HostText>()
      const namespace = own('namespace') ?? outerNamespace
      const document = { apiVersion: 'v1', kind: 'ConfigMap', name: own('name'), namespace, entries }
      const values: (readonly [Scalar, string, HostText])[] = []
      for (const literal of this.#items(this.#reader.get(generator, 'literals'))) {
        const text = isScalar(literal) ? this.#inner(literal) : undefined
        const entry = text && entryOfLiteral(text)
        if (!entry || !isScalar(literal)) continue
        entries.set(entry.key, entry.value)
        values.push([literal, entry.key, entry.value])
      }
      for (const [literal, key, inner] of values) this.#take(literal, { key, keyNode: literal, inner }, document)
    }
  }

  /** The values of the coredns chart become its Corefile. */
  #takeServers(values: YAMLMap, node: Node | null, place: YamlPlace): void {
    if (!node || !place.keyNode || !isSeq(this.#reader.resolve(node))) return
    const deployment = this.#reader.resolve(this.#reader.get(values, 'deployment'))
    const skipped = isMap(deployment) ? this.#reader.resolve(this.#reader.get(deployment, 'skipConfig')) : undefined
    if (isScalar(skipped) && skipped.value === true) return
    const chart = new YamlChart(this.#host, this.#base, this.#reader, (one) =>
      isScalar(one) ? this.#inner(one) : undefined,
    )
    const servers = chart.value(node)
    if (!isChartServers(servers)) return
    const extra = this.#reader.get(values, 'extraConfig')
    const rendered = renderChartServers(servers, extra && chart.value(extra))
    if (!rendered) {
      this.#problem('not-rendered', 'servers are not what the coredns chart takes: not checked', place.keyNode)
      return
    }
    const inner: HostText = {
      ...rendered,
      lineEnding: () => '\n',
      toOuterEdits: (edits) => this.#chartEdits(node, rendered.text, edits),
    }
    const program = this.#programNear(place, true)
    const as = { kind: 'corefile', name: place.describe(), found: 'rendered', ...(program && { program }) } as const
    this.#take(node, { key: 'servers', keyNode: place.keyNode, inner, as }, place.object())
  }

  /** Edits of the values after which the chart makes what edits of its Corefile make; null where values cannot say it. */
  #chartEdits(node: Node, before: string, edits: readonly TextEdit[]): TextEdit[] | null {
    if (!isSeq(node)) return null
    const after = applyEdits(before, edits)
    const own = chartEdits(this.#text, node, before, after)
    if (own === null) return null
    const found: Found = { embedded: [], problems: [], format: 'YAML' }
    const text = applyEdits(this.#text, own)
    new DocumentSearch(fileText(text), { start: 0, end: text.length }, found, this.#within, this.#depth).run()
    const { start } = rangeOf(node)
    const again = found.embedded.find(({ found: how, range }) => how === 'rendered' && range.start === start)
    if (again === undefined || !rendersTheSame(again.text, after)) return null
    return this.#host.toOuterEdits(
      own.map((edit) => ({ ...edit, start: this.#base + edit.start, end: this.#base + edit.end })),
    )
  }

  #items(node: Node | null | undefined): Node[] {
    const list = this.#reader.resolve(node)
    return isSeq(list) ? (list.items as Node[]).flatMap((item) => this.#reader.resolve(item) ?? []) : []
  }

  /** Adds a value to what was found, if it is a text for CoreDNS. */
  #take(
    value: Node,
    { keyNode, ...named }: Pick<FoundValue, 'key' | 'inner' | 'as'> & { readonly keyNode: Node },
    document: EmbeddingDocument,
  ): void {
    const { start, end } = rangeOf(value)
    const one: FoundValue = {
      ...named,
      keyStart: this.#base + rangeOf(keyNode).start,
      floor: this.#base,
      start: this.#base + start,
      end: this.#base + end,
      comment: commentBeside(value, this.#base),
    }
    const embedded = embeddedValue(this.#host, document, one, this.#isBroken ? 'recovered' : 'parsed')
    if (!embedded) return
    this.#taken.add(value)
    this.#found.embedded.push(embedded)
  }

  #texts(entries: Entries): Map<string, HostText> {
    const texts = new Map<string, HostText>()
    for (const [key, { value }] of entries) {
      const text = isScalar(value) ? this.#inner(value) : undefined
      if (text) texts.set(key, text)
    }
    return texts
  }

  /** The value of a scalar as a text of its own, undefined when it is not a string. */
  #inner(node: Scalar): HostText | undefined {
    const place = typeof node.value === 'string' ? placeOf(node, this.#base) : undefined
    return place && scalarText(this.#host, place, node.value as string)
  }

  #problem(code: EmbeddingProblem['code'], message: string, at: Node): void {
    if (this.#isBroken) return
    const { start, end } = rangeOf(at)
    this.#found.problems.push({ code, message, range: this.#outer(start, end) })
  }
}
