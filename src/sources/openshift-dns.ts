import { fileText } from '../embed/inner-text.ts'
import { documentsOf, ManifestDocument, type ManifestNode, objectsIn } from './manifest.ts'

/** How one `forward` of OpenShift asks, as the resource says it; undefined where it says nothing. */
export interface OperatorForwarding {
  /** `Random`, `RoundRobin`, `Sequential`. */
  readonly policy: string | undefined
  /** `TLS`, `Cleartext`. */
  readonly transport: string | undefined
  readonly serverName: string | undefined
  /** The ConfigMap with the certificates. */
  readonly caBundle: string | undefined
  /** `TCP`. */
  readonly protocolStrategy: string | undefined
}

/** An item of `spec.servers`. */
export interface OperatorServer extends OperatorForwarding {
  readonly name: string
  readonly zones: readonly string[]
  /** Addresses, with a port or without. */
  readonly upstreams: readonly string[]
}

/** An item of `spec.upstreamResolvers.upstreams`. */
export interface OperatorUpstream {
  /** `Network`; everything else means the resolv.conf of the node. */
  readonly type: string
  readonly address: string | undefined
  readonly port: number | undefined
}

/** `spec.upstreamResolvers`. */
export interface OperatorResolvers extends OperatorForwarding {
  readonly upstreams: readonly OperatorUpstream[]
}

/** What the resource `dns.operator.openshift.io` says of answers. Source: openshift/api operator/v1/types_dns.go. */
export interface OperatorDns {
  readonly servers: readonly OperatorServer[]
  readonly resolvers: OperatorResolvers
  /** Go durations: `1h`, `30s`. */
  readonly cache: { readonly positiveTTL: string | undefined; readonly negativeTTL: string | undefined }
  /** `Normal`, `Debug`, `Trace`. */
  readonly logLevel: string | undefined
}

const saysNothing: OperatorForwarding = {
  policy: undefined,
  transport: undefined,
  serverName: undefined,
  caBundle: undefined,
  protocolStrategy: undefined,
}

/** The resource that every cluster has: everything is asked of the resolv.conf of the node. */
export const DEFAULT_OPERATOR_DNS: OperatorDns = {
  servers: [],
  resolvers: { ...saysNothing, upstreams: [] },
  cache: { positiveTTL: undefined, negativeTTL: undefined },
  logLevel: undefined,
}

/** Whether an object is that resource. */
export function isOperatorDns({ identity: { apiVersion = '', kind } }: ManifestNode): boolean {
  return kind === 'DNS' && apiVersion.startsWith('operator.openshift.io/')
}

/** The resources of that kind in a file of YAML or JSON. */
export function operatorDnsIn(text: string): ManifestNode[] {
  if (!text.includes('operator.openshift.io/')) return []
  const host = fileText(text)
  return documentsOf(text).flatMap((range) =>
    new ManifestDocument(host, range)
      .roots()
      .flatMap((root) => objectsIn(root).flatMap(({ object }) => (isOperatorDns(object) ? [object] : []))),
  )
}

/** Reads the resource; `servers` has an item for each that is written, so that they can be found again by their number. */
export function readOperatorDns(object: ManifestNode): OperatorDns {
  const spec = object.get('spec')
  const resolvers = spec?.get('upstreamResolvers')
  return {
    servers: (spec?.get('servers')?.items ?? []).map((server) => {
      const plugin = server.get('forwardPlugin')
      return {
        name: wordAt(server, 'name') ?? '',
        zones: wordsAt(server, 'zones'),
        upstreams: plugin === undefined ? [] : wordsAt(plugin, 'upstreams'),
        ...forwardingOf(plugin),
      }
    }),
    resolvers: {
      ...forwardingOf(resolvers),
      upstreams: (resolvers?.get('upstreams')?.items ?? []).map((one) => ({
        type: wordAt(one, 'type') ?? '',
        address: wordAt(one, 'address'),
        port: one.get('port')?.number,
      })),
    },
    cache: {
      positiveTTL: wordAt(spec, 'cache', 'positiveTTL'),
      negativeTTL: wordAt(spec, 'cache', 'negativeTTL'),
    },
    logLevel: wordAt(spec, 'logLevel'),
  }
}

function forwardingOf(node: ManifestNode | undefined): OperatorForwarding {
  return {
    policy: wordAt(node, 'policy'),
    transport: wordAt(node, 'transportConfig', 'transport'),
    serverName: wordAt(node, 'transportConfig', 'tls', 'serverName'),
    caBundle: wordAt(node, 'transportConfig', 'tls', 'caBundle', 'name'),
    protocolStrategy: wordAt(node, 'protocolStrategy'),
  }
}

/** An empty word says as little as none. */
function wordAt(node: ManifestNode | undefined, ...path: readonly string[]): string | undefined {
  return node?.get(...path)?.placed?.value || undefined
}

function wordsAt(node: ManifestNode, key: string): readonly string[] {
  return (node.get(key)?.words ?? []).map(({ value }) => value)
}
