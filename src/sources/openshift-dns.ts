import { fileText } from '../embed/inner-text.ts'
import { documentsOf, ManifestDocument, type ManifestNode, objectsIn } from './manifest.ts'
import type { OperatorDns, OperatorForwarding } from './operator-dns.ts'

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
