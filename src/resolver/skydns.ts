import type { SkyDnsDeployment } from '../sources/skydns-deployment.ts'
import { joinHostPort, splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { countLabels, foldCase, fqdn, isSubdomain, normalizeName } from '../values/name.ts'
import type { Decider, Decision, Vocabulary } from './decision.ts'
import type { Outcome } from './outcome.ts'
import type { Query } from './query.ts'

/** What a SkyDNS was told. */
export interface SkyDnsOptions {
  /** The domain whose names it has, with or without a final dot. */
  readonly domain: string
  /** Where its records come from: the objects of the cluster, through kube2sky or inside of kubedns, or the path in etcd, such as `/skydns`. */
  readonly records: 'kube2sky' | 'kubedns' | { readonly prefix: string }
  /** Servers for all other names, as `-nameservers` has them, or the path of a resolv.conf. */
  readonly nameservers: readonly string[]
  /** False with `-no-rec`: no other name is asked of anybody. */
  readonly forwards: boolean
  /** False with `-ns-rotate=false`: the servers are asked in order. */
  readonly rotates: boolean
  /** Names with fewer labels are not forwarded (`-ndots`). */
  readonly ndots: number
}

/** The domain of a SkyDNS, without a final dot: that of kube2sky, which writes below it, else its own. */
export function domainOfSkyDns({ skydns, kube2sky }: SkyDnsDeployment): string {
  const usual = kube2sky === undefined ? 'skydns.local' : 'cluster.local'
  return (kube2sky?.domain?.value ?? skydns?.domain?.value ?? usual).replace(/\.$/, '')
}

/** Whom a SkyDNS asks for other names, as `forward .` takes it; the resolv.conf of its container where nothing is said. */
export function nameserversOfSkyDns({ skydns }: SkyDnsDeployment): readonly string[] {
  const written = skydns?.nameservers.map(({ value }) => value) ?? []
  return written.length > 0 ? written : ['/etc/resolv.conf']
}

/** Where a SkyDNS keeps its records in etcd. */
export function prefixOfSkyDns({ skydns }: SkyDnsDeployment): string {
  return `/${(skydns?.pathPrefix?.value ?? 'skydns').replace(/^\//, '')}`
}

/** The model of the SkyDNS of a manifest or command line. */
export function skyDnsOf(deployment: SkyDnsDeployment): Decider {
  const { skydns, kube2sky } = deployment
  return createSkyDns({
    domain: domainOfSkyDns(deployment),
    records: kube2sky === undefined ? { prefix: prefixOfSkyDns(deployment) } : 'kube2sky',
    nameservers: nameserversOfSkyDns(deployment),
    forwards: skydns?.isRecursionOff !== true,
    rotates: skydns?.rotatesServers !== false,
    ndots: skydns?.ndots ?? 2,
  })
}

/** Why SkyDNS, and kubedns, fail for a name that is too short to be forwarded. */
export const TOO_SHORT = 'it asks nobody for names with so few labels'

/**
 * The model of SkyDNS, which kubedns is inside: names of its domain from its records, all others from its servers; reverse names from its
 * records where they are there (server/server.go `ServeDNS`, server/forwarding.go). kube2sky writes no reverse names.
 */
export function createSkyDns(options: SkyDnsOptions): Decider {
  const domain = normalizeName(fqdn(options.domain))
  return {
    program: 'SkyDNS',
    vocabulary: vocabularyOf(domain, options),
    decide: (query) => decide(query, domain, options),
  }
}

function decide(query: Query, domain: string, options: SkyDnsOptions): Decision {
  const { outcome, by, did } = answer(query, domain, options)
  return {
    query,
    outcome,
    block: null,
    listener: null,
    path: [{ plugin: by, at: null, role: 'answered', did }],
    assumes: [],
  }
}

function answer(
  query: Query,
  domain: string,
  options: SkyDnsOptions,
): { readonly outcome: Outcome; readonly by: string; readonly did: string } {
  const name = foldCase(query.name)
  if (query.type === 'ANY') return { outcome: { kind: 'refused' }, by: 'SkyDNS', did: 'refuses the type ANY' }
  const reverse = ['in-addr.arpa.', 'ip6.arpa.'].find((zone) => isSubdomain(zone, name))
  if (reverse === undefined && isSubdomain(domain, name))
    return {
      outcome: recordOf(query, domain, options, { kind: 'nxdomain' }),
      by: '-domain',
      did: 'answers from its records',
    }
  const elsewhere = forwarded(query, options)
  const isReverse =
    reverse !== undefined && (query.type === 'PTR' || reverse === 'ip6.arpa.' || options.records === 'kubedns')
  if (!isReverse || options.records === 'kube2sky') return elsewhere
  return { ...elsewhere, outcome: recordOf(query, reverse, options, elsewhere.outcome) }
}

function recordOf({ name, type }: Query, zone: string, { records }: SkyDnsOptions, otherwise: Outcome): Outcome {
  const common = { zone, name, type, changes: [], otherwise }
  return typeof records === 'string'
    ? { kind: 'cluster', ...common }
    : { kind: 'etcd', prefix: records.prefix, ...common }
}

function forwarded(
  { name, type }: Query,
  { nameservers, forwards, rotates, ndots }: SkyDnsOptions,
): { readonly outcome: Outcome; readonly by: string; readonly did: string } {
  if (!forwards) {
    const reason = 'SkyDNS asks nobody with -no-rec'
    return { outcome: { kind: 'servfail', reason }, by: '-no-rec', did: 'asks nobody' }
  }
  if (countLabels(foldCase(name)) < ndots)
    return { outcome: { kind: 'servfail', reason: TOO_SHORT }, by: '-ndots', did: 'asks nobody: too few labels' }
  const upstreams = nameservers.map(upstreamText)
  const policy = rotates || upstreams.length < 2 ? 'random' : 'sequential'
  const asks = { name, type }
  return {
    outcome: { kind: 'upstream', upstreams, policy, asks, changes: [], failover: [], next: null },
    by: '-nameservers',
    did: `asks ${upstreams.join(', ')}`,
  }
}

/** A server as outcomes say it. */
function upstreamText(written: string): string {
  if (written.startsWith('/')) return `resolv.conf ${written}`
  const ip = parseIp(written)
  if (ip !== undefined) return joinHostPort(formatIp(ip), '53')
  return isInvalid(splitHostPort(written)) ? `${written}:53` : written
}

function vocabularyOf(domain: string, { records }: SkyDnsOptions): Vocabulary {
  return {
    names: new Set(),
    domains: new Set([domain]),
    addresses: new Set(),
    clusterDomains: typeof records === 'string' ? new Set([domain]) : new Set(),
    patterns: [],
  }
}
