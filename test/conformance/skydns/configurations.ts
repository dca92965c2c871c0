/** A SkyDNS, what stands in its etcd, and what it is asked. */
export interface SkyDnsConfiguration {
  readonly id: string
  /**
   * As people write it, with variables in front. `192.0.2.1:53` and `192.0.2.2:53` are the upstreams, `http://192.0.2.80:2379` is etcd,
   * `0.0.0.0:53` what it listens on.
   */
  readonly command: string
  /** The version of the store that it reads. */
  readonly store: 2 | 3
  /** Values by path; `@upstreamport1@` as in `LiveOptions`. */
  readonly keys: Readonly<Record<string, string>>
  /** A path among the keys that is the source in place of the command. */
  readonly config?: string
  readonly domain: string
  /** Zones that only the keys send elsewhere: no model of a command line knows them. */
  readonly stubs: readonly string[]
  /** Whether the result of its migration runs beside it. */
  readonly isMigrated: boolean
}

const ETCD = '-machines=http://192.0.2.80:2379 -addr=0.0.0.0:53'
const ONE = '-nameservers=192.0.2.1:53'
const TWO = '-nameservers=192.0.2.1:53,192.0.2.2:53'

/** Nibbles of 2001:db8::1 from the left, as the path of its reverse name has them. */
const IP6 = `2/0/0/1/0/d/b/8/${'0/'.repeat(23)}1`

/** Keys of every kind under a prefix, for names of a domain. */
function keysOf(prefix: string, domain: string, store: 2 | 3): Record<string, string> {
  const own = `${prefix}/${domain.toLowerCase().split('.').toReversed().join('/')}`
  const services: Record<string, object> = {
    web: { host: '10.1.0.1', port: 80 },
    web6: { host: '2001:db8::1' },
    'two/a': { host: '10.1.0.2', port: 80, priority: 5, weight: 30 },
    'two/b': { host: '10.1.0.3', port: 81, priority: 5 },
    'deep/down/below': { host: '10.1.0.20' },
    text: { text: 'some words' },
    'mail/first': { host: '10.1.0.4', mail: true, priority: 20 },
    'mail/second': { host: 'mx.example.org', mail: true },
    'post/box': { host: `web.${domain}`, mail: true },
    alias: { host: `web.${domain}` },
    away: { host: 'www.example.org' },
    short: { host: 'registry' },
    nowhere: { host: `missing.${domain}` },
    'phone/one': { host: 'sip.example.org', port: 5060 },
    'team/a': { host: '10.1.1.1', group: 'red' },
    'team/b': { host: '10.1.1.2', group: 'blue' },
    'club/a': { host: '10.1.1.3', group: 'red' },
    'club/more/b': { host: '10.1.1.4', group: 'blue' },
    'strip/x1': { host: '10.1.0.7', port: 90, targetstrip: 1 },
    'strip/x2': { host: '10.1.0.8', port: 91, targetstrip: 1 },
    brief: { host: '10.1.0.9', ttl: 7 },
    'dns/ns/a': { host: '10.1.2.1' },
    'dns/apex/a': { host: '10.1.2.2' },
  }
  const reverse: Record<string, object> = {
    'in-addr/10/1/0/1': { host: `web.${domain}` },
    'in-addr/10/1/0/2/a': { host: `a.two.${domain}` },
    'in-addr/10/1/0/2/b': { host: `b.two.${domain}` },
    'in-addr/10/1/0/3': { host: `b.two.${domain}` },
    'in-addr/10/1/0/30': { host: `more.${domain}` },
    'in-addr/10/1/0/7/x': { host: `strip.${domain}` },
    [`ip6/${IP6}`]: { host: `web6.${domain}` },
  }
  // The second store has nothing below a key, and names that begin alike do not touch each other in it; of two equal values it has one by chance.
  if (store === 3) {
    Object.assign(services, { both: { host: '10.1.0.5' }, 'both/sub': { host: '10.1.0.6' } })
    Object.assign(services, { 'same/a': { host: '10.1.0.10' }, 'same/b': { host: '10.1.0.10' } })
    Object.assign(services, { part: { host: '10.1.0.11' }, party: { host: '10.1.0.12' } })
  }
  return Object.fromEntries([
    ...Object.entries(services).map(([path, value]) => [`${own}/${path}`, JSON.stringify(value)]),
    ...Object.entries(reverse).map(([path, value]) => [`${prefix}/arpa/${path}`, JSON.stringify(value)]),
    [`${own}/broken`, 'no JSON'],
  ])
}

const usual = { domain: 'skydns.local', stubs: [], isMigrated: false }

const few = {
  '/skydns/local/skydns/web': '{"host":"10.1.0.1"}',
  '/skydns/local/skydns/away': '{"host":"www.example.org"}',
  '/skydns/local/skydns/phone/one': '{"host":"sip.example.org","port":5060}',
  '/skydns/local/skydns/dns/apex/a': '{"host":"10.1.2.2"}',
  '/skydns/arpa/in-addr/10/1/0/1': '{"host":"web.skydns.local"}',
}

/** What kube2sky writes for services, a headless one among them. */
const kube2Sky = {
  '/skydns/local/cluster/svc/default/kubernetes/2e5a': '{"host":"10.96.0.1","priority":10,"weight":10,"ttl":30}',
  '/skydns/local/cluster/svc/default/web/8d1c': '{"host":"10.96.0.20","priority":10,"weight":10,"ttl":30}',
  '/skydns/local/cluster/svc/default/web/_tcp/_http/8d1c':
    '{"host":"8d1c.web.default.svc.cluster.local","port":80,"priority":10,"weight":10,"ttl":30}',
  '/skydns/local/cluster/svc/default/db/1111': '{"host":"10.244.1.10","priority":10,"weight":10,"ttl":30}',
  '/skydns/local/cluster/svc/default/db/2222': '{"host":"10.244.2.11","priority":10,"weight":10,"ttl":30}',
}

/** The configurations. */
export const configurations: readonly SkyDnsConfiguration[] = [
  {
    ...usual,
    id: 'etcd3',
    command: `skydns -etcd3 ${ETCD} ${ONE}`,
    store: 3,
    keys: keysOf('/skydns', 'skydns.local', 3),
    isMigrated: true,
  },
  {
    ...usual,
    id: 'etcd2',
    command: `skydns ${ETCD} ${ONE}`,
    store: 2,
    keys: keysOf('/skydns', 'skydns.local', 2),
    isMigrated: true,
  },
  {
    ...usual,
    id: 'no-rec',
    command: `skydns -etcd3 ${ETCD} ${ONE} -no-rec`,
    store: 3,
    keys: few,
    isMigrated: true,
  },
  {
    ...usual,
    id: 'in-order',
    command: `skydns -etcd3 ${ETCD} ${TWO} -ns-rotate=false -ndots=0`,
    store: 3,
    keys: { '/skydns/local/skydns/web': '{"host":"10.1.0.1"}' },
  },
  {
    ...usual,
    id: 'rotating',
    command: `skydns -etcd3 ${ETCD} ${TWO} -ndots=3`,
    store: 3,
    keys: {
      '/skydns/local/skydns/web': '{"host":"10.1.0.1"}',
      '/skydns/arpa/in-addr/10/1/0/1': '{"host":"web.skydns.local"}',
    },
  },
  {
    ...usual,
    id: 'variables',
    command:
      'SKYDNS_DOMAIN=Corp.Example. SKYDNS_PATH_PREFIX=mydns SKYDNS_NAMESERVERS=192.0.2.1:53,192.0.2.2:53 SKYDNS_NDOTS=1 ' +
      'SKYDNS_ADDR=0.0.0.0:53 ETCD_MACHINES=http://192.0.2.80:2379 skydns -etcd3 --ns-rotate=0',
    store: 3,
    keys: keysOf('/mydns', 'corp.example', 3),
    domain: 'corp.example',
    isMigrated: true,
  },
  {
    ...usual,
    id: 'kube2sky',
    command: `skydns ${ETCD} -domain=cluster.local ${ONE}`,
    store: 2,
    keys: kube2Sky,
    domain: 'cluster.local',
  },
  {
    ...usual,
    id: 'config',
    command: `skydns ${ETCD} -domain=other.example ${TWO}`,
    store: 2,
    keys: {
      '/skydns/config':
        '{"domain":"skydns.local","nameservers":["192.0.2.2:53"],"ndots":1,"ndot":3,"ns_rotate":false,"no_rec":false,"ttl":60}',
      '/skydns/local/skydns/web': '{"host":"10.1.0.1"}',
      '/skydns/example/other/web': '{"host":"10.1.0.2"}',
    },
    config: '/skydns/config',
  },
  {
    ...usual,
    id: 'reverse-domain',
    command: `skydns -etcd3 ${ETCD} -domain=10.in-addr.arpa ${ONE}`,
    store: 3,
    keys: { '/skydns/arpa/in-addr/10/1/0/1': '{"host":"web.skydns.local"}' },
    domain: '10.in-addr.arpa',
  },
  {
    ...usual,
    id: 'stub-zones',
    command: `skydns -etcd3 -stubzones ${ETCD} ${ONE}`,
    store: 3,
    keys: {
      '/skydns/local/skydns/web': '{"host":"10.1.0.1"}',
      '/skydns/local/skydns/dns/stub/org/example/a': '{"host":"127.0.0.1","port":@upstreamport2@}',
      '/skydns/local/skydns/dns/stub/local/skydns/team/a': '{"host":"127.0.0.1","port":@upstreamport2@}',
    },
    stubs: ['example.org.', 'team.skydns.local.'],
  },
]
