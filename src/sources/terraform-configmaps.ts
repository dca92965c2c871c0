import { hclAsJson } from '../embed/hcl-json.ts'
import { type HclAttribute, type HclScope, hclScopes } from '../embed/hcl-strings.ts'
import { endOfQuoted, templatesIn } from '../embed/hcl-template.ts'
import { type HclPlace, hclValue, heredocAt } from '../embed/hcl-value.ts'
import type { HostText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import { isKubeDnsKey, type KubeDnsEntry } from './kube-dns-configmap.ts'
import type { ObjectIdentity } from './source.ts'

/** A ConfigMap of kube-dns that Terraform writes. */
export interface TerraformConfigMap {
  /** `kubernetes_config_map.kube_dns`. */
  readonly name: string
  readonly range: Range
  readonly object: ObjectIdentity
  readonly entries: readonly KubeDnsEntry[]
}

/** Who writes what no text says. */
const WRITER = 'Terraform'

/**
 * The ConfigMaps of kube-dns among the resources of a Terraform file: `kubernetes_config_map` in all its versions, and a ConfigMap as
 * `kubernetes_manifest`. A value is known as a string, a heredoc or as `jsonencode` of what is written there.
 */
export function kubeDnsInTerraform(path: string, host: HostText): TerraformConfigMap[] {
  if (!/kube-dns|stubDomains|upstreamNameservers/.test(host.text)) return []
  const scopes = hclScopes(host.text)
  const metadataOf = new Map(
    scopes.flatMap((one) => (one.names.at(-1) === 'metadata' ? [[one.parent, one] as const] : [])),
  )
  return scopes.flatMap((scope) => {
    if (scope.names.at(-1) !== 'data' || host.text[scope.start] !== '{') return []
    const around = scope.parent
    const resource = around && resourceOf(around)
    if (!around || !resource) return []
    const metadata = metadataOf.get(around)
    const object: ObjectIdentity = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: metadata && plainString(host, metadata, 'name'),
      namespace: metadata && plainString(host, metadata, 'namespace'),
    }
    const isKubeDns = object.name === 'kube-dns' || scope.attributes.some(({ key }) => isKubeDnsKey(key))
    if (!isKubeDns) return []
    const entries = scope.attributes.map((attribute) => entryOf(path, host, attribute))
    const name = resource.names.slice(-2).join('.')
    return [{ name, range: host.toOuter({ start: resource.start, end: resource.end }), object, entries }]
  })
}

/** The block of the resource whose `data` stands in this scope. */
function resourceOf(scope: HclScope): HclScope | undefined {
  const isConfigMap = ({ isBlock, names }: HclScope) =>
    isBlock && /^kubernetes_config_map(?:_v\d\w*)?$/.test(names.at(-2) ?? '')
  if (isConfigMap(scope)) return scope
  const { parent } = scope
  const isManifest =
    scope.names.at(-1) === 'manifest' && parent?.isBlock === true && parent.names.at(-2) === 'kubernetes_manifest'
  return isManifest && scope.strings.some(([key]) => key === 'kind') ? parent : undefined
}

function plainString(host: HostText, { strings }: HclScope, key: string): string | undefined {
  const place = strings.find(([name]) => name === key)?.[1]
  return place && isPlain(host.text, place) ? hclValue(host, place).text : undefined
}

function isPlain(source: string, place: HclPlace): boolean {
  return templatesIn(source, place.style === 'heredoc' ? place.content : place).length === 0
}

function entryOf(path: string, host: HostText, attribute: HclAttribute): KubeDnsEntry {
  const { key, start } = attribute
  const { text, range } = readValue(host, attribute)
  return {
    key,
    path,
    keyRange: host.toOuter({ start, end: start + key.length }),
    range: host.toOuter(range),
    text,
    writer: text === undefined ? WRITER : undefined,
  }
}

function readValue(host: HostText, { valueStart, end }: HclAttribute): { text: HostText | undefined; range: Range } {
  const source = host.text
  const blanks = /\s*/y
  blanks.lastIndex = valueStart
  const start = valueStart + (blanks.exec(source)?.[0].length ?? 0)
  const written = source.slice(start, end)
  const range = { start, end: start + written.trimEnd().length }
  const quoted: HclPlace | undefined =
    written[0] === '"' ? { style: 'quoted', start, end: endOfQuoted(source, start, end) } : undefined
  const place = quoted ?? heredocAt(source, start)
  if (place)
    return {
      text: isAlone(source, place.end, end) && isPlain(source, place) ? hclValue(host, place) : undefined,
      range,
    }
  const call = /^jsonencode\s*\(/.exec(written)
  const close = source.lastIndexOf(')', end)
  if (!call || close < start || !isAlone(source, close + 1, end)) return { text: undefined, range }
  return { text: hclAsJson(host, { start: start + call[0].length, end: close }), range }
}

/** Whether nothing but a comment follows. */
function isAlone(source: string, start: number, end: number): boolean {
  return /^\s*(?:(?:#|\/\/).*\s*)?$/.test(source.slice(start, end))
}
