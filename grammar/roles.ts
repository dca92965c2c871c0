/**
 * Plugins that answer names from data or an upstream of their own: what a query must reach in the end. Not among them are plugins
 * that answer only one odd kind of question (any, chaos, whoami's lab siblings) or that change what others answer.
 */
export const ANSWERERS: ReadonlySet<string> = new Set([
  'auto',
  'azure',
  'clouddns',
  'dynupdate',
  'erratic',
  'etcd',
  'federation',
  'file',
  'forward',
  'grpc',
  'hosts',
  'k8s_external',
  'kubernetes',
  'nomad',
  'proxy',
  'reverse',
  'route53',
  'secondary',
  'template',
  'whoami',
])

/** Answerers that ask other servers. */
export const FORWARDERS: ReadonlySet<string> = new Set(['forward', 'grpc', 'proxy'])

/** Answerers that end the search for a name of their zones unless told to fall through. */
export const AUTHORITATIVE: ReadonlySet<string> = new Set([...ANSWERERS].filter((name) => !FORWARDERS.has(name)))

/** Answerers that say themselves when a name does not exist; without such an answer of theirs the search fails as a whole (SERVFAIL). */
export const DENIERS: ReadonlySet<string> = new Set(
  [...AUTHORITATIVE].filter((name) => !['erratic', 'hosts', 'template', 'whoami'].includes(name)),
)

/** Plugins that work for the whole process in whatever block they stand, so that a block may be there for them alone. */
export const PROCESS_WIDE: ReadonlySet<string> = new Set(['health', 'on', 'pprof', 'prometheus', 'ready', 'reload'])

/** Plugins that say whether they are ready (plugin/ready/readiness.go Readiness); `ready` asks those of its own block. */
export const READY_REPORTERS: ReadonlySet<string> = new Set(['erratic', 'kubernetes', 'nomad'])
