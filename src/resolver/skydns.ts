import type { SkyDnsDeployment } from '../sources/skydns-deployment.ts'
import { isServerAddress, joinHostPort, splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { absoluteName, countLabels, foldCase, isSubdomain } from '../values/name.ts'
import type { Decider, Decision, Vocabulary } from './decision.ts'
import type { Outcome } from './outcome.ts'
import type { Query } from './query.ts'

/** What a SkyDNS was told. */
export interface SkyDnsOptions {
  /** The domain whose names it has, with or without a final dot. */
  readonly domain: string
  /**
   * Where its records come from: the objects of the cluster, through kube2sky or inside of kubedns, or the path in etcd, such as `/skydns`,
   * and the version of the store there.
   */
  readonly records: 'kube2sky' | 'kubedns' | { readonly prefix: string; readonly store: 2 | 3 }
  /** Servers for all other names, as `-nameservers` has them, or the path of a resolv.conf. */
  readonly nameservers: readonly string[]
  /** False with `-no-rec`: no other name is asked of anybody. */
  readonly forwards: boolean
  /** False with `-ns-rotate=false`: the servers are asked in order. */
  readonly rotates: boolean
  /** Names with fewer labels are not forwarded (`-ndots`); 0 is the default, 2. */
  readonly ndots: number
}

/** The domain of a SkyDNS, without a final dot: that of kube2sky, which writes below it, else its own. */
export function domainOfSkyDns({ skydns, kube2sky }: SkyDnsDeployment): string {
  const usual = kube2sky === undefined ? 'skydns.local' : 'cluster.local'
  return (kube2sky?.domain?.value ?? skydns?.domain?.value ?? usual).replace(/\.$/, '')
}

/**
 * Whom a SkyDNS asks for other names, as `forward .` takes it; the resolv.conf of its container where nothing is said. It does not start with
 * what is no address (main.go `validateHostPort`).
 */
export function nameserversOfSkyDns({ skydns }: SkyDnsDeployment): readonly string[] {
  const written = (skydns?.nameservers ?? []).map(({ value }) => value).filter((value) => isServerAddress(value))
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
    records:
      kube2sky === undefined
        ? { prefix: prefixOfSkyDns(deployment), store: skydns?.isEtcd3 === true ? 3 : 2 }
        : 'kube2sky',
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
 * records where they are there (server/server.go `ServeDNS`, server/forwarding.go). kube2sky writes no reverse names. Stub zones stand in
 * etcd, where nobody looks for them here.
 */
export function createSkyDns(options: SkyDnsOptions): Decider {
  const domain = absoluteName(options.domain)
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

interface Answer {
  readonly outcome: Outcome
  readonly by: string
  readonly did: string
}

function answer(query: Query, domain: string, options: SkyDnsOptions): Answer {
  const name = foldCase(query.name)
  if (query.type === 'ANY') return { outcome: { kind: 'refused' }, by: 'SkyDNS', did: 'refuses the type ANY' }
  const reverse = reverseZoneOf(name, query.type, options)
  if (reverse !== null) {
    const elsewhere = forwarded(query, options)
    if (options.records === 'kube2sky') return elsewhere
    return { ...elsewhere, outcome: recordOf(query, reverse, options, elsewhere.outcome) }
  }
  if (query.class !== 'CH' && !isSubdomain(domain, name)) return forwarded(query, options)
  if (query.class === 'CH' && !(name === domain && query.type === 'SOA')) return aboutItself(query, domain)
  const did = 'answers from its records'
  if (query.type === 'NS' && name !== domain)
    return { outcome: { kind: 'nodata' }, by: '-domain', did: 'has no name servers below its domain' }
  return { outcome: recordOf(query, domain, options, missingIn(options)), by: '-domain', did }
}

/**
 * The zone in which it looks for a reverse name: for PTR alone, but for any type below ip6.arpa; null for all other names. Of kubedns every
 * reverse name counts as one of the cluster: where that has none of a type the outcome is the same, and who is asked then is D-REV.
 */
function reverseZoneOf(name: string, type: string, { records }: SkyDnsOptions): string | null {
  const zone = ['in-addr.arpa.', 'ip6.arpa.'].find((each) => isSubdomain(each, name))
  if (zone === undefined || records === 'kubedns') return zone ?? null
  return name !== zone && (type === 'PTR' || zone === 'ip6.arpa.') ? zone : null
}

/** The third version of the store says of no path that it is not there (backends/etcd3 `Records`): such names have no data. */
function missingIn({ records }: SkyDnsOptions): Outcome {
  return { kind: typeof records !== 'string' && records.store === 3 ? 'nodata' : 'nxdomain' }
}

const AUTHORS = ['Brian Ketelsen', 'Erik St. Martin', 'Michael Crosby', 'Miek Gieben']

/** What it says about itself in class CHAOS; of 2.5.3a, the last release. */
function aboutItself({ name, type }: Query, domain: string): Answer {
  const texts: Readonly<Record<string, readonly string[]>> = {
    [domain]: AUTHORS,
    'authors.bind.': AUTHORS,
    'version.bind.': ['2.5.3a'],
    'version.server.': ['2.5.3a'],
    'hostname.bind.': ['localhost'],
    'id.server.': ['localhost'],
  }
  const own = type === 'TXT' ? texts[foldCase(name)] : undefined
  if (own === undefined) {
    const reason = 'it has no such name of class CHAOS'
    return { outcome: { kind: 'servfail', reason }, by: 'SkyDNS', did: 'fails for the class CHAOS' }
  }
  const records = own.map((text) => ({ name, ttl: 0, type, data: `"${text}"` }))
  return { outcome: { kind: 'records', records }, by: 'SkyDNS', did: 'tells about itself' }
}

function recordOf({ name, type }: Query, zone: string, { records }: SkyDnsOptions, otherwise: Outcome): Outcome {
  const common = { zone, name, type, changes: [], otherwise }
  return typeof records === 'string'
    ? { kind: 'cluster', ...common }
    : { kind: 'etcd', prefix: records.prefix, ...common }
}

function forwarded({ name, type }: Query, { nameservers, forwards, rotates, ndots }: SkyDnsOptions): Answer {
  if (!forwards) {
    const reason = 'SkyDNS asks nobody with -no-rec'
    return { outcome: { kind: 'servfail', reason }, by: '-no-rec', did: 'asks nobody' }
  }
  if (countLabels(foldCase(name)) < (ndots || 2))
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
