import type { YAMLMap, YAMLSeq } from 'yaml'
import { isMap, isSeq } from 'yaml'
import { listIndentOf, YamlEdits, type YamlLayout, type YamlValue, yamlLines } from '../../embed/yaml-edits.ts'
import type { ManifestNode } from '../../sources/manifest.ts'
import type {
  OperatorDns,
  OperatorForwarding,
  OperatorResolvers,
  OperatorServer,
  OperatorUpstream,
} from '../../sources/operator-dns.ts'
import { dominantLineEnding, type TextEdit } from '../../text/edit.ts'
import type { OperatorChanges } from './merge.ts'

/** How kubectl and the documentation of OpenShift write lists. */
const LAYOUT: YamlLayout = { newline: '\n', listIndent: 0 }

/** The resource as `oc apply` takes it. */
export function resourceText(dns: OperatorDns): string {
  const spec = specOf({
    added: dns.servers,
    replaced: new Map(),
    resolvers: dns.resolvers.upstreams.length > 0 ? dns.resolvers : null,
    positiveTTL: dns.cache.positiveTTL ?? null,
    logLevel: dns.logLevel ?? null,
  })
  const head = ['apiVersion: operator.openshift.io/v1', 'kind: DNS', 'metadata:', '  name: default']
  const lines = Object.keys(spec).length === 0 ? ['spec: {}'] : yamlLines({ spec }, LAYOUT)
  return `${[...head, ...lines].join('\n')}\n`
}

/**
 * The edits of the file around a resource that make the changes, every other byte kept; null where an alias or a template writes what
 * would have to be edited.
 */
export function resourceEdits(object: ManifestNode, changes: OperatorChanges): readonly TextEdit[] | null {
  const { document, node } = object
  if (changes.replaced.size === 0 && Object.keys(specOf(changes)).length === 0) return []
  if (document.isTemplate || document.error !== undefined || !isMap(node)) return null
  const layout: YamlLayout = {
    newline: dominantLineEnding(document.text),
    listIndent: listIndentOf(node, document.text) ?? LAYOUT.listIndent,
  }
  const editing = new ResourceEditing(new YamlEdits(document.text, layout))
  const edits = editing.edit(object, changes)
  return (
    edits?.map(({ start, end, text }) => ({ start: start + document.base, end: end + document.base, text })) ?? null
  )
}

class ResourceEditing {
  readonly #edits: YamlEdits
  readonly #made: TextEdit[] = []
  #isWritable = true

  constructor(edits: YamlEdits) {
    this.#edits = edits
  }

  edit(object: ManifestNode, changes: OperatorChanges): readonly TextEdit[] | null {
    const { added, replaced, resolvers, positiveTTL, logLevel } = changes
    const spec = this.#mapAt(object, 'spec')
    if (spec === null) {
      this.#set(object, 'spec', specOf(changes))
      return this.#isWritable ? this.#made : null
    }
    const items = spec.get('servers')?.items ?? []
    for (const [number, server] of replaced) {
      const item = items[number]
      const plugin = item === undefined || item.written !== item.node ? null : this.#mapAt(item, 'forwardPlugin')
      if (plugin === null) return null
      this.#setForwarding(plugin, server, 'Random', server.upstreams)
    }
    if (isElsewhere(spec, 'servers')) this.#isWritable = false
    if (items.length > 0)
      for (const server of added) this.#append(spec.get('servers') as ManifestNode, serverValue(server))
    else if (added.length > 0) this.#set(spec, 'servers', added.map(serverValue))
    if (resolvers !== null) {
      const map = this.#mapAt(spec, 'upstreamResolvers')
      if (map === null) this.#set(spec, 'upstreamResolvers', resolversValue(resolvers))
      else this.#setForwarding(map, resolvers, 'Sequential', resolvers.upstreams.map(upstreamValue))
    }
    if (positiveTTL !== null) {
      const map = this.#mapAt(spec, 'cache')
      if (map === null) this.#set(spec, 'cache', { positiveTTL })
      else this.#set(map, 'positiveTTL', positiveTTL)
    }
    if (logLevel !== null) this.#set(spec, 'logLevel', logLevel)
    return this.#isWritable ? this.#made : null
  }

  /** Sets what differs of a forward; where what is there says something, what the new one leaves to the operator is written out. */
  #setForwarding(
    map: ManifestNode,
    forwarding: OperatorForwarding,
    usualPolicy: 'Random' | 'Sequential',
    upstreams: readonly YamlValue[],
  ): void {
    const wanted = forwardingValue(forwarding)
    const there = map.get('policy')?.placed?.value
    const policy = wanted.policy ?? (upstreams.length > 1 && there !== undefined ? usualPolicy : there)
    if (policy !== undefined && policy !== there) this.#set(map, 'policy', policy)
    if (wanted.transportConfig !== undefined) this.#set(map, 'transportConfig', wanted.transportConfig)
    else if (map.get('transportConfig', 'transport')?.placed?.value === 'TLS')
      this.#set(map, 'transportConfig', { transport: 'Cleartext' })
    if (wanted.protocolStrategy !== undefined) this.#set(map, 'protocolStrategy', wanted.protocolStrategy)
    else if (map.get('protocolStrategy')?.placed?.value === 'TCP') this.#set(map, 'protocolStrategy', '')
    this.#set(map, 'upstreams', upstreams)
  }

  /** The map under a key that has something in it; null where there is none. */
  #mapAt(node: ManifestNode, key: string): ManifestNode | null {
    const found = node.get(key)
    if (isElsewhere(node, key)) this.#isWritable = false
    return found !== undefined && isMap(found.node) && found.node.items.length > 0 ? found : null
  }

  #set(map: ManifestNode, key: string, value: YamlValue): void {
    // What is merged from elsewhere is not there to be replaced.
    const isOwn = isMap(map.node) && map.pairs.every(({ key: one }) => one !== '<<')
    if (!isOwn || isElsewhere(map, key)) this.#isWritable = false
    else this.#made.push(this.#edits.set(map.node as YAMLMap, key, value))
  }

  #append(list: ManifestNode, value: YamlValue): void {
    if (isSeq(list.node)) this.#made.push(this.#edits.append(list.node as YAMLSeq, value))
  }
}

/** Whether an alias stands for the value of a key: an edit of what it stands for, which is in front, would change other places too. */
function isElsewhere(map: ManifestNode, key: string): boolean {
  const pair = map.pairs.find((one) => one.key === key)
  return pair?.value !== undefined && pair.value.range.start < pair.keyRange.end
}

type YamlMap = { readonly [key: string]: YamlValue }

function specOf({ added, resolvers, positiveTTL, logLevel }: OperatorChanges): YamlMap {
  return {
    ...(added.length > 0 ? { servers: added.map(serverValue) } : {}),
    ...(resolvers === null ? {} : { upstreamResolvers: resolversValue(resolvers) }),
    ...(positiveTTL === null ? {} : { cache: { positiveTTL } }),
    ...(logLevel === null ? {} : { logLevel }),
  }
}

function serverValue({ name, zones, upstreams, ...forwarding }: OperatorServer): YamlMap {
  return { name, zones, forwardPlugin: { ...forwardingValue(forwarding), upstreams } }
}

function resolversValue(resolvers: OperatorResolvers): YamlMap {
  return { ...forwardingValue(resolvers), upstreams: resolvers.upstreams.map(upstreamValue) }
}

function forwardingValue({ policy, transport, serverName, protocolStrategy }: OperatorForwarding): {
  readonly policy?: string
  readonly transportConfig?: YamlMap
  readonly protocolStrategy?: string
} {
  const tls = serverName === undefined ? {} : { tls: { serverName } }
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(transport === undefined ? {} : { transportConfig: { transport, ...tls } }),
    ...(protocolStrategy === undefined ? {} : { protocolStrategy }),
  }
}

function upstreamValue({ type, address, port }: OperatorUpstream): YamlMap {
  return {
    type,
    ...(address === undefined ? {} : { address }),
    ...(port === undefined ? {} : { port }),
  }
}
