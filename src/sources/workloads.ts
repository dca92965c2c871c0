import type { Node, Pair } from 'yaml'
import { isAlias, isMap, isPair, isSeq, visit } from 'yaml'
import { rangeOf } from '../embed/yaml-reader.ts'
import type { Range } from '../text/range.ts'
import type { ManifestDocument, ManifestNode } from './manifest.ts'
import { documentProblems, nameOfObject } from './manifest.ts'
import type { NotUnderstood, ObjectIdentity, Placed, SourceProblem } from './source.ts'
import type {
  DnsConfig,
  HostAlias,
  HostAliases,
  NamespaceObject,
  PodContainer,
  PodSpec,
  PodVolume,
  ServiceObject,
  Workload,
} from './workload.ts'

/** False when a text surely has no hostAliases; a look for one word. */
export function mayHaveHostAliases(text: string): boolean {
  return text.includes('hostAliases')
}

/** What readers of one object report to. */
interface Findings {
  readonly path: string
  readonly problems: SourceProblem[]
  readonly notUnderstood: NotUnderstood[]
  /** Whether somebody asks what goes from the text when an alias goes. */
  readonly keepsRemovals: boolean
}

/** Pods are nested no deeper in an object: CronJobs have them six maps deep, resources of operators somewhat more. */
const deepest = 24

/**
 * The pods of an object. A pod is any map with a list of containers, wherever it stands, so that resources of operators that
 * embed a pod template count; and one with hostAliases, for in a template the containers may be written by the template alone.
 */
export function podsIn(
  path: string,
  object: ManifestNode,
  kind: string | undefined,
  keepsRemovals: boolean,
): { readonly workload: Workload; readonly node: ManifestNode }[] {
  const identity = { ...object.identity, kind }
  const found: { workload: Workload; node: ManifestNode }[] = []
  const walk = (node: ManifestNode, at: string, depth: number, isAround: boolean) => {
    const isShared = isAround || isAnchored(node)
    if (isPodSpec(node)) {
      const findings: Findings = { path, problems: [], notUnderstood: [], keepsRemovals }
      found.push({ workload: readWorkload(object, identity, node, { at, isShared }, findings), node })
      return
    }
    if (depth > deepest) return
    for (const { key, keyNode, value } of node.pairs) {
      const isMerged = isShared || !isInside(node.node, keyNode)
      if (value?.isMap) walk(value, at === '' ? key : `${at}.${key}`, depth + 1, isMerged)
      else if (value?.isList) {
        const isOfList = isMerged || isAnchored(value)
        for (const [index, item] of value.items.entries()) {
          if (item.isMap) walk(item, `${at === '' ? key : `${at}.${key}`}[${index}]`, depth + 1, isOfList)
        }
      }
    }
  }
  walk(object, '', 0, false)
  return found
}

/** Whether the text of a value may stand for other values too. */
function isAnchored({ node, written }: ManifestNode): boolean {
  return node !== written || ('anchor' in node && node.anchor !== undefined)
}

/** Whether a key stands in a map itself, and was not merged into it. */
function isInside(map: Node, key: Node): boolean {
  return rangeOf(map).start <= rangeOf(key).start && rangeOf(key).end <= rangeOf(map).end
}

function isPodSpec(node: ManifestNode): boolean {
  const containers = node.get('containers')
  if (containers?.isList && containers.items.some((item) => item.get('name') ?? item.get('image'))) return true
  return node.get('hostAliases')?.items.some((item) => item.get('ip') !== undefined) ?? false
}

function readWorkload(
  object: ManifestNode,
  identity: ObjectIdentity,
  spec: ManifestNode,
  place: { readonly at: string; readonly isShared: boolean },
  findings: Findings,
): Workload {
  const { path } = findings
  const pod = readPodSpec(spec, place.at, place.isShared, findings)
  const { namespace } = identity
  return {
    kind: 'workload',
    path,
    // The values of a chart have no kind.
    name: identity.kind === undefined ? path.slice(path.lastIndexOf('/') + 1) : nameOfObject(identity),
    range: object.range,
    object: identity,
    namespace: namespace ?? 'default',
    isNamespaceWritten: namespace !== undefined,
    pod,
    problems: findings.problems,
    notUnderstood: findings.notUnderstood,
  }
}

/** The parts of a pod's spec that say how names are looked up; `at` is where the spec stands in its object, `isShared` whether its text is part of other values too. */
function readPodSpec(spec: ManifestNode, at: string, isShared: boolean, findings: Findings): PodSpec {
  const aliases = spec.pairs.find(({ key }) => key === 'hostAliases')
  const dnsConfig = spec.get('dnsConfig')
  const { document } = spec
  findings.problems.push(...documentProblems(findings.path, spec))
  return {
    at,
    range: spec.range,
    hostAliases: aliases?.value && readHostAliases(spec, aliases.keyNode, aliases.value, isShared, findings),
    dnsPolicy: known(spec.get('dnsPolicy'), 'dnsPolicy', findings),
    dnsConfig: dnsConfig && readDnsConfig(dnsConfig, findings),
    hostNetwork: spec.get('hostNetwork')?.boolean ?? false,
    isHostProcess: isHostProcess(spec),
    hostname: known(spec.get('hostname'), 'hostname', findings),
    subdomain: known(spec.get('subdomain'), 'subdomain', findings),
    containers: [...readContainers(spec.get('initContainers'), true), ...readContainers(spec.get('containers'), false)],
    volumes: readVolumes(spec.get('volumes')),
    isPartial: document.isTemplate || document.error !== undefined,
  }
}

/** Containers say it each, or the pod for all of them (kubelet_pods.go). */
function isHostProcess(spec: ManifestNode): boolean {
  const said = (node: ManifestNode) => node.get('securityContext', 'windowsOptions', 'hostProcess')?.boolean
  return said(spec) ?? (spec.get('containers')?.items ?? []).some((container) => said(container) === true)
}

/** A word, unless a template writes it: then it is reported. */
function known(node: ManifestNode | undefined, what: string, findings: Findings): Placed | undefined {
  if (!node?.isWritten) return node?.placed
  reportWritten(node, what, findings)
  return undefined
}

function reportWritten(node: ManifestNode, what: string, { notUnderstood, path }: Findings): void {
  const { range } = node
  const text = node.placed?.value ?? what
  notUnderstood.push({ text: `${what}: ${text}`, path, range, why: 'a template writes it' })
}

function readHostAliases(
  spec: ManifestNode,
  keyNode: Node,
  list: ManifestNode,
  isShared: boolean,
  findings: Findings,
): HostAliases | undefined {
  const { document } = spec
  const key = document.outer(rangeOf(keyNode))
  if (!list.isList) {
    const why = list.isWritten ? 'a template writes it' : 'hostAliases is a list of items with ip and hostnames'
    findings.notUnderstood.push({ text: 'hostAliases', path: findings.path, range: list.range, why })
    return undefined
  }
  const own = { start: rangeOf(keyNode).start, end: endOf(list.written) }
  return {
    range: document.outer(own),
    key,
    removal: document.outer(isFlow(spec) ? withComma(document, own) : wholeLines(document, own)),
    whyFixed: findings.keepsRemovals ? whyFixed(spec, keyNode, list, isShared) : null,
    items: list.items.map((item) => readAlias(list, item, findings)),
  }
}

/** Why nothing can be taken out of a list of aliases. */
function whyFixed(spec: ManifestNode, keyNode: Node, list: ManifestNode, isShared: boolean): string | null {
  if (isShared || !isInside(spec.node, keyNode) || holdsAnchors(list.written))
    return 'an anchor makes its text a part of something else too'
  // In a patch a key with nothing behind it takes the whole value away.
  const isOnly = isMap(spec.node) && spec.node.items.length === 1 && !isFlow(spec)
  return isOnly ? 'nothing else stands beside it, and what is around it would mean something else when empty' : null
}

function holdsAnchors(node: Node): boolean {
  let holds = false
  visit(node, {
    Node: (_, inner) => {
      if (!isAlias(inner) && !('anchor' in inner && inner.anchor !== undefined)) return undefined
      holds = true
      return visit.BREAK
    },
  })
  return holds
}

/** For all whose removal nobody asks for. */
const NONE: readonly Range[] = []

function readAlias(list: ManifestNode, item: ManifestNode, findings: Findings): HostAlias {
  const { document } = list
  const hostnames = item.get('hostnames')
  const ip = item.get('ip')
  for (const { key, keyRange, value } of item.pairs) {
    if (key === 'ip' || key === 'hostnames') continue
    const text = `${key}: ${value?.placed?.value ?? ''}`
    findings.notUnderstood.push({ text, path: findings.path, range: keyRange, why: `hostAliases have no ${key}` })
  }
  if (hostnames && !hostnames.isList) {
    const why = hostnames.isWritten ? 'a template writes it' : 'hostnames is a list'
    findings.notUnderstood.push({ text: 'hostnames', path: findings.path, range: hostnames.range, why })
  }
  const names: Placed[] = []
  const nameRemovals: Range[] = []
  for (const name of hostnames?.items ?? []) {
    const value = known(name, 'hostnames', findings)
    if (value) {
      names.push(value)
      if (findings.keepsRemovals) nameRemovals.push(document.outer(itemRemoval(hostnames as ManifestNode, name)))
    } else if (!name.isWritten) {
      const why = 'a host name is a string'
      findings.notUnderstood.push({ text: 'hostnames', path: findings.path, range: name.range, why })
    }
  }
  const range = document.outer({ start: rangeOf(item.written).start, end: endOf(item.written) })
  return {
    range,
    removal: findings.keepsRemovals ? document.outer(itemRemoval(list, item)) : range,
    ip: ip && known(ip, 'ip', findings),
    // A copy has no room for more: there may be very many of them.
    hostnames: names.slice(),
    nameRemovals: findings.keepsRemovals ? nameRemovals.slice() : NONE,
  }
}

/** What goes when one item of a list goes: its comma in flow style, else its lines. */
function itemRemoval(list: ManifestNode, item: ManifestNode): Range {
  const own = { start: rangeOf(item.written).start, end: endOf(item.written) }
  return isFlow(list) ? withComma(list.document, own) : itemLines(list.document, own)
}

function isFlow({ node }: ManifestNode): boolean {
  return (isSeq(node) || isMap(node)) && node.flow === true
}

/** Where the last text of a value ends, without the line breaks and comments that a parser counts to it. */
function endOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1) as Node | Pair<Node, Node | null> | undefined
    if (isPair(last))
      return last.value && rangeOf(last.value).end > rangeOf(last.key).end ? endOf(last.value) : rangeOf(last.key).end
    return last ? endOf(last) : rangeOf(node).start
  }
  return rangeOf(node).end
}

/** A stretch with all of its lines, where nothing but a comment stands beside it on the first and last one; else as it is. */
function wholeLines(document: ManifestDocument, { start, end }: Range): Range {
  const { text } = document
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineBreak = text.indexOf('\n', end)
  const lineEnd = lineBreak === -1 ? text.length : lineBreak + 1
  // A block scalar ends behind its line break.
  const isEnded = end > start && text[end - 1] === '\n'
  const after = isEnded ? end : lineEnd
  const isAlone = text.slice(lineStart, start).trim() === '' && /^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(end, after))
  return isAlone ? { start: lineStart, end: after } : { start, end }
}

/** An item of a block list with its dash. */
function itemLines(document: ManifestDocument, { start, end }: Range): Range {
  const { text } = document
  const dash = text.lastIndexOf('-', start - 1)
  const isBehindDash = dash !== -1 && text.slice(dash + 1, start).trim() === ''
  return wholeLines(document, { start: isBehindDash ? dash : start, end })
}

/** An item of flow style with the comma behind it, or the one before it where it is the last. */
function withComma(document: ManifestDocument, { start, end }: Range): Range {
  const { text } = document
  let after = end
  while (/\s/.test(text.charAt(after))) after++
  if (text[after] === ',') {
    after++
    while (text[after] === ' ') after++
    return { start, end: after }
  }
  let before = start
  while (before > 0 && /\s/.test(text.charAt(before - 1))) before--
  return text[before - 1] === ',' ? { start: before - 1, end } : { start, end }
}

function readDnsConfig(config: ManifestNode, findings: Findings): DnsConfig {
  const words = (key: string) =>
    (config.get(key)?.items ?? []).flatMap((item) => known(item, `dnsConfig.${key}`, findings) ?? [])
  return {
    range: config.range,
    nameservers: words('nameservers'),
    searches: words('searches'),
    options: (config.get('options')?.items ?? []).flatMap((option) => {
      const name = option.get('name')?.placed
      return name ? [{ name, value: option.get('value')?.placed }] : []
    }),
  }
}

function readContainers(list: ManifestNode | undefined, isInit: boolean): PodContainer[] {
  return (list?.items ?? []).map((container) => {
    const mounts = (container.get('volumeMounts')?.items ?? []).flatMap((mount) => {
      const path = mount.get('mountPath')?.placed?.value
      const volume = mount.get('name')?.placed?.value ?? ''
      return path === undefined ? [] : [{ volume, path, subPath: mount.get('subPath')?.placed?.value }]
    })
    return {
      name: container.get('name')?.placed?.value,
      isInit,
      image: container.get('image')?.placed?.value,
      mounts,
      mountsHosts: mounts.some(({ path }) => /^\/+etc\/+hosts\/*$/.test(path)),
    }
  })
}

function readVolumes(list: ManifestNode | undefined): PodVolume[] {
  return (list?.items ?? []).flatMap((volume) =>
    [volume, ...(volume.get('projected', 'sources')?.items ?? [])].flatMap((source) => {
      const map = source.get('configMap')
      const configMap = map?.get('name')?.placed?.value
      if (configMap === undefined) return []
      const items = map?.get('items')?.items.flatMap((item) => {
        const key = item.get('key')?.placed?.value
        const path = item.get('path')?.placed?.value
        return key === undefined || path === undefined ? [] : [{ key, path }]
      })
      return [{ name: volume.get('name')?.placed?.value ?? '', configMap, items }]
    }),
  )
}

/** A Service. */
export function readService(path: string, object: ManifestNode): ServiceObject {
  const identity = { ...object.identity, kind: 'Service' }
  const spec = object.get('spec')
  const single = spec?.get('clusterIP')
  const clusterIps = (spec?.get('clusterIPs')?.items ?? (single ? [single] : [])).flatMap((ip) =>
    ip.isWritten ? [] : (ip.placed ?? []),
  )
  return {
    kind: 'service',
    path,
    name: nameOfObject(identity),
    range: object.range,
    object: identity,
    namespace: identity.namespace ?? 'default',
    clusterIps,
    isHeadless: clusterIps.some(({ value }) => value === 'None'),
    externalName: spec?.get('type')?.placed?.value === 'ExternalName' ? spec.get('externalName')?.placed : undefined,
    ports: (spec?.get('ports')?.items ?? []).flatMap((port) => {
      const number = port.get('port')?.number
      const protocol = port.get('protocol')?.placed?.value ?? 'TCP'
      return number === undefined ? [] : [{ name: port.get('name')?.placed?.value, port: number, protocol }]
    }),
    problems: [],
    notUnderstood: [],
  }
}

/** A Namespace. */
export function readNamespace(path: string, object: ManifestNode): NamespaceObject {
  const identity = { ...object.identity, kind: 'Namespace' }
  const range = object.range
  return {
    kind: 'namespace',
    path,
    name: nameOfObject(identity),
    range,
    object: identity,
    problems: [],
    notUnderstood: [],
  }
}
