import { Random } from '../generate/random.ts'
import type { SourceCase } from './source-case.ts'

/** Options that belong together, one a line as in a file of dnsmasq. */
type WritePiece = (random: Random) => readonly string[]

const DOMAINS = ['example.org', 'corp.test', 'sub.example.org', 'lan', 'deep.sub.example.org', 'acme.local']

function domain(random: Random): string {
  const chosen = random.one(DOMAINS)
  return random.chance(0.08) ? chosen.toUpperCase() : chosen
}

function upstream(random: Random): string {
  return `192.0.2.${1 + random.below(4)}`
}

const server: WritePiece = (random) => {
  const [one, other] = [domain(random), domain(random)]
  const [to, second] = [upstream(random), upstream(random)]
  return random.one([
    [`server=/${one}/${to}`],
    [`server=/${one}/${to}`, `server=/${one}/${second}`],
    [`server=/${one}/${other}/${to}`],
    [`server=/${one}/${to}`, `server=/sub.${one}/#`],
    [`server=/${one}/${to}`, `server=/sub.${one}/${second}`],
    [`server=/${one}/`],
    [`server=/${one}/${to}`, `local=/sub.${one}/`],
    [`server=//${to}`],
    ['server=//'],
    [`server=/${one}./${to}`],
    [`server=/*.${one}/${to}`],
    [`server=/*${one}/${to}`],
    [`server=${to}`, `server=${second}`],
  ])
}

const address: WritePiece = (random) => {
  const one = domain(random)
  return random.one([
    [`address=/${one}/10.8.0.1`],
    [`address=/${one}/10.8.0.1`, `address=/${one}/10.8.0.2`],
    [`address=/${one}/fd00::8`],
    [`address=/${one}/10.8.0.1`, `address=/${one}/fd00::8`],
    [`address=/${one}/`],
    [`address=/${one}/#`],
    [`address=/${one}/0.0.0.0`],
    [`address=/${one}/10.8.0.1`, `address=/www.${one}/10.8.0.3`],
    [`address=/${one}/10.8.0.1`, `address=/www.${one}/fd00::9`],
    [`address=/${one}/10.8.0.1`, `address=/www.${one}/`],
    [`address=/${one}/`, `address=/www.${one}/10.8.0.3`],
    [`address=/${one}/10.8.0.1`, `server=/www.${one}/${upstream(random)}`],
    [`address=/${one}/10.8.0.1`, `local=/${one}/`],
    [`address=/www.${one}/10.8.0.1`, `server=/${one}/${upstream(random)}`],
    [`address=/www.${one}/10.8.0.1`, `local=/${one}/`],
    [`address=/${one}/second.test/10.8.0.4`],
    ['address=/#/10.8.0.5'],
    ['address=/#/10.8.0.5', 'address=/#/fd00::5'],
    [`address=/.${one}/10.8.0.6`],
  ])
}

const local: WritePiece = (random) => {
  const one = domain(random)
  return [
    random.one([`local=/${one}/`, `server=/${one}/`]),
    ...(random.chance(0.5) ? [`host-record=www.${one},10.8.1.1`] : []),
    ...(random.chance(0.3) ? [`host-record=a.b.${one},10.8.1.2,fd00::12`] : []),
    ...(random.chance(0.2) ? [`server=/${one}/${upstream(random)}`] : []),
    ...(random.chance(0.2) ? [`txt-record=txt.${one},words`] : []),
  ]
}

const hostRecord: WritePiece = (random) => {
  const one = `${random.one(['www', 'db', 'a.b', 'WEB'])}.${domain(random)}`
  return random.one([
    [`host-record=${one},10.8.2.1`],
    [`host-record=${one},10.8.2.1,fd00::21`],
    [`host-record=${one},fd00::22`],
    [`host-record=${one},second.${one},10.8.2.1`],
    [`host-record=${one},10.8.2.1,60`],
    [`host-record=${one},10.8.2.1`, `host-record=${one},10.8.2.2`],
    [`host-record=short,${one},10.8.2.3`],
    [`host-record=${one},10.8.2.1`, `host-record=other.${one},10.8.2.1`],
  ])
}

const cname: WritePiece = (random) => {
  const one = domain(random).toLowerCase()
  return random.one([
    [`cname=alias.${one},www.${one}`, `host-record=www.${one},10.8.3.1`],
    [`cname=alias.${one},www.example.net`],
    [`cname=alias.${one},chain.${one},www.${one}`, `host-record=www.${one},10.8.3.1,fd00::31`],
    [`cname=first.${one},alias.${one}`, `cname=alias.${one},www.${one}`, `host-record=www.${one},10.8.3.1`],
    [`cname=alias.${one},www.${one}`, `address=/www.${one}/10.8.3.2`],
    [`cname=alias.${one},www.${one}`, `txt-record=www.${one},words`],
    [`cname=*.${one},www.${one}`, `host-record=www.${one},10.8.3.3`],
    [`cname=alias.${one},www.${one},120`, `host-record=www.${one},10.8.3.1`],
  ])
}

const records: WritePiece = (random) => {
  const one = domain(random).toLowerCase()
  return random.some(
    [
      `txt-record=txt.${one},some words,more`,
      `txt-record=txt.${one},other`,
      `txt-record=bare.${one}`,
      `srv-host=_sip._tcp.${one},sip.${one},5060,10,20`,
      `srv-host=_none._tcp.${one}`,
      `mx-host=${one},mail.${one},50`,
      `mx-host=${one},mail2.${one}`,
      `ptr-record=9.0.8.10.in-addr.arpa,ptr.${one}`,
      `ptr-record=_http._tcp.${one},service._http._tcp.${one}`,
      `caa-record=${one},0,issue,ca.example`,
      `dns-rr=rr.${one},65,000100`,
      `dns-rr=odd.${one},65280,00ff`,
      `naptr-record=np.${one},10,20,s,SIP,,_sip._tcp.${one}`,
    ],
    4,
  )
}

const reverse: WritePiece = (random) =>
  random.some(
    [
      'bogus-priv',
      `rev-server=10.8.0.0/16,${upstream(random)}`,
      `rev-server=10.0.0.0/12,${upstream(random)}`,
      `rev-server=192.168.7.0/24,${upstream(random)}`,
      'rev-server=172.16.0.0/12',
      `server=/8.10.in-addr.arpa/${upstream(random)}`,
      'local=/9.10.in-addr.arpa/',
      'ptr-record=1.5.8.10.in-addr.arpa,ptr.example.org',
      `rev-server=fd00::/16,${upstream(random)}`,
      'host-record=rev.corp.test,10.8.5.9',
    ],
    1 + random.below(3),
  )

const kinds: WritePiece = (random) =>
  random.some(
    ['domain-needed', 'filterwin2k', 'filter-AAAA', 'filter-A', 'no-negcache', 'no-round-robin', 'filter-rr=TXT'],
    1 + random.below(2),
  )

const synth: WritePiece = (random) =>
  random.one([
    ['synth-domain=lan,10.8.6.0/24,host-'],
    ['synth-domain=lan,10.8.6.1,10.8.6.9,host-*'],
    ['synth-domain=lan,10.8.6.16,10.8.6.31,node-'],
    ['synth-domain=lan,fd00::6:0,fd00::6:ff,host-'],
    ['synth-domain=lan,10.8.0.0/16,host-'],
  ])

const mail: WritePiece = (random) => [
  ...random.some(['localmx', 'selfmx', 'mx-target=mail.corp.test'], 2),
  'host-record=box.corp.test,10.8.7.1',
  ...random.some(['mx-host=corp.test', 'mx-host=corp.test,other.test'], 1),
]

const order: WritePiece = (random) => [
  ...random.some(['strict-order', 'all-servers'], 1),
  'server=192.0.2.1',
  'server=192.0.2.2',
  ...random.some(['server=/corp.test/192.0.2.3', 'server=/corp.test/192.0.2.4'], 2),
]

const caching: WritePiece = (random) =>
  random.some(
    [
      `cache-size=${random.one([0, 150, 1000, 5000])}`,
      'no-negcache',
      'neg-ttl=10',
      `max-ttl=${random.one([20, 300])}`,
      'max-cache-ttl=60',
      'min-cache-ttl=30',
      `local-ttl=${random.one([0, 30, 300])}`,
      random.one(['use-stale-cache', 'use-stale-cache=3600']),
      'dns-forward-max=500',
      'edns-packet-max=1232',
    ],
    1 + random.below(4),
  )

/** Options that a person sees in real files and that no answer here depends on; dnsmasq is not started with them. */
const AROUND = [
  'port=5353',
  'listen-address=127.0.0.1',
  'interface=lo',
  'except-interface=eth9',
  'bind-interfaces',
  'bind-dynamic',
  'user=nobody',
  'group=nogroup',
  'pid-file=/run/dnsmasq.pid',
  'log-facility=-',
  'log-async=10',
  'keep-in-foreground',
  'local-service',
  'enable-dbus',
  'dhcp-range=10.8.9.50,10.8.9.150,12h',
  'dhcp-host=11:22:33:44:55:66,10.8.9.60',
  'dhcp-option=3,10.8.9.1',
  'enable-tftp',
  'tftp-root=/srv/tftp',
  'enable-ra',
  'dnssec',
  'conntrack',
  'query-port=5300',
  'min-port=1024',
  'ipset=/corp.test/names',
  'nftset=/corp.test/4#inet#fw#names',
  'auth-zone=auth.test',
  'auth-server=ns.auth.test,lo',
  'auth-ttl=60',
  'dumpfile=/tmp/dump',
  'interface-name=me.lan,lo',
]

/** Options that change nothing, or nothing that these questions see, and that dnsmasq runs with. */
const BESIDE = [
  'no-poll',
  'log-queries',
  'domain=example.org',
  'stop-dns-rebind',
  'rebind-localhost-ok',
  'rebind-domain-ok=/corp.test/',
  'bogus-nxdomain=198.51.100.9',
  'ignore-address=198.51.100.8',
  'alias=198.51.100.7,10.8.0.7',
  'add-subnet=24,96',
  'add-mac',
  'add-cpe-id=corefile',
  'strip-subnet',
  'strip-mac',
  'proxy-dnssec',
  'no-ident',
  'localise-queries',
  'dns-loop-detect',
  'port-limit=4',
  'max-tcp-connections=20',
  'clear-on-reload',
  'cache-rr=TXT',
]

const hosts: WritePiece = () => ['addn-hosts=@files@/hosts']

const pieces: Readonly<Record<string, WritePiece>> = {
  server,
  address,
  local,
  'host-record': hostRecord,
  cname,
  records,
  'hosts file': hosts,
  reverse,
  'kinds of names': kinds,
  'synth-domain': synth,
  mail,
  order,
  caching,
}

function hostsFile(random: Random): string {
  const one = domain(random)
  const lines = Array.from({ length: 2 + random.below(5) }, () => {
    const ip = random.one(['10.8.4.1', '10.8.4.2', '10.8.4.3', 'fd00::41', '::ffff:10.8.4.9', '010.8.4.1', 'bad'])
    const own = random.some(
      [`www.${one}`, `Db.${one}`, 'short', `*.${one}`, `trailing.${one}.`, '_under', `api.${one}`],
      1 + random.below(3),
    )
    return `${ip}\t${own.join(' ')}${random.chance(0.2) ? ' # comment' : ''}`
  })
  return `# hosts\n${lines.join('\n')}\n\n`
}

/** Options and forms that came late; a source with one of them has the newest release. */
const YOUNG =
  /^(?:filter-|cache-rr|use-stale|port-limit|max-tcp|nftset|synth-domain|rev-server=\S+\/(?:12|20)|rev-server=\S+\d$|caa-record|naptr)/

function releaseFor(random: Random, lines: readonly string[]): string {
  const chosen = random.one(['2.90', '2.90', '2.90', '2.85', '2.78', '2.76', '2.87'])
  return lines.some((line) => YOUNG.test(line)) ? '2.90' : chosen
}

/** What the file of hosts is called where dnsmasq ran. */
const HOSTS_PATH = '/etc/dnsmasq.hosts'

function caseOf(random: Random, id: string, topic: string, lines: readonly string[]): SourceCase {
  const usesHosts = lines.some((line) => line.includes('@files@'))
  const expands = usesHosts && random.chance(0.4) ? ['expand-hosts', ...random.some(['domain=home.test'], 1)] : []
  const upstreams = random.one([
    ['server=192.0.2.1'],
    ['server=192.0.2.1'],
    ['server=192.0.2.1', 'server=192.0.2.4'],
    [],
  ])
  const beside = random.chance(0.4) ? [random.one(BESIDE)] : []
  const around = random.chance(0.4) ? random.some(AROUND, 1 + random.below(2)) : []
  // A file gives some single-valued options twice where pieces meet.
  const own = [...lines, ...expands, ...upstreams, ...beside]
  const ordered = random.chance(0.5) ? own : own.toReversed()
  const options = ['no-resolv', 'no-hosts', ...ordered]
  const text = [...options, ...around].map((line) => line.replaceAll('@files@/hosts', HOSTS_PATH)).join('\n')
  const table = usesHosts ? hostsFile(random) : null
  const files: Record<string, string> = { 'dnsmasq.conf': `# ${id}\n${text}\n` }
  if (table !== null) files['etc/dnsmasq.hosts'] = table
  const chosen = random.below(8)
  const dnsmasq = releaseFor(random, options)
  return {
    id,
    topic,
    files,
    into: null,
    release: chosen === 0 ? '1.11.4' : chosen === 1 ? '1.9.4' : chosen === 2 ? '1.8.4' : '1.15.0',
    dnsmasq,
    reading: null,
    live: { dnsmasq, options: options.map((line) => `--${line}`), files: table === null ? {} : { hosts: table } },
  }
}

/** Files of dnsmasq, the same every time: each kind of option by itself, in pairs, and one with every option that only surrounds. */
export function dnsmasqSources(): readonly SourceCase[] {
  const names = Object.keys(pieces)
  const write = (random: Random, of: readonly string[]) => of.flatMap((name) => (pieces[name] as WritePiece)(random))
  const alone = names.flatMap((name) =>
    Array.from({ length: name === 'address' || name === 'server' ? 12 : 6 }, (_, number) => {
      const id = `${name.replaceAll(' ', '-')}-${number + 1}`
      const random = new Random(`migrate ${id}`)
      return caseOf(random, id, name, write(random, [name]))
    }),
  )
  const pairs = names.flatMap((one, at) =>
    names.slice(at + 1).map((other) => {
      const id = `${one}+${other}`.replaceAll(' ', '-')
      const random = new Random(`migrate ${id}`)
      return caseOf(random, id, `${one} + ${other}`, write(random, [one, other]))
    }),
  )
  const around = [...AROUND, ...BESIDE].map((line) => {
    const id = `option-${line.replace(/[^a-z0-9-].*/, '')}`
    const random = new Random(`migrate ${id}`)
    const made = caseOf(random, id, 'other options', [line, 'server=/corp.test/192.0.2.2'])
    const isBeside = BESIDE.includes(line)
    return {
      ...made,
      live: made.live && { ...made.live, options: made.live.options.filter((one) => isBeside || one !== `--${line}`) },
    }
  })
  return [...alone, ...pairs, ...around]
}
